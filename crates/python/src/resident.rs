//! Arrays in memory that NumPy shares with the engine, so that passing them copies nothing.
//!
//! A *region* is pages of a memory file. NumPy sees them through one mapping; an instance that is called with an array of the region
//! sets aside address space in its linear memory and maps the same pages over it, once. The array then has two addresses and one
//! content, in every instance and thread. Linear memory never moves (`memory_may_move(false)` in [`crate::interrupt::engine`]),
//! so that the mapping stays where it is. Systems other than Linux have `unshared.rs` instead.

use crate::errors::Refused;
use crate::ndarray::{self, Ndarray};
use crate::passing::c_strides;
use nopython_engine::{Failure, Instance};
use pyo3::exceptions::{PyMemoryError, PyTypeError};
use pyo3::prelude::*;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, Weak};

/// Bytes of the system's page.
fn page() -> usize {
    // SAFETY: asks for a number.
    usize::try_from(unsafe { libc::sysconf(libc::_SC_PAGESIZE) }).unwrap_or(4096)
}

/// Pages that can be mapped more than once.
pub struct Region {
    base: usize,
    size: usize,
    file: libc::c_int,
}

/// Every region that is alive, by address.
static REGIONS: Mutex<BTreeMap<usize, Weak<Region>>> = Mutex::new(BTreeMap::new());

/// How many there are, to answer without the lock when there are none.
static COUNT: AtomicUsize = AtomicUsize::new(0);

impl Region {
    /// Fresh pages, which are zero, or nothing where the system has none to give.
    fn new(bytes: usize) -> Option<Arc<Region>> {
        let size = bytes.max(1).next_multiple_of(page());
        // SAFETY: a name and flags; the result is checked.
        let file = unsafe { libc::memfd_create(c"nopython".as_ptr(), libc::MFD_CLOEXEC) };
        if file < 0 {
            return None;
        }
        let access = libc::PROT_READ | libc::PROT_WRITE;
        // SAFETY: a new mapping of a file that was made above, at an address of the system's choice.
        let base = unsafe {
            match libc::ftruncate(file, libc::off_t::try_from(size).ok()?) {
                0 => libc::mmap(std::ptr::null_mut(), size, access, libc::MAP_SHARED, file, 0),
                _ => libc::MAP_FAILED,
            }
        };
        if base == libc::MAP_FAILED {
            // SAFETY: the file was opened above and is not used any more.
            unsafe { libc::close(file) };
            return None;
        }
        let region = Arc::new(Region { base: base as usize, size, file });
        if let Ok(mut regions) = REGIONS.lock() {
            regions.insert(region.base, Arc::downgrade(&region));
        }
        COUNT.fetch_add(1, Ordering::SeqCst);
        Some(region)
    }

    /// The region that holds all bytes from `low` to `high`.
    fn find(low: usize, high: usize) -> Option<Arc<Region>> {
        if COUNT.load(Ordering::SeqCst) == 0 {
            return None;
        }
        let regions = REGIONS.lock().ok()?;
        let (_, region) = regions.range(..=low).next_back()?;
        region.upgrade().filter(|region| high <= region.base + region.size)
    }

    /// Maps the pages over linear memory.
    ///
    /// # Safety
    /// `size` bytes at `at`, which is a multiple of the system's page, belong to a block of the instance's that nothing else uses.
    unsafe fn map_at(&self, at: *mut u8) -> bool {
        let access = libc::PROT_READ | libc::PROT_WRITE;
        let how = libc::MAP_SHARED | libc::MAP_FIXED;
        // SAFETY: the caller's promise.
        unsafe { libc::mmap(at.cast(), self.size, access, how, self.file, 0) != libc::MAP_FAILED }
    }
}

impl Drop for Region {
    fn drop(&mut self) {
        if let Ok(mut regions) = REGIONS.lock() {
            regions.remove(&self.base);
        }
        COUNT.fetch_sub(1, Ordering::SeqCst);
        // SAFETY: `new` made the mapping and the file. NumPy's arrays keep the region alive, so that none is left.
        unsafe {
            libc::munmap(self.base as *mut libc::c_void, self.size);
            libc::close(self.file);
        }
    }
}

/// A region in the linear memory of an instance.
struct Mapping {
    region: Weak<Region>,
    base: usize,
    size: usize,
    block: i32,
    address: usize,
}

/// The regions that an instance has mapped.
#[derive(Default)]
pub struct Mappings(Vec<Mapping>);

impl Mappings {
    /// Bytes of linear memory that are regions.
    pub fn size(&self) -> usize {
        self.0.iter().map(|m| m.size).sum()
    }

    /// If the array lies in a region: the addresses of the region, and its address in linear memory.
    ///
    /// # Errors
    /// `MemoryError` when linear memory has no room.
    pub fn locate(
        &mut self,
        instance: &mut Instance,
        array: &Ndarray<'_>,
    ) -> Result<Option<(usize, usize, usize)>, Refused> {
        let (low, high) = array.span();
        let Some(region) = Region::find(low, high) else { return Ok(None) };
        let ends = |address| Some((region.base, region.base + region.size, address));
        if let Some(known) = self.0.iter().find(|m| m.base == region.base && m.region.strong_count() > 0) {
            return Ok(ends(known.address));
        }
        self.forget_dead(instance)?;
        let block = instance.allocate(region.size + page(), 0)?;
        let memory = instance.memory_mut();
        let start = memory.as_ptr() as usize;
        let address = (start + block.cast_unsigned() as usize).next_multiple_of(page()) - start;
        if address + region.size > memory.len() {
            instance.release(block)?;
            return Ok(None);
        }
        // SAFETY: the block was allocated for this, and the pages lie inside of it.
        if !unsafe { region.map_at(memory.as_mut_ptr().add(address)) } {
            instance.release(block)?;
            return Ok(None);
        }
        self.0.push(Mapping { region: Arc::downgrade(&region), base: region.base, size: region.size, block, address });
        Ok(ends(address))
    }

    /// Gives back the address space of regions that NumPy has let go of.
    fn forget_dead(&mut self, instance: &mut Instance) -> Result<(), Refused> {
        let (dead, alive) = std::mem::take(&mut self.0).into_iter().partition(|m| m.region.strong_count() == 0);
        self.0 = alive;
        let dead: Vec<Mapping> = dead;
        for mapping in dead {
            let at = instance.memory_mut().as_mut_ptr().wrapping_add(mapping.address);
            let access = libc::PROT_READ | libc::PROT_WRITE;
            let how = libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_FIXED;
            // SAFETY: the pages lie inside of a block of the instance's that only this mapping used.
            if unsafe { libc::mmap(at.cast(), mapping.size, access, how, -1, 0) } == libc::MAP_FAILED {
                return Err(Refused::Failure(Failure::Engine("cannot give pages back".to_owned())));
            }
            instance.release(mapping.block)?;
        }
        Ok(())
    }
}

/// Keeps a region alive for NumPy.
#[pyclass(frozen, module = "nopython._native")]
struct Keeper {
    _region: Arc<Region>,
}

/// An array of zeros in memory that is shared with the engine. `number` is NumPy's type number.
///
/// # Errors
/// `TypeError` for a dtype that is not compiled, `MemoryError`.
#[pyfunction]
pub fn resident<'py>(py: Python<'py>, shape: Vec<isize>, number: i32) -> PyResult<Bound<'py, PyAny>> {
    let dtype =
        ndarray::dtype_of(number).ok_or_else(|| PyTypeError::new_err("arrays of this dtype are not compiled"))?;
    let count = shape.iter().try_fold(dtype.size() as usize, |n, &extent| n.checked_mul(usize::try_from(extent).ok()?));
    let bytes = count.ok_or_else(|| PyMemoryError::new_err("an array of this shape is too large, or negative"))?;
    let Some(region) = Region::new(bytes) else {
        return py.import("numpy")?.call_method1("zeros", (shape, dtype.name()));
    };
    let data = region.base as *mut u8;
    let keeper = Bound::new(py, Keeper { _region: region })?.into_any();
    // SAFETY: the region has room for the elements, and lives as long as its keeper.
    let array = unsafe { Ndarray::over(data, dtype, &shape, &c_strides(&shape, dtype), true, Ok(&keeper)) }?;
    Ok(array.object().clone())
}

/// Whether an array lies in memory that is shared with the engine.
#[pyfunction]
pub fn is_resident(array: &Bound<'_, PyAny>) -> bool {
    let array = Ndarray::from(array).and_then(Result::ok);
    array.is_some_and(|array| {
        let (low, high) = array.span();
        Region::find(low, high).is_some()
    })
}
