// Kernels that take long run beside the page, in a worker, so that it stays alive. Where no worker may run, the page says that it is busy before it is.

import type { ArrayResult, Result } from "./spec.js";

/** A function of a module. */
type Kernel = { (...args: unknown[]): Result; with?(options: { i64: "bigint" }): (...args: unknown[]) => Result };

/** What a kernel gives, as BigInts where numbers would not be exact. A worker has its text, so that it names nothing else. */
export const exactly = (kernel: Kernel, args: unknown[]): Result => {
  try {
    return kernel(...args);
  } catch (error) {
    if (error instanceof RangeError) return kernel.with!({ i64: "bigint" })(...args);
    throw error;
  }
};

/** What a worker runs: kernels, called by name. An error goes back with its place. */
const PROGRAM = `
const plain = (value) => Array.isArray(value) ? value.map(plain) : value && value.data ? (({ data, shape, dtype }) => ({ data, shape, dtype }))(value.copy()) : value;
onmessage = async ({ data: [name, args] }) => {
try {
if (!kernels.$m.wasm) await kernels.$m.init();
postMessage([plain(exactly(kernels[name], args))]);
} catch ({ name, message, pyLine, pyFunction }) {
postMessage([undefined, { name, message, pyLine, pyFunction }]);
}
};`;

/** An array from a worker, with the method of NDArray that figures call. */
const revived = (value: Result): Result => {
  if (Array.isArray(value)) return value.map(revived);
  if (typeof value !== "object") return value;
  const { data, shape } = value;
  const part = (axis: number, at: number, size: number): unknown =>
    axis === shape.length ? data[at] : Array.from({ length: shape[axis]! }, (_, i) => part(axis + 1, at + (i * size) / shape[axis]!, size / shape[axis]!));
  const toArray = () => part(0, 0, data.length);
  return Object.assign(value, { toArray }) as ArrayResult;
};

/** A way to call kernels beside the page, whose code is that of a function that makes them, until `end`. */
export const beside = (makes: () => unknown, here: (name: string, args: unknown[]) => Result, busy: () => void, end?: AbortSignal): ((name: string, args: unknown[]) => Promise<Result>) => {
  const painted = async (name: string, args: unknown[]): Promise<Result> => {
    busy();
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return here(name, args);
  };
  let worker: Worker | undefined;
  // What to do with the call that waits, should there be no worker after all: a policy of the page may refuse it at any time.
  let refused = (): void => undefined;
  try {
    worker = new Worker(URL.createObjectURL(new Blob([`const kernels=(${String(makes)})(),exactly=${String(exactly)};${PROGRAM}`], { type: "text/javascript" })));
    const own = worker;
    end?.addEventListener("abort", () => own.terminate());
    worker.onerror = (event) => {
      event.preventDefault();
      worker = undefined;
      refused();
    };
  } catch {
    return painted;
  }
  return (name, args) =>
    new Promise((done, failed) => {
      refused = () => done(painted(name, args));
      if (!worker) return refused();
      worker.onmessage = ({ data: [result, error] }: MessageEvent<[Result, unknown]>) => (error ? failed(error) : done(revived(result)));
      worker.postMessage([name, args]);
    });
};
