//! Random programs mean the same with and without the loop passes, and with and without vectors: results, what they write, and errors.
//!
//! Programs are nests of counted loops, branches, sums and stores over overlapping views of one array, with indices that are in range, just out of
//! it, negative, or read from memory. The same seeds give the same programs on every machine.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use nopython_driver::{Options, compile};
use nopython_engine::{Array, Failure, Instance, Value};
use nopython_types::{DType, Scalar};
use std::fmt::Write as _;

/// How many programs are tried.
const PROGRAMS: u64 = 250;
/// Elements of the array that all views share.
const ELEMENTS: usize = 40;

/// The generator of Steele, Lea and Flood, *Fast splittable pseudorandom number generators*, 2014.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[usize::try_from(self.below(from.len() as u64)).unwrap()]
    }
}

/// Writes one program.
struct Writer {
    random: Random,
    text: String,
    /// Loop variables in scope.
    vars: Vec<String>,
    loops: usize,
}

impl Writer {
    fn program(seed: u64) -> String {
        let text = "import numpy as np\nfrom numba import njit\n\n@njit\ndef twice(x, limit):\n    if x > limit:\n        return limit\n    return x + x\n\n\
                    @njit('UniTuple(float64, 4)(DTYPE[::1], int64[::1], int64, int64)')\ndef f(base, k, n, o):\n    \
                    a = base[2:18]\n    b = base[o:o + 16]\n    s = 0.0\n    t = 1.0\n    q = 0\n";
        let mut writer = Writer { random: Random(seed), text: String::new(), vars: Vec::new(), loops: 0 };
        writer.text.push_str(&text.replace("DTYPE", writer.random.pick(&["float64", "float32"])));
        for _ in 0..2 {
            writer.loop_(1, 0);
        }
        writer.text.push_str("    return s, t, float(q), float(a[3])\n");
        writer.text
    }

    fn line(&mut self, depth: usize, text: &str) {
        let _ = writeln!(self.text, "{}{text}", "    ".repeat(depth));
    }

    fn loop_(&mut self, depth: usize, nesting: usize) {
        let var = format!("i{}", self.loops);
        self.loops += 1;
        let bounds = match self.random.below(8) {
            0 => "16".to_owned(),
            1 => "1, n".to_owned(),
            2 => "n - 1, -1, -1".to_owned(),
            3 => "0, n, 2".to_owned(),
            4 if !self.vars.is_empty() => format!("{}, 16", self.vars.last().unwrap()),
            5 => "len(a) - o".to_owned(),
            _ => "n".to_owned(),
        };
        self.line(depth, &format!("for {var} in range({bounds}):"));
        self.vars.push(var);
        for _ in 0..=self.random.below(3) {
            self.statement(depth + 1, nesting + 1);
        }
        self.vars.pop();
    }

    fn statement(&mut self, depth: usize, nesting: usize) {
        match self.random.below(12) {
            0 | 1 if nesting < 3 => self.loop_(depth, nesting),
            2 if nesting < 3 => {
                let test = self.test();
                self.line(depth, &format!("if {test}:"));
                self.statement(depth + 1, 3);
                if self.random.below(2) == 0 {
                    self.line(depth, "else:");
                    self.statement(depth + 1, 3);
                }
            }
            3 | 4 => {
                let value = self.value(2);
                self.line(depth, &format!("s += {value}"));
            }
            5 => {
                let test = self.test();
                self.line(depth, &format!("if {test}:"));
                let count = self.random.pick(&["q += 1", "q = max(q, k[3])", "q -= k[1]", "t = s"]);
                self.line(depth + 1, count);
            }
            6 => {
                let value = self.value(2);
                self.line(depth, &format!("t = {value}"));
            }
            _ => {
                let (array, index, value) = (self.random.pick(&["a", "b", "b"]), self.index(), self.value(3));
                let op = self.random.pick(&["=", "=", "+="]);
                self.line(depth, &format!("{array}[{index}] {op} {value}"));
            }
        }
    }

    fn index(&mut self) -> String {
        let var = self.vars[usize::try_from(self.random.below(self.vars.len() as u64)).unwrap()].clone();
        match self.random.below(24) {
            0..=13 => var,
            14 | 15 => format!("{var} - 1"),
            16 => format!("{var} + 1"),
            17 => format!("n - 1 - {var}"),
            18 => format!("{var} + o"),
            19 => format!("k[{var} % 16]"),
            20 => format!("({var} + {}) % 16", self.random.below(5)),
            21 => format!("2 * {var} % 16"),
            _ => self.random.below(17).to_string(),
        }
    }

    fn value(&mut self, depth: usize) -> String {
        if depth == 0 || self.random.below(4) == 0 {
            let array = self.random.pick(&["a", "b"]);
            return match self.random.below(6) {
                0 => self.random.pick(&["0.5", "-1.5", "2.0"]).to_owned(),
                1 => self.random.pick(&["s", "t", "1.0 * n"]).to_owned(),
                2 => format!("float({})", self.vars.last().unwrap()),
                _ => format!("{array}[{}]", self.index()),
            };
        }
        let (x, y) = (self.value(depth - 1), self.value(depth - 1));
        match self.random.below(9) {
            0 | 1 => format!("({x} + {y})"),
            2 => format!("({x} - {y})"),
            3 => format!("{x} * 0.25"),
            4 => format!("min({x}, {y})"),
            5 => format!("np.sqrt(abs({x}))"),
            6 => format!("({x} if {} else {y})", self.test()),
            7 => format!("twice({x}, 3.0)"),
            _ => format!("np.cos({x})"),
        }
    }

    fn test(&mut self) -> String {
        let array = self.random.pick(&["a", "b"]);
        match self.random.below(4) {
            0 => format!("{array}[{}] > 0.0", self.index()),
            1 => format!("{} < n - 1", self.vars.last().unwrap()),
            2 => format!("k[{} % 16] % 2 == 0", self.vars.last().unwrap()),
            _ => format!("{array}[{}] < 1.0 and s < 8.0", self.index()),
        }
    }
}

fn arguments(random: &mut Random, single: bool) -> Vec<Value> {
    let mut bytes = Vec::new();
    for _ in 0..ELEMENTS {
        let x = random.below(64) as f64 / 8.0 - 4.0;
        if single {
            bytes.extend((x as f32).to_le_bytes());
        } else {
            bytes.extend(x.to_le_bytes());
        }
    }
    let dtype = if single { DType::Float32 } else { DType::Float64 };
    let base = Value::Array(Array { dtype, shape: vec![ELEMENTS], bytes });
    let indices = (0..16).flat_map(|_| (random.below(18) as i64 - 2).to_le_bytes()).collect();
    let k = Value::Array(Array { dtype: DType::Int64, shape: vec![16], bytes: indices });
    let int = |v| Value::Int(Scalar::strong(DType::Int64), v);
    vec![base, k, int(random.below(18) as i64), int(random.below(24) as i64)]
}

/// What a call did, in words that tell apart all that a program can see.
fn outcome(result: Result<Value, Failure>, args: &[Value]) -> String {
    let result = match result {
        Ok(value) => format!("{value:?}"),
        Err(failure) => format!("{failure:?}"),
    };
    format!("{result}\n{args:?}")
}

#[test]
fn random_programs_mean_the_same_at_every_level() {
    let engine = wasmtime::Engine::default();
    let levels = [(0, false), (2, false), (2, true)];
    let mut finished = 0;
    for seed in 0..PROGRAMS {
        let source = Writer::program(seed);
        let mut instances = levels.map(|(opt_level, simd)| {
            let options = Options { opt_level, simd, ..Options::default() };
            let compiled = compile("f.py", &source, &options).unwrap_or_else(|d| panic!("{source}\n{d:?}"));
            Instance::new(&engine, &compiled).expect("the module is valid")
        });
        let mut random = Random(seed ^ 0xabcd);
        for _ in 0..3 {
            let args = arguments(&mut random, source.contains("float32"));
            let [plain, scalar, vector] = instances.each_mut().map(|instance| {
                let mut own = args.clone();
                let result = instance.call("f", &mut own);
                outcome(result, &own)
            });
            finished += u64::from(!plain.contains("Raised"));
            assert_eq!(plain, scalar, "seed {seed}, without vectors, {args:?}\n{source}");
            assert_eq!(plain, vector, "seed {seed}, on vectors, {args:?}\n{source}");
        }
    }
    // Errors in every call would hide what the loops compute.
    assert!(finished > PROGRAMS, "{finished} of {} calls finished", 3 * PROGRAMS);
}
