//! Running programs and reading what their tests report.

use crate::places;
use std::ffi::OsStr;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

/// How many tests a step ran.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Tests that passed.
    pub passed: u64,
    /// Tests that failed.
    pub failed: u64,
}

impl Tally {
    /// Both together.
    pub fn and(self, other: Tally) -> Tally {
        Tally { passed: self.passed + other.passed, failed: self.failed + other.failed }
    }
}

/// A command at the root of the checkout that shares the target folder.
pub fn command<S: AsRef<OsStr>>(program: S) -> Command {
    let mut command = Command::new(program);
    command.current_dir(places::root()).env("CARGO_TARGET_DIR", places::target());
    command.env("NOPYTHON", places::nopython()).env("NOPYTHON_PYTHON", places::python());
    command
}

/// `cargo` with arguments.
pub fn cargo<const N: usize>(arguments: [&str; N]) -> Command {
    let mut command = command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments);
    command
}

/// `npm` in a folder below the root.
pub fn npm<const N: usize>(folder: &str, arguments: [&str; N]) -> Command {
    let mut command = command("npm");
    command.arg("--silent").args(arguments).current_dir(places::root().join(folder));
    command
}

/// Runs a command to its end; anything but success is an error.
pub fn run(command: &mut Command) -> Result<(), String> {
    let status = command.status().map_err(|error| format!("cannot start {}: {error}", name(command)))?;
    if status.success() { Ok(()) } else { Err(format!("{} ended with {status}", name(command))) }
}

/// Runs a command, shows its output, and counts the tests that it reports.
pub fn count_tests(command: &mut Command) -> Result<Tally, String> {
    let shown = name(command);
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| format!("cannot start {shown}: {error}"))?;
    let mut tally = Tally::default();
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).split(b'\n') {
            let line = line.map_err(|error| error.to_string())?;
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            tally = tally.and(reported(&line));
        }
    }
    std::io::stdout().flush().map_err(|error| error.to_string())?;
    let status = child.wait().map_err(|error| error.to_string())?;
    if !status.success() && tally.failed == 0 {
        tally.failed = 1;
        eprintln!("{shown} ended with {status}");
    }
    Ok(tally)
}

/// Whether a word is `3s`, as in `0.53s`.
fn is_seconds(word: &str) -> bool {
    word.strip_suffix('s').is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
}

/// What the closing line of a test runner says: cargo's, Node's, pytest's, or `N passed, N failed`.
fn reported(line: &str) -> Tally {
    let line = line.trim();
    let words: Vec<&str> = line.split([' ', ';', ',', '.']).filter(|word| !word.is_empty()).collect();
    let before = |what: &str| {
        let at = words.iter().position(|word| *word == what)?;
        words.get(at.checked_sub(1)?)?.parse().ok()
    };
    match words.as_slice() {
        ["test", "result:", ..] => {
            Tally { passed: before("passed").unwrap_or(0), failed: before("failed").unwrap_or(0) }
        }
        ["#" | "ℹ", "pass", n] => Tally { passed: n.parse().unwrap_or(0), failed: 0 },
        ["#" | "ℹ", "fail", n] => Tally { passed: 0, failed: n.parse().unwrap_or(0) },
        [passed, "passed", failed, "failed", ..] => {
            Tally { passed: passed.parse().unwrap_or(0), failed: failed.parse().unwrap_or(0) }
        }
        // Of more than a minute the seconds are followed by hours, minutes and seconds.
        [count, rest @ ..]
            if count.parse::<u64>().is_ok() && words.contains(&"in") && rest.iter().any(|word| is_seconds(word)) =>
        {
            Tally { passed: before("passed").unwrap_or(0), failed: before("failed").unwrap_or(0) }
        }
        _ => Tally::default(),
    }
}

/// The standard output of a command that must succeed.
pub fn output(command: &mut Command) -> Result<String, String> {
    let shown = name(command);
    let out = command.stderr(Stdio::inherit()).output().map_err(|error| format!("cannot start {shown}: {error}"))?;
    if !out.status.success() {
        return Err(format!("{shown} ended with {}", out.status));
    }
    Ok(String::from_utf8_lossy(&out.stdout).into_owned())
}

/// Whether a command runs and succeeds; its output is dropped.
pub fn succeeds(command: &mut Command) -> bool {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}

/// Writes a file and the folders above it.
pub fn write(path: &Path, text: &[u8]) -> Result<(), String> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    std::fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

/// Reads a file as text.
pub fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// The command as one would type it.
fn name(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{Tally, reported};

    #[test]
    fn closing_lines_of_test_runners_are_counted() {
        let cargo = "test result: FAILED. 11 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.1s";
        assert_eq!(reported(cargo), Tally { passed: 11, failed: 2 });
        assert_eq!(reported("# pass 7"), Tally { passed: 7, failed: 0 });
        assert_eq!(reported("ℹ fail 1"), Tally { passed: 0, failed: 1 });
        assert_eq!(reported("425 passed in 94.70s (0:01:34)"), Tally { passed: 425, failed: 0 });
        assert_eq!(reported("30 passed, 0 failed"), Tally { passed: 30, failed: 0 });
        assert_eq!(reported("5 failed, 101 passed in 13.63s"), Tally { passed: 101, failed: 5 });
        assert_eq!(reported("106 passed, 1 skipped in 2.88s"), Tally { passed: 106, failed: 0 });
        assert_eq!(reported("running 3 tests, 2 passed"), Tally::default());
    }
}
