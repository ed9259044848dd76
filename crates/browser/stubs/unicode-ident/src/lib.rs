//! Identifiers are made of letters and digits, by the tables that core has anyway, and of combining marks. A few characters that only
//! one of `Alphabetic` and `XID_Start` has are taken or refused otherwise than by CPython.
#![no_std]

/// Whether an identifier can begin with a character.
#[must_use]
pub fn is_xid_start(c: char) -> bool {
    c.is_alphabetic()
}

/// Whether an identifier can go on with a character.
#[must_use]
pub fn is_xid_continue(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || ('\u{300}'..='\u{36f}').contains(&c)
}
