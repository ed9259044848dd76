//! Base64 (RFC 4648, section 4).

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The digit of six bits.
pub fn digit(bits: u8) -> char {
    char::from(ALPHABET.get(usize::from(bits)).copied().unwrap_or(b'='))
}

/// Bytes as base64 with padding.
pub fn encode(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let at = |k: usize| u32::from(chunk.get(k).copied().unwrap_or(0));
        let group = at(0) << 16 | at(1) << 8 | at(2);
        for k in 0..4 {
            let sextet = (group >> (18 - 6 * k)) as usize & 63;
            out.push(if k <= chunk.len() { digit(sextet as u8) } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    /// The test vectors of RFC 4648, section 10.
    #[test]
    fn rfc_vectors() {
        let rows = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ];
        for (plain, encoded) in rows {
            assert_eq!(super::encode(plain.as_bytes()), encoded);
        }
    }
}
