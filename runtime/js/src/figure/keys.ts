// The keys that are a figure's own.

/** Whether the control that has the focus takes a key. Combinations with Ctrl, Alt and Meta are the page's. */
const takes = (event: KeyboardEvent): boolean => {
  const control = event.composedPath()[0];
  if (event.ctrlKey || event.altKey || event.metaKey) return false;
  if (control instanceof HTMLSelectElement || (control instanceof HTMLInputElement && !/range|checkbox/.test(control.type))) return true;
  return /^(Arrow.*|Page.*|Home|End| )$/.test(event.key) || (event.key === "Enter" && !event.shiftKey) || (control instanceof HTMLCanvasElement && /^([-+=0]|Escape)$/.test(event.key));
};

/**
 * Keeps keys that a figure's controls take from being commands of the page around it, as notebooks, slides and sites have them: to these the host has
 * the focus, and no field. JupyterLab takes keys before they reach the figure, but not below an element with the attribute.
 */
export const keepKeys = (host: HTMLElement): void => {
  const mark = (event: KeyboardEvent): void => void host.toggleAttribute("data-lm-suppress-shortcuts", takes(event));
  host.addEventListener("focusin", () => addEventListener("keydown", mark, true));
  host.addEventListener("focusout", () => removeEventListener("keydown", mark, true));
  for (const kind of ["keydown", "keypress", "keyup"] as const) {
    host.addEventListener(kind, (event) => {
      if (takes(event)) event.stopPropagation();
    });
  }
};
