// The gallery: each widget is a file of its own, and each shows the Python it calls.
import { showFacts, showSources } from "./sources.js";
import "./add.js";
import "./sum.js";
import "./largest.js";
import "./mandelbrot.js";
import "./life.js";
import "./bench.js";
import "./figures.js";

showFacts(await showSources());
document.documentElement.dataset.ready = "true";
