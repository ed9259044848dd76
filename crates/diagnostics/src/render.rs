//! Diagnostics as text with the source lines they are about.

use crate::{Diagnostic, Severity};
use codespan_reporting::diagnostic::{self as codespan, LabelStyle};
use codespan_reporting::files::SimpleFile;
use codespan_reporting::term::{self, Chars, Config};

/// So many characters of a quoted text are shown.
const LONGEST_QUOTED: usize = 200;

/// The diagnostic as plain text, ending in a newline.
#[must_use]
pub fn render(file: &str, source: &str, diagnostic: &Diagnostic) -> String {
    let severity = match diagnostic.severity {
        Severity::Error => codespan::Severity::Error,
        Severity::Warning => codespan::Severity::Warning,
    };
    let labels = diagnostic.labels.iter().map(|label| {
        let style = if label.primary { LabelStyle::Primary } else { LabelStyle::Secondary };
        let range = label.span.start as usize..label.span.end as usize;
        codespan::Label::new(style, (), range).with_message(label.text.clone())
    });
    let notes = diagnostic.hints.iter().map(|hint| format!("help: {hint}"));
    let report = codespan::Diagnostic::new(severity)
        .with_code(diagnostic.code.0)
        .with_message(diagnostic.message.clone())
        .with_labels(labels.collect())
        .with_notes(notes.collect());
    let config = Config { chars: Chars::ascii(), ..Config::default() };
    let files = SimpleFile::new(file, source);
    term::emit_into_string(&config, &files, &report)
        .unwrap_or_else(|_| format!("error[{}]: {}\n", diagnostic.code, diagnostic.message))
}
/// Text from a program as part of a message: in double quotes, with what does not print escaped.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for (k, c) in text.chars().enumerate() {
        if k == LONGEST_QUOTED {
            out.push('…');
            break;
        }
        match c {
            '\'' => out.push(c),
            c => out.extend(c.escape_debug()),
        }
    }
    out.push('"');
    out
}
