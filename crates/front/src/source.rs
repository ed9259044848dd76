//! The source text, its lines, and its syntax tree.

use nopython_diagnostics::{Diagnostic, Span, codes};
use nopython_ir::typed::Place;
use ruff_python_ast::token::TokenKind;
use ruff_python_ast::{ModModule, Stmt};
use ruff_python_parser::Parsed;
use ruff_text_size::{Ranged, TextRange};

/// A source text.
pub struct Source<'a> {
    /// The text.
    pub text: &'a str,
    lines: Vec<u32>,
    /// How many bytes that begin no character stand before each block of [`BLOCK`] bytes.
    inner: Vec<u32>,
}

/// Columns are counted from the block in which they lie, so that a place in a long line costs no more than one in a short line.
const BLOCK: usize = 256;

/// The span of a node.
pub fn span(node: impl Ranged) -> Span {
    let range: TextRange = node.range();
    Span { start: range.start().to_u32(), end: range.end().to_u32() }
}

impl<'a> Source<'a> {
    /// Takes a text.
    pub fn new(text: &'a str) -> Self {
        let starts = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(i, _)| i + 1);
        let lines = std::iter::once(0).chain(starts).map(|i| u32::try_from(i).unwrap_or(u32::MAX)).collect();
        let after = text.as_bytes().chunks(BLOCK).scan(0, |inner, block| {
            *inner += inner_bytes(block);
            Some(*inner)
        });
        let inner = std::iter::once(0).chain(after).collect();
        Source { text, lines, inner }
    }

    /// How many characters begin before an offset.
    fn characters(&self, offset: u32) -> u32 {
        let block = offset as usize / BLOCK;
        let rest = self.text.as_bytes().get(block * BLOCK..offset as usize).unwrap_or_default();
        let inner = self.inner.get(block).copied().unwrap_or(0) + inner_bytes(rest);
        offset.saturating_sub(inner)
    }

    /// A span with its line and column.
    pub fn place(&self, span: Span) -> Place {
        let line = self.lines.partition_point(|&start| start <= span.start);
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let column = self.characters(span.start).saturating_sub(self.characters(start)) + 1;
        Place { start: span.start, end: span.end, line: u32::try_from(line).unwrap_or(u32::MAX), column }
    }

    /// The statements of the module, or the first mistake in it.
    pub fn parse(&self) -> Result<Vec<Stmt>, Vec<Diagnostic>> {
        if self.text.len() > nopython_types::limits::SOURCE {
            return Err(vec![Diagnostic::error(codes::TOO_LARGE, "the source is longer than 4 MB")]);
        }
        crate::depth::check(self.text).map_err(|error| vec![error])?;
        // The mistakes that the parser sees after the first one are usually its consequences.
        let parsed = ruff_python_parser::parse_unchecked_source(self.text, ruff_python_ast::PySourceType::Python);
        let Some(first) = parsed.errors().iter().min_by_key(|error| error.location.start()) else {
            let suite: Vec<Stmt> = parsed.into_suite().into_iter().collect();
            return match crate::scopes::mistake(self.text, &suite) {
                None => Ok(suite),
                Some((words, at)) => Err(vec![self.invalid(&words, span(at))]),
            };
        };
        let error = match unclosed_bracket(&parsed) {
            Some(at) => {
                let bracket = self.text.get(at.start as usize..at.end as usize).unwrap_or_default();
                Diagnostic::error(codes::SYNTAX_ERROR, format!("invalid syntax: '{bracket}' was never closed"))
                    .primary(at, "opened here")
            }
            None => self.invalid(&first.error.to_string(), span(first.location)),
        };
        Err(vec![error])
    }

    fn invalid(&self, words: &str, at: Span) -> Diagnostic {
        Diagnostic::error(codes::SYNTAX_ERROR, format!("invalid syntax: {words}")).primary(self.on_one_line(at), "here")
    }

    /// A span cut off at the end of the line in which it starts.
    fn on_one_line(&self, span: Span) -> Span {
        let rest = self.text.get(span.start as usize..span.end as usize).unwrap_or_default();
        let length = rest.find(['\n', '\r']).map_or(rest.len(), |end| end);
        Span { start: span.start, end: span.start.saturating_add(u32::try_from(length).unwrap_or(u32::MAX)) }
    }
}

/// How many bytes are inside of a character, in UTF-8.
fn inner_bytes(bytes: &[u8]) -> u32 {
    u32::try_from(bytes.iter().filter(|byte| **byte & 0xC0 == 0x80).count()).unwrap_or(u32::MAX)
}

/// The innermost bracket that the end of a source leaves open: what the parser says of it depends on the lines that follow.
fn unclosed_bracket(parsed: &Parsed<ModModule>) -> Option<Span> {
    let mut open = Vec::new();
    for token in parsed.tokens() {
        match token.kind() {
            TokenKind::Lpar | TokenKind::Lsqb | TokenKind::Lbrace => open.push(span(token)),
            TokenKind::Rpar | TokenKind::Rsqb | TokenKind::Rbrace => {
                open.pop();
            }
            _ => {}
        }
    }
    open.pop()
}

#[cfg(test)]
mod tests {
    use super::{BLOCK, Source};
    use nopython_diagnostics::Span;

    #[test]
    fn columns_are_characters() {
        let text = format!(
            "ä = 1
{}x
y",
            "é😀 ".repeat(BLOCK)
        );
        let source = Source::new(&text);
        for (offset, _) in text.char_indices() {
            let line = text[..offset].matches('\n').count();
            let column = text[..offset].rsplit('\n').next().unwrap().chars().count() + 1;
            let offset = u32::try_from(offset).unwrap();
            let place = source.place(Span { start: offset, end: offset });
            assert_eq!((place.line as usize, place.column as usize), (line + 1, column));
        }
    }
}
