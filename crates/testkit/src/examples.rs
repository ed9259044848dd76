//! The `>>>` examples of every library function, as a page whose expected values NumPy gives now.

use crate::arguments::pieces;
use crate::bless::python;
use crate::compare::Ulps;
use crate::page::{Call, Page, Section};
use crate::root;
use std::io::Write;
use std::process::{Command, Stdio};

/// One section per library file.
pub fn page() -> Result<Page, String> {
    let mut sections: Vec<(&str, Section)> = Vec::new();
    for entry in nopython_numpy::entries() {
        for (k, line) in entry.doc().lines().enumerate() {
            let Some(example) = line.trim().strip_prefix(">>> ") else { continue };
            let (expression, comment) = example.split_once("  # ").unwrap_or((example, ""));
            let call = Call {
                // The docstring begins on the line after the `def`.
                line: entry.line as usize + 1 + k,
                expression: expression.to_owned(),
                expected: String::new(),
                close: if comment.starts_with("~1ulp") { Ulps::ONE } else { Ulps::NONE },
                pieces: pieces(expression),
            };
            match sections.last_mut() {
                Some((file, section)) if *file == entry.file => section.calls.push(call),
                _ => sections.push((entry.file, Section { calls: vec![call], ..Section::default() })),
            }
        }
    }
    let mut sections: Vec<Section> = sections.into_iter().map(|(_, section)| section).collect();
    if sections.is_empty() {
        return Err("the library has no examples".to_owned());
    }
    ask(&mut sections)?;
    Ok(Page { name: "library/numpy".to_owned(), sections, sweep: false })
}

/// Asks NumPy for the values, in one process.
fn ask(sections: &mut [Section]) -> Result<(), String> {
    let mut child = Command::new(python())
        .arg(root().join("crates/testkit/py/examples.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("cannot run Python: {error}"))?;
    let text: String = sections.iter().flat_map(|s| &s.calls).map(|c| format!("{}\n", c.expression)).collect();
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(text.as_bytes()).map_err(|error| error.to_string())?;
    }
    let output = child.wait_with_output().map_err(|error| error.to_string())?;
    let printed = String::from_utf8_lossy(&output.stdout);
    let mut lines = printed.lines();
    for call in sections.iter_mut().flat_map(|s| &mut s.calls) {
        call.expected = lines.next().ok_or("NumPy gave too few values")?.to_owned();
    }
    Ok(())
}
