// A source in the fragment of an address: compressed, in the letters of base64 that addresses may have.

const KEY = "#source=";

/** No more characters are read: few bytes can stand for very many. */
const LONGEST = 1_000_000;

const through = (bytes: Uint8Array<ArrayBuffer>, stream: CompressionStream | DecompressionStream): ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>> =>
  new Blob([bytes]).stream().pipeThrough(stream).getReader();

const all = async (reader: ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>): Promise<Blob> => {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let length = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) return new Blob(parts);
    parts.push(value);
    if ((length += value.length) > LONGEST) throw new RangeError("the source is too long");
  }
};

/** The fragment for a source. */
export const linked = async (text: string): Promise<string> => {
  const packed = new Uint8Array(await (await all(through(new TextEncoder().encode(text), new CompressionStream("deflate-raw")))).arrayBuffer());
  const letters = Array.from(packed, (byte) => String.fromCharCode(byte)).join("");
  return KEY + btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
};

/** The source of a fragment; nothing if it has none. */
export const inflated = async (hash: string): Promise<string | undefined> => {
  if (!hash.startsWith(KEY)) return undefined;
  const letters = atob(hash.slice(KEY.length).replaceAll("-", "+").replaceAll("_", "/"));
  const packed = Uint8Array.from(letters, (char) => char.charCodeAt(0));
  return (await all(through(packed, new DecompressionStream("deflate-raw")))).text();
};
