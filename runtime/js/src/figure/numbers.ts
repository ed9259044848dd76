// Numbers as readers type them and as dtypes hold them, 64-bit integers exactly.

/** An element of a dtype. An integer that no number holds exactly is a BigInt. */
export type Scalar = number | bigint | boolean;

/** A value as one of a dtype, which has to hold it; a float is rounded. What does not fit is a RangeError that says what does, and calls the value by a text. */
export const fitted = (value: Scalar | undefined, dtype: string, text = written(value)): Scalar => {
  const refused = (takes: string): never => {
    throw new RangeError(`takes ${takes} (${dtype}), not ${text}`);
  };
  const number = Number(value);
  if (dtype === "bool") return number === 0 || number === 1 ? !!number : refused("True or False");
  if (dtype[0] === "f") {
    const rounded = dtype === "float32" ? Math.fround(number) : number;
    return value === undefined || Number.isFinite(rounded) !== Number.isFinite(number) ? refused("a number") : number;
  }
  const signed = dtype[0] === "i";
  const high = (1n << BigInt(Number(dtype.replace(/\D+/, "")) - Number(signed))) - 1n;
  const low = signed ? -1n - high : 0n;
  const whole = Number.isInteger(number) ? BigInt(value!) : low - 1n;
  if (whole < low || whole > high) refused(`an integer from ${low} to ${high}`);
  return Number.isSafeInteger(Number(whole)) ? Number(whole) : whole;
};

/** A text as a value of a dtype, as readers type it: with a comma or a point, `.5`, `3.`, `1_000`, `nan`, `inf`, `True`. */
export const scalarOf = (text: string, dtype: string): Scalar => {
  const plain = text.trim().replace("−", "-").replace(/(\d)_(?=\d)/g, "$1").replace(/^([+-]?\d*),(\d*)$/, "$1.$2").toLowerCase();
  const word = { true: true, false: false, nan: NaN, inf: Infinity, infinity: Infinity }[plain.replace(/^[+-]/, "")];
  let value: Scalar | undefined;
  if (word !== undefined) value = plain[0] === "-" ? -word : word;
  else if (/^[+-]?\d+$/.test(plain)) value = BigInt(plain.replace("+", ""));
  else if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(plain)) value = Number(plain);
  return fitted(value, dtype, text.trim() || "nothing");
};

/** A value as Python writes it, with as many digits as tell it from others of its dtype. */
export const written = (value: unknown, dtype = ""): string => {
  if (value === undefined) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value !== "number") return String(value);
  if (Object.is(value, -0)) return dtype[0] === "f" ? "-0" : "0";
  let text = String(value);
  if (dtype === "float32") for (let digits = 9; digits > 0 && Math.fround(Number(value.toPrecision(digits))) === value; digits--) text = String(Number(value.toPrecision(digits)));
  return text.replace("Infinity", "inf").replace("NaN", "nan");
};

/** The number that a slider begins with; JSON has text for an integer that no number is. */
export const startOf = ({ value }: { value: number | bigint | string }): number | bigint => (typeof value === "string" ? BigInt(value) : value);
