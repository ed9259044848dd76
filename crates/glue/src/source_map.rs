//! Source maps (ECMA-426) of wasm modules: a debugger shows lines of Python where the code raises.

use crate::base64;
use nopython_diagnostics::escape;

/// What lies in a module from so many bytes on: code of a line and a column, counted from 1, or of none.
pub type MappedPlace = (usize, Option<(u32, u32)>);

/// The module with its source map inside: a custom section `sourceMappingURL` with a `data:` URL, which debuggers find wherever the module
/// comes from. `places` are in ascending order.
#[must_use]
pub fn with_source_map(wasm: &[u8], file: &str, text: &str, places: &[MappedPlace]) -> Vec<u8> {
    let map = source_map(file, text, places);
    let url = format!("data:application/json;base64,{}", base64::encode(map.as_bytes()));
    let mut content = Vec::new();
    for part in ["sourceMappingURL", url.as_str()] {
        leb128(&mut content, part.len());
        content.extend(part.as_bytes());
    }
    let mut out = wasm.to_vec();
    out.push(0);
    leb128(&mut out, content.len());
    out.extend(content);
    out
}

/// The source map: the module is one line, whose columns are its bytes.
fn source_map(file: &str, text: &str, places: &[MappedPlace]) -> String {
    let mut mappings = Vec::new();
    let (mut offset, mut line, mut column) = (0, 1, 1);
    for &(at, place) in places {
        let mut segment = String::new();
        vlq(&mut segment, difference(at, offset));
        offset = at;
        if let Some(to) = place {
            vlq(&mut segment, 0);
            vlq(&mut segment, i64::from(to.0) - i64::from(line));
            vlq(&mut segment, i64::from(to.1) - i64::from(column));
            (line, column) = to;
        }
        mappings.push(segment);
    }
    format!(
        r#"{{"version":3,"sources":[{}],"sourcesContent":[{}],"names":[],"mappings":"{}"}}"#,
        escape(file),
        escape(text),
        mappings.join(",")
    )
}

fn difference(a: usize, b: usize) -> i64 {
    i64::try_from(a).unwrap_or(i64::MAX).saturating_sub(i64::try_from(b).unwrap_or(i64::MAX))
}

/// A number in base64 VLQ: groups of five bits, lowest first, of the magnitude doubled plus the sign.
fn vlq(out: &mut String, value: i64) {
    let mut rest = value.unsigned_abs() << 1 | u64::from(value < 0);
    loop {
        let group = (rest & 31) as u8;
        rest >>= 5;
        out.push(base64::digit(if rest == 0 { group } else { group | 32 }));
        if rest == 0 {
            return;
        }
    }
}

fn leb128(out: &mut Vec<u8>, mut value: usize) {
    while value >= 0x80 {
        out.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::{source_map, vlq};

    #[test]
    fn numbers_as_the_standard_writes_them() {
        for (value, text) in [(0, "A"), (1, "C"), (-1, "D"), (16, "gB"), (-16, "hB"), (511, "+f")] {
            let mut out = String::new();
            vlq(&mut out, value);
            assert_eq!(out, text, "{value}");
        }
    }

    #[test]
    fn places_are_relative_to_the_one_before() {
        let map = source_map("k.py", "a\n", &[(10, Some((1, 1))), (12, None), (13, Some((3, 2)))]);
        assert!(map.ends_with(r#""mappings":"UAAA,E,CAEC"}"#), "{map}");
    }
}
