//! Every library function over dtypes, ranks, layouts, keywords, empty arrays and special values, against NumPy.
//!
//! What is tried is made from the signatures of the library's entries (`py/sweep.py`), and expected is what NumPy gives now. Of the
//! combinations, the sweep takes a sample, the same every time; with `--all`, every one. What is refused is a list that is kept, with
//! counts, so that a dtype or a keyword that is lost is noticed.

use crate::arguments::pieces;
use crate::bless::python;
use crate::compare::Ulps;
use crate::page::{Call, Page, Section};
use crate::root;
use crate::run::{CONFIGURATIONS, in_parallel, report};
use nopython_numpy::Entry;
use std::io::Write;
use std::process::{Command, Stdio};

/// Functions that one process of NumPy is asked about.
const TOGETHER: usize = 8;

/// Runs the sweep over the library, or over the functions that are named, as it is compiled by default. What is refused of the whole library
/// is compared with the list that is kept, or with `--bless` becomes it.
pub fn sweep(arguments: &[String]) -> Result<bool, String> {
    let (flags, only): (Vec<&String>, Vec<&String>) = arguments.iter().partition(|argument| argument.starts_with("--"));
    let all = flags.iter().any(|flag| *flag == "--all");
    let bless = flags.iter().any(|flag| *flag == "--bless");
    if let Some(other) = flags.iter().find(|flag| **flag != "--all" && **flag != "--bless") {
        return Err(format!("sweep takes --all, --bless and names of functions, not {other}"));
    }
    let entries: Vec<&Entry> = nopython_numpy::entries()
        .iter()
        .filter(|entry| entry.is_public() && entry.alias.is_none())
        // Random numbers are compared after a seed (`tests/numpy/random.md`).
        .filter(|entry| !entry.name.starts_with("random."))
        .filter(|entry| only.is_empty() || only.iter().any(|name| *name == entry.name))
        .collect();
    let parts: Vec<&[&Entry]> = entries.chunks(TOGETHER).collect();
    let mut total = in_parallel(&parts, |runner, part| {
        runner.run(&page(part, all)?, &CONFIGURATIONS[3..]);
        Ok(())
    })?;
    if only.is_empty() {
        let name = if all { "tests/numpy/refusals-all.txt" } else { "tests/numpy/refusals.txt" };
        let refused = grouped(&mut total.refused);
        if bless {
            std::fs::write(root().join(name), &refused).map_err(|error| format!("{name}: {error}"))?;
        }
        let kept = std::fs::read_to_string(root().join(name)).unwrap_or_default();
        let lost: Vec<&str> = refused.lines().filter(|line| !kept.lines().any(|k| k == *line)).collect();
        let gained: Vec<&str> = kept.lines().filter(|line| !refused.lines().any(|r| r == *line)).collect();
        total.check(lost.is_empty() && gained.is_empty(), || {
            format!(
                "what is refused has changed; `cargo xtask sweep --bless` writes {name} anew\n  refused now: {lost:#?}\n  refused before: {gained:#?}"
            )
        });
    }
    report(&total)
}

/// The notation of arrays, longest first.
const LAYOUTS: [&str; 8] =
    ["[:, :, :, ::1]", "[:, :, :, :]", "[:, :, ::1]", "[:, :, :]", "[:, ::1]", "[:, :]", "[::1]", "[:]"];

/// What does not compile, and how often, by function and reason, in which arrays are known by their dtype alone: a line each.
fn grouped(refused: &mut [(String, String)]) -> String {
    for (_, reason) in refused.iter_mut() {
        *reason = LAYOUTS.iter().fold(std::mem::take(reason), |text, layout| text.replace(layout, "[...]"));
    }
    refused.sort();
    let groups = refused.chunk_by(|a, b| a == b).filter_map(|group| Some((group.len(), group.first()?)));
    groups.map(|(count, (function, reason))| format!("{count:4} {function}: {reason}\n")).collect()
}

/// A page of calls of some functions, which with their values come from one process of NumPy.
fn page(entries: &[&Entry], all: bool) -> Result<Page, String> {
    // The definition's first line has what NumPy's signature has not: the kinds of the parameters.
    let heads =
        entries.iter().map(|entry| format!("{}\t{}\n", entry.name, entry.source.lines().next().unwrap_or_default()));
    let mut sections: Vec<(String, Ulps, Section)> = Vec::new();
    for (k, line) in ask(&heads.collect::<String>(), all)?.lines().enumerate() {
        let mut parts = line.splitn(3, '\t');
        let (Some(name), Some(expression), Some(expected)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(format!("the sweep printed {line:?}"));
        };
        let (expression, expected) = (expression.to_owned(), expected.to_owned());
        if sections.last().is_none_or(|(last, ..)| last != name) {
            sections.push((name.to_owned(), promised(name), Section::default()));
        }
        if let Some((_, close, section)) = sections.last_mut() {
            let pieces = pieces(&expression);
            section.calls.push(Call { line: k + 1, expression, expected, close: *close, pieces });
        }
    }
    let names: Vec<&str> = entries.iter().map(|entry| entry.name).collect();
    let sections = sections.into_iter().map(|(.., section)| section).collect();
    Ok(Page { name: format!("sweep of {}", names.join(" ")), sections, sweep: true })
}

/// Kernels that are exact.
const EXACT: [&str; 1] = ["fmod"];

/// How near a function's results have to be: to the bit if it is made of arithmetic, which is that it reaches no kernel of mathematics and
/// no power.
fn promised(name: &str) -> Ulps {
    let mut seen = vec![name];
    let mut at = 0;
    let mut ulps = Ulps::NONE;
    while let Some(entry) = seen.get(at).and_then(|name| nopython_numpy::find(name)) {
        at += 1;
        let kernels = entry.source.split("kernel(\"").skip(1).filter_map(|rest| rest.split('"').next());
        if kernels.into_iter().any(|kernel| !EXACT.contains(&kernel)) || entry.source.contains("power_of(") {
            // NumPy's own functions of float32 are off by more than half a unit, on some machines.
            ulps = Ulps { double: ulps.double.max(1), single: ulps.single.max(2), ..ulps };
        }
        // NumPy's functions of complex numbers are made of several real ones, as ours are.
        if entry.file == "_complex" {
            ulps = Ulps { double: ulps.double.max(1), single: ulps.single.max(2), complex: ulps.complex.max(6) };
        }
        // Powers of complex numbers go by logarithms.
        if entry.source.contains("power_of(") {
            ulps.complex = 64;
        }
        // Products of matrices are added up in an order of their own, as they are in each BLAS. Those of the sweep's operands are exact.
        if entry.name == "matmul" && nopython_numpy::find(name).is_some_and(|own| own.file != "products") {
            ulps = Ulps { double: 4, single: 4, complex: 2 };
        }
        let words = entry.source.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '.');
        for word in words.map(|word| word.strip_prefix("np.").unwrap_or(word)) {
            if let Some(called) = nopython_numpy::find(word).filter(|called| !seen.contains(&called.name)) {
                seen.push(called.name);
            }
        }
    }
    ulps
}

fn ask(heads: &str, all: bool) -> Result<String, String> {
    let mut child = Command::new(python())
        .arg(root().join("crates/testkit/py/sweep.py"))
        .args(all.then_some("--all"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("cannot run Python: {error}"))?;
    // The script reads all of its input while it prints, so the input is written beside the reading.
    let stdin = child.stdin.take();
    let output = std::thread::scope(|scope| {
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(heads.as_bytes())));
        child.wait_with_output()
    });
    let output = output.map_err(|error| error.to_string())?;
    if output.status.success() {
        String::from_utf8(output.stdout).map_err(|error| error.to_string())
    } else {
        Err("the sweep's Python failed".to_owned())
    }
}
