//! The table that the build script wrote, and how its fragments are read.

include!(concat!(env!("OUT_DIR"), "/table.rs"));
static BYTES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/table.bin"));

/// The type of a parameter or result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "wasm's own names")]
pub enum ValType {
    I32,
    I64,
    F32,
    F64,
    V128,
}

/// Parameters and result of a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Signature {
    /// One per parameter.
    pub params: &'static [ValType],
    /// At most one.
    pub result: Option<ValType>,
}

/// A function or a piece of data: where its fragments begin, and its signature's index or log2 of its alignment.
pub(crate) struct Unit {
    start: u32,
    pub extra: u8,
}

/// Bytes, and the patch that follows them.
pub(crate) struct Fragment {
    pub bytes: &'static [u8],
    pub patch: Option<Patch>,
}

/// A number that depends on the layout.
#[derive(Clone, Copy)]
pub(crate) struct Patch {
    pub form: Form,
    pub target: Target,
    pub addend: u32,
}

/// How a patch is written.
#[derive(Clone, Copy)]
pub(crate) enum Form {
    /// Unsigned LEB128.
    Unsigned,
    /// Signed LEB128.
    Signed,
    /// Four bytes, the lowest first.
    Word,
}

/// What a patch refers to.
#[derive(Clone, Copy)]
pub(crate) enum Target {
    HeapBase,
    StackPointer,
    Function(usize),
    Data(usize),
}

/// The signature of an exported kernel.
#[must_use]
pub fn signature(name: &str) -> Option<Signature> {
    let unit = FUNCTIONS.get(function(name)?)?;
    SIGNATURES.get(usize::from(unit.extra)).copied()
}

/// The names of all kernels, sorted.
pub fn names() -> impl Iterator<Item = &'static str> {
    EXPORTS.iter().map(|(name, _)| *name)
}

/// The row of an exported function.
pub(crate) fn function(name: &str) -> Option<usize> {
    let at = EXPORTS.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
    EXPORTS.get(at).map(|(_, function)| usize::from(*function))
}

/// The name under which a function is exported.
pub(crate) fn name_of(function: usize) -> Option<&'static str> {
    EXPORTS.iter().find(|(_, index)| usize::from(*index) == function).map(|(name, _)| *name)
}

impl Unit {
    /// The fragments in order; the last has no patch.
    pub fn fragments(&self) -> Fragments {
        let rest = BYTES.get(self.start as usize..).unwrap_or_default();
        Fragments { rest, done: false }
    }
}

/// Reads fragments one after another.
pub(crate) struct Fragments {
    rest: &'static [u8],
    done: bool,
}

impl Fragments {
    /// An unsigned LEB128 number.
    fn number(&mut self) -> Option<u32> {
        let mut number = 0;
        for shift in (0..35).step_by(7) {
            let (&byte, rest) = self.rest.split_first()?;
            self.rest = rest;
            number |= u32::from(byte & 0x7f).checked_shl(shift)?;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn patch(&mut self) -> Option<Patch> {
        let form = match self.number()? {
            1 => Form::Unsigned,
            2 => Form::Signed,
            3 => Form::Word,
            _ => return None,
        };
        let target = match self.number()? {
            0 => Target::HeapBase,
            1 => Target::StackPointer,
            number if number % 2 == 0 => Target::Function(number as usize / 2 - 1),
            number => Target::Data(number as usize / 2 - 1),
        };
        Some(Patch { form, target, addend: self.number()? })
    }
}

impl Iterator for Fragments {
    type Item = Fragment;

    fn next(&mut self) -> Option<Fragment> {
        if self.done {
            return None;
        }
        let length = self.number()? as usize;
        let (bytes, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        let patch = self.patch();
        self.done = patch.is_none();
        Some(Fragment { bytes, patch })
    }
}
