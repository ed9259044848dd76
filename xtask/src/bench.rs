//! Measures ours, the JavaScript twins and NumPy in one run.

use crate::setup::{Need, setup};

/// Runs the benchmark; `--write` updates docs/bench.md.
pub fn bench(_arguments: &[String]) -> Result<(), String> {
    setup(Need::Measuring)
}
