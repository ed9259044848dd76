//! Makes a module stoppable from outside.
//!
//! Every loop, and every function that calls another, begins with a look at a word of a memory of its own (`$interrupt`): if the word
//! is not zero, the code traps. A trap keeps no values alive, so that the look is one comparison of memory and costs no register; the epochs
//! of wasmtime, which call the host, cost simple loops a factor of four. Each place looks at a word of its own, because the engine would take
//! two loads of one word with no store in between for one.

use crate::Failure;
use std::ops::Range;
use wasm_encoder::{Encode, Module, RawSection};
use wasmparser::{Operator, Parser, Payload};

/// Words there are; further places share them.
const WORDS: u32 = 1 << 14;

/// Section ids of the wasm format.
const MEMORY: u8 = 5;
const EXPORT: u8 = 7;
const CODE: u8 = 10;

/// The module with its looks, and how many words they look at.
///
/// # Errors
/// [`Failure::Engine`] when the module is not valid.
pub fn interruptible(wasm: &[u8]) -> Result<(Vec<u8>, u32), Failure> {
    rewrite(wasm).map_err(|error| Failure::Engine(error.to_string()))
}

fn rewrite(wasm: &[u8]) -> wasmparser::Result<(Vec<u8>, u32)> {
    let mut module = Module::new();
    let mut places = Places { memory: 0, count: 0 };
    let mut memory_written = false;
    let mut bodies = Vec::new();
    let mut left = 0;
    for payload in Parser::new(0).parse_all(wasm) {
        let payload = payload?;
        match &payload {
            Payload::MemorySection(memories) => {
                places.memory = memories.count();
                memory_written = true;
                section(&mut module, MEMORY, &longer(wasm, memories.range(), places.memory, PAGE));
                continue;
            }
            Payload::ExportSection(exports) => {
                if !memory_written {
                    memory_written = true;
                    section(&mut module, MEMORY, &[&[1], PAGE].concat());
                }
                let mut entry = Vec::new();
                "$interrupt".encode(&mut entry);
                entry.push(2);
                places.memory.encode(&mut entry);
                section(&mut module, EXPORT, &longer(wasm, exports.range(), exports.count(), &entry));
                continue;
            }
            Payload::CodeSectionStart { count, .. } => {
                left = *count;
                count.encode(&mut bodies);
            }
            Payload::CodeSectionEntry(body) => {
                places.body(wasm, body)?.as_slice().encode(&mut bodies);
                left -= 1;
                if left == 0 {
                    section(&mut module, CODE, &bodies);
                }
            }
            Payload::GlobalSection(_) if !memory_written => {
                memory_written = true;
                section(&mut module, MEMORY, &[&[1], PAGE].concat());
            }
            _ => {}
        }
        if let Some((id, range)) = payload.as_section().filter(|(id, _)| *id != CODE) {
            section(&mut module, id, bytes(wasm, range));
        }
    }
    Ok((module.finish(), places.count.min(WORDS)))
}

/// A memory of one page, which cannot grow.
const PAGE: &[u8] = &[1, 1, 1];

fn section(module: &mut Module, id: u8, data: &[u8]) {
    module.section(&RawSection { id, data });
}

fn bytes(wasm: &[u8], range: Range<u64>) -> &[u8] {
    let at = |offset: u64| usize::try_from(offset).unwrap_or(usize::MAX);
    wasm.get(at(range.start)..at(range.end)).unwrap_or_default()
}

/// The contents of a section of `count` entries, with one more.
fn longer(wasm: &[u8], range: Range<u64>, count: u32, entry: &[u8]) -> Vec<u8> {
    let mut old = Vec::new();
    count.encode(&mut old);
    let mut new = Vec::new();
    (count + 1).encode(&mut new);
    new.extend(bytes(wasm, range).get(old.len()..).unwrap_or_default());
    new.extend(entry);
    new
}

/// The looks that were written.
struct Places {
    /// Index of the memory they look at.
    memory: u32,
    count: u32,
}

impl Places {
    /// A function body with its looks.
    fn body(&mut self, wasm: &[u8], body: &wasmparser::FunctionBody<'_>) -> wasmparser::Result<Vec<u8>> {
        let mut reader = body.get_operators_reader()?;
        let calls = body.get_operators_reader()?.into_iter().any(|op| matches!(op, Ok(Operator::Call { .. })));
        let start = reader.original_position();
        let mut out = bytes(wasm, body.range().start..start).to_vec();
        let mut copied = start;
        if calls {
            self.look(&mut out);
        }
        while !reader.eof() {
            let operator = reader.read()?;
            if matches!(operator, Operator::Loop { .. }) {
                let end = reader.original_position();
                out.extend(bytes(wasm, copied..end));
                copied = end;
                self.look(&mut out);
            }
        }
        out.extend(bytes(wasm, copied..body.range().end));
        Ok(out)
    }

    /// `if (interrupt[k]) unreachable`
    fn look(&mut self, out: &mut Vec<u8>) {
        let word = self.count % WORDS;
        self.count += 1;
        // i32.const 0; i32.load with alignment 2, the flag for a memory index, the index and the offset.
        out.extend([0x41, 0, 0x28, 2 | 0x40]);
        self.memory.encode(out);
        (u64::from(word) * 4).encode(out);
        // if without results; unreachable; end
        out.extend([0x04, 0x40, 0x00, 0x0b]);
    }
}

#[cfg(test)]
mod tests {
    use super::interruptible;

    #[test]
    fn loops_and_functions_that_call_look_at_words_of_their_own() {
        let source = "from numba import njit\n@njit('int64(int64)')\ndef f(n):\n    while n > 0:\n        n -= 1\n    return n\n";
        let whole = nopython_driver::compile("k.py", source, &Default::default()).unwrap();
        let (wasm, words) = interruptible(&whole.wasm).unwrap();
        assert_eq!(words, 1);
        wasmparser::Validator::new().validate_all(&wasm).unwrap();
        assert!(wasm.len() > whole.wasm.len());
    }

    #[test]
    fn bytes_that_are_no_module_are_refused() {
        assert!(interruptible(b"\0asm").is_err());
    }
}
