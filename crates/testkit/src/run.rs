//! Runs pages, on as many threads as the machine has.

use crate::runner::Runner;
use crate::tally::Tally;
use crate::{examples, page};
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{available_parallelism, scope};

/// Two optimisation levels, with and without SIMD.
pub const CONFIGURATIONS: [(u8, bool); 4] = [(0, false), (0, true), (2, false), (2, true)];

/// Runs pages, and with `library` the examples of every library function; tells whether everything held.
pub fn run(paths: &[PathBuf], library: bool) -> Result<bool, String> {
    let mut pages = paths.iter().map(|path| page::read(path)).collect::<Result<Vec<_>, _>>()?;
    if library {
        // First, as it takes longest.
        pages.insert(0, examples::page()?);
    }
    let total = in_parallel(&pages, |runner, page| {
        runner.run(page, &CONFIGURATIONS);
        Ok(())
    })?;
    report(&total)
}

/// Deals work to threads, each with a runner of its own, and adds up what they find.
pub fn in_parallel<W: Sync>(
    work: &[W],
    each: impl Fn(&mut Runner, &W) -> Result<(), String> + Sync,
) -> Result<Tally, String> {
    let next = AtomicUsize::new(0);
    let one = || {
        let mut runner = Runner::new()?;
        while let Some(piece) = work.get(next.fetch_add(1, Ordering::Relaxed)) {
            each(&mut runner, piece)?;
        }
        runner.finish()
    };
    let threads = available_parallelism().map_or(1, usize::from).min(work.len());
    scope(|scope| {
        let started: Vec<_> = (0..threads).map(|_| scope.spawn(one)).collect();
        let mut total = Tally::default();
        for thread in started {
            total.add(thread.join().map_err(|_| "a thread has panicked".to_owned())??);
        }
        Ok(total)
    })
}

/// Prints what failed, and the counts; tells whether everything held.
pub fn report(total: &Tally) -> Result<bool, String> {
    for failure in &total.failures {
        println!("\n{failure}");
    }
    println!("\n{} passed, {} failed", total.passed, total.failures.len());
    Ok(total.failures.is_empty())
}
