//! Canonical texts compared: to the bit, or to the last unit of each float.

/// Whether two canonical texts agree.
pub fn agree(expected: &str, got: &str, close: bool) -> bool {
    expected == got
        || (expected == REFUSED && is_error(got))
        || (close && (close_enough(expected, got) || same_class(expected, got)))
}

/// What is expected of a call that NumPy refuses: that it does not compile, or raises.
pub const REFUSED: &str = "refused";

fn is_error(got: &str) -> bool {
    got.split_once(": ").is_some_and(|(class, _)| class.ends_with("Error"))
}

/// Whether an error of which only the class is expected, `ValueError: ...`, is of that class.
fn same_class(expected: &str, got: &str) -> bool {
    expected.strip_suffix("...").is_some_and(|class| got.starts_with(class))
}

/// Whether two texts are alike but for floats that are neighbours. What is a float32 is told by the text that comes before.
fn close_enough(expected: &str, got: &str) -> bool {
    let (a, b) = (tokens(expected), tokens(got));
    let mut single = false;
    a.len() == b.len()
        && a.iter().zip(&b).all(|(x, y)| {
            if x.starts_with(|c: char| c.is_ascii_lowercase()) && *x != "nan" && *x != "inf" {
                single = x.starts_with("float32");
            }
            x == y || neighbours(x, y, single)
        })
}

fn tokens(text: &str) -> Vec<&str> {
    text.split([' ', ',', '[', ']', '(', ')']).filter(|t| !t.is_empty()).collect()
}

fn neighbours(a: &str, b: &str, single: bool) -> bool {
    let (Ok(x), Ok(y)) = (a.parse::<f64>(), b.parse::<f64>()) else { return false };
    if single {
        let (x, y) = (x as f32, y as f32);
        return x.is_sign_negative() == y.is_sign_negative() && x.to_bits().abs_diff(y.to_bits()) <= 1;
    }
    x.is_sign_negative() == y.is_sign_negative() && x.to_bits().abs_diff(y.to_bits()) <= 1
}

#[cfg(test)]
mod tests {
    use super::agree;

    #[test]
    fn one_unit_in_the_last_place() {
        assert!(agree("float 0.1", "float 0.10000000000000002", true));
        assert!(!agree("float 0.1", "float 0.10000000000000002", false));
        assert!(!agree("float 0.1", "float 0.1000001", true));
        assert!(!agree("float64[1] [0.1]", "float64[2] [0.1, 0.1]", true));
        assert!(!agree("float 0.1", "int 0", true));
    }
}
