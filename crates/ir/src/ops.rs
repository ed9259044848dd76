//! The scalar operations: one row each.
//!
//! Both operands of a binary operation have one dtype. An operation is *total*: it has a value for every operand
//! and never traps, so that it can be moved, vectorised and evaluated for a lane whose result is not used. Where
//! Python raises (a zero divisor of scalars), scalarising puts a check before it.
//!
//! Arithmetic on integers wraps in the dtype. `wasm` gives each operation its instruction, and nothing else
//! enumerates these.

use nopython_types::{DType, Kind};

/// Which operand dtypes an operation takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Takes {
    /// Every dtype.
    Any,
    /// Integers, floats and complex numbers.
    Number,
    /// Integers and floats.
    Real,
    /// Integers and bool.
    Bits,
    /// Integers.
    Int,
    /// `float32` and `float64`.
    Float,
    /// Floats and complex numbers.
    Inexact,
    /// `bool`.
    Bool,
}

impl Takes {
    /// Whether a dtype is taken.
    #[must_use]
    pub fn accepts(self, dtype: DType) -> bool {
        match self {
            Takes::Any => true,
            Takes::Number => dtype != DType::Bool,
            Takes::Real => dtype.is_int() || dtype.is_float(),
            Takes::Bits => dtype.is_int() || dtype == DType::Bool,
            Takes::Int => dtype.is_int(),
            Takes::Float => dtype.is_float(),
            Takes::Inexact => dtype.is_float() || dtype.is_complex(),
            Takes::Bool => dtype == DType::Bool,
        }
    }
}

/// What an operation gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gives {
    /// The dtype of its operands.
    Same,
    /// `bool`; on vectors a mask.
    Bool,
}

macro_rules! ops {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident $text:literal $takes:ident $gives:ident;)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum $name { $($(#[$doc])* $variant,)* }

        impl $name {
            /// Every operation, in the order of the table.
            pub const ALL: &[$name] = &[$($name::$variant),*];

            /// How the operation is written in a printed IR, what it takes and what it gives.
            #[must_use]
            pub const fn row(self) -> (&'static str, Takes, Gives) {
                match self { $($name::$variant => ($text, Takes::$takes, Gives::$gives),)* }
            }

            /// The dtype of the result for operands of a dtype, or `None` if the operation does not take it.
            #[must_use]
            pub fn result(self, operand: DType) -> Option<DType> {
                let (_, takes, gives) = self.row();
                takes.accepts(operand).then_some(match gives {
                    Gives::Same => operand,
                    Gives::Bool => DType::Bool,
                })
            }
        }
    };
}

ops! {
    /// Operations of one operand.
    UnOp {
        /// −x; wraps.
        Neg "neg" Number Same;
        /// |x|; the most negative integer is its own absolute value.
        Abs "abs" Real Same;
        /// Bitwise complement; logical for bool.
        Invert "invert" Bits Same;
        /// Square root; NaN for negative x.
        Sqrt "sqrt" Float Same;
        /// Largest integer ≤ x, as a float.
        Floor "floor" Float Same;
        /// Smallest integer ≥ x, as a float.
        Ceil "ceil" Float Same;
        /// x rounded towards zero.
        Trunc "trunc" Float Same;
        /// x rounded to the nearest integer, ties to even (`np.rint`).
        Rint "rint" Float Same;
    }
}

ops! {
    /// Operations of two operands of one dtype.
    BinOp {
        /// x + y
        Add "+" Number Same;
        /// x − y
        Sub "-" Number Same;
        /// x · y
        Mul "*" Number Same;
        /// IEEE x / y.
        Div "/" Inexact Same;
        /// ⌊x / y⌋ of integers; 0 for y = 0; wraps for the most negative x and y = −1.
        FloorDiv "//" Int Same;
        /// x − y·⌊x / y⌋ of integers, with the sign of y; 0 for y = 0.
        Mod "%" Int Same;
        /// Bitwise and; logical for bool.
        And "&" Bits Same;
        /// Bitwise or; logical for bool.
        Or "|" Bits Same;
        /// Bitwise exclusive or; logical for bool.
        Xor "^" Bits Same;
        /// x · 2^y as NumPy defines it: 0 when y is negative or not less than the width.
        Shl "<<" Int Same;
        /// ⌊x / 2^y⌋ as NumPy defines it: the sign fill when y is negative or not less than the width.
        Shr ">>" Int Same;
        /// `np.minimum`: NaN if either is NaN, or has a part that is.
        Min "min" Any Same;
        /// `np.maximum`: NaN if either is NaN, or has a part that is.
        Max "max" Any Same;
        /// |x| with the sign of y.
        CopySign "copysign" Float Same;
        /// x = y
        Eq "==" Any Bool;
        /// x ≠ y; true if either is NaN.
        Ne "!=" Any Bool;
        /// x < y; complex numbers are ordered by their real, then by their imaginary parts.
        Lt "<" Any Bool;
        /// x ≤ y
        Le "<=" Any Bool;
        /// x > y
        Gt ">" Any Bool;
        /// x ≥ y
        Ge ">=" Any Bool;
    }
}

impl BinOp {
    /// Whether lanes of a dtype are computed together, in a few instructions. Every operation that takes the dtype also works lane by
    /// lane, which gains nothing; `uniform` says that all lanes of the second operand are one constant.
    #[must_use]
    pub fn has_lanes(self, dtype: DType, uniform: Option<i64>) -> bool {
        let power = uniform.is_some_and(|c| c > 0 && c.count_ones() == 1);
        match self {
            BinOp::FloorDiv | BinOp::Mod => power,
            BinOp::Shl | BinOp::Shr => uniform.is_some_and(|c| (0..8 * i64::from(dtype.size())).contains(&c)),
            BinOp::Add
            | BinOp::Sub
            | BinOp::Mul
            | BinOp::Div
            | BinOp::And
            | BinOp::Or
            | BinOp::Xor
            | BinOp::Min
            | BinOp::Max
            | BinOp::CopySign
            | BinOp::Eq
            | BinOp::Ne
            | BinOp::Lt
            | BinOp::Le
            | BinOp::Gt
            | BinOp::Ge => true,
        }
    }
}

/// Whether lanes of one dtype are converted to another together: all but floats to integers that an int32 does not hold, and 64-bit
/// integers to `float32`.
#[must_use]
pub fn cast_has_lanes(from: DType, to: DType) -> bool {
    match (from.kind(), to.kind()) {
        (Kind::Float, Kind::Signed | Kind::Unsigned) => to.size() < 8 && to != DType::UInt32,
        (Kind::Signed | Kind::Unsigned, Kind::Float) => from.size() < 8 || to == DType::Float64,
        _ => true,
    }
}
