//! Messages: parts of bytes, each after its length as 32 bits, the lowest first. A part may be a message itself.

/// The parts of a message; what is cut off reads as empty.
pub struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    /// Reads a message.
    pub const fn new(bytes: &'a [u8]) -> Reader<'a> {
        Reader(bytes)
    }

    /// Whether all parts are read.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The next part.
    pub fn bytes(&mut self) -> &'a [u8] {
        let Some((length, rest)) = self.0.split_first_chunk::<4>() else {
            self.0 = &[];
            return &[];
        };
        let length = u32::from_le_bytes(*length) as usize;
        let (part, rest) = rest.split_at(length.min(rest.len()));
        self.0 = rest;
        part
    }

    /// The next part, as text.
    pub fn text(&mut self) -> String {
        String::from_utf8_lossy(self.bytes()).into_owned()
    }

    /// The next part, as a number in decimal digits.
    pub fn number(&mut self) -> usize {
        self.text().parse().unwrap_or(0)
    }

    /// The next part, as a message whose parts are read one after another.
    pub fn list<T>(&mut self, mut read: impl FnMut(&mut Reader<'a>) -> T) -> Vec<T> {
        let mut inner = Reader::new(self.bytes());
        let mut items = Vec::new();
        while !inner.is_empty() {
            items.push(read(&mut inner));
        }
        items
    }
}

/// A message that is written.
#[derive(Default)]
pub struct Writer(Vec<u8>);

impl Writer {
    /// Adds a part.
    pub fn part(&mut self, bytes: impl AsRef<[u8]>) -> &mut Writer {
        let bytes = bytes.as_ref();
        self.0.extend(u32::try_from(bytes.len()).unwrap_or(u32::MAX).to_le_bytes());
        self.0.extend_from_slice(bytes);
        self
    }

    /// Adds a number, as a part of decimal digits.
    pub fn number(&mut self, value: impl ToString) -> &mut Writer {
        self.part(value.to_string())
    }

    /// Adds a part that is a message with something of each item.
    pub fn list<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        mut write: impl FnMut(&mut Writer, T),
    ) -> &mut Writer {
        let mut inner = Writer::default();
        items.into_iter().for_each(|item| write(&mut inner, item));
        self.part(inner.0)
    }

    /// The message.
    pub fn finish(&mut self) -> Vec<u8> {
        core::mem::take(&mut self.0)
    }
}
