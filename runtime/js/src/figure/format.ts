// Titles with values: `"σ = {s:.2f}"`, where a format is Python's mini-language for numbers.

/** What a title may name. */
export interface Values {
  [name: string]: unknown;
}

/** A text whose `{name}` and `{name:format}` are values; `{{` and `}}` are braces. What is no value stays as it is. `floats` are the names of floats. */
export const titled = (text: string, values: Values, floats: readonly string[]): string =>
  text.replace(/\{\{|\}\}|\{(\w+)(?::([^{}]*))?\}/g, (all, name?: string, spec = "") => {
    if (name === undefined) return all[0]!;
    const value = values[name];
    return typeof value === "number" || typeof value === "bigint" || typeof value === "boolean" || typeof value === "string" ? format(value, spec, floats.includes(name)) : all;
  });

/** A number as Python's `format(value, spec)` gives it; `isFloat` says that an integral number is a float. */
export const format = (value: number | bigint | boolean | string, spec: string, isFloat = false): string => {
  const found = /^(?:(.)?([<>=^]))?([-+ ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([bcdeEfFgGnosxX%])?$/su.exec(spec);
  if (!found) return String(value);
  const [, fillWith, alignTo, plus = "-", noNegativeZero, hash, zero, width = "0", group, digits, kind = ""] = found;
  const isText = typeof value === "string";
  const sign = (negative: boolean) => (negative ? "-" : plus === "-" ? "" : plus);
  let [prefix, body] = ["", ""];
  if (isText) body = digits === undefined ? value : value.slice(0, Number(digits));
  else {
    const isInteger = typeof value !== "number" || (Number.isInteger(value) && !isFloat);
    const number = Number(value);
    if (isInteger && /^[bcdnoxX]?$/.test(kind)) {
      const whole = BigInt(value);
      const radix = { b: 2, o: 8, x: 16, X: 16 }[kind] ?? 10;
      const text = kind === "c" ? String.fromCodePoint(Number(whole)) : (whole < 0n ? -whole : whole).toString(radix);
      prefix = sign(whole < 0n) + (hash && radix !== 10 ? `0${kind}` : "");
      body = kind === "X" ? text.toUpperCase() : text;
      if (group) body = grouped(body, radix === 10 ? 3 : 4, group);
    } else {
      const text = float(Math.abs(number), kind, digits === undefined ? undefined : Number(digits), !!hash);
      const zeroed = noNegativeZero && !/[1-9]/.test(text);
      prefix = sign((number < 0 || Object.is(number, -0)) && !zeroed);
      const [, head = "", tail = ""] = /^(\d*)(.*)$/s.exec(text)!;
      body = (group ? grouped(head, 3, group) : head) + tail;
    }
  }
  const align = alignTo ?? (zero && !isText ? "=" : isText ? "<" : ">");
  const filler = fillWith ?? (zero ? "0" : " ");
  const room = Number(width) - [...prefix, ...body].length;
  if (align === "=" && filler === "0" && group && /^[\da-f]/i.test(body) && !/^(inf|nan)/i.test(body)) {
    // Zeros are grouped with the digits.
    while (prefix.length + body.length < Number(width)) body = regrouped(`0${body}`, group, /^[xXbo]/.test(kind) ? 4 : 3);
    return prefix + body;
  }
  const space = filler.repeat(Math.max(0, room));
  if (align === "=") return prefix + space + body;
  if (align === "<") return prefix + body + space;
  if (align === ">") return space + prefix + body;
  const left = Math.floor(Math.max(0, room) / 2);
  return filler.repeat(left) + prefix + body + filler.repeat(Math.max(0, room) - left);
};

const grouped = (digits: string, size: number, mark: string): string => digits.replace(new RegExp(`(?<=.)(?=(.{${size}})+$)`, "gs"), mark);
const regrouped = (text: string, mark: string, size: number): string => {
  const [, head = "", tail = ""] = new RegExp(`^([${size > 3 ? "0-9a-fA-F" : "0-9"}${mark}]*)(.*)$`, "s").exec(text)!;
  return grouped(head.replaceAll(mark, ""), size, mark) + tail;
};

/** A float that is not negative. */
const float = (value: number, kind: string, digits: number | undefined, hash: boolean): string => {
  const upper = /[EFG]/.test(kind);
  const cased = (text: string) => (upper ? text.toUpperCase() : text);
  if (!Number.isFinite(value)) return cased(value === Infinity ? "inf" : "nan") + (kind === "%" ? "%" : "");
  const lower = kind.toLowerCase();
  if (lower === "f" || kind === "%") return point(fixed(kind === "%" ? value * 100 : value, digits ?? 6), hash) + (kind === "%" ? "%" : "");
  if (lower === "e") return cased(exponent(exponential(value, digits ?? 6), hash));
  if (kind === "" && digits === undefined) {
    // As Python's repr: the shortest digits.
    const short = value.toExponential();
    const power = Number(short.slice(short.indexOf("e") + 1));
    if (value !== 0 && (power < -4 || power >= 16)) return exponent(short, hash);
    const text = fixed(value, Math.max(0, short.replace(/e.*/, "").replace(".", "").length - 1 - power));
    return text.includes(".") ? text : `${text}.0`;
  }
  // The general form: as many digits in all.
  const many = Math.max(1, digits ?? 6);
  const rounded = exponential(value, many - 1);
  const power = value === 0 ? 0 : Number(rounded.slice(rounded.indexOf("e") + 1));
  const trimmed = (text: string) => (hash || !text.includes(".") ? text : text.replace(/\.?0+$/, ""));
  // Without a letter there is a digit after the point.
  if (power < -4 || power >= (kind === "" ? many - 1 : many)) {
    const [mantissa, tail] = rounded.split("e") as [string, string];
    return cased(exponent(`${trimmed(mantissa)}e${tail}`, hash));
  }
  const text = trimmed(fixed(value, Math.max(0, many - 1 - power)));
  return kind === "" && !text.includes(".") ? `${text}.0` : point(text, hash);
};

/** Digits rounded up or down: of two that are equally near JavaScript takes the greater, and Python the even one. `exact` has more digits. */
const even = (nearest: string, exact: string, digits: number): string => {
  const dot = exact.indexOf(".");
  const cut = exact.slice(0, dot + (digits ? 1 + digits : 0));
  return /^50*$/.test(exact.slice(dot + 1 + digits)) && /[02468]$/.test(cut) ? cut : nearest;
};

/** Decimals, also of numbers that JavaScript writes with an exponent. */
const fixed = (value: number, digits: number): string => {
  if (value >= 1e21) return BigInt(value).toString() + (digits ? `.${"0".repeat(digits)}` : "");
  const most = Math.min(digits, 100);
  return even(value.toFixed(most), value.toFixed(Math.min(100, most + 60)), most) + "0".repeat(digits - most);
};

const exponential = (value: number, digits: number): string => {
  const most = Math.min(digits, 100);
  const [nearest, exact] = [value.toExponential(most), value.toExponential(Math.min(100, most + 60))];
  const [long, power] = exact.split("e") as [string, string];
  const kept = even("", long, most);
  return kept ? `${kept}e${power}` : nearest;
};
const point = (text: string, hash: boolean): string => (hash && !text.includes(".") ? `${text}.` : text);

/** An exponent of at least two digits. */
const exponent = (text: string, hash: boolean): string => text.replace(/^(\d+(?:\.\d+)?)e([+-])(\d+)$/, (_, mantissa: string, sign: string, power: string) => `${point(mantissa, hash)}e${sign}${power.padStart(2, "0")}`);
