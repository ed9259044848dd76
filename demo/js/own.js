// Scrolling is the reader's: a finger over a canvas scrolls the page until the canvas has the focus, and so does a wheel, unless Ctrl is held.

const hasFocus = (canvas) => document.activeElement === canvas;

/** Whether a press is for the canvas. */
export const isOwnPress = (canvas, event) => event.pointerType !== "touch" || hasFocus(canvas);

/** Whether a turn of the wheel is for the canvas. */
export const isOwnWheel = (canvas, event) => event.ctrlKey || hasFocus(canvas);
