//! Canonical texts compared: to the bit, or to the last units of each float.

/// By how many units in the last place floats may differ.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Ulps {
    /// Those of float64.
    pub double: u64,
    /// Those of float32.
    pub single: u32,
    /// How many times as many for the parts of complex numbers, of the larger part's units.
    pub complex: u32,
}

impl Ulps {
    /// Equal to the bit.
    pub const NONE: Ulps = Ulps { double: 0, single: 0, complex: 1 };
    /// The last unit of each.
    pub const ONE: Ulps = Ulps { double: 1, single: 1, complex: 2 };
}

/// Whether two canonical texts agree.
pub fn agree(expected: &str, got: &str, close: Ulps) -> bool {
    expected == got
        || is_refused(expected).is_some_and(|classes| is_of(classes, got))
        || same_class(expected, got)
        || (close != Ulps::NONE && close_enough(expected, got, close))
}

/// The classes of the exception of a call that NumPy refuses: it does not compile, or raises one of them.
pub fn is_refused(expected: &str) -> Option<&str> {
    expected.strip_prefix("refused: ")
}

fn is_of(classes: &str, got: &str) -> bool {
    got.split_once(": ").is_some_and(|(class, _)| classes.split(' ').any(|known| known == class))
}

/// Whether an error of which only the class is expected, `ValueError: ...`, is of that class.
fn same_class(expected: &str, got: &str) -> bool {
    expected.strip_suffix("...").is_some_and(|class| got.starts_with(class))
}

/// Whether two texts are alike but for floats that are near each other. What is a float32 is told by the text that comes before.
fn close_enough(expected: &str, got: &str, units: Ulps) -> bool {
    let (a, b) = (tokens(expected), tokens(got));
    let mut single = false;
    a.len() == b.len()
        && a.iter().zip(&b).all(|(x, y)| {
            if x.starts_with(|c: char| c.is_ascii_lowercase()) && !x.starts_with("nan") && !x.starts_with("inf") {
                single = x.starts_with("float32") || x.starts_with("complex64");
            }
            x == y || near(x, y, single, units)
        })
}

fn tokens(text: &str) -> Vec<&str> {
    text.split([' ', ',', '[', ']', '(', ')']).filter(|t| !t.is_empty()).collect()
}

/// The parts of `1+2j`; a part of a complex number is as near as the larger one is.
fn parts(text: &str) -> Option<[f64; 2]> {
    let text = text.strip_suffix('j')?;
    let signs = text.char_indices().skip(1).filter(|(k, c)| matches!(c, '+' | '-') && !text[..*k].ends_with('e'));
    let (real, imaginary) = match signs.last() {
        Some((k, _)) => text.split_at(k),
        None => ("0", text),
    };
    Some([real.parse().ok()?, imaginary.parse().ok()?])
}

fn near(a: &str, b: &str, single: bool, units: Ulps) -> bool {
    if let (Some(x), Some(y)) = (parts(a), parts(b)) {
        let size = x.iter().map(|part| part.abs()).fold(0.0, f64::max);
        let unit = if single { f64::from((size as f32).next_up() - size as f32) } else { size.next_up() - size };
        let most = f64::from(units.complex) * unit * if single { f64::from(units.single) } else { units.double as f64 };
        return x.iter().zip(&y).all(|(x, y)| x == y || x.is_nan() && y.is_nan() || (x - y).abs() <= most);
    }
    let (Ok(x), Ok(y)) = (a.parse::<f64>(), b.parse::<f64>()) else { return false };
    if single {
        let (x, y) = (x as f32, y as f32);
        return x.is_sign_negative() == y.is_sign_negative() && x.to_bits().abs_diff(y.to_bits()) <= units.single;
    }
    x.is_sign_negative() == y.is_sign_negative() && x.to_bits().abs_diff(y.to_bits()) <= units.double
}

#[cfg(test)]
mod tests {
    use super::{Ulps, agree};

    #[test]
    fn one_unit_in_the_last_place() {
        assert!(agree("float 0.1", "float 0.10000000000000002", Ulps::ONE));
        assert!(!agree("float 0.1", "float 0.10000000000000002", Ulps::NONE));
        assert!(!agree("float 0.1", "float 0.1000001", Ulps::ONE));
        assert!(!agree("float64[1] [0.1]", "float64[2] [0.1, 0.1]", Ulps::ONE));
        assert!(!agree("float 0.1", "int 0", Ulps::ONE));
        assert!(agree("complex (0.1+2j)", "complex (0.10000000000000002+2j)", Ulps::ONE));
        assert!(!agree("complex (0.1+2j)", "complex (0.10000000000000002+2j)", Ulps::NONE));
        assert!(!agree("complex (0.1+2j)", "complex (0.1001+2j)", Ulps::ONE));
    }
}
