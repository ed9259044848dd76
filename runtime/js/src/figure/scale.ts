// Scales and their ticks. The static picture (`nopython/_picture.py`) has the same rules.

/** A scale from values to pixels, linear in the values or in their logarithms. */
export interface Scale {
  readonly low: number;
  readonly high: number;
  readonly from: number;
  readonly to: number;
  readonly log: boolean;
  /** A pixel is `start` and `factor` times the value or its logarithm. */
  readonly start: number;
  readonly factor: number;
}

export const scale = (low: number, high: number, from: number, to: number, log = false): Scale => {
  const [a, b] = log ? [Math.log10(low), Math.log10(high)] : [low, high];
  const factor = (to - from) / (b - a);
  return { low, high, from, to, log, start: from - a * factor, factor };
};

export const at = ({ start, factor, log }: Scale, value: number): number => start + (log ? Math.log10(value) : value) * factor;
export const inverse = ({ start, factor, log }: Scale, pixel: number): number => {
  const value = (pixel - start) / factor;
  return log ? 10 ** value : value;
};

/** The step between ticks: 1, 2 or 5 times a power of ten, of which about `count` fit between two values. */
export const tickStep = (low: number, high: number, count: number): number => {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const error = rough / power;
  return power * (error >= Math.sqrt(50) ? 10 : error >= Math.sqrt(10) ? 5 : error >= Math.sqrt(2) ? 2 : 1);
};

const power = (value: number): number => Math.floor(Math.log10(value) + 1e-9);
const exponential = (value: number, step: number): string => value.toExponential(Math.max(0, Math.min(power(Math.abs(value)) - power(step), 15))).replace("e+", "e");
const fixed = (value: number, step: number): string => value.toFixed(Math.min(Math.max(0, -power(step)), 100)).replace(/^-(?=0\.?0*$)/, "");

/** A tick's label, with as many digits as its step has: with an exponent where the largest value beside it, of this size, is far from 1 and shorter so. */
export const label = (value: number, step: number, size = Math.abs(value)): string => {
  const isFar = size > 0 && (size >= 1e6 || size < 1e-4) && exponential(size, step).length < fixed(size, step).length;
  return (value && isFar ? exponential(value, step) : fixed(isFar ? 0 : value, isFar ? 1 : step)).replaceAll("-", "−");
};

/** Round values between two others, with their labels, about `count` of them. */
export const ticks = ({ low, high, log }: Pick<Scale, "low" | "high" | "log">, count: number): [value: number, label: string][] => {
  const powers = log ? powersOf(low, high, count) : [];
  // Between few powers the steps are equal.
  if (powers.length > 1) return powers.map((value) => [value, label(value, 10 ** power(value))]);
  const step = tickStep(low, high, count);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  const size = Math.max(Math.abs(first), Math.abs(last)) * step;
  return Array.from({ length: Math.max(0, Math.min(last - first + 1, 100)) }, (_, k) => [(first + k) * step, label((first + k) * step, step, size)]);
};

/** Powers of ten, or 1, 2 and 5 times these where there are few. */
const powersOf = (low: number, high: number, count: number): number[] => {
  const [first, last] = [Math.floor(Math.log10(low) + 1e-9), Math.ceil(Math.log10(high) - 1e-9)];
  const every = Math.max(1, Math.ceil((last - first) / count));
  const factors = last - first <= 2 ? [1, 2, 5] : [1];
  const found: number[] = [];
  for (let power = Math.ceil(first / every) * every; power <= last; power += every) for (const factor of factors) found.push(Number(`${factor}e${power}`));
  return found.filter((value) => value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9));
};

/** The least and the greatest of finite values, apart from each other; with `log` only of those above zero. */
export const extent = (arrays: ArrayLike<number | bigint>[], log = false): [low: number, high: number] => {
  let low = Infinity;
  let high = -Infinity;
  for (const array of arrays) {
    const [least, greatest] = bounds(array instanceof Float64Array ? array : Float64Array.from(array as ArrayLike<number>, Number), log ? 0 : -Infinity);
    low = Math.min(low, least);
    high = Math.max(high, greatest);
  }
  if (low > high) return log ? [1, 10] : [0, 1];
  if (low === high) return log ? [low / 2, low * 2] : [low - (Math.abs(low) || 1) / 2, high + (Math.abs(high) || 1) / 2];
  return [low, high];
};

/** The least and the greatest of finite values above another. */
const bounds = (values: Float64Array, above: number): [number, number] => {
  let low = Infinity;
  let high = -Infinity;
  for (let k = 0; k < values.length; k++) {
    const value = values[k]!;
    if (value < low && value > above) low = value;
    if (value > high && value < Infinity && value > above) high = value;
  }
  return [low, high];
};

/** An extent with a share of room at both ends. */
export const padded = ([low, high]: [number, number], log = false): [number, number] => {
  if (log) return [low / (high / low) ** 0.04, high * (high / low) ** 0.04];
  const room = (high - low) * 0.04;
  return [low - room, high + room];
};
