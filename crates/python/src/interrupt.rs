//! Ctrl-C while compiled code runs: a thread advances the engine's epoch, and the running call then asks Python for signals.

use nopython_engine::{Config, Engine};
use pyo3::prelude::*;
use std::cell::RefCell;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

/// How often signals are looked for.
const TICK: Duration = Duration::from_millis(20);

/// The ticking thread ends after so many ticks without a call.
const PATIENCE: u32 = 250;

static TICKING: AtomicBool = AtomicBool::new(false);
static RUNNING: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    /// What a signal handler raised in this thread.
    static RAISED: RefCell<Option<PyErr>> = const { RefCell::new(None) };
}

/// The engine that all functions share.
pub fn engine() -> PyResult<&'static Engine> {
    static ENGINE: OnceLock<Option<Engine>> = OnceLock::new();
    let made = ENGINE.get_or_init(|| {
        let mut config = Config::new();
        config.epoch_interruption(true);
        config.memory_may_move(false);
        Engine::new(&config).ok()
    });
    made.as_ref().ok_or_else(|| pyo3::exceptions::PyRuntimeError::new_err("wasmtime does not run on this machine"))
}

/// Whether a signal handler raised, Python's own for Ctrl-C among them. Only the main thread runs handlers.
pub fn asked() -> bool {
    Python::attach(|py| match py.check_signals() {
        Ok(()) => false,
        Err(error) => {
            RAISED.set(Some(error));
            true
        }
    })
}

/// What [`asked`] kept.
pub fn take() -> Option<PyErr> {
    RAISED.take()
}

/// A call that runs: while there is one, epochs advance.
pub struct Running(());

impl Running {
    /// Notes that a call begins.
    pub fn start() -> Running {
        RUNNING.fetch_add(1, Ordering::SeqCst);
        if !TICKING.load(Ordering::SeqCst) {
            spawn();
        }
        Running(())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        RUNNING.fetch_sub(1, Ordering::SeqCst);
    }
}

fn spawn() {
    if TICKING.swap(true, Ordering::SeqCst) {
        return;
    }
    // Without the thread calls run on and cannot be interrupted.
    let _ = std::thread::Builder::new().name("nopython-ticks".to_owned()).spawn(tick);
}

fn tick() {
    let mut idle = 0;
    loop {
        std::thread::sleep(TICK);
        if let Ok(engine) = engine() {
            engine.increment_epoch();
        }
        idle = if RUNNING.load(Ordering::SeqCst) > 0 { 0 } else { idle + 1 };
        if idle > PATIENCE {
            TICKING.store(false, Ordering::SeqCst);
            // A call that began meanwhile saw the flag before it fell, or starts a thread of its own.
            if RUNNING.load(Ordering::SeqCst) == 0 || TICKING.swap(true, Ordering::SeqCst) {
                return;
            }
            idle = 0;
        }
    }
}

/// In a forked child the ticking thread is gone.
#[pyfunction]
pub fn after_fork() {
    TICKING.store(false, Ordering::SeqCst);
    RUNNING.store(0, Ordering::SeqCst);
}
