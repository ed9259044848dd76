//! The rule that a crate imports only what stands above it in ARCHITECTURE.md's table.

use crate::{places, run};

/// The crates in the order in which data flows; `ir` stands above what works on it.
const ORDER: [&str; 15] = [
    "types",
    "diagnostics",
    "ir",
    "numpy",
    "kernels",
    "front",
    "passes",
    "wasm",
    "glue",
    "driver",
    "engine",
    "testkit",
    "cli",
    "python",
    "browser",
];

/// The most direct dependencies that a core crate may have.
const MOST: usize = 10;

/// The last core crate; those after it are hosts.
const LAST_CORE: &str = "driver";

/// Reads every manifest and lists what breaks the rules.
pub fn check() -> Result<Vec<String>, String> {
    let mut wrong = Vec::new();
    let folder = places::root().join("crates");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .map_err(|error| format!("{}: {error}", folder.display()))?
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    names.sort();
    for name in names {
        let manifest = run::read(&folder.join(&name).join("Cargo.toml"))?;
        wrong.extend(violations(&name, &manifest));
    }
    Ok(wrong)
}

fn rank(name: &str) -> Option<usize> {
    ORDER.iter().position(|known| *known == name)
}

fn violations(name: &str, manifest: &str) -> Vec<String> {
    let Some(own) = rank(name) else {
        return vec![format!("crates/{name} is not in the order of crates; give it a place in xtask/src/manifests.rs")];
    };
    let dependencies = dependencies(manifest);
    let mut wrong = Vec::new();
    for other in dependencies.iter().filter_map(|dependency| dependency.strip_prefix("nopython-")) {
        if rank(other).is_none_or(|rank| rank >= own) {
            wrong.push(format!("crates/{name} imports nopython-{other}, which does not stand above it"));
        }
    }
    if Some(own) <= rank(LAST_CORE) && dependencies.len() > MOST {
        wrong.push(format!(
            "crates/{name} has {} direct dependencies; a core crate has at most {MOST}",
            dependencies.len()
        ));
    }
    wrong
}

/// The names under `[dependencies]`; tests may use what they like.
fn dependencies(manifest: &str) -> Vec<&str> {
    let mut inside = false;
    let mut names = Vec::new();
    for line in manifest.lines().map(str::trim) {
        if let Some(section) = line.strip_prefix('[') {
            inside = section.starts_with("dependencies]");
        } else if inside && !line.is_empty() && !line.starts_with('#') {
            let end = line.find(['.', ' ', '=']).unwrap_or(line.len());
            names.extend(line.get(..end));
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::violations;

    #[test]
    fn a_crate_may_import_only_what_stands_above_it() {
        let good =
            "[dependencies]\nnopython-types.workspace = true\n\n[dev-dependencies]\nnopython-driver.workspace = true\n";
        assert!(violations("ir", good).is_empty());
        let bad = "[dependencies]\nnopython-wasm = { path = \"../wasm\" }\n";
        assert_eq!(violations("ir", bad), ["crates/ir imports nopython-wasm, which does not stand above it"]);
        assert_eq!(violations("surprise", good).len(), 1);
    }

    #[test]
    fn a_core_crate_has_at_most_ten_dependencies() {
        let many: String = (0..11).map(|i| format!("d{i} = \"1\"\n")).collect();
        assert_eq!(violations("ir", &format!("[dependencies]\n{many}")).len(), 1);
        assert!(violations("cli", &format!("[dependencies]\n{many}")).is_empty());
    }
}
