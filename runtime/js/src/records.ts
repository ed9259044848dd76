// Arrays of records as JavaScript sees them, and as compiled code does: as arrays of their units (`crates/types/src/record.rs`).

/** A number's dtype, or a structured one. */
type Dtype = string | Description;
/** A field: its name, what it holds, where it begins, and its extents if it holds an array. */
type FieldOf = [name: string, dtype: Dtype, offset: number, shape?: number[]];
/** A structured dtype as the compiler writes it: its size, the dtype of its units, and its fields. */
export type Description = [size: number, unit: string, fields: FieldOf[]];
type Plain = Record<string, unknown>;
type Units = { data: ArrayBufferView; shape: number[]; strides: number[]; offset: number; dtype: string };

const METHODS: Record<string, [name: string, size: number]> = {
  bool: ["Uint8", 1], int8: ["Int8", 1], uint8: ["Uint8", 1], int16: ["Int16", 2], uint16: ["Uint16", 2], int32: ["Int32", 4],
  uint32: ["Uint32", 4], int64: ["BigInt64", 8], uint64: ["BigUint64", 8], float32: ["Float32", 4], float64: ["Float64", 8],
};
const UNITS = { uint8: Uint8Array, uint16: Uint16Array, uint32: Uint32Array, uint64: BigUint64Array } as unknown as Record<string, new (n: number | ArrayBuffer) => ArrayBufferView>;

const sizeOf = (dtype: Dtype): number => (typeof dtype === "string" ? METHODS[dtype]![1] : dtype[0]);
const told = (value: unknown): string => (value === null ? "null" : Array.isArray(value) ? "an array" : typeof value === "object" ? "an object" : `${typeof value} ${String(value)}`);
const refuse = (where: string, what: string): never => {
  throw new TypeError(`${where} takes ${what}`);
};

/** What a dtype holds at a place: a number, a bool, or an object. 64-bit integers are numbers where those hold them, and BigInts elsewhere, or everywhere if they are to be `wide`. */
const read = (view: DataView, at: number, dtype: Dtype, wide = false): unknown => {
  if (typeof dtype !== "string") return Object.fromEntries(dtype[2].map(([name, own, offset, shape]) => [name, nested(view, at + offset, own, shape ?? [], wide)]));
  const value = (view as never as Record<string, (at: number, little: boolean) => number | bigint>)[`get${METHODS[dtype]![0]}`]!(at, true);
  if (dtype === "bool") return value !== 0;
  return !wide && typeof value === "bigint" && Number.isSafeInteger(Number(value)) ? Number(value) : value;
};

const nested = (view: DataView, at: number, dtype: Dtype, [extent, ...rest]: number[], wide?: boolean): unknown => {
  if (extent === undefined) return read(view, at, dtype, wide);
  const step = rest.reduce((a, b) => a * b, sizeOf(dtype));
  return Array.from({ length: extent }, (_, k) => nested(view, at + k * step, dtype, rest, wide));
};

const write = (view: DataView, at: number, dtype: Dtype, [extent, ...rest]: number[], value: unknown, where: string): void => {
  if (extent !== undefined) {
    const items = value as ArrayLike<unknown>;
    if (Object(value) !== value || items.length !== extent) refuse(where, `${extent} values, got ${told(value)}`);
    const step = rest.reduce((a, b) => a * b, sizeOf(dtype));
    for (let k = 0; k < extent; k++) write(view, at + k * step, dtype, rest, items[k], `${where}[${k}]`);
    return;
  }
  if (typeof dtype !== "string") {
    if (Object(value) !== value) refuse(where, `an object with the fields ${dtype[2].map(([name]) => name).join(", ")}, got ${told(value)}`);
    for (const [name, own, offset, shape] of dtype[2]) {
      if (!(name in (value as Plain))) refuse(where, `an object with the field '${name}'`);
      write(view, at + offset, own, shape ?? [], (value as Plain)[name], `${where}.${name}`);
    }
    return;
  }
  const [name, size] = METHODS[dtype]!;
  const integer = !dtype.startsWith("float");
  let given = typeof value === "boolean" ? Number(value) : value;
  if (typeof given !== "number" && typeof given !== "bigint") refuse(where, `a number, got ${told(value)}`);
  if (integer) {
    if (typeof given === "number" && !Number.isInteger(given)) refuse(where, `an integer, got ${String(value)}`);
    const bits = BigInt(dtype === "bool" ? 1 : 8 * size);
    const whole = BigInt(given as number);
    const [low, high] = dtype.startsWith("i") ? [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n] : [0n, (1n << bits) - 1n];
    if (whole < low || whole > high) refuse(where, `an integer from ${low} to ${high} (${dtype}), got ${String(value)}`);
    given = size === 8 ? whole : Number(whole);
  } else {
    given = Number(given);
    if (dtype === "float32" && Number.isFinite(given) && !Number.isFinite(Math.fround(given as number))) refuse(where, `a number that is finite as ${dtype}, got ${String(value)}`);
  }
  (view as never as Record<string, (at: number, value: unknown, little: boolean) => void>)[`set${name}`]!(at, given, true);
};

/** An array of records. `get` and `set` take a place and give and take plain objects; `field` is a copy of one field. */
export class Records implements Iterable<unknown> {
  /** `units` is the array of units. */
  constructor(
    readonly units: Units,
    private readonly type: Description,
    /** Whether 64-bit integers are BigInts, always. */
    private readonly wide = false,
  ) {
    // A member with such a name would keep the class in pages that have no records.
    Object.defineProperty(this, Symbol.for("nodejs.util.inspect.custom"), { value: () => this.toArray() });
  }

  get shape(): number[] {
    return this.units.shape.slice(0, -1);
  }

  get length(): number {
    return this.units.shape[0]!;
  }

  /** The names of the fields. */
  get fields(): string[] {
    return this.type[2].map(([name]) => name);
  }

  private view(): DataView {
    const { data } = this.units;
    return new DataView(data.buffer, data.byteOffset, data.byteLength);
  }

  private at(index: readonly number[]): number {
    const { shape, strides, offset, dtype } = this.units;
    if (index.length !== shape.length - 1) throw new RangeError(`${shape.length - 1} indices are needed, got ${index.length}`);
    const place = index.reduce((sum, i, k) => {
      const own = i < 0 ? i + shape[k]! : i;
      if (!Number.isInteger(own) || own < 0 || own >= shape[k]!) throw new RangeError(`index ${i} is out of bounds for axis ${k} with size ${shape[k]}`);
      return sum + own * strides[k]!;
    }, offset);
    return place * METHODS[dtype]![1];
  }

  /** A record, as an object of its own. */
  get(...index: number[]): unknown {
    return read(this.view(), this.at(index), this.type, this.wide);
  }

  /** Writes a record: its index, and an object with a value for each field. */
  set(...given: [...index: number[], value: unknown]): void {
    const value = given.pop();
    write(this.view(), this.at(given as number[]), this.type, [], value, "set()");
  }

  private each<T>(f: (index: number[]) => T): unknown {
    const level = (index: number[]): unknown => {
      const k = index.length;
      if (k === this.shape.length) return f(index);
      return Array.from({ length: this.shape[k]! }, (_, i) => level([...index, i]));
    };
    return level([]);
  }

  /** A copy of a field: nested lists of the array's shape. */
  field(name: string): unknown {
    const found = this.type[2].find(([own]) => own === name);
    if (!found) throw new RangeError(`there is no field '${name}'; the fields are ${this.fields.join(", ")}`);
    const [, dtype, offset, shape] = found;
    return this.each((index) => nested(this.view(), this.at(index) + offset, dtype, shape ?? [], this.wide));
  }

  /** Nested lists of plain objects. */
  toArray(): unknown {
    return this.each((index) => this.get(...index));
  }

  toJSON(): unknown {
    return this.toArray();
  }

  [Symbol.iterator](): Iterator<unknown> {
    return (this.toArray() as unknown[])[Symbol.iterator]();
  }
}

/** Columns: an object of lists, one for each field. */
const isColumns = (value: unknown, type: Description): value is Record<string, ArrayLike<unknown>> =>
  Object(value) === value && !Array.isArray(value) && type[2].every(([name]) => Object((value as Plain)[name]) === (value as Plain)[name]);

/** An argument as the array of its units, and what brings changes back to it. */
export const lower = (value: unknown, type: Description, ndim: number, where: string): { units: unknown; back: () => void } => {
  // Each function that takes records has a class of its own.
  const own = value as Records;
  if (Object(value) === value && Array.isArray(own.units?.shape) && typeof own.field === "function") {
    if (own.fields.join() !== type[2].map(([name]) => name).join() || own.units.shape.length !== ndim + 1 || own.units.dtype !== type[1]) refuse(where, "records of another dtype or rank");
    return { units: own.units, back: () => {} };
  }
  const columns = ndim === 1 && isColumns(value, type) ? value : undefined;
  const shape: number[] = [];
  if (columns) shape.push(columns[type[2][0]![0]]!.length);
  else
    for (let level = value, k = 0; k < ndim; k++, level = (level as unknown[] | undefined)?.[0]) {
      if (!Array.isArray(level)) {
        if (k && !shape[k - 1]) shape.push(0);
        else refuse(where, `an array of objects, or an object of columns, got ${told(level)}`);
      } else shape.push(level.length);
    }
  const [size, unit] = type;
  const data = new UNITS[unit]!(shape.reduce((a, b) => a * b, size) / METHODS[unit]![1]);
  const whole = [...shape, size / METHODS[unit]![1]];
  const strides = whole.map((_, k) => whole.slice(k + 1).reduce((a, b) => a * b, 1));
  const units: Units = { data, shape: whole, strides, offset: 0, dtype: unit };
  const view = new DataView(data.buffer);
  const walk = (level: unknown, k: number, at: number, f: (record: unknown, at: number, set: (value: unknown) => void) => void): void => {
    const step = shape.slice(k + 1).reduce((a, b) => a * b, size);
    if (k === ndim) return f(level, at, () => {});
    if (!Array.isArray(level) || level.length !== shape[k]) refuse(where, "rows of one length");
    (level as unknown[]).forEach((item, i) => walk(item, k + 1, at + i * step, f));
  };
  if (columns) {
    for (const [name, dtype, offset, extents] of type[2]) {
      const column = columns[name]!;
      if (column.length !== shape[0]) refuse(where, `columns of one length: '${name}' has ${column.length} values, not ${shape[0]}`);
      for (let i = 0; i < shape[0]!; i++) write(view, i * size + offset, dtype, extents ?? [], column[i], `${where}.${name}[${i}]`);
    }
  } else walk(value, 0, 0, (record, at) => write(view, at, type, [], record, ndim ? `${where}[${shape.length === 1 ? at / size : ""}]` : where));
  const back = (): void => {
    if (columns) {
      for (const [name, dtype, offset, extents] of type[2]) {
        const column = columns[name] as unknown[];
        const wide = ArrayBuffer.isView(column) && /^Big/.test(column.constructor.name);
        for (let i = 0; i < shape[0]!; i++) {
          const value = nested(view, i * size + offset, dtype, extents ?? []);
          column[i] = wide ? BigInt(value as number) : value;
        }
      }
    } else walk(value, 0, 0, (record, at) => Object.assign(record as Plain, read(view, at, type)));
  };
  return { units, back };
};

/** A result: a record as an object, and arrays of them. `zero` is what a 64-bit zero is for this call. */
export const lift = (units: Units, type: Description, zero: unknown): unknown => {
  const records = new Records(units, type, typeof zero === "bigint");
  return units.shape.length > 1 ? records : records.get();
};
