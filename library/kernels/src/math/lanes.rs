//! One notation for a float64 and for a vector of two.
//!
//! An algorithm written over [`Lanes`] gives the same bits for a scalar and for each lane of a vector, because every
//! method is one IEEE operation or one operation on bits in both.

use core::ops::{Add, BitAnd, BitOr, BitXor, Div, Mul, Neg, Sub};

/// A float64, or a vector of them; `Bits` are the same lanes as 64-bit patterns.
pub trait Lanes:
    Copy + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Div<Output = Self> + Neg<Output = Self>
{
    /// The lanes as bits; also a mask, of all ones or all zeros per lane.
    type Bits: Copy + BitAnd<Output = Self::Bits> + BitOr<Output = Self::Bits> + BitXor<Output = Self::Bits>;

    /// All lanes equal to x.
    fn splat(x: f64) -> Self;
    /// All lanes equal to a pattern.
    fn pattern(x: u64) -> Self::Bits;
    /// The patterns.
    fn bits(self) -> Self::Bits;
    /// Lanes with those patterns.
    fn from_bits(bits: Self::Bits) -> Self;
    /// Sum of patterns as integers; wraps.
    fn add_bits(a: Self::Bits, b: Self::Bits) -> Self::Bits;
    /// Shift to the left.
    fn shl(a: Self::Bits, by: u32) -> Self::Bits;
    /// Shift to the right, filling with zeros.
    fn shr(a: Self::Bits, by: u32) -> Self::Bits;
    /// Where a < b.
    fn less(self, than: Self) -> Self::Bits;
    /// Where a = b.
    fn equal(self, to: Self) -> Self::Bits;
    /// Whether any lane of a mask is set.
    fn any(mask: Self::Bits) -> bool;
    /// `a` where the mask is set, else `b`; a scalar evaluates one of the two.
    fn select(mask: Self::Bits, a: impl FnOnce() -> Self, b: impl FnOnce() -> Self) -> Self;
    /// Where the lowest bit is set.
    fn odd(bits: Self::Bits) -> Self::Bits;
    /// For the hard cases of a function: `hard` of a scalar, and `whole`, which knows hard cases itself, of each lane.
    fn each(self, whole: impl Fn(f64) -> f64, hard: impl Fn(f64) -> f64) -> Self;
    /// As `each`, for functions of two operands.
    fn each_of_two(a: Self, b: Self, whole: impl Fn(f64, f64) -> f64, hard: impl Fn(f64, f64) -> f64) -> Self;
    /// `bound` where it is less than the lane, else the lane; NaN stays.
    fn at_most(self, bound: Self) -> Self;
    /// `bound` where the lane is less than it, else the lane; NaN stays.
    fn at_least(self, bound: Self) -> Self;
    /// |x|
    fn abs(self) -> Self;
    /// √x
    fn sqrt(self) -> Self;
    /// |self| with the sign of x.
    #[inline(always)]
    fn with_sign(self, x: Self) -> Self {
        Self::from_bits(self.bits() & Self::pattern(!SIGN) | x.bits() & Self::pattern(SIGN))
    }
}

const SIGN: u64 = 1 << 63;

impl Lanes for f64 {
    type Bits = u64;

    #[inline(always)]
    fn splat(x: f64) -> Self {
        x
    }
    #[inline(always)]
    fn pattern(x: u64) -> u64 {
        x
    }
    #[inline(always)]
    fn bits(self) -> u64 {
        self.to_bits()
    }
    #[inline(always)]
    fn from_bits(bits: u64) -> Self {
        f64::from_bits(bits)
    }
    #[inline(always)]
    fn add_bits(a: u64, b: u64) -> u64 {
        a.wrapping_add(b)
    }
    #[inline(always)]
    fn shl(a: u64, by: u32) -> u64 {
        a << by
    }
    #[inline(always)]
    fn shr(a: u64, by: u32) -> u64 {
        a >> by
    }
    #[inline(always)]
    fn less(self, than: Self) -> u64 {
        if self < than { u64::MAX } else { 0 }
    }
    #[inline(always)]
    fn equal(self, to: Self) -> u64 {
        if self == to { u64::MAX } else { 0 }
    }
    #[inline(always)]
    fn any(mask: u64) -> bool {
        mask != 0
    }
    #[inline(always)]
    fn select(mask: u64, a: impl FnOnce() -> Self, b: impl FnOnce() -> Self) -> Self {
        if mask != 0 { a() } else { b() }
    }
    #[inline(always)]
    fn odd(bits: u64) -> u64 {
        if bits & 1 != 0 { u64::MAX } else { 0 }
    }
    #[inline(always)]
    fn each(self, _whole: impl Fn(f64) -> f64, hard: impl Fn(f64) -> f64) -> Self {
        hard(self)
    }
    #[inline(always)]
    fn each_of_two(a: Self, b: Self, _whole: impl Fn(f64, f64) -> f64, hard: impl Fn(f64, f64) -> f64) -> Self {
        hard(a, b)
    }
    #[inline(always)]
    fn at_most(self, bound: Self) -> Self {
        if bound < self { bound } else { self }
    }
    #[inline(always)]
    fn at_least(self, bound: Self) -> Self {
        if self < bound { bound } else { self }
    }
    #[inline(always)]
    fn abs(self) -> Self {
        f64::abs(self)
    }
    #[inline(always)]
    fn sqrt(self) -> Self {
        f64::sqrt(self)
    }
}

/// Two lanes of a v128.
#[cfg(target_feature = "simd128")]
#[derive(Clone, Copy)]
pub struct Pair(pub core::arch::wasm32::v128);

/// Bits of two lanes.
#[cfg(target_feature = "simd128")]
#[derive(Clone, Copy)]
pub struct PairBits(pub core::arch::wasm32::v128);

#[cfg(target_feature = "simd128")]
mod vectors {
    use super::{Lanes, Pair, PairBits};
    use core::arch::wasm32 as simd;
    use core::ops::{Add, BitAnd, BitOr, BitXor, Div, Mul, Neg, Sub};

    macro_rules! operators {
        ($($ty:ident $trait:ident $method:ident $instruction:ident;)*) => {$(
            impl $trait for $ty {
                type Output = Self;
                #[inline(always)]
                fn $method(self, other: Self) -> Self {
                    $ty(simd::$instruction(self.0, other.0))
                }
            }
        )*};
    }

    operators! {
        Pair Add add f64x2_add;
        Pair Sub sub f64x2_sub;
        Pair Mul mul f64x2_mul;
        Pair Div div f64x2_div;
        PairBits BitAnd bitand v128_and;
        PairBits BitOr bitor v128_or;
        PairBits BitXor bitxor v128_xor;
    }

    impl Neg for Pair {
        type Output = Self;
        #[inline(always)]
        fn neg(self) -> Self {
            Pair(simd::f64x2_neg(self.0))
        }
    }

    impl Lanes for Pair {
        type Bits = PairBits;

        #[inline(always)]
        fn splat(x: f64) -> Self {
            Pair(simd::f64x2_splat(x))
        }
        #[inline(always)]
        fn pattern(x: u64) -> PairBits {
            PairBits(simd::u64x2_splat(x))
        }
        #[inline(always)]
        fn bits(self) -> PairBits {
            PairBits(self.0)
        }
        #[inline(always)]
        fn from_bits(bits: PairBits) -> Self {
            Pair(bits.0)
        }
        #[inline(always)]
        fn add_bits(a: PairBits, b: PairBits) -> PairBits {
            PairBits(simd::i64x2_add(a.0, b.0))
        }
        #[inline(always)]
        fn shl(a: PairBits, by: u32) -> PairBits {
            PairBits(simd::i64x2_shl(a.0, by))
        }
        #[inline(always)]
        fn shr(a: PairBits, by: u32) -> PairBits {
            PairBits(simd::u64x2_shr(a.0, by))
        }
        #[inline(always)]
        fn less(self, than: Self) -> PairBits {
            PairBits(simd::f64x2_lt(self.0, than.0))
        }
        #[inline(always)]
        fn equal(self, to: Self) -> PairBits {
            PairBits(simd::f64x2_eq(self.0, to.0))
        }
        #[inline(always)]
        fn any(mask: PairBits) -> bool {
            simd::v128_any_true(mask.0)
        }
        #[inline(always)]
        fn select(mask: PairBits, a: impl FnOnce() -> Self, b: impl FnOnce() -> Self) -> Self {
            Pair(simd::v128_bitselect(a().0, b().0, mask.0))
        }
        #[inline(always)]
        fn odd(bits: PairBits) -> PairBits {
            let one = simd::u64x2_splat(1);
            PairBits(simd::i64x2_eq(simd::v128_and(bits.0, one), one))
        }
        #[inline(always)]
        fn each(self, whole: impl Fn(f64) -> f64, _hard: impl Fn(f64) -> f64) -> Self {
            let (first, second) = (simd::f64x2_extract_lane::<0>(self.0), simd::f64x2_extract_lane::<1>(self.0));
            Pair(simd::f64x2(whole(first), whole(second)))
        }
        #[inline(always)]
        fn each_of_two(a: Self, b: Self, whole: impl Fn(f64, f64) -> f64, _hard: impl Fn(f64, f64) -> f64) -> Self {
            let first = whole(simd::f64x2_extract_lane::<0>(a.0), simd::f64x2_extract_lane::<0>(b.0));
            let second = whole(simd::f64x2_extract_lane::<1>(a.0), simd::f64x2_extract_lane::<1>(b.0));
            Pair(simd::f64x2(first, second))
        }
        #[inline(always)]
        fn at_most(self, bound: Self) -> Self {
            Pair(simd::f64x2_pmin(self.0, bound.0))
        }
        #[inline(always)]
        fn at_least(self, bound: Self) -> Self {
            Pair(simd::f64x2_pmax(self.0, bound.0))
        }
        #[inline(always)]
        fn abs(self) -> Self {
            Pair(simd::f64x2_abs(self.0))
        }
        #[inline(always)]
        fn sqrt(self) -> Self {
            Pair(simd::f64x2_sqrt(self.0))
        }
    }
}
