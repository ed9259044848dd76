//! What the passes did, as text: `report` blocks hold `nopython inspect --vectorize`, and `loops` blocks name what must stand in the
//! printed loop IR.
//!
//! A directive of a `loops` block is one of
//!
//! - `check: TEXT`: a line after that of the last `check` has the text;
//! - `not: TEXT`: no line has it between the `check` before and the one after;
//! - `count N: TEXT`: it stands N times in the whole.

use crate::page::{Loops, Page, Section};
use crate::tally::Tally;
use nopython_diagnostics::{Diagnostic, render};
use nopython_driver::{Inspect, Options};

/// Runs the `report` and `loops` blocks of a section.
pub fn run(page: &Page, section: &Section, total: &mut Tally) {
    if let Some((line, expected)) = &section.report {
        let got = report_text(section);
        total.check(got.trim_end() == expected.trim_end(), || {
            format!("{}:{line}\nexpected:\n{expected}\ngot:\n{got}", page.name)
        });
    }
    for block in &section.loops {
        let outcome = loops(section, block).and_then(|printed| {
            follow(&block.directives, &printed).map_err(|problem| format!("{problem}\nin\n{printed}"))
        });
        total.check(outcome.is_ok(), || {
            format!("{}:{}\n{}", page.name, block.line, outcome.as_ref().err().map_or("", String::as_str))
        });
    }
}

/// What became of the loops of a section's source.
pub fn report_text(section: &Section) -> String {
    match nopython_driver::report("page.py", &section.source, &Options::default()) {
        Ok(functions) => functions.iter().map(|f| f.render(&section.source)).collect::<Vec<_>>().join("\n"),
        Err(diagnostics) => refused(section, &diagnostics),
    }
}

fn loops(section: &Section, block: &Loops) -> Result<String, String> {
    let mut options = Options::default();
    for flag in &block.flags {
        match flag.as_str() {
            "-O0" => options.opt_level = 0,
            "--no-simd" => options.simd = false,
            other => return Err(format!("there is no flag {other}")),
        }
    }
    nopython_driver::inspect("page.py", &section.source, &options, None, Inspect::Loops)
        .map_err(|diagnostics| refused(section, &diagnostics))
}

fn refused(section: &Section, diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(|d| render("page.py", &section.source, d)).collect()
}

/// Follows the directives through a text.
fn follow(directives: &str, text: &str) -> Result<(), String> {
    let lines: Vec<&str> = text.lines().collect();
    let mut at = 0;
    let mut absent: Vec<&str> = Vec::new();
    for directive in directives.lines().filter(|line| !line.trim().is_empty()) {
        let (verb, what) = directive.split_once(": ").ok_or_else(|| format!("not a directive: {directive}"))?;
        match (verb, verb.strip_prefix("count ").map(str::parse::<usize>)) {
            ("check", _) => {
                let rest = lines.get(at..).unwrap_or_default();
                let found = rest.iter().position(|line| line.contains(what)).ok_or(directive)?;
                none_of(&mut absent, rest.get(..found).unwrap_or_default())?;
                at += found + 1;
            }
            ("not", _) => absent.push(what),
            (_, Some(Ok(count))) => {
                let times = text.matches(what).count();
                if times != count {
                    return Err(format!("{directive}\nit stands there {times} times"));
                }
            }
            _ => return Err(format!("not a directive: {directive}")),
        }
    }
    none_of(&mut absent, lines.get(at..).unwrap_or_default())
}

/// Whether no line has one of the texts; forgets them.
fn none_of(absent: &mut Vec<&str>, lines: &[&str]) -> Result<(), String> {
    let offence = absent.drain(..).find_map(|what| lines.iter().find(|l| l.contains(what)).map(|l| (what, *l)));
    offence.map_or(Ok(()), |(what, line)| Err(format!("not: {what}\nbut there is\n{line}")))
}

#[cfg(test)]
mod tests {
    use super::follow;

    const TEXT: &str = "a = 1\nfor x:\n    b = a\nfor y:\n    check b\n";

    #[test]
    fn directives_hold() {
        for directives in ["check: for x\nnot: check\ncheck: for y\ncheck: check b", "count 2: for ", "not: alloc"] {
            assert_eq!(follow(directives, TEXT), Ok(()), "{directives}");
        }
    }

    #[test]
    fn directives_fail() {
        for directives in ["check: for y\ncheck: for x", "not: check", "check: for y\nnot: b", "count 1: for ", "a", ""]
        {
            assert_eq!(follow(directives, TEXT).is_ok(), directives.is_empty(), "{directives}");
        }
    }
}
