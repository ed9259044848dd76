//! The state of a module's random generators, as `library/numpy/_bits.py` uses it.
//!
//! It is one region of memory, at the address that the export `$generators` gives: 16 words (uint32) that the host chooses at random before the first
//! call; for each of two generators, NumPy's and Python's, 624 words, how many of them are left, and whether it has been seeded; and of
//! each the next normal number, after a float64 that is not 0 if there is one.

/// Words of the host's at the beginning.
pub const ENTROPY_WORDS: u32 = 16;
/// All words.
pub const WORDS: u32 = ENTROPY_WORDS + 2 * 626;
/// Numbers of type float64 after the words.
pub const FLOATS: u32 = 4;
/// Bytes of the region. The words are a multiple of 16 bytes, so that the floats follow them.
pub const BYTES: usize = 4 * WORDS as usize + 8 * FLOATS as usize;
