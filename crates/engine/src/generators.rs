//! The state of random generators between calls ([`nopython_types::generators`]).

use crate::Instance;
use nopython_types::generators::{BYTES, ENTROPY_WORDS};
use std::hash::{BuildHasher, Hasher, RandomState};

/// A state that begins with random bits of the system, which the standard library asks for to seed its hashes.
#[must_use]
pub fn fresh() -> Vec<u8> {
    let system = RandomState::new();
    let words = (0..ENTROPY_WORDS / 2).flat_map(|k| {
        let mut hasher = system.build_hasher();
        hasher.write_u32(k);
        hasher.finish().to_le_bytes()
    });
    let mut state: Vec<u8> = words.collect();
    state.resize(BYTES, 0);
    state
}

impl Instance {
    /// What the generators of this module have become; nothing if it has none.
    #[must_use]
    pub fn generators(&self) -> Option<Vec<u8>> {
        let mut state = vec![0; BYTES];
        self.read(self.generators_at()?, &mut state).then_some(state)
    }

    /// Whether the module has random generators.
    #[must_use]
    pub fn has_generators(&self) -> bool {
        self.generators_at().is_some()
    }

    /// Gives the generators of this module a state.
    pub fn set_generators(&mut self, state: &[u8]) {
        if let Some(at) = self.generators_at() {
            self.write(at, state);
        }
    }
}
