//! Refuses sources so deeply nested that walking their syntax tree could exhaust the stack.
//!
//! The text is skimmed before it is parsed: brackets, blocks and long chains of operators are what makes a tree deep. Strings and
//! comments are skipped.

use nopython_diagnostics::{Diagnostic, Span, codes};
use nopython_types::limits::{BLOCKS, BRACKETS, OPERATORS};

/// Checks a source.
pub fn check(text: &str) -> Result<(), Diagnostic> {
    let mut skim =
        Skim { bytes: text.as_bytes(), at: 0, brackets: 0, operators: 0, indents: Vec::new(), line_start: true };
    match skim.run() {
        Ok(()) => Ok(()),
        Err(what) => {
            let at = u32::try_from(skim.at.min(text.len().saturating_sub(1))).unwrap_or(u32::MAX);
            Err(Diagnostic::error(codes::TOO_LARGE, what)
                .primary(Span { start: at, end: at }, "nested too deeply here")
                .hint("give parts of it names, or move them into functions"))
        }
    }
}

struct Skim<'t> {
    bytes: &'t [u8],
    at: usize,
    brackets: usize,
    operators: usize,
    indents: Vec<usize>,
    line_start: bool,
}

impl Skim<'_> {
    fn peek(&self, ahead: usize) -> u8 {
        self.bytes.get(self.at + ahead).copied().unwrap_or(0)
    }

    fn run(&mut self) -> Result<(), &'static str> {
        while self.at < self.bytes.len() {
            if self.line_start {
                self.line_start = false;
                self.indentation()?;
            }
            match self.peek(0) {
                b'#' => self.skip_comment(),
                b'"' | b'\'' => self.skip_string(),
                c => {
                    self.count(c)?;
                    self.at += 1;
                }
            }
        }
        Ok(())
    }

    /// Outside brackets the indentation of a line says which blocks it closes.
    fn indentation(&mut self) -> Result<(), &'static str> {
        let mut width = 0;
        while matches!(self.peek(width), b' ' | b'\t') {
            width += 1;
        }
        if self.brackets > 0 || matches!(self.peek(width), b'\n' | b'\r' | b'#') {
            return Ok(());
        }
        while self.indents.last().is_some_and(|&outer| outer >= width) {
            self.indents.pop();
        }
        self.indents.push(width);
        if self.indents.len() > BLOCKS { Err("too many nested blocks") } else { Ok(()) }
    }

    fn count(&mut self, c: u8) -> Result<(), &'static str> {
        match c {
            b'(' | b'[' | b'{' => self.brackets += 1,
            b')' | b']' | b'}' => self.brackets = self.brackets.saturating_sub(1),
            b',' | b';' => self.operators = 0,
            b'\n' => {
                self.line_start = true;
                if self.brackets == 0 && self.at.checked_sub(1).and_then(|i| self.bytes.get(i)) != Some(&b'\\') {
                    self.operators = 0;
                }
            }
            b'+' | b'-' | b'*' | b'/' | b'%' | b'~' | b'|' | b'&' | b'^' | b'.' | b'<' | b'>' | b'=' | b'@' => {
                self.operators += 1
            }
            // The words that nest to their right.
            b' ' if [&b"not"[..], b"else", b"lambda", b"await", b"and", b"or"]
                .iter()
                .any(|word| self.ends_with(word)) =>
            {
                self.operators += 1
            }
            _ => {}
        }
        if self.brackets > BRACKETS {
            return Err("too many nested brackets");
        }
        if self.operators > OPERATORS { Err("an expression of too many operators") } else { Ok(()) }
    }

    fn ends_with(&self, word: &[u8]) -> bool {
        self.bytes.get(..self.at).is_some_and(|before| before.ends_with(word))
    }

    fn skip_comment(&mut self) {
        while !matches!(self.peek(0), b'\n' | 0) {
            self.at += 1;
        }
        if self.peek(0) == 0 {
            self.at += 1;
        }
    }

    /// A string of one or three quotes; an unterminated one ends with its line or the text.
    fn skip_string(&mut self) {
        let quote = self.peek(0);
        let triple = self.peek(1) == quote && self.peek(2) == quote;
        self.at += if triple { 3 } else { 1 };
        while self.at < self.bytes.len() {
            match self.peek(0) {
                b'\\' => self.at += 1,
                b'\n' if !triple => return,
                c if c == quote && (!triple || (self.peek(1) == quote && self.peek(2) == quote)) => {
                    self.at += if triple { 3 } else { 1 };
                    return;
                }
                _ => {}
            }
            self.at += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn ordinary_sources_pass() {
        assert!(check("x = (1 + 2) * [3][0]  # ((((\ny = '((('\n").is_ok());
        let table = format!("x = [{}]\n", "-1.5, ".repeat(10_000));
        assert!(check(&table).is_ok(), "a long table is not deep");
    }

    #[test]
    fn deep_sources_are_refused_with_a_place() {
        for deep in
            ["(".repeat(500), "-".repeat(500), "x + ".repeat(500), "not ".repeat(500), "x if y else ".repeat(500)]
        {
            assert!(check(&format!("x = {deep}x")).is_err(), "{}", &deep[..20]);
        }
        let blocks: String = (0..100).map(|i| format!("{}if x:\n", " ".repeat(i))).collect();
        assert!(check(&blocks).is_err());
    }
}
