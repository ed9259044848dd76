//! Scalar functions that NumPy defines and `libm` lacks, or has in a slower or less exact form.

pub mod divide;
