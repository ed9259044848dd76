//! Identifiers that are not ASCII are compared as they are written, so they should be written in one form (NFKC).
#![no_std]

use core::str::Chars;

/// Normal forms of text.
pub trait UnicodeNormalization {
    /// The characters of a form.
    type Form: Iterator<Item = char>;

    /// Form KC, taken to be what is there already.
    fn nfkc(self) -> Self::Form;
}

impl<'a> UnicodeNormalization for &'a str {
    type Form = Chars<'a>;

    fn nfkc(self) -> Chars<'a> {
        self.chars()
    }
}
