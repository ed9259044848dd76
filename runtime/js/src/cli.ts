// `npx nopython`: the command line as WebAssembly, with Node's files and Node's engine around it (`crates/engine/src/outside.rs`).

import { readFileSync, writeSync } from "node:fs";
import { parse } from "node:path";
import { fileURLToPath } from "node:url";

/** An instance's exports. */
type Running = Record<string, CallableFunction> & { $memory?: WebAssembly.Memory };

const enum Status {
  Done,
  Raised,
  StackOverflow,
  Failed,
}

class Raised extends Error {}

/** What `crates/engine` imports. */
const engine = (() => {
  const instances: Running[] = [];
  let own: WebAssembly.Memory;
  let raised: number[] = [];
  const status = (error: unknown): Status => (error instanceof Raised ? Status.Raised : error instanceof RangeError ? Status.StackOverflow : Status.Failed);
  const text = (at: number, length: number) => Buffer.from(own.buffer, at, length).toString();
  /** Values are 16 bytes: their kind, and 8 bytes from the eighth on. */
  const values = (at: number, count: number) =>
    Array.from({ length: count }, (_, k) => {
      const view = new DataView(own.buffer, at + 16 * k, 16);
      return [() => view.getInt32(8, true), () => view.getBigInt64(8, true), () => view.getFloat32(8, true), () => view.getFloat64(8, true)][view.getUint32(0, true)]!();
    });
  const store = (at: number, value: unknown) => {
    const view = new DataView(own.buffer, at, 16);
    [() => view.setInt32(8, value as number, true), () => view.setBigInt64(8, value as bigint, true), () => view.setFloat32(8, value as number, true), () => view.setFloat64(8, value as number, true)][view.getUint32(0, true)]!();
  };
  return {
    /** The memory of the command line. */
    use: (memory: WebAssembly.Memory) => void (own = memory),
    imports: {
      start(wasm: number, length: number): number {
        try {
          const imports = {
            np: {
              raise: (...numbers: number[]) => {
                raised = numbers;
                throw new Raised();
              },
              print: (address: number, length: number) => {
                const codes = new Uint32Array(instance.exports.$memory instanceof WebAssembly.Memory ? instance.exports.$memory.buffer : own.buffer, address >>> 0, length);
                writeSync(1, Array.from(codes, (code) => String.fromCodePoint(code)).join(""));
              },
            },
          };
          const instance = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(own.buffer, wasm, length)), imports);
          return instances.push(instance.exports as Running) - 1;
        } catch (error) {
          return -status(error);
        }
      },
      call(instance: number, name: number, length: number, args: number, count: number, results: number, most: number): number {
        try {
          const given = instances[instance]![text(name, length)]!(...values(args, count)) as unknown;
          if (most) (Array.isArray(given) ? given : [given]).forEach((value, k) => store(results + 16 * k, value));
          return Status.Done;
        } catch (error) {
          return status(error);
        }
      },
      raised: (at: number) => new Float64Array(own.buffer, at, 3).set(raised),
      memory(instance: number, at: number, bytes: number, length: number, write: number): number {
        const memory = instances[instance]!.$memory?.buffer;
        if (!memory || at + length > memory.byteLength) return 0;
        const [inside, outside] = [new Uint8Array(memory, at, length), new Uint8Array(own.buffer, bytes, length)];
        if (write) inside.set(outside);
        else outside.set(inside);
        return 1;
      },
    },
  };
})();

// Node warns of every program that uses WASI that it may change.
const { emitWarning } = process;
process.emitWarning = (() => undefined) as typeof process.emitWarning;
const { WASI } = await import("node:wasi");
process.emitWarning = emitWarning;

const { root } = parse(process.cwd());
const folder = `/${process.cwd().slice(root.length).replaceAll("\\", "/")}`;
const wasi = new WASI({ version: "preview1", args: ["nopython", ...process.argv.slice(2)], env: { PWD: folder }, preopens: { "/": root } });
const module = new WebAssembly.Module(readFileSync(fileURLToPath(new URL("./cli.wasm", import.meta.url))));
const instance = new WebAssembly.Instance(module, { wasi_snapshot_preview1: wasi.wasiImport as WebAssembly.ModuleImports, engine: engine.imports });
engine.use(instance.exports.memory as WebAssembly.Memory);
process.exitCode = wasi.start(instance) as number;
