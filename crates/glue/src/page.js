const show = (value) => {
  if (value === undefined) return "None";
  if (Array.isArray(value)) return `(${value.map(show).join(", ")})`;
  return $.NDArray && value instanceof $.NDArray ? `${value.dtype}[${value.shape.join(", ")}]\n${value}` : String(value);
};
const WORDS = { True: true, False: false, true: true, false: false, None: undefined, nan: NaN, inf: Infinity };
/** A Python literal: a number, a word, or a nested list or tuple. Integers that no number holds exactly are BigInts. */
const read = (text) => {
  const tokens = text.match(/[[\](),]|[^\s[\](),]+/g) ?? [];
  let at = 0;
  const refused = () => {
    throw new TypeError(`cannot read ${text}: write a number, True, False, or a nested list such as [[1, 2], [3, 4]]`);
  };
  const value = () => {
    const token = tokens[at++];
    if (token === "[" || token === "(") {
      const items = [];
      const close = token === "[" ? "]" : ")";
      while (tokens[at] !== close) {
        items.push(value());
        if (tokens[at] === ",") at++;
        else if (tokens[at] !== close) refused();
      }
      at++;
      return items;
    }
    const [, sign, word] = /^([+-]?)(.*)$/.exec(token ?? "");
    if (!sign && Object.hasOwn(WORDS, word)) return WORDS[word];
    const plain = word.replace(/(?<=\d)_(?=\d)/g, "");
    if (/^\d+$/.test(plain) && !Number.isSafeInteger(Number(plain))) return BigInt(`${sign === "-" ? "-" : ""}${plain}`);
    const number = word === "nan" || word === "inf" ? WORDS[word] : /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : refused();
    return sign === "-" ? -number : number;
  };
  const found = value();
  return at === tokens.length ? found : refused();
};
for (const f of functions) {
  const card = document.createElement("section");
  const add = (parent, tag, className, text) => {
    const node = parent.appendChild(document.createElement(tag));
    if (className) node.className = className;
    if (text) node.textContent = text;
    return node;
  };
  add(card, "h2", "", `${f.name}(${f.params.map(([name]) => name).join(", ")})`);
  // What stands between backquotes is code.
  if (f.doc) {
    const doc = add(card, "p", "doc");
    f.doc.split("`").forEach((part, k) => add(doc, k % 2 ? "code" : "span", "", part));
  }
  const fields = f.params.map(([name, type, value]) => {
    const label = add(card, "label", "", name);
    const field = add(label, "input");
    field.value = value;
    field.name = name;
    add(label, "span", "type", type);
    field.addEventListener("input", run);
    return field;
  });
  const call = f.call.with({ i64: "bigint" });
  const out = add(card, "output");
  function run() {
    try {
      out.className = "";
      out.textContent = show(call(...fields.map((field) => read(field.value))));
    } catch (error) {
      out.className = "error";
      out.textContent = error.pyLine ? `${error.name}: ${error.message}\n${error.pyFile}, line ${error.pyLine}, in ${error.pyFunction}` : error.message;
    }
  }
  run();
  document.querySelector("main").append(card);
}
