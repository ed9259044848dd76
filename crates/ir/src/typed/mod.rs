//! The typed IR: what a Python function means.
//!
//! # What it is
//!
//! A [`Function`] is one Python function for one list of argument types. Its statements are Python's, structured;
//! every [`Var`] has exactly one [`Type`] (inference splits a Python variable that is re-assigned with another type,
//! and joins the halves with explicit casts where paths meet). Every promotion is explicit: operands of a
//! [`Binary`](ExprKind::Binary) or of a [`Map`](ExprKind::Map) have equal dtypes, and each conversion is a
//! [`Cast`](ExprKind::Cast). Truth tests are explicit: a condition has dtype bool.
//!
//! # Values
//!
//! A scalar or tuple expression is evaluated where it stands, operands from left to right, except that [`Cond`],
//! [`And`] and [`Or`] evaluate only the operand they need. Tuples are values without identity.
//!
//! An array-valued expression is one of three:
//!
//! - a *place*: [`Var`], [`Global`](ExprKind::Global), [`View`], [`Transpose`], [`Part`], [`Reshape`], [`BroadcastTo`], [`FieldView`], [`Elements`] of a place. It denotes existing memory.
//! - *fresh*: [`Call`], [`ArrayLit`], [`Copy`], an axis [`Reduce`], [`Scan`], `Empty`. It denotes a new buffer that nothing else refers to
//!   (a called function may also return a place it was given).
//! - *lazy*: [`Map`], [`Full`], [`Range`] and [`IndexGrid`]. It is a rule for each element, in terms of its operands' elements, and has
//!   no memory until something needs memory. A tree of lazy nodes becomes one loop nest: that is all that fusion is.
//!
//! A lazy tree reads its operands when it is consumed, which is within the statement that contains it, and no statement's
//! own store is seen by its own reads: `a[1:] = a[:-1] + 1` reads all of `a` before it writes.
//! Scalars inside a lazy tree are evaluated once, before the loop.
//!
//! Arrays of records, and records themselves, are places too. [`FieldView`] and [`Elements`] are all that takes and gives them: a field is an array in
//! their memory, and what moves whole records moves their units (`nopython_types::Structured`).
//!
//! A list is the address of a record on the heap: binding a variable to it makes another name of the same list. An item is read and written
//! whole; an array or a list among the items is shared, as in Python.
//!
//! A string is an array of code points that nothing changes. What holds for arrays holds for it: it denotes memory that is shared.
//! Lowering begins by making arrays of strings.
//!
//! # Statements
//!
//! [`Assign`](StmtKind::Assign) binds a variable: for a place it makes another name of the same memory, for anything else it makes the
//! memory. [`StoreItem`](StmtKind::StoreItem) and [`StoreView`](StmtKind::StoreView) write elements. A `for` loop's bounds are evaluated once; its variable is assigned
//! at the start of each turn and keeps its last value.
//!
//! # Errors
//!
//! `Item`, `ListItem`, `ListStore`, `View` with an integer, `Div`, `FloorDiv` and `Mod` of Python's own numbers, shape mismatches in `Map` and `StoreView`,
//! allocation, and `Raise` may raise; the error carries the span of the node. Spans always lie in the user's source:
//! nodes from a library body carry the span of the user's call.
//!
//! [`Var`]: ExprKind::Var
//! [`View`]: ExprKind::View
//! [`Transpose`]: ExprKind::Transpose
//! [`Part`]: ExprKind::Part
//! [`Reshape`]: ExprKind::Reshape
//! [`BroadcastTo`]: ExprKind::BroadcastTo
//! [`FieldView`]: ExprKind::FieldView
//! [`Elements`]: ExprKind::Elements
//! [`Call`]: ExprKind::Call
//! [`ArrayLit`]: ExprKind::ArrayLit
//! [`Copy`]: ExprKind::Copy
//! [`Reduce`]: ExprKind::Reduce
//! [`Scan`]: ExprKind::Scan
//! [`Map`]: ExprKind::Map
//! [`Full`]: ExprKind::Full
//! [`Range`]: ExprKind::Range
//! [`IndexGrid`]: ExprKind::IndexGrid
//! [`Cond`]: ExprKind::Cond
//! [`And`]: ExprKind::And
//! [`Or`]: ExprKind::Or

pub mod print;
pub mod verify;
mod visit;

use crate::ops::{BinOp, UnOp};
use crate::{Arena, Const, Handle};
use nopython_types::{ArrayType, DType, Exception, Literal, Passing, Type};
use std::rc::Rc;

/// A variable's handle.
pub type VarId = Handle<Var>;
/// A function's handle.
pub type FuncId = Handle<Function>;
/// A global array's handle.
pub type GlobalId = Handle<Global>;

/// The name of the global array that holds the state of the module's random generators, if it uses them.
pub const GENERATORS: &str = "$generators";

/// A whole program: the functions reachable from the exports.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Module {
    /// Name of the user's source file.
    pub file: String,
    /// Every specialisation, callees before callers except in recursion.
    pub functions: Arena<Function>,
    /// What hosts can call, in source order; overloads of one name adjacent.
    pub exports: Vec<Export>,
    /// The arrays of the module, each after those that its contents are made of.
    pub globals: Arena<Global>,
}

/// An array of the user's module: one object, at one place in memory as long as the compiled module lives.
#[derive(Clone, Debug, PartialEq)]
pub struct Global {
    /// The Python name.
    pub name: String,
    /// Element type; C-contiguous.
    pub ty: ArrayType,
    /// Extents, as many as the type has dimensions.
    pub shape: Vec<u32>,
    /// What it holds before the first call.
    pub contents: Contents,
    /// Whether compiled code may not write to it.
    pub frozen: bool,
}

impl Global {
    /// Number of elements.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.shape.iter().fold(1u64, |size, &extent| size.saturating_mul(u64::from(extent)))
    }

    /// Size in bytes.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.size().saturating_mul(u64::from(self.ty.dtype.size()))
    }
}

/// What a global array holds before the first call.
#[derive(Clone, Debug, PartialEq)]
pub enum Contents {
    /// Zeros, which take no room in a compiled module.
    Zeros,
    /// Elements in C order, little-endian.
    Bytes(Rc<[u8]>),
    /// What a function without parameters and result stores in it, which runs once, when the module is started.
    Computed(FuncId),
}

/// A function that hosts can call.
#[derive(Clone, Debug, PartialEq)]
pub struct Export {
    /// The Python name.
    pub name: String,
    /// The specialisation.
    pub function: FuncId,
    /// The docstring, cleaned.
    pub doc: Option<String>,
    /// For each parameter its default as a Python literal.
    pub defaults: Vec<Option<Literal>>,
    /// For each parameter how calls give it.
    pub passing: Vec<Passing>,
}

/// A place in the user's source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub struct Place {
    /// Byte offset of the start.
    pub start: u32,
    /// Byte offset past the end.
    pub end: u32,
    /// Line, counted from 1.
    pub line: u32,
    /// Column in characters, counted from 1.
    pub column: u32,
}

/// One Python function for one list of argument types.
#[derive(Clone, Debug, PartialEq)]
pub struct Function {
    /// The Python name; `np.diff` for a library body.
    pub name: String,
    /// The user's function in which errors are reported: the name itself, or the module. Nothing for a library body, whose errors are
    /// reported where it is called, unless hosts call it.
    pub reported_as: String,
    /// Parameters in order.
    pub params: Vec<VarId>,
    /// What every `return` gives.
    pub result: Type,
    /// All variables.
    pub vars: Arena<Var>,
    /// The body. Control never falls off its end: the last statement returns or raises on every path.
    pub body: Vec<Stmt>,
    /// The `def`.
    pub place: Place,
    /// Whether the body came from the library, so that inlining is always welcome.
    pub library: bool,
    /// Whether the host prints the string that is its only parameter; the body does nothing.
    pub prints: bool,
}

/// A variable: one Python name with one type.
#[derive(Clone, Debug, PartialEq)]
pub struct Var {
    /// The Python name; temporaries have names that begin with `$`.
    pub name: String,
    /// The type of every value it holds.
    pub ty: Type,
}

/// A statement.
#[derive(Clone, Debug, PartialEq)]
pub struct Stmt {
    /// What it does.
    pub kind: StmtKind,
    /// Where it stands.
    pub place: Place,
}

/// The kinds of statements.
#[derive(Clone, Debug, PartialEq)]
pub enum StmtKind {
    /// `var = value`. The value's type equals the variable's, except that a C-contiguous array may be bound to a
    /// variable of any layout.
    Assign(VarId, Expr),
    /// `array[index] = value` with one integer per dimension and a scalar of the array's dtype.
    /// The value is evaluated first, then the array, then the index, as Python does.
    StoreItem {
        /// A place.
        array: Expr,
        /// One int64 scalar per dimension.
        index: Vec<Expr>,
        /// A scalar of the array's dtype.
        value: Expr,
    },
    /// `target[...] = value`, broadcasting the value; raises `ValueError` when it cannot.
    StoreView {
        /// A place of rank ≥ 1.
        target: Expr,
        /// A scalar or an array of the target's dtype and at most its rank.
        value: Expr,
    },
    /// `list[index] = value`. The value is evaluated first, then the list, then the index. Negative counts from the end; `IndexError` when out
    /// of range.
    ListStore {
        /// A list.
        list: Expr,
        /// An int64 scalar.
        index: Expr,
        /// A value of the items' type.
        value: Expr,
    },
    /// `list.append(value)`. The list is evaluated first.
    ListAppend {
        /// A list.
        list: Expr,
        /// A value of the items' type.
        value: Expr,
    },
    /// `record.field = value`. The value is evaluated first.
    FieldStore {
        /// A record that is not `None`.
        record: Expr,
        /// The number of the field.
        field: usize,
        /// A value of the field's type.
        value: Expr,
    },
    /// Drops the items of a list from a number on.
    ListTruncate {
        /// A list.
        list: Expr,
        /// An int64 scalar, from 0 to the length.
        length: Expr,
    },
    /// Evaluates for effect.
    Expr(Expr),
    /// `if`/`elif`/`else`.
    If {
        /// A bool scalar.
        test: Expr,
        /// When true.
        then: Vec<Stmt>,
        /// When false.
        orelse: Vec<Stmt>,
    },
    /// `while`.
    While {
        /// A bool scalar, evaluated before each turn.
        test: Expr,
        /// The turn.
        body: Vec<Stmt>,
    },
    /// `for var in range(start, stop, step)`; bounds are int64 scalars, evaluated once, in order.
    /// A step of 0 raises `ValueError`.
    For {
        /// The loop variable, of type int (weak int64).
        var: VarId,
        /// First value.
        start: Expr,
        /// Bound, excluded.
        stop: Expr,
        /// Step; usually a constant.
        step: Expr,
        /// The turn. It may assign `var`, which does not change the number of turns.
        body: Vec<Stmt>,
    },
    /// Leaves the innermost loop.
    Break,
    /// Goes to the next turn of the innermost loop.
    Continue,
    /// Leaves the function with a value of the function's result type (layouts may be more specific).
    Return(Expr),
    /// Raises.
    Raise {
        /// The class.
        exception: Exception,
        /// The message, in which `{a}` and `{b}` stand for numbers.
        message: String,
        /// These numbers, two at most: integer scalars. Or one string, for which `{text}` stands.
        numbers: Vec<Expr>,
    },
}

/// An expression: a value, its type, its place in the source.
#[derive(Debug)]
pub struct Expr {
    /// What it computes.
    pub kind: ExprKind,
    /// The type of the value.
    pub ty: Type,
    /// Where it stands.
    pub place: Place,
}

// Not derived: what is derived is compiled anew in each crate, a hundredth of the compiler for browsers.
impl Clone for Expr {
    #[inline(never)]
    fn clone(&self) -> Self {
        Expr { kind: self.kind.clone(), ty: self.ty.clone(), place: self.place }
    }
}

impl PartialEq for Expr {
    #[inline(never)]
    fn eq(&self, other: &Self) -> bool {
        self.place == other.place && self.kind == other.kind && self.ty == other.ty
    }
}

/// The kinds of expressions.
#[derive(Clone, Debug, PartialEq)]
pub enum ExprKind {
    /// `None`, which may be a record's type's.
    NoneValue,
    /// A scalar constant.
    Const(Const),
    /// A variable.
    Var(VarId),
    /// An array of the module.
    Global(GlobalId),
    /// A scalar operation.
    Unary(UnOp, Box<Expr>),
    /// A scalar operation on two scalars of one dtype. `Div`, `FloorDiv` and `Mod` raise `ZeroDivisionError` for a zero divisor when the
    /// *type of the expression is weak* (Python's own numbers); NumPy's give 0 for integers and follow IEEE 754 for floats.
    Binary(BinOp, Box<Expr>, Box<Expr>),
    /// A scalar converted to the dtype of the expression's type, as NumPy's `astype` does. No-op casts that only change
    /// weakness are allowed.
    Cast(Box<Expr>),
    /// A scalar function of `library/kernels`, by symbol (`sin_f64`): pure and total.
    Kernel(String, Vec<Expr>),
    /// `then if test else orelse` on values of one type that are not arrays; strings are taken.
    Cond {
        /// A bool scalar.
        test: Box<Expr>,
        /// Value when true.
        then: Box<Expr>,
        /// Value when false.
        orelse: Box<Expr>,
    },
    /// Bool scalars; the second is evaluated only if the first is true.
    And(Box<Expr>, Box<Expr>),
    /// Bool scalars; the second is evaluated only if the first is false.
    Or(Box<Expr>, Box<Expr>),
    /// The element of an array at one int64 scalar per dimension (a rank-0 array has none). Negative counts from the end; `IndexError` when out of range.
    Item {
        /// An array: a place, or a lazy tree, of which then one element is computed.
        array: Box<Expr>,
        /// One int64 scalar per dimension.
        index: Vec<Expr>,
    },
    /// An index, an int64 scalar, which errors name as one of this axis of the array that the source indexes: a view of that array, whose
    /// axes have other numbers, is indexed here. Without it an index is of the axis where it stands.
    OfAxis(Box<Expr>, u8),
    /// The extent of an array along an axis, an int (weak).
    Dim(Box<Expr>, u8),
    /// A call of another function. Arguments have the callee's parameter types (layouts may be more specific).
    Call(FuncId, Vec<Expr>),
    /// A tuple; as a complex scalar, the number of these two parts, real and imaginary.
    Tuple(Vec<Expr>),
    /// An item of a tuple; of a complex scalar, its real part (0) or its imaginary part (1).
    TupleItem(Box<Expr>, usize),
    /// An element-wise rule: operands are scalars or arrays, broadcast against each other by NumPy's rule
    /// (`ValueError` when they do not fit). At least one operand is an array. The expression's ndim is the largest of the operands'.
    Map(MapOp, Vec<Expr>),
    /// An array of one value (`np.full`, `zeros`, `ones`). The extents are int64 scalars; negative raises `ValueError`.
    Full {
        /// One int64 scalar per dimension.
        shape: Vec<Expr>,
        /// A scalar of the array's dtype.
        value: Box<Expr>,
    },
    /// An array of unspecified contents (`np.empty`).
    Empty(Vec<Expr>),
    /// The 1-D array start, start + step, … of `count` elements, element k being `start + k·step` in the array's dtype
    /// (for floats k is converted first); a negative count counts as 0.
    Range {
        /// A scalar of the array's dtype.
        start: Box<Expr>,
        /// A scalar of the array's dtype.
        step: Box<Expr>,
        /// An int64 scalar.
        count: Box<Expr>,
    },
    /// For each element of an array of the given shape, its index along one axis (int64): what `np.indices` is made of.
    IndexGrid {
        /// One int64 scalar per dimension.
        shape: Vec<Expr>,
        /// The axis.
        axis: u8,
    },
    /// A string that is known while compiling.
    Text(Rc<str>),
    /// The same memory as another type: the code points of a string as an array of type `Type::CODE_POINTS`, which is not written to;
    /// such an array, which is not written to any more, as the string; or a place as an array whose elements are as large.
    Reinterpret(Box<Expr>),
    /// A new list of these items.
    List(Vec<Expr>),
    /// The number of items of a list, an int (weak).
    ListLength(Box<Expr>),
    /// A new record of the expression's class with these values of its fields, or, without any, with zeros in all of them: the addresses of lists and
    /// of records are 0 then.
    Record(Vec<Expr>),
    /// A field of a record that is not `None`. `AttributeError` where it is a list or a record that has not been set.
    Field(Box<Expr>, usize),
    /// Whether two records are one object, or both `None`.
    Same(Box<Expr>, Box<Expr>),
    /// A record that may be `None`, as one that is not. `AttributeError`, which names the attribute that is asked for, where it is.
    NotNone(Box<Expr>, Box<str>),
    /// An item of a list at an int64 scalar. Negative counts from the end; `IndexError` when out of range.
    ListItem(Box<Expr>, Box<Expr>),
    /// A nested list: a fresh array of a shape known while compiling, items in C order.
    ArrayLit {
        /// Extents.
        shape: Vec<u32>,
        /// Scalars of the array's dtype.
        items: Vec<Expr>,
    },
    /// A fresh C-contiguous copy.
    Copy(Box<Expr>),
    /// Basic indexing: a place in the memory of `array` (which is materialised if it is not a place).
    View {
        /// The array.
        array: Box<Expr>,
        /// One entry per dimension of `array`, plus `NewAxis` entries.
        index: Vec<Index>,
    },
    /// Axes permuted: axis `k` of the result is axis `axes[k]` of the array.
    Transpose(Box<Expr>, Vec<u8>),
    /// The real (0) or the imaginary (1) parts of an array of complex numbers: a place in its memory if that is a place, otherwise a rule.
    Part(Box<Expr>, u8),
    /// The same elements in C order with another shape; a view when the operand is C-contiguous, otherwise of a copy. One
    /// extent may be −1. `ValueError` when the sizes differ.
    Reshape(Box<Expr>, Vec<Expr>),
    /// A read-only view with stretched axes (`np.broadcast_to`); `ValueError` when it cannot.
    BroadcastTo(Box<Expr>, Vec<Expr>),
    /// Part of each record: an array, or records, in the memory of `array`, which are records. For each element of `array` it has elements of a shape, in C
    /// order and without gaps, from `offset` on. Offset 0 and the units of a record are the array of units.
    FieldView {
        /// The records.
        array: Box<Expr>,
        /// Bytes from the beginning of a record.
        offset: u32,
        /// Extents that follow those of `array`.
        shape: Vec<u32>,
    },
    /// The records that an array of their units, whose last axis is whole, is made of.
    Elements(Box<Expr>),
    /// All elements, or those along one axis, combined. Operand and result dtype: see [`ReduceOp`].
    Reduce {
        /// How.
        op: ReduceOp,
        /// The array.
        array: Box<Expr>,
        /// `None`: a scalar over all elements, in C order. Otherwise the result has one dimension less.
        axis: Option<u8>,
    },
    /// Running combination along the only axis of a 1-D array: `cumsum`, `cumprod`. Fresh.
    Scan {
        /// `Sum` or `Prod`.
        op: ReduceOp,
        /// A 1-D array of the result's dtype.
        array: Box<Expr>,
    },
    /// `body` in which a variable has a value: binds it as `Assign` does, then evaluates the body. This is how a library body that is one
    /// expression is expanded at its call. Not inside an element rule: operands of a `Map` are evaluated once.
    Let(VarId, Box<Expr>, Box<Expr>),
    /// Evaluates nothing at run time but asserts, raising `ValueError` with the message when false, then gives the value.
    /// Used by library bodies for argument checks that must happen inside an expression.
    Checked {
        /// A bool scalar.
        test: Box<Expr>,
        /// The class raised.
        exception: Exception,
        /// The message, in which `{a}` and `{b}` stand for the numbers.
        message: Box<str>,
        /// Up to two scalars that the message shows.
        numbers: Box<[Expr]>,
        /// The value.
        value: Box<Expr>,
    },
}

/// One entry of a basic index.
#[derive(Clone, Debug, PartialEq)]
pub enum Index {
    /// An int64 scalar: the axis disappears; `IndexError` when out of range.
    At(Expr),
    /// A slice; bounds and step are int64 scalars, clipped as Python does; a step of 0 raises `ValueError`.
    Slice {
        /// First index.
        start: Option<Expr>,
        /// Bound, excluded.
        stop: Option<Expr>,
        /// Step.
        step: Option<Expr>,
    },
    /// A new axis of extent 1.
    NewAxis,
}

/// The element rule of a [`Map`](ExprKind::Map).
#[derive(Clone, Debug, PartialEq)]
pub enum MapOp {
    /// One operand.
    Unary(UnOp),
    /// Two operands of one dtype. Integer division by zero gives 0, as in NumPy.
    Binary(BinOp),
    /// One operand, converted as NumPy's `astype` does.
    Cast(DType),
    /// `np.where(mask, x, y)`: a bool and two operands of one dtype.
    Select,
    /// A scalar function of `library/kernels`.
    Kernel(String),
    /// The complex number of two parts of one float dtype.
    Pair,
    /// A function of scalars that neither raises nor reads or writes memory.
    Call(FuncId),
}

/// How elements are combined. The operand has already been cast to the dtype NumPy accumulates in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReduceOp {
    /// Sum; floats in NumPy's pairwise order. Result: the operand's dtype. Empty: 0.
    Sum,
    /// Product, in order. Empty: 1.
    Prod,
    /// Smallest; NaN if any is NaN. `ValueError` when empty.
    Min,
    /// Largest; NaN if any is NaN. `ValueError` when empty.
    Max,
    /// Index of the first smallest, or of the first NaN, an int64. `ValueError` when empty.
    ArgMin,
    /// Index of the first largest, or of the first NaN, an int64. `ValueError` when empty.
    ArgMax,
    /// Whether all are true; operand bool.
    All,
    /// Whether any is true; operand bool.
    Any,
}
