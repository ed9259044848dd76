//! Arrays of records on the command line: `.npy` files in and out, and how they are printed.
#![allow(missing_docs, clippy::disallowed_methods, reason = "a host: it runs a program and reads files")]

use std::process::Command;

const SOURCE: &str = "\
import numpy as np
from numba import njit

P = np.dtype([(\"x\", \"f8\"), (\"n\", \"i4\")])

@njit(\"int64(int64)\")
def unused(n):
    return n

def make(n):
    a = np.zeros(n, P)
    a[\"x\"] = np.arange(n) / 2
    a[\"n\"] = np.arange(n)
    return a

def double(a):
    a[\"n\"] *= 2
    return a

def one(a, k):
    return a[k]
";

fn run(folder: &std::path::Path, args: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_nopython")).current_dir(folder).args(args).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

#[test]
fn records_are_read_written_and_printed() {
    let folder = std::env::temp_dir().join(format!("nopython-records-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("k.py"), SOURCE).unwrap();
    assert_eq!(run(&folder, &["run", "k.py", "make", "2"]), "Record(x: float64, n: int32)[2] [(0.0, 0), (0.5, 1)]");
    run(&folder, &["run", "k.py", "make", "3", "--out", "a.npy"]);
    assert_eq!(
        run(&folder, &["run", "k.py", "double", "a.npy"]),
        "Record(x: float64, n: int32)[3] [(0.0, 0), (0.5, 2), (1.0, 4)]"
    );
    assert_eq!(run(&folder, &["run", "k.py", "one", "a.npy", "-1"]), "Record(x: float64, n: int32) (1.0, 2)");
    std::fs::remove_dir_all(&folder).unwrap();
}
