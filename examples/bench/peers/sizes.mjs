// Sizes as they travel, and how the README writes them.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

/** Bytes of a file, compressed by gzip. */
export const size = (file) => gzipSync(readFileSync(file), { level: 9 }).length;

/** Bytes in words: a KB has a thousand. */
export const words = (bytes) => (bytes >= 1e6 ? `${Number((bytes / 1e6).toPrecision(2))} MB` : `${(bytes / 1e3).toFixed(1)} KB`);

/** Bytes of the runtime of its first parts, up to one, compressed by gzip. */
export const runtime = (last) => {
  const names = ["scalars", "arrays", "resident", "lists", "strings"];
  const part = (name) => readFileSync(new URL(`../../../crates/glue/src/generated/${name}.js`, import.meta.url), "utf8");
  return gzipSync(`${names.slice(0, names.indexOf(last) + 1).map(part).join("")}})();\n`, { level: 9 }).length;
};
