// Scales and their ticks. The static picture (`nopython/_picture.py`) has the same rules.

/** A linear scale from values to pixels. */
export interface Scale {
  low: number;
  high: number;
  from: number;
  to: number;
}

export const at = ({ low, high, from, to }: Scale, value: number): number => from + ((value - low) / (high - low)) * (to - from);
export const inverse = ({ low, high, from, to }: Scale, pixel: number): number => low + ((pixel - from) / (to - from)) * (high - low);

/** The step between ticks: 1, 2 or 5 times a power of ten, of which about `count` fit between two values. */
export const tickStep = (low: number, high: number, count: number): number => {
  const rough = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const error = rough / power;
  return power * (error >= Math.sqrt(50) ? 10 : error >= Math.sqrt(10) ? 5 : error >= Math.sqrt(2) ? 2 : 1);
};

/** Round values between two others. */
export const ticks = (low: number, high: number, count: number): number[] => {
  const step = tickStep(low, high, count);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: Math.max(0, Math.min(last - first + 1, 100)) }, (_, k) => (first + k) * step);
};

/** A tick's label: as many decimals as its step has, or an exponent where that is shorter. */
export const label = (value: number, step: number): string => {
  const size = Math.max(Math.abs(value), step);
  if (value !== 0 && (size >= 1e6 || size < 1e-4)) return value.toExponential(Math.max(0, Math.round(Math.log10(Math.abs(value)) - Math.log10(step)) || 0)).replace("-", "−").replace("e+", "e");
  return value.toFixed(Math.max(0, -Math.floor(Math.log10(step) + 1e-9))).replace(/^-(?=0\.?0*$)/, "").replace("-", "−");
};

/** The least and the greatest of finite values, apart from each other. */
export const extent = (arrays: ArrayLike<number | bigint>[]): [low: number, high: number] => {
  let low = Infinity;
  let high = -Infinity;
  for (const array of arrays) {
    for (let k = 0; k < array.length; k++) {
      const value = Number(array[k]);
      if (value < low && value > -Infinity) low = value;
      if (value > high && value < Infinity) high = value;
    }
  }
  if (low > high) return [0, 1];
  if (low === high) return [low - (Math.abs(low) || 1) / 2, high + (Math.abs(high) || 1) / 2];
  return [low, high];
};

/** An extent with a share of room at both ends. */
export const padded = ([low, high]: [number, number]): [number, number] => {
  const room = (high - low) * 0.04;
  return [low - room, high + room];
};
