// The memory that the kernels compiled in one page share. Its first page has the shadow stack and the beginning of the heap; a module's
// own arrays and tables lie in pages that no heap has.

import { PyError } from "./errors.js";

/** Addresses of whole pages: from the first one, up to the last one without it. */
type Region = [base: number, end: number];

const PAGE = 1 << 16;

/** The memory, as long as the page. */
export const sharedMemory = new WebAssembly.Memory({ initial: 1 });

/** Regions of modules that have been collected, none of which touch. */
const free: Region[] = [];
const give = ([base, end]: Region): void => {
  const beside = free.filter((other) => other[1] === base || other[0] === end);
  for (const other of beside) free.splice(free.indexOf(other), 1);
  free.push([Math.min(base, ...beside.map(([low]) => low)), Math.max(end, ...beside.map(([, high]) => high))]);
};
const dropped = new FinalizationRegistry<Region>(give);

/**
 * Compiles a module for the place that its data get. `compile` is told where they begin, and says how many pages the memory has up to their
 * end. What comes second holds the place, until the object that it is called with is collected.
 */
export const placed = <T extends { pages: number }>(compile: (base: number) => T): [T, (holder: object) => void] => {
  const top = sharedMemory.buffer.byteLength;
  const known = free.reduce<Region | undefined>((most, region) => (most && most[1] - most[0] >= region[1] - region[0] ? most : region), undefined);
  let region: Region = known ?? [top, top];
  let made = compile(region[0] < 2 ** 32 ? region[0] : exhausted(0));
  if (known && made.pages * PAGE > known[1]) {
    region = [top, top];
    made = compile(top < 2 ** 32 ? top : exhausted(0));
  }
  const end = made.pages * PAGE;
  if (end <= region[0]) return [made, () => undefined];
  if (region !== known) {
    try {
      sharedMemory.grow((end - top) / PAGE);
    } catch {
      exhausted(end - top);
    }
  } else {
    free.splice(free.indexOf(known), 1);
    if (end < known[1]) give([end, known[1]]);
    new Uint8Array(sharedMemory.buffer, region[0], end - region[0]).fill(0);
  }
  return [made, (holder) => dropped.register(holder, [region[0], end])];
};

const exhausted = (bytes: number): never => {
  throw new PyError("MemoryError", `unable to allocate ${bytes} bytes`, "page", "compile", 1, 1);
};
