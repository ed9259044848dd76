// The JavaScript twins behind one convention: the arguments that the Python function takes, arrays with their shape.
import { add } from "./add.mjs";
import { black_scholes } from "./black_scholes.mjs";
import { chain } from "./chain.mjs";
import { convolve } from "./convolve.mjs";
import { histogram } from "./histogram.mjs";
import { relax } from "./jacobi.mjs";
import { step } from "./life.mjs";
import { largest_item } from "./largest_item.mjs";
import { mandelbrot } from "./mandelbrot.mjs";
import { advance } from "./nbody.mjs";
import { np_sum } from "./np_sum.mjs";
import { pairwise } from "./pairwise.mjs";

export const twins = {
  "add.add": add,
  "np_sum.np_sum": (x) => np_sum(x.data),
  "largest_item.largest_item": (x) => largest_item(x.data, ...x.shape),
  "chain.chain": (a, b, out) => chain(a.data, b.data, out.data),
  "mandelbrot.mandelbrot": (counts, left, top, step, limit) =>
    mandelbrot(counts.data, ...counts.shape, left, top, step, limit),
  "life.step": (grid, out) => step(grid.data, out.data, ...grid.shape),
  "nbody.advance": (position, velocity, mass, dt, steps) =>
    advance(position.data, velocity.data, mass.data, dt, steps),
  "jacobi.relax": (u, f, scratch, h, pairs) => relax(u.data, f.data, scratch.data, ...u.shape, h, pairs),
  "black_scholes.black_scholes": (spot, strike, years, rate, volatility, call, put) =>
    black_scholes(spot.data, strike.data, years.data, rate, volatility, call.data, put.data),
  "convolve.convolve": (image, kernel, out) => convolve(image.data, kernel.data, out.data, ...out.shape),
  "pairwise.pairwise": (points, out) => pairwise(points.data, out.data, ...points.shape),
  "histogram.histogram": (x, low, high, counts) => histogram(x.data, low, high, counts.data),
};
