//! Splits `library/numpy/*.py` and `library/python/*.py` into one table row per top-level function or alias.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::panic,
    clippy::print_stdout
)]

use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

/// Files whose functions belong to a module, and how their names begin: `norm` in `linalg.py` is `np.linalg.norm`.
const MODULES: [(&str, &str); 7] = [
    ("linalg", "linalg."),
    ("decompositions", "linalg."),
    ("fft", "fft."),
    ("polynomial", "polynomial.polynomial."),
    ("stride_tricks", "lib.stride_tricks."),
    ("random", "random."),
    ("_random", "std_random."),
];

fn main() {
    let library = Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap()).join("../../library");
    let mut files = Vec::new();
    for part in ["numpy", "python"] {
        let root = library.join(part);
        println!("cargo:rerun-if-changed={}", root.display());
        files.extend(fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()));
    }
    files.sort();
    let mut table = String::from("static ENTRIES: &[Entry] = &[\n");
    let mut docs = String::from("static DOCS: &[&str] = &[\n");
    for path in files.iter().filter(|path| path.extension().is_some_and(|e| e == "py")) {
        println!("cargo:rerun-if-changed={}", path.display());
        let stem = path.file_stem().unwrap().to_str().unwrap();
        // What Python's own values are made of is called by operators and methods alone.
        let own = path.parent().is_some_and(|folder| folder.ends_with("python"));
        let file = if own { format!("_{stem}") } else { stem.to_owned() };
        for (line, text) in definitions(&fs::read_to_string(path).unwrap()) {
            row(&mut table, &mut docs, &file, line, &text);
        }
    }
    table.push_str("];\n");
    table.push_str(&docs);
    table.push_str("];\n");
    fs::write(Path::new(&env::var("OUT_DIR").unwrap()).join("entries.rs"), table).unwrap();
}

/// Top-level functions and assignments with the line they begin at, counted from 1.
fn definitions(source: &str) -> Vec<(usize, String)> {
    let mut found: Vec<(usize, String)> = Vec::new();
    let mut inside_docstring = false;
    for (number, line) in source.lines().enumerate() {
        let top_level = !inside_docstring && line.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
        if line.matches("\"\"\"").count() % 2 == 1 {
            inside_docstring = !inside_docstring;
        }
        if top_level {
            found.push((number + 1, String::new()));
        }
        if let Some((_, text)) = found.last_mut() {
            text.push_str(line);
            text.push('\n');
        }
    }
    found.retain(|(_, text)| text.starts_with("def ") || text.contains(" = "));
    found
}

fn row(table: &mut String, docs: &mut String, file: &str, line: usize, text: &str) {
    let module = MODULES.iter().find(|(of, _)| *of == file).map_or("", |(_, prefix)| prefix);
    let mut inputs = None;
    let mut changes = false;
    let (name, signature, alias): (String, String, Option<String>) = match text.strip_prefix("def ") {
        Some(rest) => {
            let end = text.find("):\n").expect("a library signature ends its line") - "def ".len() + 1;
            let first = rest[..end].split_once('(').unwrap().1.split([',', ')']).next();
            changes = first.is_some_and(|first| first.ends_with(": changed"));
            let mut signature = module.to_owned() + &without_kinds(&rest[..end]);
            if let Some(own) = signature.strip_suffix(", /)").filter(|own| module.is_empty() && !own.contains('=')) {
                // A ufunc: its keywords are the same for all.
                inputs = Some(own.split(", ").count());
                signature = format!("{own}, /, out=None, *, where=True, casting='same_kind', dtype=None)");
            }
            (signature.split('(').next().unwrap().to_owned(), signature, None)
        }
        None => {
            let (name, target) = text.trim().split_once(" = ").expect("an alias");
            (format!("{module}{name}"), format!("{module}{name} = {module}{target}"), Some(format!("{module}{target}")))
        }
    };
    let doc = text.split("\"\"\"").nth(1).unwrap_or("");
    let source = without_comments(text);
    writeln!(
        table,
        "    Entry {{ name: {name:?}, file: {file:?}, line: {line}, signature: {signature:?}, inputs: {inputs:?}, changes: {changes}, alias: {alias:?}, source: {source:?} }},"
    )
    .unwrap();
    writeln!(docs, "    {doc:?},").unwrap();
}

/// A signature without the kinds of its parameters, which NumPy's does not have: `axis: axis = None` is `axis=None`.
fn without_kinds(signature: &str) -> String {
    let mut parts = signature.split(": ");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let end = part.find([',', ')', ' ']).unwrap_or(part.len());
        out += &part[end..].replacen(" = ", "=", usize::from(part[end..].starts_with(" = ")));
    }
    out
}

/// A definition without its docstring, comments and blank lines, which the compiler need not read.
fn without_comments(text: &str) -> String {
    let mut parts = text.splitn(3, "\"\"\"");
    let (head, body) = (parts.next().unwrap(), parts.nth(1).unwrap_or_default());
    let lines = head.lines().chain(body.lines());
    let kept = lines.filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#'));
    kept.fold(String::new(), |out, line| out + line.trim_end() + "\n")
}
