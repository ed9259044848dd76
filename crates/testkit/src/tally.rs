//! What checks have found.

use crate::compare::{self, Ulps};
use crate::page::{Call, Page};

/// Counts, and what failed.
#[derive(Default)]
pub struct Tally {
    /// Checks that held.
    pub passed: usize,
    /// Checks that did not, described.
    pub failures: Vec<String>,
    /// Calls of the sweep that do not compile: the function and the diagnostic's first line.
    pub refused: Vec<(String, String)>,
}

impl Tally {
    /// Adds what others have found.
    pub fn add(&mut self, other: Tally) {
        self.passed += other.passed;
        self.failures.extend(other.failures);
        self.refused.extend(other.refused);
    }

    /// Notes a check.
    pub fn check(&mut self, holds: bool, describe: impl FnOnce() -> String) {
        if holds {
            self.passed += 1;
        } else {
            self.failures.push(describe());
        }
    }
}

/// Compares a call's result with what the page expects.
pub fn judge(page: &Page, call: &Call, got: &str, label: &str, total: &mut Tally) {
    judge_named(&page.name, call.line, &call.expression, &call.expected, call.close, got, label, total);
}

/// As [`judge`], for a call whose page is not at hand.
#[expect(clippy::too_many_arguments, reason = "a row of a report")]
pub fn judge_named(
    page: &str,
    line: usize,
    expression: &str,
    expected: &str,
    close: Ulps,
    got: &str,
    label: &str,
    total: &mut Tally,
) {
    total.check(compare::agree(expected, got, close), || {
        format!("{page}:{line} in {label}: {expression}\n  expected {expected}\n  got      {got}")
    });
}
