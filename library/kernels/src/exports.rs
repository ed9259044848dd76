//! The symbols of the math functions: `NAME_f64` and `NAME_f32`, and `NAME_f64x2` and `NAME_f32x4` where there is a
//! vector version, whose lanes equal the scalar function's results to the bit.
//!
//! A float32 function is the float64 one rounded, which is almost always the correctly rounded result.

use crate::math;

/// Exports scalar functions of one or two operands in both precisions.
macro_rules! scalars {
    ($($f64:ident $f32:ident = $function:path, $($operand:ident)+;)*) => {$(
        #[allow(missing_docs)]
        #[unsafe(no_mangle)]
        pub extern "C" fn $f64($($operand: f64),+) -> f64 {
            $function($($operand),+)
        }
        #[allow(missing_docs)]
        #[unsafe(no_mangle)]
        pub extern "C" fn $f32($($operand: f32),+) -> f32 {
            $function($(f64::from($operand)),+) as f32
        }
    )*};
}

scalars! {
    sin_f64 sin_f32 = libm::sin, x;
    cos_f64 cos_f32 = libm::cos, x;
    tan_f64 tan_f32 = libm::tan, x;
    asin_f64 asin_f32 = libm::asin, x;
    acos_f64 acos_f32 = libm::acos, x;
    atan_f64 atan_f32 = libm::atan, x;
    sinh_f64 sinh_f32 = libm::sinh, x;
    cosh_f64 cosh_f32 = libm::cosh, x;
    tanh_f64 tanh_f32 = libm::tanh, x;
    asinh_f64 asinh_f32 = libm::asinh, x;
    acosh_f64 acosh_f32 = libm::acosh, x;
    atanh_f64 atanh_f32 = libm::atanh, x;
    exp_f64 exp_f32 = libm::exp, x;
    exp2_f64 exp2_f32 = libm::exp2, x;
    expm1_f64 expm1_f32 = libm::expm1, x;
    log_f64 log_f32 = libm::log, x;
    log2_f64 log2_f32 = libm::log2, x;
    log10_f64 log10_f32 = libm::log10, x;
    log1p_f64 log1p_f32 = libm::log1p, x;
    cbrt_f64 cbrt_f32 = libm::cbrt, x;
    pow_f64 pow_f32 = libm::pow, x y;
    atan2_f64 atan2_f32 = libm::atan2, y x;
    hypot_f64 hypot_f32 = libm::hypot, x y;
    erf_f64 erf_f32 = libm::erf, x;
    erfc_f64 erfc_f32 = libm::erfc, x;
    tgamma_f64 tgamma_f32 = libm::tgamma, x;
    lgamma_f64 lgamma_f32 = libm::lgamma, x;
    fmod_f64 fmod_f32 = libm::fmod, x y;
    floor_divide_f64 floor_divide_f32 = math::divide::floor_divide, x y;
    remainder_f64 remainder_f32 = math::divide::remainder, x y;
}
