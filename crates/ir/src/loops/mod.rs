//! The loop IR: how a function is computed.
//!
//! # What it is
//!
//! Structured statements over typed locals. There is no control-flow graph: wasm is structured, its locals are mutable and the
//! engine builds its own SSA. A [`Function`] has the flattened parameters and results of
//! [`Type::slots`](nopython_types::Type::slots).
//!
//! # Evaluation order
//!
//! Statements run in order. An [`Expr`] belongs to the statement that contains it, is evaluated exactly where it stands, each
//! time that statement runs, and is never shared: values that are used twice live in a [`Local`]. Expressions have no effects: they
//! read locals and memory, never trap on in-range addresses, and may be evaluated in any order within their statement. `Cond`
//! evaluates only one of its branches; `Select` evaluates both.
//!
//! # Types
//!
//! A value is a scalar of a [`DType`] or a vector of its lanes ([`Ty`]). Bool and the integers up to 32 bits are held sign- or
//! zero-extended in an i32, and every expression of such a type is in the dtype's range. Addresses, extents and strides are
//! `Int32` (addresses are unsigned quantities with wrapping arithmetic). Operations are those of [`ops`](crate::ops), on scalars and, lane by lane, on
//! vectors; a comparison of vectors gives a [`Ty::Mask`].
//!
//! # Memory
//!
//! An [`Address`] is an `Int32` expression plus the [`Buffer`] that it lies in, which is what alias analysis
//! goes by: two accesses with different buffers can only overlap if neither buffer is `distinct`. Every access is inside its
//! buffer whenever it is executed: range checks are separate [`Check`](Stmt::Check) statements before it.
//! Alignment is that of the element at most; vector accesses may be unaligned.
//!
//! # Ownership
//!
//! A block from [`Alloc`](Stmt::Alloc) starts with one reference. [`Retain`](Stmt::Retain) and [`Release`](Stmt::Release) change the count and ignore 0. Every path
//! to a `Return` has released all references it does not return. A path that raises releases nothing: the host's
//! `$unwind` does.
//!
//! # Errors
//!
//! `Check`, `Raise` and `Alloc` raise at a [`Site`](nopython_types::Site) and then do not return. Nothing else leaves the function early but `Return`.

mod build;
mod print;
mod verify;
mod visit;

pub use print::{print, print_function};
pub use verify::{Verified, VerifyError, type_of, verify};

use crate::ops::{BinOp, UnOp};
use crate::{Arena, Const, Handle};
use nopython_types::{DType, Export, Site};
use std::rc::Rc;

/// A local's handle.
pub type LocalId = Handle<Local>;
/// A buffer's handle.
pub type BufferId = Handle<Buffer>;
/// A function's handle.
pub type FuncId = Handle<Function>;
/// A label's number, unique in its function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Label(pub u32);
/// An index into [`Module::sites`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SiteId(pub u32);

impl SiteId {
    /// The number of a site among others, where it is added if it is new.
    pub fn of(site: Site, sites: &mut Vec<Site>) -> SiteId {
        let index = sites.iter().position(|known| *known == site).unwrap_or_else(|| {
            sites.push(site);
            sites.len() - 1
        });
        SiteId(u32::try_from(index).unwrap_or(u32::MAX))
    }
}

/// A whole module.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Module {
    /// All functions, exported or not.
    pub functions: Arena<Function>,
    /// What hosts see, with the function behind each.
    pub exports: Vec<(Export, FuncId)>,
    /// Where errors are raised. One without a place ([`Site::is_placed`]) stands for as many as there are calls of the functions that raise
    /// there: its error is reported where such a function is called.
    pub sites: Vec<Site>,
    /// What lies at fixed places in memory.
    pub data: Data,
    /// What runs when the module is started, before any call.
    pub start: Option<FuncId>,
}

/// Memory at fixed places.
#[derive(Clone, Debug, PartialEq)]
pub struct Data {
    /// Where it begins: at [`DATA`], or above the data of others in a memory that modules share.
    pub base: u32,
    /// Bytes with their addresses, ascending; all others are 0.
    pub segments: Vec<(u32, Rc<[u8]>)>,
    /// Bytes from the base to the end.
    pub size: u32,
    /// Where the state of random generators lies ([`nopython_types::generators`]).
    pub generators: Option<u32>,
}

impl Default for Data {
    fn default() -> Self {
        Data { base: DATA, segments: Vec::new(), size: 0, generators: None }
    }
}

/// Where fixed memory begins, unless a host says where. Nothing lies at address 0, which stands for "no block".
pub const DATA: u32 = 1024;

/// A function.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Function {
    /// For printing and the name section.
    pub name: String,
    /// The locals that hold the parameters.
    pub params: Vec<LocalId>,
    /// Result types: scalars.
    pub results: Vec<DType>,
    /// All locals, parameters among them; others start at zero.
    pub locals: Arena<Local>,
    /// All buffers.
    pub buffers: Arena<Buffer>,
    /// The body. Control does not fall off its end unless there are no results.
    pub body: Block,
    /// How many labels have been given out.
    pub labels: u32,
    /// Lines of array statements that were put into the nest of another, with the line of that: for the report.
    pub fused: Vec<(u32, u32)>,
    /// Whether it is the host's function that prints: of its parameters, the address of code points and their number. The body is empty.
    pub prints: bool,
}

/// A sequence of statements.
pub type Block = Vec<Stmt>;

/// A local variable.
#[derive(Clone, Debug, PartialEq)]
pub struct Local {
    /// For printing.
    pub name: String,
    /// Its type.
    pub ty: Ty,
}

/// A region of memory as far as alias analysis goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Buffer {
    /// For printing.
    pub name: String,
    /// Whether no access through another buffer of this function touches the same memory.
    pub distinct: bool,
}

/// The type of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Ty {
    /// A scalar.
    Scalar(DType),
    /// Lanes of a dtype in the low bytes of a v128; `lanes · size` is 16, 8, 4 or 2. The other bytes are unspecified.
    Vector(DType, u8),
    /// The result of comparing vectors whose lanes are `bytes` wide: all ones or all zeros in each lane.
    Mask {
        /// Width of a lane in bytes: 1, 2, 4 or 8.
        bytes: u8,
        /// Number of lanes.
        lanes: u8,
    },
}

/// A place in memory.
#[derive(Clone, Debug, PartialEq)]
pub struct Address {
    /// What it lies in.
    pub buffer: BufferId,
    /// The byte address, an `Int32` scalar.
    pub at: Box<Expr>,
}

/// An expression; see the module's documentation for when it is evaluated.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// A scalar constant.
    Const(Const),
    /// A local.
    Local(LocalId),
    /// A scalar or lane-wise operation.
    Unary(UnOp, Box<Expr>),
    /// A scalar or lane-wise operation on operands of one type. `And`, `Or`, `Xor` and `Eq`, `Ne` also take masks of one shape.
    Binary(BinOp, Box<Expr>, Box<Expr>),
    /// Conversion to a dtype as NumPy's `astype` does on x86: integers wrap; floats truncate, out of range to the most negative int64 for
    /// dtypes of 64 bits and for `uint32`, to the most negative int32 for others, then wrap; anything ≠ 0 is true. Lane-wise on vectors.
    Cast(DType, Box<Expr>),
    /// `then` if the condition holds, else `orelse`; both are evaluated. The condition is a bool scalar, or a mask with as many
    /// lanes of the same width as the vectors.
    Select(Box<Expr>, Box<Expr>, Box<Expr>),
    /// As `Select` on scalars, but only the operand needed is evaluated.
    Cond(Box<Expr>, Box<Expr>, Box<Expr>),
    /// A value read from memory: a scalar (bool and narrow integers are extended) or a vector. Masks are not loaded.
    Load(Ty, Address),
    /// A pure function of `library/kernels`, by symbol; a symbol ending in `x2` or `x4` takes and gives vectors.
    Kernel(String, Vec<Expr>),
    /// All lanes equal to a scalar; the type says which vector or mask (of a bool scalar).
    Splat(Ty, Box<Expr>),
    /// One lane of a vector, as a scalar of its dtype.
    Lane(Box<Expr>, u8),
    /// Lanes x, x + 1, x + 2, … of an integer or float scalar; the type says how many.
    Ramp(Ty, Box<Expr>),
    /// Whether any lane of a mask is set, a bool.
    AnyTrue(Box<Expr>),
    /// Whether all lanes of a mask are set, a bool.
    AllTrue(Box<Expr>),
    /// Bool lanes (0 or 1 in a byte each) from a mask with as many lanes, or the reverse: the type says which.
    MaskCast(Ty, Box<Expr>),
}

/// A statement.
#[derive(Clone, Debug, PartialEq)]
pub enum Stmt {
    /// `local = value`
    Set(LocalId, Expr),
    /// Writes a scalar (at the width of its dtype) or a vector (its lanes only). Bool is one byte. The value is evaluated before the write.
    Store(Address, Expr),
    /// Branches on a bool.
    If(Expr, Block, Block),
    /// A counted loop.
    For(Box<For>),
    /// Repeats `body` while the condition, evaluated before each turn, holds.
    While {
        /// `Break` target; `Continue` goes to the condition.
        label: Label,
        /// A bool.
        test: Expr,
        /// The turn.
        body: Block,
    },
    /// Runs once; `Break` leaves it.
    Scope(Label, Block),
    /// Leaves the loop or scope of that label.
    Break(Label),
    /// Goes to the next turn of the loop of that label.
    Continue(Label),
    /// Raises unless the condition holds.
    Check(Expr, Fault),
    /// Raises.
    Raise(Fault),
    /// Calls a function; the results go to locals.
    Call {
        /// Which.
        function: FuncId,
        /// One scalar per parameter.
        args: Vec<Expr>,
        /// One local per result.
        results: Vec<LocalId>,
        /// Where errors of the function are reported that have no place of their own.
        at: CallPlace,
    },
    /// Allocates a block of that many bytes (an `Int64` scalar, computed without wrapping up to 2^62; negative or too large fails); `owner` is its address. Raises `MemoryError` at the site.
    Alloc {
        /// An `Int32` local.
        owner: LocalId,
        /// Size.
        bytes: Expr,
        /// A `MemoryError` site.
        site: SiteId,
    },
    /// Adds a reference to the block of an owner, unless it is 0.
    Retain(Expr),
    /// Drops a reference to the block of an owner, unless it is 0.
    Release(Expr),
    /// Copies bytes between places that are equal or do not overlap (`memory.copy`).
    Copy {
        /// To.
        to: Address,
        /// From.
        from: Address,
        /// An `Int32` count.
        bytes: Expr,
    },
    /// Fills bytes with the low byte of an `Int32` value (`memory.fill`).
    Fill {
        /// Where.
        to: Address,
        /// The byte.
        value: Expr,
        /// An `Int32` count.
        bytes: Expr,
    },
    /// Leaves the function.
    Return(Vec<Expr>),
}

/// The place of a call in the user's source. Without a line it is where the function around the call was called.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct CallPlace {
    /// The user's function around it.
    pub function: String,
    /// Line, counted from 1.
    pub line: u32,
    /// Column in characters, counted from 1.
    pub column: u32,
}

/// What is raised, and the two numbers its message may show.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// The site.
    pub site: SiteId,
    /// `{a}` and `{b}` of the message: integer or float scalars; missing ones are 0.
    pub numbers: Vec<Expr>,
}

/// A counted loop: `var` takes `start`, `start + step`, … while less than `stop` (greater, for a negative step).
///
/// Bounds are evaluated once, before the first turn, and `stop + step` does not overflow the variable's dtype. The body does not set `var`; after the loop its value is
/// unspecified.
#[derive(Clone, Debug, PartialEq)]
pub struct For {
    /// `Break` and `Continue` target.
    pub label: Label,
    /// An `Int32` or `Int64` local.
    pub var: LocalId,
    /// First value, of the variable's dtype.
    pub start: Expr,
    /// Bound, of the variable's dtype.
    pub stop: Expr,
    /// Not zero.
    pub step: i32,
    /// The turn.
    pub body: Block,
    /// What is known about the loop.
    pub facts: LoopFacts,
}

/// What is known about a loop that analysis could not find again. From `guarded` on it is for the user to read, and decides nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LoopFacts {
    /// Turns are independent of each other: no turn reads what another writes, and no two write the same element. Holds by
    /// construction for element-wise array expressions. Locals set in the body are not read before they are set in the same turn.
    pub independent: bool,
    /// The loop has been through the vectoriser: it is a vector loop or the remainder of one.
    pub vectorized: bool,
    /// Whether the vector loop runs only where arrays lie apart and elements are neighbours, as tests before it tell.
    pub guarded: bool,
    /// Line of the Python source, counted from 1; 0 if there is none.
    pub line: u32,
    /// Whether an array expression or a reduction implies the loop, rather than a `for` statement.
    pub implied: bool,
    /// Whether this runs only where a test before it fails: a copy of a nest with every check in its place, or a detour around memory that overlaps.
    pub spare: bool,
    /// How many checks were taken out of the nest whose outermost loop this is.
    pub hoisted: u16,
    /// Why the loop is not on vectors.
    pub obstacle: Option<Obstacle>,
}

/// Why a loop is not on vectors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// It holds another loop.
    Inner,
    /// The number of turns is found out by running them.
    Endless,
    /// A turn may raise at a site, after it has changed what would have to be undone.
    Raises(SiteId),
    /// It leaves a turn, or itself, early.
    Leaves,
    /// It calls a function.
    Calls(FuncId),
    /// A turn allocates, frees or moves memory.
    Memory,
    /// It does not count up by ones.
    Step,
    /// A turn uses what an earlier turn gave a local.
    Carried(LocalId),
    /// The local's last value is used after the loop.
    UsedAfter(LocalId),
    /// Floats are combined into a local one after another, and rounding depends on the order.
    Order(LocalId),
    /// What is stored may be what another turn reads.
    Overlap,
    /// Memory is not run through element by element.
    Stride,
    /// An operation, conversion or choice has no form on vectors of the dtype.
    Operation(DType),
    /// The values have more widths than fit one vector.
    Width,
}
