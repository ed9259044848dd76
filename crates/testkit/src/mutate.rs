//! Every phase on programs that are almost right: each is compiled or refused. A panic, a mistake that the compiler finds in itself, a module
//! that is not valid, the end of the process, and more than [`SECONDS`] or [`MEMORY`] are faults.
//!
//! Programs run in processes of their own, a batch in each; one that fails is reduced in further ones and printed.

use crate::mutation::{program, sources, tokens};
use nopython_driver::{Options, compile};
use std::collections::BTreeMap;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// A program may take so long.
const SECONDS: u64 = 10;
/// A process may take so many bytes.
const MEMORY: u64 = 2 << 30;
/// The stack that a program is compiled on.
const STACK: usize = 4 << 20;
/// Programs of a process.
const BATCH: u64 = 1000;
/// How many faults are reduced and printed, and how often one is tried in a smaller form.
const SHOWN: usize = 10;
const TRIES: usize = 600;

/// The place of the last panic.
static PANIC: Mutex<String> = Mutex::new(String::new());
/// Programs begun, for the thread that looks at the time.
static BEGUN: AtomicU64 = AtomicU64::new(0);

/// `mutate [--seed S] [--count N]`; `--show SEED` prints a program. `--batch` and `--file PATH` are what the processes get.
pub fn mutate(arguments: &[String]) -> Result<bool, String> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let number = |text: &str| text.parse::<u64>().map_err(|_| format!("{text:?} is no number"));
    let (mut seed, mut count, mut batch) = (1, 5000, false);
    let mut rest = words.as_slice();
    while let [flag, more @ ..] = rest {
        rest = match (*flag, more) {
            ("--batch", _) => {
                batch = true;
                more
            }
            ("--file", [path, ..]) => return one(Path::new(path)).map(|()| true),
            ("--show", [seed, ..]) => {
                print!("{}", program(&sources()?, number(seed)?));
                return Ok(true);
            }
            ("--seed", [value, more @ ..]) => {
                seed = number(value)?;
                more
            }
            ("--count", [value, more @ ..]) => {
                count = number(value)?;
                more
            }
            _ => return Err("mutate takes --seed S, --count N and --show SEED".to_owned()),
        };
    }
    if batch { run_batch(seed, count).map(|()| true) } else { all(seed, count) }
}

/// Whether a program compiled, or what is wrong with the compiler.
fn verdict(text: &str, seed: u64) -> Result<bool, String> {
    let options = Options { opt_level: if seed & 1 == 0 { 2 } else { 0 }, simd: seed & 2 == 0, ..Options::default() };
    let compiled = catch_unwind(AssertUnwindSafe(|| compile("kernels.py", text, &options)))
        .map_err(|_| PANIC.lock().map_or_else(|_| "panic".to_owned(), |place| place.clone()))?;
    match compiled {
        Ok(compilation) => match wasmparser::validate(&compilation.wasm) {
            Ok(_) => Ok(true),
            Err(error) => Err(format!("the module is not valid: {error}")),
        },
        Err(errors) => {
            match errors.iter().find(|e| e.code == nopython_diagnostics::codes::INTERNAL) {
                Some(error) => Err(error.message.to_string()),
                // Diagnostics are drawn too.
                None => {
                    let drawn = || errors.iter().map(|e| nopython_diagnostics::render("kernels.py", text, e).len());
                    catch_unwind(AssertUnwindSafe(|| drawn().sum::<usize>()))
                        .map_err(|_| "drawing a diagnostic".to_owned())?;
                    Ok(false)
                }
            }
        }
    }
}

/// Runs work on a stack of a fixed size while the time and the memory are watched.
fn watched(work: impl FnOnce() -> Result<(), String> + Send + 'static) -> Result<(), String> {
    std::panic::set_hook(Box::new(|info| {
        if let Ok(mut place) = PANIC.lock() {
            *place = format!("panic: {}", info.to_string().replace('\n', " "));
        }
    }));
    let worker = std::thread::Builder::new().stack_size(STACK).spawn(work).map_err(|error| error.to_string())?;
    let (mut begun, mut since) = (0, Instant::now());
    while !worker.is_finished() {
        std::thread::sleep(Duration::from_millis(5));
        let now = BEGUN.load(Ordering::Relaxed);
        if now != begun {
            (begun, since) = (now, Instant::now());
        } else if since.elapsed().as_secs() > SECONDS {
            fail(&format!("more than {SECONDS} s"));
        }
        if memory() > MEMORY {
            fail("too much memory");
        }
    }
    worker.join().map_err(|_| "a thread ended".to_owned())?
}

/// Ends the process, whose program does not end.
fn fail(what: &str) -> ! {
    println!("fault\t{what}");
    std::process::exit(1);
}

/// Bytes of memory that the process holds, where the system tells.
fn memory() -> u64 {
    let pages = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    pages.split(' ').nth(1).and_then(|n| n.parse::<u64>().ok()).unwrap_or(0) * 4096
}

/// Compiles the programs of some seeds, and prints a line for each.
fn run_batch(seed: u64, count: u64) -> Result<(), String> {
    let sources = sources()?;
    watched(move || {
        let mut out = std::io::stdout();
        for seed in seed..seed + count {
            BEGUN.fetch_add(1, Ordering::Relaxed);
            let line = match verdict(&program(&sources, seed), seed) {
                Ok(true) => "compiled".to_owned(),
                Ok(false) => "refused".to_owned(),
                Err(what) => format!("fault\t{what}"),
            };
            writeln!(out, "{line}").map_err(|error| error.to_string())?;
        }
        Ok(())
    })
}

/// Compiles the program in a file; the seed, which decides options, is its name.
fn one(path: &Path) -> Result<(), String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    let seed = path.file_stem().and_then(|stem| stem.to_str()).and_then(|stem| stem.parse().ok()).unwrap_or(0);
    watched(move || {
        if let Err(what) = verdict(&text, seed) {
            println!("fault\t{what}");
        }
        Ok(())
    })
}

/// What a process with these arguments prints, and whether it ended by itself.
fn ask(arguments: &[&str]) -> Result<(String, bool), String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let output = Command::new(program).arg("mutate").args(arguments).output().map_err(|error| error.to_string())?;
    Ok((String::from_utf8_lossy(&output.stdout).into_owned(), output.status.success()))
}

fn all(seed: u64, count: u64) -> Result<bool, String> {
    let mut faults: BTreeMap<String, Vec<u64>> = BTreeMap::new();
    let (mut compiled, mut at) = (0, seed);
    let mut said = Instant::now();
    while at < seed + count {
        let size = BATCH.min(seed + count - at);
        let (text, whole) = ask(&["--batch", "--seed", &at.to_string(), "--count", &size.to_string()])?;
        let mut seen = 0;
        for line in text.lines() {
            compiled += u64::from(line == "compiled");
            if let Some(what) = line.strip_prefix("fault\t") {
                println!("seed {}: {what}", at + seen);
                faults.entry(form_of(what)).or_default().push(at + seen);
            }
            seen += 1;
        }
        if !whole && !text.lines().last().is_some_and(|line| line.starts_with("fault")) {
            println!("seed {}: the process ended", at + seen);
            faults.entry("the process ended".to_owned()).or_default().push(at + seen);
            seen += 1;
        }
        at += seen.max(1);
        if said.elapsed().as_secs() >= 60 {
            said = Instant::now();
            println!("{} programs, {compiled} compiled, {} forms of fault", at - seed, faults.len());
        }
    }
    let sources = sources()?;
    for (what, seeds) in faults.iter().take(SHOWN) {
        let Some(&first) = seeds.first() else { continue };
        let text = reduce(&program(&sources, first), first)?;
        println!("\nseed {first}, {} in all: {what}\n\n```py\n{text}```", seeds.len());
    }
    let failed: usize = faults.values().map(Vec::len).sum();
    // If nothing compiled, nothing but the parser was tried.
    let enough = compiled > count / 50;
    if !enough {
        println!("only {compiled} compiled");
    }
    println!("{compiled} of {count} programs compiled");
    println!("{} passed, {} failed", count - failed as u64, failed + usize::from(!enough));
    Ok(failed == 0 && enough)
}

/// What a fault says, up to the first number.
fn form_of(what: &str) -> String {
    what.split(|c: char| c.is_ascii_digit()).next().unwrap_or_default().to_owned()
}

/// The form of the fault of a program, if it has one.
fn form(text: &str, path: &Path) -> Result<Option<String>, String> {
    std::fs::write(path, text).map_err(|error| error.to_string())?;
    let (printed, whole) = ask(&["--file", &path.display().to_string()])?;
    let said = printed.lines().find_map(|line| line.strip_prefix("fault\t"));
    Ok(match said {
        Some(what) => Some(form_of(what)),
        None if whole => None,
        None => Some("the process ended".to_owned()),
    })
}

/// The program without lines, then without tokens, that its fault does not need (Zeller and Hildebrandt, 2002, without complements).
fn reduce(text: &str, seed: u64) -> Result<String, String> {
    let folder: PathBuf = std::env::temp_dir().join(format!("nopython-mutate-{}", std::process::id()));
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let path = folder.join(format!("{seed}.py"));
    let wanted = form(text, &path)?;
    let mut best = text.to_owned();
    let mut tries = if wanted.is_some() { TRIES } else { 0 };
    let splits: [fn(&str) -> Vec<&str>; 2] = [|text| text.split_inclusive('\n').collect(), |text| tokens(text)];
    for split in splits {
        let mut size = split(&best).len() / 2;
        while size > 0 {
            let mut at = 0;
            while at < split(&best).len() && tries > 0 {
                tries -= 1;
                let parts = split(&best);
                let kept: String = parts.iter().take(at).chain(parts.iter().skip(at + size)).copied().collect();
                if form(&kept, &path)? == wanted {
                    best = kept;
                } else {
                    at += size;
                }
            }
            size /= 2;
        }
    }
    let _ = std::fs::remove_dir_all(&folder);
    Ok(best)
}
