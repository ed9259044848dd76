//! Passes over loop IR: one file each, one ordered list. Leaving out any of them changes no result.

mod addresses;
mod affine;
mod carried;
mod checks;
mod common;
mod constants;
mod copies;
mod effects;
mod exits;
mod forward;
mod hoist;
mod inline;
mod linear;
mod minima;
mod pairwise_lanes;
mod ranges;
mod repeated;
mod scalar_replacement;
mod shortcuts;
mod sincos;
mod unroll;
mod unused;
mod vectorize;

use nopython_ir::loops::{Block, Function, Module, VerifyError};

/// How to optimise.
#[derive(Clone, Copy, Debug)]
pub struct PassOptions {
    /// 0: nothing; 2: everything.
    pub opt_level: u8,
    /// Whether vectors may be made.
    pub simd: bool,
    /// A pass that is left out, to look for mistakes in it.
    pub without: Option<&'static str>,
    /// Whether `library/kernels` has a function of this name.
    pub has_kernel: fn(&str) -> bool,
}

/// A pass.
struct Pass {
    /// The name, in verification errors.
    name: &'static str,
    /// Runs it.
    run: fn(&mut Module, &PassOptions),
    /// Whether it makes vectors.
    simd: bool,
}

/// Every pass, in order.
const PASSES: &[Pass] = &[
    Pass { name: "inline", run: inline::run, simd: false },
    Pass { name: "exits", run: exits::run, simd: false },
    Pass { name: "shortcuts", run: shortcuts::run, simd: false },
    Pass { name: "forward", run: forward::run, simd: false },
    Pass { name: "constants", run: constants::run, simd: false },
    Pass { name: "checks", run: checks::run, simd: false },
    Pass { name: "unused", run: unused::run, simd: false },
    Pass { name: "unroll", run: unroll::run, simd: false },
    Pass { name: "ranges", run: ranges::run, simd: false },
    Pass { name: "unused", run: unused::run, simd: false },
    Pass { name: "scalar_replacement", run: scalar_replacement::run, simd: false },
    Pass { name: "pairwise_lanes", run: pairwise_lanes::run, simd: true },
    Pass { name: "vectorize", run: vectorize::run, simd: true },
    Pass { name: "minima", run: minima::run, simd: true },
    Pass { name: "carried", run: carried::run, simd: false },
    Pass { name: "addresses", run: addresses::run, simd: false },
    Pass { name: "hoist", run: hoist::run, simd: false },
    Pass { name: "common", run: common::run, simd: false },
    Pass { name: "repeated", run: repeated::run, simd: false },
    Pass { name: "unused", run: unused::run, simd: false },
    Pass { name: "sincos", run: sincos::run, simd: false },
];

/// The names of the passes, in order; one that runs more than once is there as often.
pub fn names() -> impl Iterator<Item = &'static str> {
    PASSES.iter().map(|pass| pass.name)
}

/// Calls `f` on each function and its body, which is taken out of the function meanwhile so that `f` may add locals.
fn for_each_body(module: &mut Module, f: &mut dyn FnMut(&mut Function, &mut Block)) {
    for function in module.functions.values_mut() {
        let mut body = std::mem::take(&mut function.body);
        f(function, &mut body);
        function.body = body;
    }
}

/// Runs every pass.
///
/// # Errors
/// In debug builds, the pass after which the module no longer verifies, which is a mistake of that pass.
pub fn optimize(module: &mut Module, options: &PassOptions) -> Result<(), VerifyError> {
    if options.opt_level == 0 {
        return Ok(());
    }
    let left_out = |pass: &&Pass| (pass.simd && !options.simd) || options.without == Some(pass.name);
    for pass in PASSES.iter().filter(|pass| !left_out(pass)) {
        (pass.run)(module, options);
        if cfg!(debug_assertions) {
            nopython_ir::loops::verify(module)
                .map_err(|error| VerifyError { problem: format!("after {}: {}", pass.name, error.problem), ..error })?;
        }
    }
    Ok(())
}
