//! How large programs may be. Every limit is a count, the same on every host, and going beyond one is a diagnostic (`too-large`).
//!
//! Engines set those of functions: V8 takes 1,000 parameters and results, 50,000 locals, and bodies of 7,654,321 bytes. The others keep
//! recursion in the compiler within a small stack, and its time linear in the source.

/// Bytes of a source.
pub const SOURCE: usize = 4 << 20;
/// Brackets inside brackets.
pub const BRACKETS: usize = 100;
/// Blocks inside blocks.
pub const BLOCKS: usize = 60;
/// Operators in one operand of a comma.
pub const OPERATORS: usize = 300;
/// Clauses of one `if`: each `elif` is a block inside the one before.
pub const CLAUSES: usize = 200;
/// Times that the bodies of a function's loops are inferred: types that change in the innermost of many nested loops double it with each.
pub const ROUNDS: usize = 50_000;
/// Calls of functions nested while compiling.
pub const CALLS: usize = 60;
/// Functions after specialising.
pub const FUNCTIONS: usize = 4000;
/// Wasm values of a tuple, of a function's parameters together, and of its results.
pub const SLOTS: usize = 1000;
/// Locals of a function.
pub const LOCALS: usize = 50_000;
/// Bytes of a function's code.
pub const BODY: usize = 7_654_321;
/// Bytes of the module's arrays.
pub const GLOBALS: u64 = 1 << 30;
