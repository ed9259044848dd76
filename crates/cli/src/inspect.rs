//! `nopython check`, `inspect` and `explain`

use crate::arguments::Inspect;
use crate::vectorize;
use crate::{Failed, has_error, read};
use nopython_diagnostics::{codes, to_json};
use nopython_driver::Inspect as Stage;

/// Prints the diagnostics of files; fails if one is an error, or if there are any of a strict check.
pub fn check(files: &[String], strict: bool, json: bool) -> Result<(), Failed> {
    let mut fails = false;
    let mut rows = Vec::new();
    for file in files {
        let (name, text) = read(file)?;
        let mut diagnostics = nopython_driver::check(&name, &text);
        if strict && !has_error(&diagnostics) {
            diagnostics.extend(nopython_driver::strict(&name, &text).unwrap_or_else(|errors| errors));
        }
        fails |= has_error(&diagnostics) || strict && !diagnostics.is_empty();
        match json {
            true => rows.extend(diagnostics.iter().map(|d| to_json(&name, &text, d))),
            false => rows.extend(diagnostics.iter().map(|d| nopython_diagnostics::render(&name, &text, d))),
        }
    }
    if json {
        crate::say!("[{}]", rows.join(",\n "));
    } else if fails {
        return Err(Failed::new(rows.join("\n").trim_end().to_owned()));
    } else {
        crate::say_part!("{}", rows.join("\n"));
    }
    if fails { Err(Failed { message: String::new(), code: 1 }) } else { Ok(()) }
}

/// Prints a stage of the compiler.
pub fn inspect(options: &Inspect) -> Result<(), Failed> {
    let (name, text) = read(&options.file)?;
    let stage = match options.what.as_str() {
        "types" => Stage::Types,
        "typed" => Stage::Typed,
        "loops" => Stage::Loops,
        "vectorize" => return vectorize::print(options, &name, &text),
        _ => return wat(options, &name, &text),
    };
    let printed = nopython_driver::inspect(&name, &text, &options.options, options.function.as_deref(), stage)
        .map_err(|diagnostics| Failed::diagnostics(&name, &text, &diagnostics))?;
    if printed.is_empty() {
        return Err(no_function(&name, options));
    }
    crate::say_part!("{printed}");
    Ok(())
}

/// The function asked for is not there.
pub fn no_function(name: &str, options: &Inspect) -> Failed {
    Failed::new(format!("{name} has no compiled function `{}`", options.function.as_deref().unwrap_or("")))
}

fn wat(options: &Inspect, name: &str, text: &str) -> Result<(), Failed> {
    let with_names = nopython_driver::Options { names: true, ..options.options };
    let compilation = nopython_driver::compile(name, text, &with_names)
        .map_err(|diagnostics| Failed::diagnostics(name, text, &diagnostics))?;
    let printed = wasmprinter::print_bytes(&compilation.wasm).map_err(|error| Failed::new(error.to_string()))?;
    match &options.function {
        None => crate::say_part!("{printed}"),
        Some(function) => {
            // A function's text runs to the next line with its own indentation.
            let head = format!("  (func ${function} ");
            let mut lines = printed.lines().skip_while(|line| !line.starts_with(&head));
            let Some(first) = lines.next() else {
                return Err(no_function(name, options));
            };
            crate::say!("{first}");
            for line in lines.take_while(|line| line.starts_with("    ") || *line == "  )") {
                crate::say!("{line}");
            }
        }
    }
    Ok(())
}

/// Codes with their pages in `tests/errors`, which are tests too.
const PAGES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/explain.rs"));

/// Prints the page of a code.
pub fn explain(code: &str) -> Result<(), Failed> {
    let Some((_, page)) = PAGES.iter().find(|(name, _)| *name == code) else {
        let known: Vec<&str> = codes::ALL.iter().map(|(c, _)| c.0).collect();
        return Err(Failed::new(format!("there is no code `{code}`; the codes are\n  {}", known.join("\n  "))));
    };
    crate::say_part!("{}", without_results(page));
    Ok(())
}

/// A page as a reader wants it in a terminal: without the calls that test its examples.
fn without_results(page: &str) -> String {
    let mut out = String::new();
    let mut hidden = false;
    for line in page.lines() {
        if line == "```calls" {
            hidden = true;
        }
        if !hidden {
            out.push_str(line);
            out.push('\n');
        }
        if line == "```" {
            hidden = false;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::PAGES;
    use nopython_diagnostics::codes;

    #[test]
    fn every_code_has_a_page_and_every_page_a_code() {
        let mut known: Vec<&str> = codes::ALL.iter().map(|(code, _)| code.0).collect();
        known.sort_unstable();
        let pages: Vec<&str> = PAGES.iter().map(|(code, _)| *code).collect();
        assert_eq!(known, pages);
    }

    #[test]
    fn a_page_begins_with_the_phrase_of_its_code() {
        for (code, phrase) in codes::ALL {
            let (_, page) = PAGES.iter().find(|(name, _)| *name == code.0).unwrap();
            assert!(page.starts_with(&format!("# {code}\n\n{phrase}\n")), "{code}");
        }
    }
}
