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
let moved;
const plain = (value) => {
if (Array.isArray(value)) return value.map(plain);
if (!value || !value.data) return value;
const { data, shape, dtype } = value.copy();
moved.push(data.buffer);
return { data, shape, dtype };
};
onmessage = async ({ data: [name, args] }) => {
try {
if (!kernels.$m.wasm) await kernels.$m.init();
moved = [];
postMessage([plain(exactly(kernels[name], args))], moved);
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

/** Kernels that run beside the page. */
export interface Beside {
  /** Calls one; nothing if the call has been given up. */
  call(name: string, args: unknown[]): Promise<Result | undefined>;
  /** Gives up the call that runs. */
  stop(): void;
}

/** A way to call kernels beside the page, whose code is that of a function that makes them, until `end`. */
export const beside = (makes: () => unknown, here: (name: string, args: unknown[]) => Result, busy: () => void, end?: AbortSignal): Beside => {
  const painted = async (name: string, args: unknown[]): Promise<Result> => {
    busy();
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return here(name, args);
  };
  let worker: Worker | undefined;
  // A policy of the page may refuse a worker at any time.
  let isRefused = false;
  let given = (): void => undefined;
  const stop = (): void => {
    worker?.terminate();
    worker = undefined;
    given();
  };
  end?.addEventListener("abort", stop);
  const call = (name: string, args: unknown[]): Promise<Result | undefined> =>
    new Promise((done, failed) => {
      given = () => done(undefined);
      const refused = (): void => {
        isRefused = true;
        done(painted(name, args));
      };
      if (isRefused) return refused();
      try {
        worker ??= new Worker(URL.createObjectURL(new Blob([`const kernels=(${String(makes)})(),exactly=${String(exactly)};${PROGRAM}`], { type: "text/javascript" })));
      } catch {
        return refused();
      }
      worker.onerror = (event) => {
        event.preventDefault();
        refused();
      };
      worker.onmessage = ({ data: [result, error] }: MessageEvent<[Result, unknown]>) => (error ? failed(error) : done(revived(result)));
      worker.postMessage([name, args]);
    });
  return { call, stop };
};
