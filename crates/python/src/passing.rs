//! Arrays between NumPy and the linear memory of an instance.
//!
//! Arguments that lie in shared memory (`resident`) are passed as they are. All others are copied in before the call and, where the function
//! writes to them, back after it. Arguments that overlap, of which one is written, are copied as one block, so that they overlap in the
//! same way there. So is an array with strides, with the memory between its elements, unless they are far apart: then the copy has strides of the
//! same order and signs, and gaps where the array has some. What depends on them, such as the order of a sum or whether `ravel` copies, is as it is
//! with NumPy. A result that lies in an argument becomes a view of the argument where the block is a byte-for-byte image of it.
//!
//! Where the program has other threads, which may write to other elements of the same array meanwhile, only elements that the call has
//! changed are copied back ([`remember`]).

use crate::errors::Refused;
use crate::ndarray::Ndarray;
use crate::resident::Mappings;
use nopython_engine::{Failure, Instance, Val};
use nopython_types::{DType, Layout};
use pyo3::prelude::*;

type Answer<T> = Result<T, Refused>;

/// An array argument.
pub struct Passed<'py> {
    array: Ndarray<'py>,
    /// Index of its first slot.
    at: usize,
    layout: Layout,
    written: bool,
    /// Which parameter it belongs to.
    parameter: usize,
    /// Whether the function may write to it, but nobody else may: it is copied, and the copy is looked at after the call.
    guarded: bool,
    /// Where its first element is in linear memory.
    address: usize,
    /// Strides there, in bytes.
    strides: Vec<isize>,
    /// The block this argument has to release.
    block: Option<i32>,
    /// The addresses of NumPy's memory that a block is an image of, and the address of the block.
    image: Option<(usize, usize, usize)>,
    /// Whether it lies in memory that the instance shares, so that nothing is copied.
    shared: bool,
    /// What its elements were before the call, and the address of the first of these bytes, if other threads may write to it.
    before: Option<(usize, Vec<u8>)>,
}

/// The memory from an array's first element to its last may be so many times as large as the elements themselves to be copied with them.
const DENSE: usize = 4;

impl<'py> Passed<'py> {
    /// An argument whose slots begin at `at`.
    pub fn new(array: Ndarray<'py>, at: usize, layout: Layout, written: bool, parameter: usize) -> Self {
        Passed {
            array,
            at,
            layout,
            written,
            parameter,
            guarded: false,
            address: 0,
            strides: Vec::new(),
            block: None,
            image: None,
            shared: false,
            before: None,
        }
    }

    /// Whether it is copied back after the call.
    pub fn is_copied_back(&self) -> bool {
        self.written && !self.guarded && !self.shared && self.array.nbytes() > 0
    }

    /// Whether the memory around its elements is worth copying with them: then results can be views of it, and elements that overlap do.
    fn is_dense(&self) -> bool {
        let (low, high) = self.array.span();
        let bytes = self.array.nbytes();
        self.layout == Layout::Any && !self.array.is_plain() && bytes > 0 && high - low <= DENSE * bytes
    }

    /// Whether the function writes to NumPy's own memory.
    pub fn is_written_in_place(&self) -> bool {
        self.written && self.shared
    }

    /// Writes the slots of the flattened form.
    pub fn fill(&self, slots: &mut [Val]) {
        let strides = if self.layout == Layout::Any { self.strides.as_slice() } else { &[] };
        let words = std::iter::once(self.address as isize)
            .chain(self.array.shape().iter().copied())
            .chain(strides.iter().copied())
            .chain(std::iter::once(0));
        for (slot, word) in slots.iter_mut().skip(self.at).zip(words) {
            *slot = Val::I32(word as i32);
        }
    }
}

/// The blocks that were allocated for arguments.
pub fn blocks(passed: &[Passed<'_>]) -> Vec<i32> {
    passed.iter().filter_map(|p| p.block).collect()
}

/// Strides in bytes of an array in C order.
pub fn c_strides(shape: &[isize], dtype: DType) -> Vec<isize> {
    let mut strides = vec![dtype.size() as isize; shape.len()];
    for axis in (1..shape.len()).rev() {
        strides[axis - 1] = strides[axis] * shape[axis];
    }
    strides
}

/// Guards the arguments that may not be written but that the function may write to. Gives the parameter of one that overlaps with
/// another argument that is written: the copy of both would not tell through which of them it was.
pub fn guard(passed: &mut [Passed<'_>]) -> Option<usize> {
    for k in 0..passed.len() {
        if !passed[k].written || passed[k].array.is_writeable() {
            continue;
        }
        let (low, high) = passed[k].array.span();
        let clashes = |(j, other): (usize, &Passed<'_>)| {
            let (start, end) = other.array.span();
            j != k && other.written && start < high && low < end
        };
        if passed.iter().enumerate().any(clashes) {
            return Some(passed[k].parameter);
        }
        passed[k].guarded = true;
    }
    None
}

/// The parameter of a guarded argument whose copy the call has changed.
pub fn written_read_only(instance: &Instance, passed: &[Passed<'_>]) -> Answer<Option<usize>> {
    for p in passed.iter().filter(|p| p.guarded) {
        if let Some((low, before)) = &p.before
            && instance.memory().get(*low..low + before.len()).ok_or_else(outside)? != before.as_slice()
        {
            return Ok(Some(p.parameter));
        }
    }
    Ok(None)
}

/// Finds the arguments that lie in memory which the instance shares. If one of them cannot be passed as it lies, all are copied, so that
/// arguments which overlap still do.
pub fn share(instance: &mut Instance, mappings: &mut Mappings, passed: &mut [Passed<'_>]) -> Answer<()> {
    let mut found = Vec::new();
    if passed.iter().any(|p| p.guarded) {
        return Ok(());
    }
    for p in passed.iter() {
        let fits = p.array.is_plain() || (p.layout == Layout::Any && p.array.is_behaved());
        match mappings.locate(instance, &p.array)? {
            Some(_) if !fits => return Ok(()),
            place => found.push(place),
        }
    }
    for (p, place) in passed.iter_mut().zip(found) {
        if let Some((low, high, start)) = place {
            p.address = start + (p.array.data() as usize - low);
            p.strides = p.array.strides().to_vec();
            p.image = Some((low, high, start));
            p.shared = true;
        }
    }
    Ok(())
}

/// Copies every argument in.
pub fn copy_in<'py>(instance: &mut Instance, passed: &mut [Passed<'py>]) -> Answer<()> {
    for k in 0..passed.len() {
        if passed[k].block.is_some() || passed[k].image.is_some() {
            continue;
        }
        let group = overlapping(passed, k);
        let shares = group.len() > 1 && group.iter().any(|&j| passed[j].written);
        if (shares || passed[k].is_dense()) && group.iter().all(|&j| passed[j].array.is_behaved()) {
            copy_group(instance, passed, &group)?;
        } else {
            copy_one(instance, &mut passed[k])?;
        }
    }
    Ok(())
}

/// The arguments not before `k` that overlap with it, directly or through others.
fn overlapping(passed: &[Passed<'_>], k: usize) -> Vec<usize> {
    let mut group = vec![k];
    if passed.len() == 1 {
        return group;
    }
    let (mut low, mut high) = passed[k].array.span();
    loop {
        let near = (k + 1..passed.len()).find(|&j| {
            let (start, end) = passed[j].array.span();
            !group.contains(&j) && !passed[j].shared && start < high && low < end
        });
        let Some(j) = near else { return group };
        let (start, end) = passed[j].array.span();
        (low, high) = (low.min(start), high.max(end));
        group.push(j);
    }
}

/// Copies the memory that several arguments share, byte for byte.
fn copy_group(instance: &mut Instance, passed: &mut [Passed<'_>], group: &[usize]) -> Answer<()> {
    let spans = group.iter().map(|&j| passed[j].array.span());
    let Some((low, high)) = spans.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))) else { return Ok(()) };
    let block = instance.allocate(high - low, 0)?;
    let start = block.cast_unsigned() as usize;
    if let Some(first) = group.first() {
        passed[*first].block = Some(block);
    }
    // SAFETY: bytes between elements of one array, or of arrays that overlap, belong to the same allocation of NumPy's, which
    // the arguments keep alive while the interpreter's lock is held.
    unsafe { bytes_in(instance, start, low as *const u8, high - low)? };
    for &j in group {
        let p = &mut passed[j];
        p.address = start + (p.array.data() as usize - low);
        p.strides = p.array.strides().to_vec();
        p.image = Some((low, high, start));
    }
    Ok(())
}

/// Strides of a copy that takes little more memory than the elements, but has the axes in the same order and of the same signs, and no gap
/// closed that the array has; and where the first element lies in it, and its size. `None` for an axis that is stretched.
fn alike(array: &Ndarray<'_>) -> Option<(Vec<isize>, isize, isize)> {
    let item = array.dtype().size() as isize;
    let (shape, strides) = (array.shape(), array.strides());
    let mut order: Vec<usize> = (0..shape.len()).collect();
    order.sort_by_key(|&k| (strides[k].abs(), std::cmp::Reverse(k)));
    let mut out = vec![item; shape.len()];
    let (mut first, mut size) = (0, item);
    // How far the axes so far reach, in the array and in the copy.
    let (mut reach, mut near) = (item, item);
    for k in order.into_iter().filter(|&k| shape[k] != 1) {
        let step = strides[k].abs();
        if step == 0 {
            return None;
        }
        let stride = if step == reach { near } else { near + item };
        out[k] = stride * strides[k].signum();
        first += if strides[k] < 0 { (shape[k] - 1) * stride } else { 0 };
        size += (shape[k] - 1) * stride;
        (reach, near) = (step * shape[k], stride * shape[k]);
    }
    Some((out, first, size))
}

fn copy_one(instance: &mut Instance, p: &mut Passed<'_>) -> Answer<()> {
    let size = p.array.nbytes();
    let plain = p.array.is_plain() || size == 0 || p.layout == Layout::C;
    let form = if plain { None } else { alike(&p.array) };
    let (strides, first, bytes) =
        form.unwrap_or_else(|| (c_strides(p.array.shape(), p.array.dtype()), 0, size as isize));
    let block = instance.allocate(bytes as usize, 0)?;
    let start = block.cast_unsigned() as usize;
    p.block = Some(block);
    p.address = start + first as usize;
    p.strides = strides;
    if p.array.is_plain() {
        let data = p.array.data();
        // SAFETY: the elements of an array in C order occupy `size` bytes from its data pointer.
        unsafe { bytes_in(instance, start, data, size)? };
        p.image = Some((data as usize, data as usize + size, start));
    } else {
        gathered(instance, p)?.assign(&p.array)?;
    }
    Ok(())
}

/// Copies bytes of NumPy's into linear memory.
///
/// # Safety
/// `size` bytes from `from` are readable.
unsafe fn bytes_in(instance: &mut Instance, start: usize, from: *const u8, size: usize) -> Answer<()> {
    let block = instance.memory_mut().get_mut(start..start + size).ok_or_else(outside)?;
    if size > 0 {
        // SAFETY: the caller's promise, and the block has `size` bytes; NumPy's memory is not linear memory.
        unsafe { std::ptr::copy_nonoverlapping(from, block.as_mut_ptr(), size) };
    }
    Ok(())
}

fn outside() -> Refused {
    Refused::Failure(Failure::Engine("an array outside of memory".to_owned()))
}

/// An argument in linear memory as an array, which must not outlive the call.
fn gathered<'py>(instance: &mut Instance, p: &Passed<'py>) -> Answer<Ndarray<'py>> {
    over(p.array.object().py(), instance, p.array.dtype(), p.address, p.array.shape(), &p.strides)
}

/// Linear memory as an array, which must not outlive the call.
pub fn over<'py>(
    py: Python<'py>,
    instance: &mut Instance,
    dtype: DType,
    address: usize,
    shape: &[isize],
    strides: &[isize],
) -> Answer<Ndarray<'py>> {
    let memory = instance.memory_mut();
    let (low, high) = reach(address, dtype, shape, strides);
    if low < 0 || high > memory.len() as isize {
        return Err(outside());
    }
    // SAFETY: every element is inside of linear memory, which neither moves nor shrinks before the array is dropped.
    Ok(unsafe { Ndarray::over(memory.as_mut_ptr().add(address), dtype, shape, strides, true, Err(py)) }?)
}

/// Keeps what the guarded arguments hold, and where there are other threads what those hold that are copied back, so that only what
/// changes is.
pub fn remember(instance: &mut Instance, passed: &mut [Passed<'_>], threads: bool) -> Answer<()> {
    let copied_back = |p: &Passed<'_>| threads && p.is_copied_back() && p.array.is_behaved();
    for p in passed.iter_mut().filter(|p| (p.guarded && p.array.nbytes() > 0) || copied_back(p)) {
        let (low, high) = reach(p.address, p.array.dtype(), p.array.shape(), &p.strides);
        let bytes = instance.memory().get(low as usize..high as usize).ok_or_else(outside)?;
        p.before = Some((low as usize, bytes.to_vec()));
    }
    Ok(())
}

/// Addresses of the first byte and past the last one of an array that has elements.
pub fn reach(address: usize, dtype: DType, shape: &[isize], strides: &[isize]) -> (isize, isize) {
    let (mut low, mut high) = (address as isize, (address + dtype.size() as usize) as isize);
    for (n, stride) in shape.iter().zip(strides) {
        let reach = (n - 1) * stride;
        (low, high) = (low + reach.min(0), high + reach.max(0));
    }
    (low, high)
}

/// Copies the elements that differ from what they were before the call.
fn copy_changes(instance: &Instance, p: &Passed<'_>, low: usize, before: &[u8]) -> Answer<()> {
    let now = instance.memory().get(low..low + before.len()).ok_or_else(outside)?;
    let first = (p.address - low) as isize;
    match p.array.dtype().size() {
        1 => changes::<u8>(p, now, before, p.array.data(), first, 0),
        2 => changes::<u16>(p, now, before, p.array.data(), first, 0),
        4 => changes::<u32>(p, now, before, p.array.data(), first, 0),
        8 => changes::<u64>(p, now, before, p.array.data(), first, 0),
        _ => changes::<u128>(p, now, before, p.array.data(), first, 0),
    }
    Ok(())
}

/// [`copy_changes`] along the axes from `axis` on, for elements of the size of `T`, the first of which is at `to` in the array and at
/// `at` in both copies.
fn changes<T: Copy + PartialEq>(p: &Passed<'_>, now: &[u8], before: &[u8], to: *mut u8, at: isize, axis: usize) {
    let (Some(&n), Some(&stride), Some(&step)) =
        (p.array.shape().get(axis), p.array.strides().get(axis), p.strides.get(axis))
    else {
        return change::<T>(now, before, to, at);
    };
    let last = axis + 1 == p.strides.len();
    for k in 0..n {
        // The elements of an array lie in its memory.
        let to = to.wrapping_offset(k * stride);
        if last {
            change::<T>(now, before, to, at + k * step);
        } else {
            changes::<T>(p, now, before, to, at + k * step, axis + 1);
        }
    }
}

#[inline]
fn change<T: Copy + PartialEq>(now: &[u8], before: &[u8], to: *mut u8, at: isize) {
    debug_assert!(at >= 0 && at as usize + size_of::<T>() <= now.len() && now.len() == before.len());
    // SAFETY: `remember` kept the bytes from the lowest to the highest that shape and strides reach, `now` are the same bytes
    // later, and `to` is an element of an array that may be written.
    unsafe {
        let new = now.as_ptr().offset(at).cast::<T>().read_unaligned();
        if new != before.as_ptr().offset(at).cast::<T>().read_unaligned() {
            to.cast::<T>().write_unaligned(new);
        }
    }
}

/// Copies back what the function may have written.
pub fn copy_back<'py>(py: Python<'py>, instance: &mut Instance, passed: &[Passed<'py>]) -> Answer<()> {
    for p in passed.iter().filter(|p| p.is_copied_back()) {
        let start = p.address;
        if let Some((low, before)) = &p.before {
            copy_changes(instance, p, *low, before)?;
        } else if p.array.is_plain() {
            let size = p.array.nbytes();
            let from = instance.memory().get(start..start + size).ok_or_else(outside)?;
            // SAFETY: the elements occupy `size` bytes and are writeable, which was checked before the call.
            unsafe { std::ptr::copy_nonoverlapping(from.as_ptr(), p.array.data(), size) };
        } else {
            p.array.assign(&over(py, instance, p.array.dtype(), start, p.array.shape(), &p.strides)?)?;
        }
    }
    Ok(())
}

/// The argument that a result is, or the part of it that a result lies in, as a view.
pub fn view_of_argument<'py>(
    passed: &[Passed<'py>],
    data: usize,
    dtype: DType,
    shape: &[isize],
    strides: &[isize],
) -> PyResult<Option<Ndarray<'py>>> {
    if shape.contains(&0) {
        return Ok(None);
    }
    let is_whole = |p: &&Passed<'py>| {
        p.address == data && p.array.dtype() == dtype && p.array.shape() == shape && p.strides == strides
    };
    if let Some(p) = passed.iter().find(is_whole) {
        return Ok(Some(p.array.clone()));
    }
    let found = passed.iter().find_map(|p| {
        let (low, high, start) = p.image?;
        (start..start + (high - low)).contains(&data).then(|| (p, low + (data - start)))
    });
    let Some((p, address)) = found else { return Ok(None) };
    let writeable = p.array.is_writeable();
    // SAFETY: the block is an image of memory that the argument keeps alive, and compiled code made a view inside of the block.
    unsafe { Ndarray::over(address as *mut u8, dtype, shape, strides, writeable, Ok(p.array.object())) }.map(Some)
}

/// An array without gaps whose axes are in the order of some strides, as NumPy copies with `order="K"`.
fn empty_like<'py>(py: Python<'py>, dtype: DType, shape: &[isize], strides: &[isize]) -> PyResult<Ndarray<'py>> {
    let mut order: Vec<usize> = (0..shape.len()).collect();
    order.sort_by_key(|&k| std::cmp::Reverse(strides[k].abs()));
    let base = Ndarray::empty(py, dtype, &order.iter().map(|&k| shape[k]).collect::<Vec<_>>())?;
    if order.is_sorted() {
        return Ok(base);
    }
    let mut own = vec![0; shape.len()];
    for (&k, stride) in order.iter().zip(base.strides()) {
        own[k] = *stride;
    }
    // SAFETY: these are the axes of `base`, which is kept, in another order.
    unsafe { Ndarray::over(base.data(), dtype, shape, &own, true, Ok(base.object())) }
}

/// A copy of an array in linear memory.
pub fn copy_out<'py>(
    py: Python<'py>,
    instance: &mut Instance,
    dtype: DType,
    data: usize,
    shape: &[isize],
    strides: &[isize],
) -> Answer<Ndarray<'py>> {
    let plain = strides == c_strides(shape, dtype);
    let out = if plain { Ndarray::empty(py, dtype, shape)? } else { empty_like(py, dtype, shape, strides)? };
    let size = out.nbytes();
    if size == 0 {
        return Ok(out);
    }
    if plain {
        let from = instance.memory().get(data..data + size).ok_or_else(outside)?;
        // SAFETY: the array was made with this many bytes.
        unsafe { std::ptr::copy_nonoverlapping(from.as_ptr(), out.data(), size) };
    } else {
        out.assign(&over(py, instance, dtype, data, shape, strides)?)?;
    }
    Ok(out)
}

/// A copy of memory that several results lie in.
pub struct Common<'py> {
    /// The address of its first byte in linear memory.
    start: usize,
    bytes: Ndarray<'py>,
}

impl<'py> Common<'py> {
    /// A copy of the memory from `low` to `high`. It begins where an element of any dtype may.
    pub fn new(py: Python<'py>, instance: &Instance, low: usize, high: usize) -> Answer<Self> {
        let start = low & !15;
        let from = instance.memory().get(start..high).ok_or_else(outside)?;
        let bytes = Ndarray::empty(py, DType::UInt8, &[from.len() as isize])?;
        // SAFETY: the array was made with this many bytes.
        unsafe { std::ptr::copy_nonoverlapping(from.as_ptr(), bytes.data(), from.len()) };
        Ok(Common { start, bytes })
    }

    /// A result that lies in it, as a view.
    pub fn view(&self, dtype: DType, data: usize, shape: &[isize], strides: &[isize]) -> Answer<Ndarray<'py>> {
        if shape.contains(&0) {
            return Ok(Ndarray::empty(self.bytes.object().py(), dtype, shape)?);
        }
        // SAFETY: the copy holds all that the results of this block reach.
        let first = unsafe { self.bytes.data().add(data - self.start) };
        // SAFETY: as above, and the view keeps the copy alive.
        Ok(unsafe { Ndarray::over(first, dtype, shape, strides, true, Ok(self.bytes.object())) }?)
    }
}
