import { largest_item } from "../kernels/largest_item.js";
import { attempt } from "./attempt.js";

const rows = document.querySelector("#largest-rows");
const result = document.querySelector("#largest-result");

function cell(row, value, label) {
  const input = document.createElement("input");
  input.type = "number";
  input.value = value;
  input.ariaLabel = label;
  input.addEventListener("input", update);
  row.insertCell().append(input);
}

function addRow(item, value) {
  const row = rows.insertRow();
  cell(row, item, "item");
  cell(row, value, "value");
  const remove = document.createElement("button");
  remove.type = "button";
  remove.textContent = "×";
  remove.ariaLabel = "Remove this row";
  remove.addEventListener("click", () => {
    row.remove();
    update();
  });
  row.insertCell().append(remove);
}

/** The table as an int32 array with two columns, which keeps its width when it has no rows. */
function table() {
  const inputs = [...rows.querySelectorAll("input")];
  const numbers = inputs.map((input) => {
    if (!Number.isInteger(input.valueAsNumber)) throw new TypeError("the table takes whole numbers");
    return input.valueAsNumber;
  });
  return { data: Int32Array.from(numbers), shape: [rows.rows.length, 2] };
}

function update() {
  for (const row of rows.rows) row.classList.remove("largest");
  attempt(
    "largest",
    () => {
      const x = table();
      const item = largest_item(x);
      result.value = item;
      const largest = [...rows.rows].find((_, i) => x.data[2 * i] === item);
      largest.classList.add("largest");
    },
    () => (result.value = "?"),
  );
}

for (const [item, value] of [[101, 42], [102, 7], [103, 96], [104, 58]]) addRow(item, value);
document.querySelector("#largest-add").addEventListener("click", () => {
  addRow(101 + rows.rows.length, Math.floor(Math.random() * 100));
  update();
});
update();
