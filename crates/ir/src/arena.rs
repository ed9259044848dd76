//! Typed handles into arenas: how both IRs name things that are shared.

use core::fmt;
use core::hash::{Hash, Hasher};
use core::marker::PhantomData;
use core::ops::{Index, IndexMut};

/// The place of a `T` in the [`Arena`] it was pushed to.
///
/// Handles of one arena must not be used with another of the same type; the verifiers check the range.
pub struct Handle<T> {
    index: u32,
    marker: PhantomData<fn() -> T>,
}

/// A growing list whose items never move or disappear.
#[derive(Clone, Debug, PartialEq)]
pub struct Arena<T> {
    items: Vec<T>,
}

impl<T> Handle<T> {
    /// The handle with a given index.
    #[must_use]
    pub const fn new(index: u32) -> Self {
        Handle { index, marker: PhantomData }
    }

    /// The position in the arena, for side tables.
    #[must_use]
    pub const fn index(self) -> usize {
        self.index as usize
    }
}

impl<T> Arena<T> {
    /// An empty arena.
    #[must_use]
    pub const fn new() -> Self {
        Arena { items: Vec::new() }
    }

    /// Adds an item and gives its handle.
    #[expect(clippy::cast_possible_truncation, reason = "an arena of 2^32 items does not fit in memory")]
    pub fn push(&mut self, item: T) -> Handle<T> {
        self.items.push(item);
        Handle::new((self.items.len() - 1) as u32)
    }

    /// The item, if the handle is in range.
    #[must_use]
    pub fn get(&self, handle: Handle<T>) -> Option<&T> {
        self.items.get(handle.index())
    }

    /// Number of items.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are no items.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Items with their handles, in order.
    #[expect(clippy::cast_possible_truncation, reason = "an arena of 2^32 items does not fit in memory")]
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (Handle<T>, &T)> {
        self.items.iter().enumerate().map(|(i, item)| (Handle::new(i as u32), item))
    }

    /// Items in order, for change in place.
    pub fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.items.iter_mut()
    }

    /// All handles, in order.
    pub fn handles(&self) -> impl DoubleEndedIterator<Item = Handle<T>> + use<T> {
        #[expect(clippy::cast_possible_truncation, reason = "an arena of 2^32 items does not fit in memory")]
        let len = self.items.len() as u32;
        (0..len).map(Handle::new)
    }
}

impl<T> Default for Arena<T> {
    fn default() -> Self {
        Arena::new()
    }
}

#[expect(clippy::indexing_slicing, reason = "a handle is only made by push, and items are never removed")]
impl<T> Index<Handle<T>> for Arena<T> {
    type Output = T;
    fn index(&self, handle: Handle<T>) -> &T {
        &self.items[handle.index()]
    }
}

#[expect(clippy::indexing_slicing, reason = "a handle is only made by push, and items are never removed")]
impl<T> IndexMut<Handle<T>> for Arena<T> {
    fn index_mut(&mut self, handle: Handle<T>) -> &mut T {
        &mut self.items[handle.index()]
    }
}

impl<T> Copy for Handle<T> {}
impl<T> Clone for Handle<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> PartialEq for Handle<T> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index
    }
}
impl<T> Eq for Handle<T> {}
impl<T> PartialOrd for Handle<T> {
    fn partial_cmp(&self, other: &Self) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Handle<T> {
    fn cmp(&self, other: &Self) -> core::cmp::Ordering {
        self.index.cmp(&other.index)
    }
}
impl<T> Hash for Handle<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.index.hash(state);
    }
}
impl<T> fmt::Debug for Handle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.index)
    }
}
