//! A package for npm around a module: what describes it, beside its files.

use crate::script::by_name;
use core::fmt::Write;
use nopython_diagnostics::escape;
use nopython_types::{Export, Interface, Items, Passing, Type};

/// The name that a package has from the name of its source: npm allows small letters, digits and `-._~`, and no `.` or `_` at the front.
#[must_use]
pub fn package_name(stem: &str) -> String {
    let allowed = |c: char| if c.is_ascii_alphanumeric() || "-._~".contains(c) { c.to_ascii_lowercase() } else { '-' };
    let name: String = stem.chars().map(allowed).collect();
    let name = name.trim_start_matches(['.', '_', '-']);
    if name.is_empty() { "kernels".to_owned() } else { name.to_owned() }
}

/// `package.json` of a package whose module is `STEM.js`.
#[must_use]
pub fn package_json(interface: &Interface, stem: &str, has_wasm: bool) -> String {
    let mut files = vec![format!("{stem}.js"), format!("{stem}.d.ts")];
    if has_wasm {
        files.push(format!("{stem}.wasm"));
    }
    let names: Vec<&str> =
        by_name(interface).iter().filter_map(|overloads| Some(overloads.first()?.name.as_str())).collect();
    let description = format!("{} of {}, compiled to WebAssembly", names.join(", "), interface.file);
    let [name, description, module, types] =
        [package_name(stem), description, format!("./{stem}.js"), format!("./{stem}.d.ts")].map(|text| escape(&text));
    let wasm = format!(",\n    {0}: {0}", escape(&format!("./{stem}.wasm")));
    let files: Vec<String> = files.iter().map(|file| escape(file)).collect();
    format!(
        r#"{{
  "name": {name},
  "version": "0.1.0",
  "description": {description},
  "license": "UNLICENSED",
  "type": "module",
  "sideEffects": false,
  "exports": {{
    ".": {{ "types": {types}, "default": {module} }}{wasm}
  }},
  "types": {types},
  "files": [{files}]
}}
"#,
        wasm = if has_wasm { wasm.as_str() } else { "" },
        files = files.join(", "),
    )
}

/// `README.md` of such a package.
#[must_use]
pub fn package_readme(interface: &Interface, stem: &str) -> String {
    let name = package_name(stem);
    let functions = by_name(interface);
    let names: Vec<&str> = functions.iter().filter_map(|overloads| Some(overloads.first()?.name.as_str())).collect();
    let mut out = format!(
        "# {name}\n\nPython functions of `{}`, compiled to WebAssembly by nopython. They run in browsers, workers, Node, Deno and Bun; there are no dependencies.\n\n\
         ```js\nimport {{ {} }} from \"{name}\";\n```\n",
        interface.file,
        names.join(", "),
    );
    for overloads in functions {
        let Some(first) = overloads.first() else { continue };
        let _ = write!(out, "\n## {}\n\n```py\n", first.name);
        for export in &overloads {
            let _ = writeln!(out, "{}", signature(export));
        }
        out.push_str("```\n");
        if let Some(doc) = &first.doc {
            let _ = write!(out, "\n{}\n", doc.trim());
        }
    }
    out
}

/// A signature as Python writes it.
pub fn signature(export: &Export) -> String {
    let first = export.params.iter().take_while(|param| param.passing == Passing::Position).count();
    let named = export.params.iter().position(|param| param.passing == Passing::Keyword);
    let mut params = Vec::new();
    for (k, param) in export.params.iter().enumerate() {
        if named == Some(k) {
            params.push("*".to_owned());
        }
        params.push(match &param.default {
            Some(default) => format!("{}: {} = {default}", param.name, shown(&param.ty)),
            None => format!("{}: {}", param.name, shown(&param.ty)),
        });
        if first == k + 1 {
            params.push("/".to_owned());
        }
    }
    format!("{}({}) -> {}", export.name, params.join(", "), shown(&export.result))
}

/// A type with what lists stand for in their place.
fn shown(ty: &Type) -> String {
    let all = |items: &Items| items.iter().map(shown).collect::<Vec<_>>().join(", ");
    match ty {
        Type::List(item) => match nopython_types::record::stands_for(ty) {
            Some((class @ ("dict" | "set"), items)) => format!("{class}[{}]", all(items)),
            Some(("?", items)) => format!("{} | None", all(items)),
            Some((class, _)) => class.to_owned(),
            None => format!("list[{}]", shown(item)),
        },
        Type::Tuple(items) if items.names().is_none() && items.len() > 1 => format!("({})", all(items)),
        other => other.to_string(),
    }
}
