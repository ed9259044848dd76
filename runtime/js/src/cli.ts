// `npx nopython`: the command line as WebAssembly, with Node's files and Node's engine around it (`crates/engine/src/outside.rs`).

import { readFileSync, realpathSync, writeSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
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

type AnyFunction = (...args: unknown[]) => unknown;

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

const module = new WebAssembly.Module(readFileSync(fileURLToPath(new URL("./cli.wasm", import.meta.url))));

/** Runs the program, with other functions in the place of some of WASI's, and gives its exit code. */
function run(wasi: InstanceType<typeof WASI>, others: (memory: () => DataView) => WebAssembly.ModuleImports = () => ({})): number {
  const memory = () => new DataView((instance.exports.memory as WebAssembly.Memory).buffer);
  // V8 calls functions of Node's directly once they are hot, and crashes where they are WASI's: a function of ours stands between.
  const calls = Object.entries(wasi.wasiImport).map(([name, call]) => [name, (...args: unknown[]) => (call as AnyFunction)(...args)]);
  const imports = { ...Object.fromEntries(calls), ...others(memory) } as WebAssembly.ModuleImports;
  const instance = new WebAssembly.Instance(module, { wasi_snapshot_preview1: imports, engine: engine.imports });
  engine.use(instance.exports.memory as WebAssembly.Memory);
  return wasi.start(instance) as number;
}

/** The exit code with which `serve` asks to listen, as it cannot itself (`crates/cli/src/serve.rs`). */
const LISTEN = 100;
/** The port, while it is free. */
const PORT = 8000;
/** A request takes no more: a source of the greatest length, and what is asked of it. */
const LONGEST = 2 ** 24;

/** What the program answers to a request of HTTP, which it reads and writes as its standard input and output. It has no files but those of the folder. */
function answer(folder: string, request: Buffer): Buffer {
  const wasi = new WASI({ version: "preview1", args: ["nopython", "serve", "/"], env: { PWD: "/", NOPYTHON_REQUEST: "1" }, preopens: { "/": folder } });
  const written: Buffer[] = [];
  let read = 0;
  /** Goes through the pieces of memory that a call names, and notes how many bytes were moved. */
  const each = (memory: DataView, pieces: number, count: number, moved: number, move: (at: number, length: number) => number) => {
    let total = 0;
    for (let k = 0; k < count; k++) total += move(memory.getUint32(pieces + 8 * k, true), memory.getUint32(pieces + 8 * k + 4, true));
    memory.setUint32(moved, total, true);
    return 0;
  };
  run(wasi, (memory) => ({
    fd_read(fd: number, pieces: number, count: number, moved: number): number {
      if (fd !== 0) return wasi.wasiImport.fd_read(fd, pieces, count, moved);
      return each(memory(), pieces, count, moved, (at, length) => {
        const copied = request.copy(new Uint8Array(memory().buffer, at, length), 0, read);
        read += copied;
        return copied;
      });
    },
    fd_write(fd: number, pieces: number, count: number, moved: number): number {
      if (fd !== 1) return wasi.wasiImport.fd_write(fd, pieces, count, moved);
      return each(memory(), pieces, count, moved, (at, length) => written.push(Buffer.from(memory().buffer.slice(at, at + length))) && length);
    },
  }));
  return Buffer.concat(written);
}

/** Whether a request is all there. */
function complete(request: Buffer): boolean {
  const head = request.indexOf("\r\n\r\n");
  const length = /\r\ncontent-length: *(\d+)/i.exec(request.toString("latin1", 0, head))?.[1] ?? 0;
  return (head >= 0 && request.length >= head + 4 + +length) || request.length > LONGEST;
}

/** Serves a folder to this machine until it is stopped. */
function listen(folder: string): void {
  const server = createServer((socket) => {
    let request = Buffer.alloc(0);
    socket.setTimeout(10_000, () => socket.destroy());
    socket.on("error", () => socket.destroy());
    socket.on("data", (bytes) => {
      request = Buffer.concat([request, bytes as Buffer]);
      if (complete(request)) socket.end(answer(folder, request));
    });
  });
  server.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EADDRINUSE") return void server.listen(0, "127.0.0.1");
    console.error(`cannot listen: ${error.message}`);
    process.exitCode = 1;
  });
  server.on("listening", () => {
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    console.log(`${address}\n${address}playground is a playground`);
  });
  server.listen(PORT, "127.0.0.1");
}

const { root } = parse(process.cwd());
const folder = `/${process.cwd().slice(root.length).replaceAll("\\", "/")}`;
const words = process.argv.slice(2);
process.exitCode = run(new WASI({ version: "preview1", args: ["nopython", ...words], env: { PWD: folder }, preopens: { "/": root } }));
if (process.exitCode === LISTEN) {
  process.exitCode = 0;
  listen(realpathSync(words.slice(1).find((word) => word !== "--") ?? "."));
}
