// The keys that are a figure's own.

/** Whether the control that has the focus takes a key. Combinations with Ctrl, Alt and Meta are the page's, and where nothing is typed those with Shift. */
const takes = (event: KeyboardEvent): boolean =>
  !(event.ctrlKey || event.altKey || event.metaKey) &&
  (/text|number|select/.test((event.composedPath()[0] as HTMLInputElement).type) || (!event.shiftKey && /^(Arrow|Page|Home|En|Esc|[-+=0 ])/.test(event.key)));

/**
 * Keeps keys that a figure's controls take from being commands of the page around it, as notebooks, slides and sites have them: to these the host has
 * the focus, and no field. JupyterLab takes keys before they reach the figure, but not below an element with the attribute.
 */
export const keepKeys = (host: HTMLElement): void => {
  const mark = (event: KeyboardEvent): void => void host.toggleAttribute("data-lm-suppress-shortcuts", takes(event));
  host.addEventListener("focusin", () => addEventListener("keydown", mark, true));
  host.addEventListener("focusout", () => removeEventListener("keydown", mark, true));
  host.addEventListener("keydown", (event) => takes(event) && event.stopPropagation());
};
