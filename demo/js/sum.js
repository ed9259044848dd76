import { np_sum } from "../kernels/np_sum.js";
import { attempt } from "./attempt.js";

const text = document.querySelector("#sum-x");
const count = document.querySelector("#sum-count");
const result = document.querySelector("#sum-result");

/** The words of the box as numbers; what is not a number is named. */
function numbers() {
  return text.value.split(/[\s,;]+/).filter(Boolean).map((word) => {
    const number = Number(word);
    if (Number.isNaN(number)) throw new TypeError(`${word} is not a number`);
    return number;
  });
}

function update() {
  attempt(
    "sum",
    () => {
      const x = numbers();
      result.value = np_sum(x);
      count.textContent = `${x.length} number${x.length === 1 ? "" : "s"}`;
    },
    () => (result.value = "?"),
  );
}

text.addEventListener("input", update);
update();
