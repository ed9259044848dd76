const show = (value) => {
  if (value === undefined) return "None";
  if (Array.isArray(value)) return `(${value.map(show).join(", ")})`;
  if (value instanceof $.NDArray) {
    const text = JSON.stringify(value.toArray(), (_, v) => (typeof v === "bigint" ? Number(v) : Number.isFinite(v) || typeof v !== "number" ? v : String(v)));
    const rows = text.replaceAll(",", ", ").replaceAll("], [", "],\n [");
    return `${value.dtype}[${value.shape.join(", ")}]\n${rows.length > 2000 ? rows.slice(0, 2000) + " …" : rows}`;
  }
  return String(value);
};
const read = (text) => {
  const json = text.trim().replace(/\bTrue\b/g, "true").replace(/\bFalse\b/g, "false").replace(/\(/g, "[").replace(/\)/g, "]");
  try {
    return JSON.parse(json);
  } catch {
    throw new TypeError(`cannot read ${text}: write a number, true, false, or a nested list such as [[1, 2], [3, 4]]`);
  }
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
  const out = add(card, "output");
  function run() {
    try {
      out.className = "";
      out.textContent = show(f.call(...fields.map((field) => read(field.value))));
    } catch (error) {
      out.className = "error";
      out.textContent = error.pyLine ? `${error.name}: ${error.message}\n${error.pyFile}, line ${error.pyLine}, in ${error.pyFunction}` : error.message;
    }
  }
  run();
  document.querySelector("main").append(card);
}
