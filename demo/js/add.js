import { add } from "../kernels/add.js";
import { attempt } from "./attempt.js";

const x = document.querySelector("#add-x");
const y = document.querySelector("#add-y");
const result = document.querySelector("#add-result");

function update() {
  attempt(
    "add",
    () => (result.value = add(x.valueAsNumber, y.valueAsNumber)),
    () => (result.value = "?"),
  );
}

x.addEventListener("input", update);
y.addEventListener("input", update);
update();
