//! Diagnostics about a source that was put together of parts of other files.

use crate::{Diagnostic, Span, render};

/// A part of a source that was put together: lines `first` to `last`, counted from 1, are lines from `line` on of another file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The first line.
    pub first: usize,
    /// The last line.
    pub last: usize,
    /// The line in the other file that the first one is.
    pub line: usize,
    /// The name of the other file.
    pub shown: String,
}

/// A diagnostic rendered with the file and the lines that its primary place has there.
#[must_use]
pub fn render_in(file: &str, text: &str, segments: &[Segment], diagnostic: &Diagnostic) -> String {
    let line = text.get(..diagnostic.span().start as usize).map_or(0, |before| before.matches('\n').count()) + 1;
    let Some(segment) = segments.iter().find(|s| (s.first..=s.last).contains(&line)) else {
        return render(file, text, diagnostic);
    };
    let starts: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
    let start = starts.get(segment.first.saturating_sub(1)).copied().unwrap_or(0);
    let end = starts.get(segment.last).copied().unwrap_or(text.len());
    let own = "\n".repeat(segment.line.saturating_sub(1)) + text.get(start..end).unwrap_or_default();
    let moved = |offset: u32| {
        (offset as usize + segment.line.saturating_sub(1)).checked_sub(start).and_then(|n| u32::try_from(n).ok())
    };
    let mut diagnostic = diagnostic.clone();
    diagnostic.labels.retain_mut(|label| {
        let inside = (start..=end).contains(&(label.span.start as usize));
        match (moved(label.span.start), moved(label.span.end)) {
            (Some(start), Some(end)) if inside => {
                label.span = Span { start, end };
                true
            }
            _ => false,
        }
    });
    render(&segment.shown, &own, &diagnostic)
}
