// Runs a widget's update and shows what went wrong in its card, as Python or the argument check words it.

/** Calls `update`; an exception is shown in the card's error line and makes `otherwise` run. */
export function attempt(card, update, otherwise = () => {}) {
  const line = document.querySelector(`#${card} .error`);
  try {
    update();
    line.textContent = "";
  } catch (error) {
    line.textContent = String(error).replace(/^(TypeError|RangeError): /, "");
    otherwise();
  }
}

/** The median of some numbers, and the fraction `q` of the way from the smallest to the largest. */
export function quantile(numbers, q) {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
}
