//! Refuses sources so deeply nested that walking their syntax tree could exhaust the stack.
//!
//! The text is skimmed before it is parsed: brackets, blocks and long chains of operators are what makes a tree deep. Strings and
//! comments are skipped.

use nopython_diagnostics::{Diagnostic, Span, codes};
use nopython_types::limits::{BLOCKS, BRACKETS, OPERATORS};

/// Checks a source.
pub fn check(text: &str) -> Result<(), Diagnostic> {
    let mut skim = Skim {
        bytes: text.as_bytes(),
        at: 0,
        brackets: Vec::new(),
        chain: Chain::default(),
        last: 0,
        indents: Vec::new(),
        line_start: true,
    };
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

/// How deep the tree is here, at most: what stands in brackets is below all that stands before them, up to a comma.
#[derive(Clone, Copy, Default)]
struct Chain {
    operators: usize,
    /// Calls, indices and attributes since the last operator, each of which has the one before as a part.
    postfix: usize,
}

impl Chain {
    const fn depth(self) -> usize {
        self.operators + self.postfix
    }

    const fn operator(&mut self) {
        self.operators += 1;
        self.postfix = 0;
    }
}

struct Skim<'t> {
    bytes: &'t [u8],
    at: usize,
    /// What stands before each open bracket.
    brackets: Vec<Chain>,
    chain: Chain,
    /// The last byte that was no space.
    last: u8,
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
                quote @ (b'"' | b'\'') => {
                    self.skip_string()?;
                    self.last = quote;
                }
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
        if !self.brackets.is_empty() || matches!(self.peek(width), b'\n' | b'\r' | b'#') {
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
            b'(' | b'[' | b'{' => {
                if self.last.is_ascii_alphanumeric()
                    || matches!(self.last, b'_' | b')' | b']' | b'}' | b'"' | b'\'' | 128..)
                {
                    self.chain.postfix += 1;
                }
                self.brackets.push(self.chain);
                self.chain = self.begun();
            }
            b')' | b']' | b'}' => self.chain = self.brackets.pop().unwrap_or_default(),
            b',' | b';' => self.chain = self.begun(),
            b'\n' => {
                self.line_start = true;
                if self.brackets.is_empty() && self.at.checked_sub(1).and_then(|i| self.bytes.get(i)) != Some(&b'\\') {
                    self.chain = Chain::default();
                }
            }
            b'.' => self.chain.postfix += 1,
            b'+' | b'-' | b'*' | b'/' | b'%' | b'~' | b'|' | b'&' | b'^' | b'<' | b'>' | b'=' | b'@' => {
                self.chain.operator();
            }
            _ => {}
        }
        // The words that nest to their right.
        if matches!(c, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c' | b'\\' | b':')
            && [&b"not"[..], b"else", b"lambda", b"await", b"and", b"or"].iter().any(|word| self.ends_with(word))
        {
            self.chain.operator();
        }
        if !c.is_ascii_whitespace() {
            self.last = c;
        }
        if self.brackets.len() > BRACKETS {
            return Err("too many nested brackets");
        }
        if self.chain.depth() > OPERATORS { Err("an expression of too many operators") } else { Ok(()) }
    }

    /// Where a bracket or what follows a comma begins.
    fn begun(&self) -> Chain {
        Chain { operators: self.brackets.last().map_or(0, |before| before.depth()), postfix: 0 }
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

    /// A string of one or three quotes; an unterminated one ends with its line or the text. What a formatted one has in braces is parsed too,
    /// so that there anything but names counts.
    fn skip_string(&mut self) -> Result<(), &'static str> {
        let quote = self.peek(0);
        let triple = self.peek(1) == quote && self.peek(2) == quote;
        let formatted = matches!(self.last | 32, b'f' | b't')
            || self.last | 32 == b'r'
                && self
                    .at
                    .checked_sub(2)
                    .and_then(|i| self.bytes.get(i))
                    .is_some_and(|c| matches!(c | 32, b'f' | b't'));
        let (mut braces, mut signs) = (0_usize, 0);
        self.at += if triple { 3 } else { 1 };
        while self.at < self.bytes.len() {
            match self.peek(0) {
                b'\\' => self.at += 1,
                b'\n' if !triple => return Ok(()),
                c if c == quote && (!triple || (self.peek(1) == quote && self.peek(2) == quote)) => {
                    self.at += if triple { 3 } else { 1 };
                    return Ok(());
                }
                b'{' => braces += 1,
                b'}' => braces = braces.saturating_sub(1),
                _ => {}
            }
            signs = if braces == 0 { 0 } else { signs + usize::from(!self.peek(0).is_ascii_alphanumeric()) };
            if formatted && signs > OPERATORS {
                return Err("a formatted string of too many operators");
            }
            self.at += 1;
        }
        Ok(())
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
        for deep in [
            "(".repeat(500),
            "-".repeat(500),
            "x + ".repeat(500),
            "not ".repeat(500),
            "x if y else ".repeat(500),
            "lambda:".repeat(500),
        ] {
            assert!(check(&format!("x = {deep}x")).is_err(), "{}", &deep[..20]);
        }
        for formatted in ["f", "rf", "F"] {
            assert!(check(&format!("x = {formatted}'{{{}x}}'", "-".repeat(500))).is_err(), "{formatted}");
        }
        assert!(check(&format!("x = '{{{0}' + f'{0}'", "-".repeat(500))).is_ok(), "text is not deep");
        for chain in ["[1:]", ".T", "()", "[1:, 0]", ".f(1, 2)", " [0]"] {
            assert!(check(&format!("x = y{}", chain.repeat(500))).is_err(), "{chain}");
            assert!(check(&format!("x = y{0} + y{0} + y{0}", chain.repeat(90))).is_ok(), "{chain}");
        }
        let blocks: String = (0..100).map(|i| format!("{}if x:\n", " ".repeat(i))).collect();
        assert!(check(&blocks).is_err());
    }
}
