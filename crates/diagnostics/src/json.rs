//! Diagnostics as JSON, one object each.

use crate::{Diagnostic, Severity, line_column};
use core::fmt::Write;

/// A diagnostic as a JSON object: `code, severity, message, file, labels[{line, column, endLine, endColumn, text, primary}], hints`.
#[must_use]
pub fn to_json(file: &str, source: &str, diagnostic: &Diagnostic) -> String {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let labels: Vec<String> = diagnostic
        .labels
        .iter()
        .map(|label| {
            let (line, column) = line_column(source, label.span.start);
            let (end_line, end_column) = line_column(source, label.span.end);
            format!(
                r#"{{"line":{line},"column":{column},"endLine":{end_line},"endColumn":{end_column},"text":{},"primary":{}}}"#,
                escape(&label.text),
                label.primary
            )
        })
        .collect();
    let hints: Vec<String> = diagnostic.hints.iter().map(|hint| escape(hint)).collect();
    format!(
        r#"{{"code":{},"severity":"{severity}","message":{},"file":{},"labels":[{}],"hints":[{}]}}"#,
        escape(diagnostic.code.0),
        escape(&diagnostic.message),
        escape(file),
        labels.join(","),
        hints.join(",")
    )
}

/// A string as a JSON string, which is also a JavaScript string and safe inside a `script` element.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '<' | '\u{2028}' | '\u{2029}' | '\0'..='\u{1f}' => {
                // Writing to a String does not fail.
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_safe_in_scripts() {
        assert_eq!(escape("a\"b\\c\n</script>"), r#""a\"b\\c\n\u003c/script>""#);
    }
}
