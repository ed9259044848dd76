//! The symbols of the math functions: `NAME_f64` and `NAME_f32`, and `NAME_f64x2` and `NAME_f32x4` where there is a
//! vector version, whose lanes equal the scalar function's results to the bit.
//!
//! A float32 function is the float64 one rounded, which is almost always the correctly rounded result.

use crate::math;
use core::cell::UnsafeCell;

/// Exports scalar functions of one or two operands in both precisions, of which one calls the other.
macro_rules! scalars {
    ($($f64:ident $f32:ident = $function:expr, $($operand:ident)+;)*) => {$(
        #[allow(missing_docs)]
        #[unsafe(no_mangle)]
        #[inline(never)]
        pub extern "C" fn $f64($($operand: f64),+) -> f64 {
            ($function)($($operand),+)
        }
        #[allow(missing_docs)]
        #[unsafe(no_mangle)]
        pub extern "C" fn $f32($($operand: f32),+) -> f32 {
            $f64($(f64::from($operand)),+) as f32
        }
    )*};
}

scalars! {
    sin_f64 sin_f32 = math::trigonometric::sin, x;
    cos_f64 cos_f32 = math::trigonometric::cos, x;
    sincos_f64 sincos_f32 = |x| keep(math::trigonometric::sincos(x, |x| (x, x))), x;
    kept_cos_f64 kept_cos_f32 = kept, sin;
    tan_f64 tan_f32 = math::trigonometric::tan, x;
    asin_f64 asin_f32 = math::arcsine::asin, x;
    acos_f64 acos_f32 = math::arcsine::acos, x;
    atan_f64 atan_f32 = libm::atan, x;
    sinh_f64 sinh_f32 = math::hyperbolic::sinh, x;
    cosh_f64 cosh_f32 = math::hyperbolic::cosh, x;
    tanh_f64 tanh_f32 = math::hyperbolic::tanh, x;
    asinh_f64 asinh_f32 = math::hyperbolic::asinh, x;
    acosh_f64 acosh_f32 = math::hyperbolic::acosh, x;
    atanh_f64 atanh_f32 = math::hyperbolic::atanh, x;
    exp_f64 exp_f32 = math::exponential::exp, x;
    exp2_f64 exp2_f32 = math::exponential::exp2, x;
    expm1_f64 expm1_f32 = libm::expm1, x;
    log_f64 log_f32 = math::logarithm::log_of_one, x;
    log2_f64 log2_f32 = libm::log2, x;
    log10_f64 log10_f32 = libm::log10, x;
    log1p_f64 log1p_f32 = libm::log1p, x;
    cbrt_f64 cbrt_f32 = math::roots::cbrt, x;
    pow_f64 pow_f32 = libm::pow, x y;
    pow3_f64 pow3_f32 = math::power::integer::<f64, 3>, x;
    pow4_f64 pow4_f32 = math::power::integer::<f64, 4>, x;
    pow5_f64 pow5_f32 = math::power::integer::<f64, 5>, x;
    pow6_f64 pow6_f32 = math::power::integer::<f64, 6>, x;
    pow3h_f64 pow3h_f32 = math::power::three_halves, x;
    powm2_f64 powm2_f32 = |x| math::power::inverse_integer::<f64, 2>(x, |x| x), x;
    powm3_f64 powm3_f32 = |x| math::power::inverse_integer::<f64, 3>(x, |x| x), x;
    powm1h_f64 powm1h_f32 = |x| math::power::inverse_root(x, |x| x), x;
    powm3h_f64 powm3h_f32 = |x| math::power::inverse_three_halves(x, |x| x), x;
    atan2_f64 atan2_f32 = |y, x| math::arctangent::atan2(y, x, |y, _| y), y x;
    hypot_f64 hypot_f32 = |x, y| math::roots::hypot(x, y, |x, _| x), x y;
    erf_f64 erf_f32 = math::error::erf, x;
    erfc_f64 erfc_f32 = libm::erfc, x;
    tgamma_f64 tgamma_f32 = libm::tgamma, x;
    lgamma_f64 lgamma_f32 = libm::lgamma, x;
    fmod_f64 fmod_f32 = math::divide::fmod, x y;
    floor_divide_f64 floor_divide_f32 = math::divide::floor_divide, x y;
    remainder_f64 remainder_f32 = math::divide::remainder, x y;
}

/// Where `sincos` puts the cosines, as a kernel has one result: `kept_cos` reads those of the call before it.
#[repr(align(16))]
struct Kept(UnsafeCell<[f64; 2]>);

// SAFETY: a compiled module runs in one thread.
unsafe impl Sync for Kept {}

static KEPT: Kept = Kept(UnsafeCell::new([1.0; 2]));

fn keep((sin, cos): (f64, f64)) -> f64 {
    // SAFETY: the cell is aligned, large enough and used by nothing else at this time.
    unsafe { KEPT.0.get().cast::<f64>().write(cos) };
    sin
}

fn kept(_sin: f64) -> f64 {
    // SAFETY: as above.
    unsafe { KEPT.0.get().cast::<f64>().read() }
}

/// Exports vector functions of one or two operands: two float64 lanes, and four float32 lanes by way of two pairs.
#[cfg(target_feature = "simd128")]
#[allow(improper_ctypes_definitions, reason = "a v128 is passed as one wasm value")]
mod vectors {
    use crate::math::lanes::Pair;
    use crate::math::{arctangent, error, exponential, hyperbolic, logarithm, power, roots, trigonometric};
    use core::arch::wasm32 as simd;
    use core::arch::wasm32::v128;

    macro_rules! vectors {
        ($($f64x2:ident $f32x4:ident = $function:expr, $($operand:ident)+;)*) => {$(
            #[allow(missing_docs)]
            #[unsafe(no_mangle)]
            #[inline(never)]
            pub extern "C" fn $f64x2($($operand: v128),+) -> v128 {
                ($function)($(Pair($operand)),+).0
            }
            #[allow(missing_docs)]
            #[unsafe(no_mangle)]
            pub extern "C" fn $f32x4($($operand: v128),+) -> v128 {
                $(let $operand = widened($operand);)+
                narrowed($f64x2($($operand[0]),+), $f64x2($($operand[1]),+))
            }
        )*};
    }

    /// The sines of two numbers; the cosines are kept.
    #[unsafe(no_mangle)]
    #[inline(never)]
    pub extern "C" fn sincos_f64x2(x: v128) -> v128 {
        let scalar = |x| {
            let sin = super::sincos_f64(x);
            (sin, super::kept_cos_f64(sin))
        };
        let (sin, cos) = trigonometric::sincos(Pair(x), scalar);
        keep(cos.0);
        sin.0
    }

    /// The sines of four numbers; the cosines are kept.
    #[unsafe(no_mangle)]
    pub extern "C" fn sincos_f32x4(x: v128) -> v128 {
        let [low, high] = widened(x);
        let low = sincos_f64x2(low);
        let low_cos = kept_cos_f64x2(low);
        let high = sincos_f64x2(high);
        keep(narrowed(low_cos, kept_cos_f64x2(high)));
        narrowed(low, high)
    }

    /// The cosines of the numbers of whose sines these are, just after the call that gave them.
    #[unsafe(no_mangle)]
    pub extern "C" fn kept_cos_f64x2(_sin: v128) -> v128 {
        // SAFETY: the cell is aligned and of 16 bytes.
        unsafe { super::KEPT.0.get().cast::<v128>().read() }
    }

    /// As [`kept_cos_f64x2`], of four numbers.
    #[unsafe(no_mangle)]
    pub extern "C" fn kept_cos_f32x4(sin: v128) -> v128 {
        kept_cos_f64x2(sin)
    }

    fn keep(cos: v128) {
        // SAFETY: the cell is aligned and of 16 bytes.
        unsafe { super::KEPT.0.get().cast::<v128>().write(cos) };
    }

    /// Four float32 lanes as two pairs of float64.
    fn widened(x: v128) -> [v128; 2] {
        [simd::f64x2_promote_low_f32x4(x), simd::f64x2_promote_low_f32x4(simd::i64x2_shuffle::<1, 1>(x, x))]
    }

    /// Two pairs of float64 as four float32 lanes.
    fn narrowed(low: v128, high: v128) -> v128 {
        simd::i64x2_shuffle::<0, 2>(simd::f32x4_demote_f64x2_zero(low), simd::f32x4_demote_f64x2_zero(high))
    }

    vectors! {
        exp_f64x2 exp_f32x4 = exponential::exp, x;
        exp2_f64x2 exp2_f32x4 = exponential::exp2, x;
        log_f64x2 log_f32x4 = logarithm::log, x;
        erf_f64x2 erf_f32x4 = error::erf, x;
        tanh_f64x2 tanh_f32x4 = hyperbolic::tanh, x;
        pow3_f64x2 pow3_f32x4 = power::integer::<Pair, 3>, x;
        pow4_f64x2 pow4_f32x4 = power::integer::<Pair, 4>, x;
        pow5_f64x2 pow5_f32x4 = power::integer::<Pair, 5>, x;
        pow6_f64x2 pow6_f32x4 = power::integer::<Pair, 6>, x;
        pow3h_f64x2 pow3h_f32x4 = power::three_halves, x;
        powm2_f64x2 powm2_f32x4 = |x| power::inverse_integer::<Pair, 2>(x, |x| super::powm2_f64(x)), x;
        powm3_f64x2 powm3_f32x4 = |x| power::inverse_integer::<Pair, 3>(x, |x| super::powm3_f64(x)), x;
        powm1h_f64x2 powm1h_f32x4 = |x| power::inverse_root(x, |x| super::powm1h_f64(x)), x;
        powm3h_f64x2 powm3h_f32x4 = |x| power::inverse_three_halves(x, |x| super::powm3h_f64(x)), x;
        sin_f64x2 sin_f32x4 = |x| trigonometric::circular(x, 0, |x| super::sin_f64(x)), x;
        cos_f64x2 cos_f32x4 = |x| trigonometric::circular(x, 1, |x| super::cos_f64(x)), x;
        hypot_f64x2 hypot_f32x4 = |x, y| roots::hypot(x, y, |x, y| super::hypot_f64(x, y)), x y;
        atan2_f64x2 atan2_f32x4 = |y, x| arctangent::atan2(y, x, |y, x| super::atan2_f64(y, x)), y x;
    }
}
