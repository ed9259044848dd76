//! NumPy's `.npy` files (format versions 1.0 to 3.0 of `numpy.lib.format`), in C order.

use nopython_engine::Array;
use nopython_types::{DType, Kind};

/// Reads a file.
pub fn read(bytes: &[u8]) -> Result<Array, String> {
    let bad = || "not a .npy file".to_owned();
    if bytes.get(..6) != Some(b"\x93NUMPY") {
        return Err(bad());
    }
    let byte = |k: usize| bytes.get(k).copied().map(usize::from).ok_or_else(bad);
    let (start, length) = if byte(6)? == 1 {
        (10, byte(8)? | byte(9)? << 8)
    } else {
        (12, byte(8)? | byte(9)? << 8 | byte(10)? << 16 | byte(11)? << 24)
    };
    let header = bytes.get(start..start + length).ok_or_else(bad)?;
    let header = String::from_utf8_lossy(header);
    let field = |name: &str| header.split(name).nth(1).map(|rest| rest.trim_start_matches(['\'', ':', ' ']));
    let descr: String = field("descr").ok_or_else(bad)?.chars().take_while(|c| *c != '\'').collect();
    let dtype = DType::from_name(descr.trim_start_matches(['<', '|', '='])).filter(|_| !descr.starts_with('>'));
    let dtype = dtype.ok_or_else(|| format!("the dtype {descr} is not supported"))?;
    if field("fortran_order").is_some_and(|f| f.starts_with("True")) {
        return Err("the array is in Fortran order; save np.ascontiguousarray(a)".to_owned());
    }
    let inside: String =
        field("shape").ok_or_else(bad)?.trim_start_matches('(').chars().take_while(|c| *c != ')').collect();
    let shape = inside
        .split(',')
        .map(str::trim)
        .filter(|s| !s.is_empty())
        .map(|s| s.parse::<usize>().map_err(|_| bad()))
        .collect::<Result<Vec<_>, _>>()?;
    let data = bytes.get(start + length..).unwrap_or_default();
    let size = shape.iter().product::<usize>() * dtype.size() as usize;
    let bytes = data.get(..size).ok_or_else(|| "the file is shorter than its shape".to_owned())?.to_vec();
    Ok(Array { dtype, shape, bytes })
}

/// Writes a file of version 1.0.
pub fn write(array: &Array) -> Vec<u8> {
    let kind = match array.dtype.kind() {
        Kind::Bool => 'b',
        Kind::Unsigned => 'u',
        Kind::Signed => 'i',
        Kind::Float => 'f',
        Kind::Complex => 'c',
    };
    let order = if array.dtype.size() == 1 { '|' } else { '<' };
    let mut shape = array.shape.iter().map(usize::to_string).collect::<Vec<_>>().join(", ");
    if array.shape.len() == 1 {
        shape.push(',');
    }
    let mut header =
        format!("{{'descr': '{order}{kind}{}', 'fortran_order': False, 'shape': ({shape}), }}", array.dtype.size());
    while (10 + header.len() + 1) % 64 != 0 {
        header.push(' ');
    }
    header.push('\n');
    let mut out = b"\x93NUMPY\x01\x00".to_vec();
    out.extend(u16::try_from(header.len()).unwrap_or(u16::MAX).to_le_bytes());
    out.extend(header.as_bytes());
    out.extend(&array.bytes);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_round_trip() {
        let array = Array { dtype: DType::Int32, shape: vec![2, 3], bytes: (0..24).collect() };
        assert_eq!(read(&write(&array)).unwrap(), array);
        assert!(read(b"spam").is_err());
        assert!(read(b"\x93NUMPY\x01\x00\xff\xff").is_err());
    }
}
