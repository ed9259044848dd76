//! Every documented example and every example program compiles to typed IR that keeps the rules; damaged ones never panic.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods)]

use nopython_ir::typed::{print, verify};
use std::path::Path;

fn verified(text: &str) -> Result<(), String> {
    let (module, _) = nopython_front::infer("test.py", text).map_err(|errors| format!("{errors:#?}"))?;
    verify::verify(&module).map_err(|error| format!("{error}\n{}", print::module(&module)))
}

fn programs() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut files: Vec<_> = std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let python = files.iter().filter(|path| path.extension().is_some_and(|e| e == "py"));
    python.map(|path| std::fs::read_to_string(path).unwrap()).filter(|text| text.contains("njit")).collect()
}

#[test]
fn every_documented_example_compiles() {
    let mut failures = String::new();
    for entry in nopython_numpy::entries() {
        for example in entry.doc().lines().filter_map(|line| line.trim().strip_prefix(">>> ")) {
            let text = format!(
                "import random\nimport numpy as np\nfrom numba import njit\n@njit\ndef f():\n    return {example}\n"
            );
            if let Err(error) = verified(&text) {
                failures.push_str(&format!("{example}\n{error}\n"));
            }
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

#[test]
fn every_example_program_compiles() {
    for text in programs() {
        verified(&text).unwrap();
    }
}

/// Marsaglia's xorshift (G. Marsaglia, Xorshift RNGs, 2003): the same damage in every run.
struct Damage(u64);

impl Damage {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % n.max(1) as u64).unwrap()
    }

    /// The text cut off, or with a word replaced, repeated or removed.
    fn damage(&mut self, text: &str) -> String {
        let mut words: Vec<&str> = text.split_inclusive(|c: char| !c.is_alphanumeric()).collect();
        for _ in 0..=self.below(3) {
            let (at, from) = (self.below(words.len()), self.below(words.len()));
            match self.below(4) {
                0 => words.truncate(at.max(1)),
                1 => drop(words.remove(at)),
                2 => words.insert(at, words.get(from).copied().unwrap_or("")),
                _ => {
                    let word = words.get(from).copied().unwrap_or("");
                    if let Some(slot) = words.get_mut(at) {
                        *slot = word;
                    }
                }
            }
        }
        words.concat()
    }
}

#[test]
fn damaged_programs_are_refused_or_compiled_but_never_panic() {
    let mut damage = Damage(0x9e37_79b9_7f4a_7c15);
    for text in programs() {
        for _ in 0..150 {
            let damaged = damage.damage(&text);
            if let Ok((module, _)) = nopython_front::infer("test.py", &damaged) {
                verify::verify(&module).unwrap_or_else(|error| panic!("{error}\n{damaged}"));
            }
        }
    }
}
