//! Random generators of compiled functions: one state for each thread, which all its calls share, as in Numba.

use nopython_engine::{Instance, generators};
use std::cell::RefCell;

thread_local! {
    static STATE: RefCell<Option<Vec<u8>>> = const { RefCell::new(None) };
}

/// Runs a call with this thread's state, and keeps what it becomes, also by an exception. A call within a call has the state as it was before.
pub fn carried<T>(instance: &mut Instance, call: impl FnOnce(&mut Instance) -> T) -> T {
    if !instance.has_generators() {
        return call(instance);
    }
    let before = STATE.take().unwrap_or_else(generators::fresh);
    instance.set_generators(&before);
    let outcome = call(instance);
    STATE.replace(Some(instance.generators().unwrap_or(before)));
    outcome
}
