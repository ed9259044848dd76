//! Programs that are almost right: sources of the repository with bytes, words, lines and statements changed, and with nesting repeated.

use crate::page::{self, PRELUDE};
use crate::root;
use std::path::{Path, PathBuf};

/// Types that parameters get by chance.
const TYPES: [&str; 14] = [
    "float64[:]",
    "float64[:]",
    "int64",
    "float64",
    "int32[:]",
    "float64[:,:]",
    "bool",
    "uint8[:,::1]",
    "float32[::1]",
    "uint64",
    "int8",
    "float64[:,:,:]",
    "boolean[:]",
    "Tuple((int64, float64[:]))",
];

/// What is put around a word again and again: what comes before and after it.
const AROUND: [(&str, &str); 14] = [
    ("(", ")"),
    ("[", "]"),
    ("-", ""),
    ("not ", ""),
    ("np.sqrt(", ")"),
    ("(", " + 1)"),
    ("(1 if n else ", ")"),
    ("1 if n else ", ""),
    ("", ".T"),
    ("", "[0]"),
    ("", "[1:]"),
    ("2 ** ", ""),
    ("(", ", 1)"),
    ("lambda x: ", ""),
];

/// What a line is put into again and again.
const HEADS: [&str; 6] = ["if n:", "for i in range(3):", "while n > 0:", "with n:", "try:", "def g():"];

/// SplitMix64 (Steele, Lea and Flood, 2014).
pub struct Random(u64);

impl Random {
    /// The numbers of a seed.
    pub const fn new(seed: u64) -> Random {
        Random(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below `n`, or 0.
    pub fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % (n.max(1) as u64)).unwrap_or(0)
    }

    fn pick<'t, T>(&mut self, items: &'t [T]) -> &'t T {
        &items[self.below(items.len())]
    }
}

/// The sources under `tests` and `examples`: Python files, and the `py` blocks of pages.
pub fn sources() -> Result<Vec<String>, String> {
    let mut paths = Vec::new();
    for folder in ["tests", "examples"] {
        walk(&root().join(folder), &mut paths)?;
    }
    paths.sort();
    let mut found = Vec::new();
    for path in paths {
        if path.extension().is_some_and(|e| e == "py") {
            found.push(std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?);
        } else {
            for section in page::read(&path)?.sections {
                found.push(PRELUDE.to_owned() + &section.source);
                // Calls give parameters the types that they are meant to have.
                found.extend(section.calls.chunks(2).map(|calls| section.module(&calls.iter().collect::<Vec<_>>())));
            }
        }
    }
    Ok(found)
}

fn walk(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<(), String> {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() && !path.ends_with("node_modules") {
            walk(&path, paths)?;
        } else if path.extension().is_some_and(|e| e == "py" || e == "md") {
            paths.push(path);
        }
    }
    Ok(())
}

/// The program of a seed.
pub fn program(sources: &[String], seed: u64) -> String {
    let mut random = Random::new(seed);
    let source: &String = random.pick(sources);
    let mut text = signed(source, &mut random);
    for _ in 0..=random.below(3) {
        let other: &String = random.pick(sources);
        text = match random.below(20) {
            0 => bytes(text, &mut random),
            1 => words(&text, other, &mut random),
            2..9 => exchanged(&text, other, &mut random),
            9..11 => lines(&text, &mut random),
            11..17 => statement(&text, other, &mut random),
            17..19 => nested(&text, &mut random),
            _ => repeated(&text, &mut random),
        };
    }
    text
}

/// Gives a function of a source, or at times each, a signature of types by chance, unless there are signatures already.
fn signed(source: &str, random: &mut Random) -> String {
    if source.contains("@njit(\"") || source.contains("@njit('") || source.contains("def call_0()") {
        return source.to_owned();
    }
    let functions = source.lines().filter(|line| line.starts_with("def ")).count();
    let (each, chosen) = (random.below(4) == 0, random.below(functions));
    let mut out = String::new();
    let mut function = 0;
    for line in source.lines().filter(|line| !line.starts_with("@njit")) {
        if let Some(params) = line.strip_prefix("def ").and_then(|rest| rest.split_once('(')).map(|(_, rest)| rest) {
            let params = params.rsplit_once(')').map_or("", |(params, _)| params);
            let count = if params.trim().is_empty() { 0 } else { params.matches(',').count() + 1 };
            let types: String = (0..count).map(|_| format!("{}, ", random.pick(&TYPES))).collect();
            if each || function == chosen {
                out.push_str(&format!("@njit(\"({types})\")\n"));
            }
            function += 1;
        }
        out.push_str(line);
        out.push('\n');
    }
    out
}

fn bytes(text: String, random: &mut Random) -> String {
    let mut bytes = text.into_bytes();
    for _ in 0..=random.below(3) {
        let at = random.below(bytes.len());
        let byte = u8::try_from(random.below(256)).unwrap_or(0);
        match random.below(3) {
            _ if bytes.is_empty() => bytes.push(byte),
            0 => bytes[at] = byte,
            1 => bytes.insert(at, byte),
            _ => drop(bytes.remove(at)),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Names and numbers, runs of space, and other characters one by one.
pub fn tokens(text: &str) -> Vec<&str> {
    let kind = |c: char| (c.is_alphanumeric() || c == '_', c.is_whitespace());
    let mut out = Vec::new();
    let mut start = 0;
    let mut last = None;
    for (at, c) in text.char_indices() {
        if last.is_some_and(|last| last != kind(c) || last == (false, false)) {
            out.push(&text[start..at]);
            start = at;
        }
        last = Some(kind(c));
    }
    out.push(&text[start..]);
    out
}

fn words(text: &str, other: &str, random: &mut Random) -> String {
    let mut own = tokens(text);
    let others = tokens(other);
    for _ in 0..=random.below(3) {
        let (i, j) = (random.below(own.len()), random.below(own.len()));
        match random.below(5) {
            0 if own.len() > 1 => drop(own.remove(i)),
            1 => own[i] = others[random.below(others.len())],
            2 => own.insert(i, others[random.below(others.len())]),
            3 => own.swap(i, j),
            _ => {
                let run = own[j..own.len().min(j + random.below(30))].to_vec();
                own.splice(i..i, run);
            }
        }
    }
    own.concat()
}

/// What may stand for each other: names, numbers, operators, brackets; `None` for what stays as it is.
fn class(token: &str) -> Option<u8> {
    const WORDS: [&str; 22] = [
        "def", "return", "for", "in", "if", "else", "elif", "while", "import", "from", "as", "break", "continue",
        "pass", "raise", "lambda", "njit", "numba", "np", "numpy", "math", "with",
    ];
    const LOGIC: [&str; 3] = ["and", "or", "is"];
    match token.chars().next()? {
        _ if WORDS.contains(&token) => None,
        _ if LOGIC.contains(&token) => Some(2),
        c if c.is_ascii_digit() => Some(0),
        c if c.is_alphabetic() || c == '_' => Some(1),
        '+' | '-' | '*' | '/' | '%' | '<' | '>' | '&' | '|' | '^' | '@' => Some(2),
        _ => None,
    }
}

/// Tokens for others of their kind, so that most programs are still Python.
fn exchanged(text: &str, other: &str, random: &mut Random) -> String {
    let mut own = tokens(text);
    let others = tokens(other);
    for _ in 0..=random.below(4) {
        let i = random.below(own.len());
        // From a place by chance to the next token that can be exchanged.
        let Some(i) = (i..own.len()).find(|&k| class(own[k]).is_some()) else { continue };
        let pool = if random.below(2) == 0 { &own } else { &others };
        let start = random.below(pool.len());
        let alike = |token: &&str| class(token) == class(own[i]) || (class(token) < Some(2) && class(own[i]) < Some(2));
        if let Some(token) = pool[start..].iter().copied().filter(|token| class(token).is_some()).find(alike) {
            own[i] = token;
        }
    }
    own.concat()
}

fn joined(lines: &[String]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

fn owned(text: &str) -> Vec<String> {
    if text.is_empty() { vec![String::new()] } else { text.lines().map(str::to_owned).collect() }
}

fn indent(line: &str) -> &str {
    &line[..line.len() - line.trim_start().len()]
}

fn lines(text: &str, random: &mut Random) -> String {
    let mut own = owned(text);
    let (i, j) = (random.below(own.len()), random.below(own.len()));
    match random.below(4) {
        0 if own.len() > 1 => drop(own.remove(i)),
        1 => own.insert(i, own[j].clone()),
        2 => own.swap(i, j),
        _ => own[i] = format!("    {}", own[i]),
    }
    joined(&own)
}

/// A line of another program, at the indentation of the place where it comes to stand.
fn statement(text: &str, other: &str, random: &mut Random) -> String {
    let mut own = owned(text);
    let others = owned(other);
    for _ in 0..=random.below(3) {
        // Not before the first function.
        let first = own.iter().position(|line| line.starts_with("def ")).map_or(0, |def| def + 1);
        let at = first.min(own.len() - 1) + random.below(own.len().saturating_sub(first));
        let others: Vec<&String> = others.iter().filter(|line| line.starts_with(' ') && !line.ends_with(':')).collect();
        if others.is_empty() {
            continue;
        }
        let line = format!("{}{}", indent(&own[at]), others[random.below(others.len())].trim());
        own.insert(at, line);
    }
    joined(&own)
}

/// How often something is repeated: often little, at times beyond every limit.
fn times(random: &mut Random) -> usize {
    let most = *random.pick(&[4, 30, 99, 300, 3000]);
    1 + random.below(most)
}

/// A word inside of brackets or operators, or a line inside of blocks.
fn nested(text: &str, random: &mut Random) -> String {
    let n = times(random);
    if random.below(3) > 0 {
        let mut own = tokens(text);
        let words: Vec<usize> = (0..own.len()).filter(|&i| own[i].starts_with(char::is_alphanumeric)).collect();
        let at = *random.pick(if words.is_empty() { &[0] } else { &words });
        let (before, after) = random.pick(&AROUND);
        let wrapped = format!("{}{}{}", before.repeat(n), own[at], after.repeat(n));
        own[at] = &wrapped;
        return own.concat();
    }
    let mut own = owned(text);
    let at = random.below(own.len());
    let (head, n) = (random.pick(&HEADS), n.min(200));
    let base = indent(&own[at]).to_owned();
    let heads = (0..n).map(|k| format!("{base}{}{head}\n", " ".repeat(k)));
    own[at] = format!("{}{base}{}{}", heads.collect::<String>(), " ".repeat(n), own[at].trim());
    joined(&own)
}

/// A line many times.
fn repeated(text: &str, random: &mut Random) -> String {
    let mut own = owned(text);
    let at = random.below(own.len());
    own[at] = vec![own[at].as_str(); times(random).min(300)].join("\n");
    joined(&own)
}
