//! The registry: every NumPy function nopython knows, one entry each, written in Python under `library/numpy`.
//!
//! An entry is a function with NumPy's own signature, a docstring with `>>>` examples, and a body in the compiled subset that may call
//! a closed set of intrinsics (`op`, `kernel`, `reduce`, …, built in Rust in `front`). Bodies are generic over dtype and rank.
//! `name = other` is an alias. Inference, `nopython functions`, the docs and the tests read this table and nothing else.

/// A NumPy function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Name without `np.`.
    pub name: &'static str,
    /// File under `library/numpy`, without `.py`: the topic.
    pub file: &'static str,
    /// Line of the definition in that file.
    pub line: u32,
    /// `name(parameters)`, or `name = other` for an alias.
    pub signature: &'static str,
    /// Of a ufunc, the number of its inputs. An entry is one if its parameters are all positional and required.
    pub inputs: Option<usize>,
    /// Whether it changes its first argument, a list: that parameter is annotated `changed`.
    pub changes: bool,
    /// The entry this is another name of.
    pub alias: Option<&'static str>,
    /// The definition in Python, without its docstring and comments.
    pub source: &'static str,
}

impl Entry {
    /// The docstring. Docstrings are a table of their own, which a compiler that never asks for them does not carry.
    #[must_use]
    pub fn doc(&self) -> &'static str {
        let row = ENTRIES.iter().position(|entry| entry.name == self.name);
        row.and_then(|row| DOCS.get(row)).copied().unwrap_or_default()
    }

    /// Whether users may call it: files whose names begin with `_` hold what operators, indices and built-ins of Python are made of.
    #[must_use]
    pub fn is_public(&self) -> bool {
        !self.file.starts_with('_')
    }
}

include!(concat!(env!("OUT_DIR"), "/entries.rs"));

/// Every entry, in the order of files and lines; those that are not public too.
#[must_use]
pub fn entries() -> &'static [Entry] {
    ENTRIES
}

/// The entry of a name, aliases resolved.
#[must_use]
pub fn find(name: &str) -> Option<&'static Entry> {
    let entry = ENTRIES.iter().find(|entry| entry.name == name)?;
    match entry.alias {
        Some(target) => ENTRIES.iter().find(|entry| entry.name == target),
        None => Some(entry),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_entry_is_documented_and_every_alias_resolves() {
        for entry in entries() {
            assert!(find(entry.name).is_some(), "{}", entry.name);
            assert!(entry.alias.is_some() || !entry.doc().trim().is_empty(), "{} has no docstring", entry.name);
        }
    }

    #[test]
    fn names_are_unique() {
        let mut names: Vec<_> = entries().iter().map(|e| e.name).collect();
        names.sort_unstable();
        let count = names.len();
        names.dedup();
        assert_eq!(names.len(), count);
    }
}
