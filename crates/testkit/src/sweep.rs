//! Every library function over dtypes, ranks, layouts, empty arrays and special values, against NumPy.

use crate::bless::python;
use crate::page::{Call, Page, Section};
use crate::root;
use std::io::Write;
use std::process::{Command, Stdio};

/// A page with a section for each function, its calls and values from one process of NumPy. With `only`, of those functions.
pub fn page(only: &[String]) -> Result<Page, String> {
    let signatures: String = nopython_numpy::entries()
        .iter()
        .filter(|entry| entry.is_public() && entry.alias.is_none())
        .filter(|entry| only.is_empty() || only.iter().any(|name| name == entry.name))
        .map(|entry| format!("{}\n", entry.signature))
        .collect();
    let mut sections: Vec<(String, Section)> = Vec::new();
    for (k, line) in ask(&signatures)?.lines().enumerate() {
        let mut parts = line.splitn(3, '\t');
        let (Some(name), Some(expression), Some(expected)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(format!("the sweep printed {line:?}"));
        };
        let (expression, expected) = (expression.to_owned(), expected.to_owned());
        let call = Call { line: k + 1, expression, expected, close: true, constant: false };
        match sections.last_mut() {
            Some((last, section)) if last == name => section.calls.push(call),
            _ => {
                let section = Section { calls: vec![call], ..Section::default() };
                sections.push((name.to_owned(), section));
            }
        }
    }
    Ok(Page {
        name: "sweep".to_owned(),
        sections: sections.into_iter().map(|(_, section)| section).collect(),
        sweep: true,
    })
}

fn ask(signatures: &str) -> Result<String, String> {
    let mut child = Command::new(python())
        .arg(root().join("crates/testkit/py/sweep.py"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("cannot run Python: {error}"))?;
    // The script reads all of its input while it prints, so the input is written beside the reading.
    let stdin = child.stdin.take();
    let output = std::thread::scope(|scope| {
        scope.spawn(move || stdin.map(|mut stdin| stdin.write_all(signatures.as_bytes())));
        child.wait_with_output()
    });
    let output = output.map_err(|error| error.to_string())?;
    if output.status.success() {
        String::from_utf8(output.stdout).map_err(|error| error.to_string())
    } else {
        Err("the sweep's Python failed".to_owned())
    }
}
