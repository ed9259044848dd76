//! Signals while compiled code runs in the main thread.
//!
//! Python's own signal handler only takes a note, which the interpreter reads when it runs again. So while a call of the main thread runs, a
//! handler for SIGINT, SIGALRM, SIGTERM and SIGHUP stands before Python's: it sets the words that compiled code looks at, and then calls Python's. It is put there
//! by a thread that wakes every few milliseconds, so that short calls pay nothing, and again whenever Python has changed its own.
//!
//! A call that was stopped cannot go on. Where the handler that the program has for the signal raises, that is its end; otherwise it begins anew,
//! which nobody sees, because arguments are copied back at the end only. So that it comes to an end, only SIGINT stops it then; and
//! where it writes to memory that is shared with NumPy, it cannot begin anew, so that only SIGINT stops it at all.

use nopython_engine::{Config, Engine};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicU64, AtomicUsize, Ordering};
use std::time::Duration;

/// How often the thread wakes.
const TICK: Duration = Duration::from_millis(5);

/// The thread ends after so many ticks without a call of the main thread.
const PATIENCE: u32 = 400;

/// Whether other signals than SIGINT stop the call.
static ALL_SIGNALS: AtomicBool = AtomicBool::new(false);
static TICKING: AtomicBool = AtomicBool::new(false);
/// The words of the main thread's running call, and how many bytes they are.
static WORDS: AtomicPtr<u8> = AtomicPtr::new(std::ptr::null_mut());
static BYTES: AtomicUsize = AtomicUsize::new(0);
/// The main thread, as `threading.main_thread().ident` has it.
static MAIN: AtomicU64 = AtomicU64::new(0);

/// The engine that all functions share.
pub fn engine() -> PyResult<&'static Engine> {
    static ENGINE: OnceLock<Option<Engine>> = OnceLock::new();
    let made = ENGINE.get_or_init(|| {
        let mut config = Config::new();
        config.memory_may_move(false);
        Engine::new(&config).ok()
    });
    made.as_ref().ok_or_else(|| pyo3::exceptions::PyRuntimeError::new_err("wasmtime does not run on this machine"))
}

/// A call that runs.
pub struct Running {
    main: bool,
}

impl Running {
    /// Notes that a call begins, which looks at these words; `all_signals` tells whether other signals than SIGINT stop it.
    pub fn start(words: &mut [u8], all_signals: bool) -> Running {
        let main = signals::is_thread(MAIN.load(Ordering::Relaxed));
        if main {
            ALL_SIGNALS.store(all_signals, Ordering::SeqCst);
            BYTES.store(words.len(), Ordering::SeqCst);
            WORDS.store(words.as_mut_ptr(), Ordering::SeqCst);
            if !TICKING.load(Ordering::SeqCst) {
                // The thread looks only after a while whether Python's handlers stand first, and this call must not wait for it.
                signals::stand_before_python();
                spawn();
            }
        }
        Running { main }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let words = if self.main { WORDS.swap(std::ptr::null_mut(), Ordering::SeqCst) } else { std::ptr::null_mut() };
        if !words.is_null() {
            // A call that ended just as it was stopped has left them set, and the allocator, which the host calls before and after, looks
            // at words too.
            // SAFETY: the instance that they belong to outlives the call, and no handler writes to them any more.
            unsafe { std::ptr::write_bytes(words, 0, BYTES.load(Ordering::SeqCst)) };
        }
    }
}

fn is_running() -> bool {
    !WORDS.load(Ordering::SeqCst).is_null()
}

#[cfg_attr(not(unix), expect(dead_code, reason = "nothing calls it there"))]
/// Stops the main thread's call. Nothing here takes a lock or memory, because signal handlers call it.
fn stop() {
    let words = WORDS.load(Ordering::SeqCst);
    if !words.is_null() {
        // SAFETY: the words live as long as `WORDS` points to them: the main thread, which runs this handler, clears it first.
        unsafe { std::ptr::write_bytes(words, 1, BYTES.load(Ordering::SeqCst)) };
    }
}

fn spawn() {
    if !TICKING.swap(true, Ordering::SeqCst) {
        // Without the thread calls run on and cannot be interrupted.
        let _ = std::thread::Builder::new().name("nopython-ticks".to_owned()).spawn(tick);
    }
}

fn tick() {
    let mut idle = 0;
    let mut running = false;
    loop {
        std::thread::sleep(TICK);
        let was_running = std::mem::replace(&mut running, is_running());
        if running && was_running {
            signals::stand_before_python();
        }
        idle = if running { 0 } else { idle + 1 };
        if idle > PATIENCE {
            TICKING.store(false, Ordering::SeqCst);
            // A call that began meanwhile saw the flag before it fell, or starts a thread of its own.
            if !is_running() || TICKING.swap(true, Ordering::SeqCst) {
                return;
            }
            idle = 0;
        }
    }
}

/// Whether the program has threads beside this one that run Python, or this is one of them.
pub fn has_other_threads(py: Python<'_>) -> bool {
    static COUNT: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let count = || {
        let count = COUNT.get_or_try_init(py, || Ok::<_, PyErr>(py.import("_thread")?.getattr("_count")?.unbind()))?;
        count.call0(py)?.extract::<usize>(py)
    };
    // Threads that Python did not start are not counted, but they are not the main one.
    !signals::is_thread(MAIN.load(Ordering::Relaxed)) || count().is_ok_and(|n| n > 0)
}

/// Tells which thread is the main one.
#[pyfunction]
pub fn set_main_thread(ident: u64) {
    MAIN.store(ident, Ordering::SeqCst);
}

/// In a forked child the ticking thread is gone.
#[pyfunction]
pub fn after_fork() {
    TICKING.store(false, Ordering::SeqCst);
}

#[cfg(unix)]
mod signals {
    use std::mem::MaybeUninit;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// The handler that ours calls.
    static PYTHONS: AtomicUsize = AtomicUsize::new(libc::SIG_DFL);

    /// Whether this is the thread of an identity.
    pub fn is_thread(ident: u64) -> bool {
        // SAFETY: asks for a number.
        ident == unsafe { libc::pthread_self() } as u64
    }

    extern "C" fn handler(signal: libc::c_int) {
        if signal == libc::SIGINT || super::ALL_SIGNALS.load(Ordering::SeqCst) {
            super::stop();
        }
        match PYTHONS.load(Ordering::SeqCst) {
            libc::SIG_DFL | libc::SIG_IGN => {}
            python => {
                // SAFETY: `stand_before_python` took the address from a handler that takes the number of the signal.
                let python: extern "C" fn(libc::c_int) = unsafe { std::mem::transmute(python) };
                python(signal);
            }
        }
    }

    /// Puts our handler before Python's, wherever that is not done. It is the same one for all signals.
    pub fn stand_before_python() {
        for signal in [libc::SIGINT, libc::SIGALRM, libc::SIGTERM, libc::SIGHUP] {
            stand_before(signal);
        }
    }

    /// Puts our handler before the one for a signal, unless the signal is ignored or ends the process, or, for others than SIGINT, the
    /// handler is not Python's.
    fn stand_before(signal: libc::c_int) {
        let mut now = MaybeUninit::<libc::sigaction>::uninit();
        // SAFETY: asks for the action of a signal, and initialises `now` if it succeeds.
        let mut action = unsafe {
            if libc::sigaction(signal, std::ptr::null(), now.as_mut_ptr()) != 0 {
                return;
            }
            now.assume_init()
        };
        let own = handler as extern "C" fn(libc::c_int) as usize;
        let other = action.sa_sigaction;
        if other == own || other == libc::SIG_DFL || other == libc::SIG_IGN || action.sa_flags & libc::SA_SIGINFO != 0 {
            return;
        }
        if signal == libc::SIGINT {
            PYTHONS.store(other, Ordering::SeqCst);
        } else if other != PYTHONS.load(Ordering::SeqCst) {
            return;
        }
        action.sa_sigaction = own;
        // SAFETY: the action is the one there was, with a handler that calls it.
        unsafe { libc::sigaction(signal, &raw const action, std::ptr::null_mut()) };
    }
}

#[cfg(not(unix))]
mod signals {
    /// Calls are not interrupted on this system.
    pub fn is_thread(_: u64) -> bool {
        false
    }

    /// Calls are not interrupted on this system.
    pub fn stand_before_python() {}
}
