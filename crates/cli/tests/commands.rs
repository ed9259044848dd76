//! The command line as a process: what it prints, writes and answers.
#![allow(missing_docs, clippy::disallowed_methods, reason = "a host: it runs a program and reads files")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

const KERNELS: &str = "\
import numpy as np
from numba import njit

@njit(\"float64[:](float64[:], int64)\")
def moving_average(x, n):
    if n < 1:
        raise ValueError(\"n must be positive\")
    out = np.empty(len(x) - n + 1)
    for i in range(len(out)):
        out[i] = np.mean(x[i:i + n])
    return out

@njit
def scaled(x, k):
    return x * k, k

@njit(\"int64(int64[:], int64)\")
def item(a, i):
    return a[i]
";

/// A directory of its own with a source file, removed afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(test: &str, source: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("nopython-cli-{}-{test}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        std::fs::write(path.join("kernels.py"), source).unwrap();
        Folder(path)
    }

    fn run(&self, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_nopython")).args(args).current_dir(&self.0).output().unwrap()
    }

    /// What stands in a file.
    fn text(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.join(name)).unwrap()
    }

    /// What a command that succeeds prints.
    fn ok(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(0), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// What a command that fails with a code prints to standard error; it prints nothing else.
    fn fails(&self, code: i32, args: &[&str]) -> String {
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(code), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(output.stdout.is_empty(), "{args:?}");
        String::from_utf8(output.stderr).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn exists(folder: &Path, names: &[&str]) {
    for name in names {
        assert!(folder.join(name).is_file(), "{name} is not there");
    }
}

#[test]
fn run_calls_a_function_with_literals() {
    let folder = Folder::new("run", KERNELS);
    assert_eq!(folder.ok(&["run", "kernels.py", "moving_average", "[1.0, 2.0, 4.0]", "2"]), "float64[2] [1.5, 3.0]\n");
    assert_eq!(folder.ok(&["run", "kernels.py", "item", "[7, 8, 9]", "-1"]), "int64 9\n");
}

#[test]
fn run_takes_types_from_the_arguments_when_there_is_no_signature() {
    let folder = Folder::new("types", KERNELS);
    assert_eq!(folder.ok(&["run", "kernels.py", "scaled", "[1.0, 2.0]", "3"]), "(float64[2] [3.0, 6.0], int 3)\n");
}

const DEFAULTS: &str = "\
import numpy as np
from numba import njit

K = 3

@njit(\"float64(float64, int64, float64)\")
def scaled(x, n=K, most=np.inf):
    return min(x * n, most)

@njit(\"float64(Tuple((int64, float64)))\")
def joined(pair=(1, 2.5)):
    return pair[0] + pair[1]

@njit(\"uint64(uint64)\")
def same(n):
    return n

def power(x, n=2):
    return x ** n
";

#[test]
fn run_fills_in_defaults() {
    let folder = Folder::new("defaults", DEFAULTS);
    assert_eq!(folder.ok(&["run", "kernels.py", "scaled", "2.0"]), "float64 6.0\n");
    assert_eq!(folder.ok(&["run", "kernels.py", "scaled", "2", "4", "5.0"]), "float64 5.0\n");
    assert_eq!(folder.ok(&["run", "kernels.py", "joined"]), "float64 3.5\n");
    assert_eq!(folder.ok(&["run", "kernels.py", "power", "3.0"]), "float 9.0\n");
    assert_eq!(folder.ok(&["run", "kernels.py", "same", "18446744073709551615"]), "uint64 18446744073709551615\n");
    let message = folder.fails(1, &["run", "kernels.py", "scaled"]);
    assert!(message.contains("scaled() takes 1 to 3 arguments (x, n, most), got 0"), "{message}");
    let message = folder.fails(1, &["run", "kernels.py", "scaled", "1", "18446744073709551615"]);
    assert!(message.contains("argument 'n' takes int64, got uint64"), "{message}");
}

#[test]
fn what_is_nested_too_deeply_is_refused() {
    let deep = "(".repeat(30_000);
    let source = format!("from numba import njit\n@njit(\"{deep}\")\ndef f(x):\n    return x\n");
    let folder = Folder::new("deep", &source);
    assert!(folder.fails(1, &["check", "kernels.py"]).contains("cannot read the signature"));
    let folder = Folder::new("deep-argument", DEFAULTS);
    for bracket in ["[", "("] {
        let message = folder.fails(1, &["run", "kernels.py", "power", &bracket.repeat(30_000)]);
        assert!(message.contains("nested more than 64 deep"), "{message}");
    }
}

#[test]
fn files_of_one_name_are_not_written_over_each_other() {
    let folder = Folder::new("names", KERNELS);
    std::fs::create_dir_all(folder.0.join("other")).unwrap();
    for name in ["other/kernels.py", "nopython-runtime.py"] {
        std::fs::write(folder.0.join(name), KERNELS).unwrap();
    }
    let message = folder.fails(1, &["build", "kernels.py", "other/kernels.py"]);
    assert!(message.contains("kernels.py and other/kernels.py would both be written to kernels.js"), "{message}");
    let message = folder.fails(1, &["build", "--shared", "kernels.py", "nopython-runtime.py"]);
    assert!(message.contains("nopython-runtime.py would be written to nopython-runtime.js"), "{message}");
    let message = folder.fails(1, &["build", "--npm", "kernels.py", "nopython-runtime.py"]);
    assert!(message.contains("--npm makes a package of one file"), "{message}");
    assert!(!folder.0.join("dist").exists());
}

#[test]
fn results_go_to_npy_files_and_come_back() {
    let folder = Folder::new("npy", KERNELS);
    folder.ok(&["run", "kernels.py", "moving_average", "[1.0, 2.0, 4.0]", "1", "--out", "r.npy"]);
    assert_eq!(folder.ok(&["run", "kernels.py", "moving_average", "r.npy", "3"]), "float64[1] [2.3333333333333335]\n");
}

#[test]
fn an_exception_names_its_line() {
    let folder = Folder::new("raise", KERNELS);
    let text = folder.fails(1, &["run", "kernels.py", "moving_average", "[1.0]", "0"]);
    assert!(text.contains("line 7, in moving_average"), "{text}");
    assert!(text.ends_with("ValueError: n must be positive\n"), "{text}");
    let text = folder.fails(1, &["run", "kernels.py", "item", "[1, 2]", "2"]);
    assert!(text.ends_with("IndexError: index 2 is out of bounds for axis 0 with size 2\n"), "{text}");
}

#[test]
fn an_exception_of_the_module_names_its_line() {
    let folder = Folder::new(
        "module-exception",
        "import numpy as np\nV = np.arange(3)\nX = V[np.array([7])] * 2\n\ndef f(i: 'int'):\n    return X[0] + V[i]\n",
    );
    let stderr = folder.fails(1, &["run", "kernels.py", "f", "1"]);
    assert!(stderr.contains("line 3, in <module>"), "{stderr}");
    assert!(stderr.contains("IndexError: index 7 is out of bounds for axis 0 with size 3"), "{stderr}");
}

#[test]
fn errors_for_types_of_the_arguments_stand_in_lines_of_the_file() {
    let folder = Folder::new("lines", KERNELS);
    let text = folder.fails(1, &["run", "kernels.py", "scaled", "(1, 2)", "0.5"]);
    assert!(text.contains("kernels.py:15:12") && text.contains("15 |     return x * k, k"), "{text}");
    assert!(!text.contains("__"), "{text}");
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_an_error() {
    let folder = Folder::new("full", KERNELS);
    for args in
        [&["run", "kernels.py", "item", "[7, 8]", "0"][..], &["--help"], &["explain", "internal"], &["functions"]]
    {
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_nopython"));
        let output = command.args(args).current_dir(&folder.0).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{args:?}");
        assert!(String::from_utf8_lossy(&output.stderr).contains("standard output"), "{args:?}");
    }
}

#[test]
fn run_says_what_is_wrong_with_what_it_was_given() {
    let folder = Folder::new("wrong", KERNELS);
    for (args, part) in [
        (&["run", "kernels.py", "nothing"][..], "no function `nothing`"),
        (&["run", "missing.py", "item"], "cannot read missing.py"),
        (&["run", "kernels.py", "item", "missing.npy", "0"], "cannot read missing.npy"),
        (&["run", "kernels.py", "item", "[1,", "0"], "[1,"),
        (
            &["run", "kernels.py", "item", "[1, 2]", "99999999999999999999"],
            "`99999999999999999999` does not fit into int64",
        ),
    ] {
        let text = folder.fails(1, args);
        assert!(text.contains(part), "{args:?}: {text}");
    }
}

#[test]
fn build_writes_a_module_its_loader_and_its_types() {
    let folder = Folder::new("build", KERNELS);
    folder.ok(&["build", "kernels.py", "-o", "out"]);
    exists(&folder.0.join("out"), &["kernels.wasm", "kernels.js", "kernels.d.ts"]);
    let wasm = std::fs::read(folder.0.join("out/kernels.wasm")).unwrap();
    assert_eq!(&wasm[..4], b"\0asm");
    folder.ok(&["build", "kernels.py", "-o", "page", "--html"]);
    exists(&folder.0.join("page"), &["kernels.html"]);
}

#[test]
fn build_writes_a_package_and_leaves_what_its_author_changes() {
    let folder = Folder::new("package", KERNELS);
    let said = folder.ok(&["build", "kernels.py", "-o", "out", "--npm"]);
    assert!(said.contains("package.json") && said.contains("README.md"), "{said}");
    let manifest: serde_json::Value = serde_json::from_str(&folder.text("out/package.json")).unwrap();
    assert_eq!(manifest["name"], "kernels");
    assert_eq!(manifest["sideEffects"], false);
    for file in manifest["files"].as_array().unwrap() {
        assert!(folder.0.join("out").join(file.as_str().unwrap()).exists(), "{file}");
    }
    assert!(folder.text("out/README.md").contains("item(a: int64[:], i: int64) -> int64"));
    std::fs::write(folder.0.join("out/README.md"), "mine").unwrap();
    let said = folder.ok(&["build", "kernels.py", "-o", "out", "--npm", "--inline"]);
    assert!(!said.contains("README.md") && folder.text("out/README.md") == "mine", "{said}");
}

#[test]
fn building_twice_gives_the_same_bytes() {
    let folder = Folder::new("twice", KERNELS);
    let [first, second] = ["a", "b"].map(|out| {
        folder.ok(&["build", "kernels.py", "-o", out]);
        std::fs::read(folder.0.join(out).join("kernels.wasm")).unwrap()
    });
    assert_eq!(first, second);
}

#[test]
fn check_reports_and_writes_nothing() {
    let folder = Folder::new("check", "from numba import njit\n@njit('f8(f8)')\ndef f(x):\n    return totl\n");
    let text = folder.fails(1, &["check", "kernels.py"]);
    assert!(text.contains("error[undefined-name]") && text.contains("kernels.py:4:12"), "{text}");
    let output = folder.run(&["check", "kernels.py", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let json = String::from_utf8(output.stdout).unwrap();
    assert!(json.contains("\"undefined-name\""), "{json}");
    assert_eq!(std::fs::read_dir(&folder.0).unwrap().count(), 1);
    // Of several files all are looked at.
    std::fs::write(folder.0.join("open.py"), "def f(x:\n").unwrap();
    std::fs::write(folder.0.join("good.py"), "x = 1\n").unwrap();
    let text = folder.fails(1, &["check", "open.py", "good.py", "kernels.py"]);
    assert!(text.contains("open.py:1:6") && text.contains("kernels.py:4:12"), "{text}");
    let output = folder.run(&["check", "--json", "open.py", "good.py", "kernels.py"]);
    let read: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let files: Vec<_> = read.as_array().unwrap().iter().map(|row| row["file"].as_str().unwrap()).collect();
    assert_eq!((files.first(), files.last()), (Some(&"open.py"), Some(&"kernels.py")));
}

#[test]
fn a_command_of_the_package_for_python_says_where_it_is() {
    let folder = Folder::new("figure", "");
    assert!(folder.fails(2, &["figure", "kernels.py"]).contains("pip install nopython"));
}

#[test]
fn a_strict_check_reports_what_may_differ_as_its_page_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let page = std::fs::read_to_string(root.join("tests/errors/may-differ.md")).unwrap();
    let block = |kind: &str| page.split(&format!("```{kind}\n")).nth(1).unwrap().split("```").next().unwrap();
    let folder = Folder::new("strict", block("py"));
    assert_eq!(folder.ok(&["check", "kernels.py"]), "");
    assert_eq!(folder.fails(1, &["check", "--strict", "kernels.py"]), block("text"));
    let output = folder.run(&["check", "--strict", "--json", "kernels.py"]);
    assert_eq!(output.status.code(), Some(1));
    let read: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(read.as_array().unwrap().len(), 2);
    assert_eq!(read[0]["code"], "may-differ");
    let same = Folder::new("same", "from numba import njit\n@njit(\"int64(int64)\")\ndef f(x):\n    return x + 1\n");
    assert_eq!(same.ok(&["check", "--strict", "kernels.py"]), "");
}

#[test]
fn inspect_shows_each_stage() {
    let folder = Folder::new("inspect", KERNELS);
    for stage in ["--types", "--typed", "--loops", "--wat"] {
        let text = folder.ok(&["inspect", "kernels.py", "item", stage]);
        assert!(text.contains("item"), "{stage}: {text}");
        assert!(!text.contains("def moving_average"), "{stage} shows only what was asked for: {text}");
    }
    assert!(folder.fails(1, &["inspect", "kernels.py", "nothing", "--wat"]).contains("nothing"));
}

#[test]
fn inspect_says_what_became_of_each_loop() {
    let folder = Folder::new("vectorize", KERNELS);
    let text = folder.ok(&["inspect", "kernels.py", "--vectorize"]);
    assert!(text.contains("moving_average(x: float64[:], n: int64) -> float64[:]"), "{text}");
    assert!(text.contains("   9      for i in range(len(out)):\n      -> one by one: "), "{text}");
    assert!(text.contains("item(a: int64[:], i: int64) -> int64\n    no loops\n"), "{text}");
    let json = folder.ok(&["inspect", "kernels.py", "item", "--vectorize", "--json"]);
    let read: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(read[0]["function"], "item");
    assert_eq!(read.as_array().unwrap().len(), 1);
    assert!(folder.fails(1, &["inspect", "kernels.py", "nothing", "--vectorize"]).contains("nothing"));
    assert!(folder.fails(2, &["inspect", "kernels.py", "--wat", "--json"]).contains("--json"));
}

#[test]
fn strings_are_run_and_printed() {
    let source = "\
def greet(name: str, times: int = 2) -> str:
    return \", \".join([name] * times) + \"!\"

def report(n: int):
    for k in range(n):
        print(\"line\", k, (k, 0.5), sep=\"|\")
    print(\"é\", end=\"\")

def refuse(s: str):
    raise ValueError(f\"no {s!r} of {len(s) / 2}\")
";
    let folder = Folder::new("strings", source);
    assert_eq!(folder.ok(&["run", "kernels.py", "greet", "'Bob'"]), "str 'Bob, Bob!'\n");
    assert_eq!(folder.ok(&["run", "kernels.py", "greet", "\"it's\"", "1"]), "str \"it's!\"\n");
    assert_eq!(folder.ok(&["run", "kernels.py", "report", "2"]), "line|0|(0, 0.5)\nline|1|(1, 0.5)\néNone\n");
    assert!(folder.fails(1, &["run", "kernels.py", "refuse", "'a'"]).contains("ValueError: no 'a' of 0.5"));
}

#[test]
fn explain_prints_pages_and_knows_their_names() {
    let folder = Folder::new("explain", KERNELS);
    let page = folder.ok(&["explain", "wrong-rank"]);
    assert!(page.starts_with("# wrong-rank\n") && page.contains("What to write instead"), "{page}");
    assert!(!page.contains("```calls"), "the lines that test a page are not for its reader");
    assert!(folder.fails(1, &["explain", "wrong-rnk"]).contains("wrong-rank"));
}

#[test]
fn functions_lists_the_library() {
    let folder = Folder::new("functions", KERNELS);
    assert!(folder.ok(&["functions"]).contains("np.sum(a, axis=None"));
    assert!(folder.ok(&["functions", "--json"]).starts_with('['));
}

#[test]
fn a_wrong_command_line_is_told_apart_from_a_wrong_program() {
    let folder = Folder::new("usage", KERNELS);
    for args in [
        &["biuld", "kernels.py"][..],
        &["build"],
        &["build", "kernels.py", "--npm", "--html"],
        &["run", "kernels.py"],
        &["inspect", "kernels.py"],
        &["check", "kernels.py", "--jsn"],
        &["build", "kernels.py", "-O7"],
        &["explain", "internal", "more"],
    ] {
        assert!(folder.fails(2, args).contains("nopython --help"), "{args:?}");
    }
    assert!(folder.ok(&["--help"]).contains("Usage:"));
    assert!(folder.ok(&["--version"]).starts_with("nopython "));
}
