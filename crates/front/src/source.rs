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
}

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
        Source { text, lines }
    }

    /// A span with its line and column.
    pub fn place(&self, span: Span) -> Place {
        let line = self.lines.partition_point(|&start| start <= span.start);
        let start = self.lines.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let before = self.text.get(start as usize..span.start as usize).unwrap_or_default();
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Place { start: span.start, end: span.end, line: number(line), column: number(before.chars().count() + 1) }
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
            return Ok(parsed.into_suite().into_iter().collect());
        };
        let error = match unclosed_bracket(&parsed) {
            Some(at) => {
                let bracket = self.text.get(at.start as usize..at.end as usize).unwrap_or_default();
                Diagnostic::error(codes::SYNTAX_ERROR, format!("invalid syntax: '{bracket}' was never closed"))
                    .primary(at, "opened here")
            }
            None => Diagnostic::error(codes::SYNTAX_ERROR, format!("invalid syntax: {}", first.error))
                .primary(self.on_one_line(span(first.location)), "here"),
        };
        Err(vec![error])
    }

    /// A span cut off at the end of the line in which it starts.
    fn on_one_line(&self, span: Span) -> Span {
        let rest = self.text.get(span.start as usize..span.end as usize).unwrap_or_default();
        let length = rest.find(['\n', '\r']).map_or(rest.len(), |end| end);
        Span { start: span.start, end: span.start.saturating_add(u32::try_from(length).unwrap_or(u32::MAX)) }
    }
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
