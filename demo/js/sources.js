// Shows the Python source of each kernel beside its widget, with the size of what it compiled to.

const TOKENS =
  /(?<comment>#.*)|(?<string>"""[\s\S]*?"""|"[^"\n]*")|(?<decorator>^@\w+)|(?<keyword>\b(?:def|return|for|in|while|if|elif|else|and|or|not|import|from|as)\b)|(?<name>(?<=def )\w+)|(?<number>\b\d[\d.]*\b)/gm;

const KINDS = ["comment", "string", "decorator", "keyword", "name", "number"];

/** Appends Python text with its tokens marked. */
function highlight(parent, text) {
  let at = 0;
  for (const match of text.matchAll(TOKENS)) {
    parent.append(text.slice(at, match.index));
    const span = document.createElement("span");
    span.className = KINDS.find((kind) => match.groups[kind] !== undefined);
    span.textContent = match[0];
    parent.append(span);
    at = match.index + match[0].length;
  }
  parent.append(text.slice(at));
}

async function gzipped(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"));
  return (await new Response(stream).arrayBuffer()).byteLength;
}

const read = async (path) => (await fetch(path)).arrayBuffer();

/** Fetches a kernel's source and module once. */
async function kernel(name) {
  const [python, wasm] = await Promise.all([read(`kernels/${name}.py`), read(`kernels/${name}.wasm`)]);
  return { name, python: new TextDecoder().decode(python), size: wasm.byteLength, gzip: await gzipped(wasm) };
}

function fill(figure, { name, python, size, gzip }) {
  const caption = document.createElement("figcaption");
  const file = document.createElement("b");
  file.textContent = `${name}.py`;
  const sizes = document.createElement("span");
  sizes.textContent = `${size.toLocaleString("en")} bytes of wasm, ${gzip.toLocaleString("en")} gzipped`;
  caption.append(file, sizes);
  const pre = document.createElement("pre");
  highlight(pre, python.trim());
  figure.append(caption, pre);
}

/** Shows the JavaScript that a kernel is measured against below it. */
async function fillOpponent(figure) {
  const caption = document.createElement("figcaption");
  const file = document.createElement("b");
  file.textContent = figure.dataset.opponent.split("/").pop();
  caption.append(file);
  const pre = document.createElement("pre");
  pre.textContent = (await (await fetch(figure.dataset.opponent)).text()).trim();
  figure.append(caption, pre);
}

/** Fills every figure and gives the kernels shown, each once. */
export async function showSources() {
  const figures = [...document.querySelectorAll("figure[data-kernel]")];
  const names = [...new Set(figures.map((figure) => figure.dataset.kernel))];
  const kernels = await Promise.all(names.map(kernel));
  for (const figure of figures) fill(figure, kernels.find(({ name }) => name === figure.dataset.kernel));
  await Promise.all(figures.filter((figure) => figure.dataset.opponent).map(fillOpponent));
  return kernels;
}

/** Says in the page's head what it all weighs. */
export function showFacts(kernels) {
  const wasm = kernels.reduce((total, { gzip }) => total + gzip, 0);
  const facts = [
    [String(kernels.length), "Python files"],
    [`${(wasm / 1024).toFixed(1)} KB`, "of wasm in all, gzipped"],
    ["0", "bytes of Python or NumPy"],
  ];
  for (const [figure, text] of facts) {
    const item = document.createElement("li");
    const strong = document.createElement("strong");
    strong.textContent = figure;
    item.append(strong, ` ${text}`);
    document.querySelector("#facts").append(item);
  }
}
