//! How many columns of a terminal a character takes, by the ranges of Unicode's `East_Asian_Width` (UAX #11) that appear in programs.
#![no_std]

/// Characters of width 2.
const WIDE: [(char, char); 9] = [
    ('\u{1100}', '\u{115f}'),
    ('\u{2e80}', '\u{303e}'),
    ('\u{3041}', '\u{a4cf}'),
    ('\u{ac00}', '\u{d7a3}'),
    ('\u{f900}', '\u{faff}'),
    ('\u{fe30}', '\u{fe6f}'),
    ('\u{ff00}', '\u{ff60}'),
    ('\u{1f300}', '\u{1faff}'),
    ('\u{20000}', '\u{3fffd}'),
];
/// Characters of width 0: combining marks, joiners and variation selectors.
const NONE: [(char, char); 3] = [('\u{300}', '\u{36f}'), ('\u{200b}', '\u{200f}'), ('\u{fe00}', '\u{fe0f}')];

/// The width of characters.
pub trait UnicodeWidthChar {
    /// The width; control characters have none.
    fn width(self) -> Option<usize>;
}

impl UnicodeWidthChar for char {
    fn width(self) -> Option<usize> {
        let is_in = |ranges: &[(char, char)]| ranges.iter().any(|&(first, last)| (first..=last).contains(&self));
        if self.is_control() {
            None
        } else if is_in(&NONE) {
            Some(0)
        } else {
            Some(1 + usize::from(is_in(&WIDE)))
        }
    }
}
