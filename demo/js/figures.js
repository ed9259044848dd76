// The article and the notebooks: pages whose figures live, each with a picture. They are exported while the gallery is shown.

const list = document.querySelector("#figures-list");
const state = document.querySelector("#figures-state");

const element = (tag, properties, ...children) => {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
};

/** A page, as a link with its picture. */
const card = ({ name, title, text, figures, size, width, height }) => {
  // Of a tall picture the upper part shows.
  const picture = element("img", { src: `figures/${name}.svg`, alt: "", loading: "lazy", width, height, className: height > 0.6 * width ? "tall" : "" });
  const about = `${figures} ${figures > 1 ? "figures" : "figure"}, ${Math.round(size / 1000)} KB with pictures`;
  return element("li", {}, element("a", { href: `figures/${name}.html` }, element("span", { className: "frame" }, picture), element("strong", {}, title), element("span", { className: "about" }, text), element("small", {}, about)));
};

/** Shows the pages, or waits for them. */
async function show() {
  const { pages, state: now } = await (await fetch("figures/index.json")).json();
  if (pages) {
    list.replaceChildren(...pages.map(card));
    state.hidden = true;
    return;
  }
  state.textContent = now === "failed" ? "They could not be exported; where `cargo xtask demo` runs it says why." : "They are being exported, which takes some minutes the first time, and will appear here.";
  if (now !== "failed") setTimeout(show, 3000);
}

await show();
