//! Blocks of a few elements that never leave the function live in locals: `np.array([a, b, c])` in a loop allocates nothing.
//! (Scalar replacement of aggregates: S. Muchnick, *Advanced Compiler Design and Implementation*, 1997, section 12.2.)
//!
//! A *pointer* is a local that only ever holds such a block's address: each of its values is an allocation of a small constant size or a copy of another
//! pointer, and it is only read as the address of a scalar at a constant offset, to be copied, or to count references. Pointers that are copied
//! to each other are one family, whose elements lie at the same offsets. Each pointer has a local for each element, which holds what the block has that
//! it points to; a copy of a pointer copies them. That is right as long as what has been copied is not read or written through the first name any more, which is
//! so of temporaries that are bound to a variable. Locals that only count references, as the owners of variables do, hold 0 in the place of such a block.

use super::PassOptions;
use nopython_ir::Const;
use nopython_ir::loops::{Block, Expr, Function, LocalId, Module, Stmt, Ty, type_of};
use nopython_ir::ops::BinOp;
use nopython_ir::sorted::SortedMap;
use nopython_types::DType;

/// Largest block, in bytes.
const LARGEST: i64 = 128;
/// Most elements of a block.
const MOST_ELEMENTS: usize = 16;

/// Runs the pass.
pub fn run(module: &mut Module, _: &PassOptions) {
    for function in module.functions.values_mut() {
        let mut small = false;
        for stmt in &function.body {
            stmt.walk(&mut |s| small |= matches!(s, Stmt::Alloc { bytes, .. } if is_small(bytes).is_some()));
        }
        if small {
            let replaced = Analysis::of(function).pointers(function);
            if !replaced.is_empty() {
                let mut body = std::mem::take(&mut function.body);
                Replacement { function, pointers: &replaced, elements: SortedMap::new() }.block(&mut body);
                function.body = body;
            }
        }
    }
}

fn is_small(bytes: &Expr) -> Option<i64> {
    bytes.as_const().and_then(Const::as_int).filter(|n| (0..=LARGEST).contains(n))
}

/// An element: its offset in bytes, and its dtype.
type Element = (i64, DType);

/// What is known of a local.
#[derive(Clone, Default)]
struct Uses {
    /// Sizes of the blocks that are allocated to it.
    allocated: Vec<i64>,
    /// What is copied to it, and what it is copied to.
    sources: Vec<LocalId>,
    targets: Vec<LocalId>,
    /// Whether it takes other values, or is read in other ways.
    others: bool,
    escapes: bool,
    elements: Vec<Element>,
    /// The fewest bytes that it is filled with from its beginning on.
    filled: Option<i64>,
}

impl Uses {
    /// Whether elements are read or written through it.
    fn is_accessed(&self) -> bool {
        !self.elements.is_empty() || self.filled.is_some()
    }
}

struct Analysis {
    uses: Vec<Uses>,
}

impl Analysis {
    fn of(function: &Function) -> Analysis {
        let mut this = Analysis { uses: vec![Uses::default(); function.locals.len()] };
        for &param in &function.params {
            this.at(param).others = true;
        }
        for stmt in &function.body {
            stmt.walk(&mut |s| this.statement(function, s));
        }
        this
    }

    fn at(&mut self, local: LocalId) -> &mut Uses {
        if local.index() >= self.uses.len() {
            self.uses.resize(local.index() + 1, Uses::default());
        }
        &mut self.uses[local.index()]
    }

    fn statement(&mut self, function: &Function, stmt: &Stmt) {
        match stmt {
            Stmt::Set(to, Expr::Local(from)) => {
                self.at(*to).sources.push(*from);
                self.at(*from).targets.push(*to);
            }
            Stmt::Set(to, value) => {
                self.at(*to).others |= value.as_const().and_then(Const::as_int) != Some(0);
                self.value(value);
            }
            Stmt::Alloc { owner, bytes, .. } => match is_small(bytes) {
                Some(bytes) => self.at(*owner).allocated.push(bytes),
                None => {
                    self.at(*owner).others = true;
                    self.value(bytes);
                }
            },
            Stmt::Store(address, value) => {
                match type_of(function, value) {
                    Some(Ty::Scalar(dtype)) => self.access(&address.at, dtype),
                    _ => self.value(&address.at),
                }
                self.value(value);
            }
            Stmt::Fill { to, value, bytes } => {
                let zero = value.as_const().and_then(Const::as_int) == Some(0);
                match (pointed(&to.at), bytes.as_const().and_then(Const::as_int)) {
                    (Some((pointer, 0)), Some(bytes)) if zero => {
                        let filled = &mut self.at(pointer).filled;
                        *filled = Some(filled.map_or(bytes, |other| other.min(bytes)));
                    }
                    _ => stmt.for_each_expr(&mut |e| self.value(e)),
                }
            }
            Stmt::Retain(Expr::Local(_)) | Stmt::Release(Expr::Local(_)) => {}
            other => {
                match other {
                    Stmt::For(l) => self.at(l.var).others = true,
                    Stmt::Call { results, .. } => results.iter().for_each(|r| self.at(*r).others = true),
                    _ => {}
                }
                other.for_each_expr(&mut |e| self.value(e));
            }
        }
    }

    fn access(&mut self, at: &Expr, dtype: DType) {
        match pointed(at) {
            Some((pointer, offset)) => {
                let elements = &mut self.at(pointer).elements;
                if !elements.contains(&(offset, dtype)) {
                    elements.push((offset, dtype));
                }
            }
            None => self.value(at),
        }
    }

    fn value(&mut self, e: &Expr) {
        match e {
            Expr::Load(Ty::Scalar(dtype), address) => self.access(&address.at, *dtype),
            Expr::Local(local) => self.at(*local).escapes = true,
            other => other.for_each_child(&mut |child| self.value(child)),
        }
    }

    /// The pointers, each with the elements of its family.
    fn pointers(&self, function: &Function) -> SortedMap<LocalId, Vec<Element>> {
        let get = |l: &LocalId| self.uses.get(l.index());
        // Locals that only count references: the greatest set.
        let mut counts: Vec<bool> = self.uses.iter().map(|u| !u.escapes && !u.is_accessed()).collect();
        let mut pointers: Vec<bool> = self
            .uses
            .iter()
            .map(|u| !(u.escapes || u.others || u.allocated.is_empty() && u.sources.is_empty()))
            .collect();
        loop {
            let holds = |set: &[bool], l: &LocalId| set.get(l.index()) == Some(&true);
            let counting: Vec<bool> = function
                .locals
                .handles()
                .map(|l| holds(&counts, &l) && get(&l).is_some_and(|u| u.targets.iter().all(|t| holds(&counts, t))))
                .collect();
            let families = self.families(function, &pointers);
            let smaller: Vec<bool> = function
                .locals
                .handles()
                .map(|l| {
                    holds(&pointers, &l)
                        && families.contains_key(&l)
                        && get(&l).is_some_and(|u| {
                            u.sources.iter().all(|s| holds(&pointers, s))
                                && u.targets.iter().all(|t| holds(&pointers, t) || holds(&counts, t))
                        })
                        && self.is_moved(&function.body, l, &pointers)
                })
                .collect();
            if counting == counts && smaller == pointers {
                return families;
            }
            (counts, pointers) = (counting, smaller);
        }
    }

    /// The elements of each pointer's family, if they fit in all of its blocks and do not overlap.
    fn families(&self, function: &Function, pointers: &[bool]) -> SortedMap<LocalId, Vec<Element>> {
        let mut out = SortedMap::new();
        let mut seen = vec![false; pointers.len()];
        for first in function.locals.handles() {
            let (mut family, mut pending) = (Vec::new(), vec![first]);
            while let Some(local) = pending.pop() {
                if pointers.get(local.index()) == Some(&true)
                    && let Some(seen) = seen.get_mut(local.index())
                    && !std::mem::replace(seen, true)
                    && let Some(uses) = self.uses.get(local.index())
                {
                    family.push((local, uses));
                    pending.extend(uses.sources.iter().chain(&uses.targets));
                }
            }
            let mut elements: Vec<Element> = Vec::new();
            for (_, uses) in &family {
                elements.extend(uses.elements.iter().filter(|e| !elements.contains(e)).copied().collect::<Vec<_>>());
            }
            elements.sort_by_key(|(offset, _)| *offset);
            let end = |(offset, dtype): &Element| offset + i64::from(dtype.size());
            let apart = elements.iter().zip(elements.iter().skip(1)).all(|(a, b)| end(a) <= b.0);
            let within = |bytes: &i64| elements.last().is_none_or(|last| end(last) <= *bytes);
            let begins = elements.first().is_none_or(|first| first.0 >= 0);
            let fits = family.iter().all(|(_, u)| u.allocated.iter().chain(&u.filled).all(within));
            if apart && begins && fits && elements.len() <= MOST_ELEMENTS {
                out.extend(family.into_iter().map(|(local, _)| (local, elements.clone())));
            }
        }
        out
    }

    /// Whether what a pointer points to is not used through it any more once it has been copied to another pointer that is used.
    fn is_moved(&self, body: &Block, local: LocalId, pointers: &[bool]) -> bool {
        let Some(uses) = self.uses.get(local.index()) else { return false };
        let used = |t: &LocalId| {
            pointers.get(t.index()) == Some(&true)
                && self.uses.get(t.index()).is_some_and(|u| u.is_accessed() || !u.targets.is_empty())
        };
        let targets: Vec<LocalId> = uses.targets.iter().filter(|t| used(t)).copied().collect();
        match targets.as_slice() {
            [] => true,
            &[target] => {
                uses.allocated.len() + uses.sources.len() == 1 && moves_once(body, local, target) == Some(true)
            }
            _ => false,
        }
    }
}

/// The pointer and the constant offset that an address is made of.
fn pointed(at: &Expr) -> Option<(LocalId, i64)> {
    match at {
        Expr::Local(local) => Some((*local, 0)),
        Expr::Binary(BinOp::Add, a, b) => {
            let (local, offset) = pointed(a)?;
            Some((local, offset.checked_add(constant(b)?)?))
        }
        _ => None,
    }
}

fn constant(e: &Expr) -> Option<i64> {
    match e {
        Expr::Const(c) => c.as_int(),
        Expr::Binary(BinOp::Add, a, b) => constant(a)?.checked_add(constant(b)?),
        Expr::Binary(BinOp::Mul, a, b) => constant(a)?.checked_mul(constant(b)?),
        Expr::Cast(DType::Int32 | DType::Int64, a) => constant(a),
        _ => None,
    }
}

/// In the block where a pointer is set: whether it is used between that and its copy to a target, which stand there too, and nowhere else. `None` if it is not
/// set in this block or those within.
fn moves_once(block: &Block, pointer: LocalId, target: LocalId) -> Option<bool> {
    let sets = |s: &Stmt| matches!(s, Stmt::Set(l, _) | Stmt::Alloc { owner: l, .. } if *l == pointer);
    let Some(set) = block.iter().position(sets) else {
        return block.iter().flat_map(Stmt::blocks).find_map(|inner| moves_once(inner, pointer, target));
    };
    let copies = |s: &Stmt| *s == Stmt::Set(target, Expr::Local(pointer));
    let Some(copy) = block.iter().position(copies) else { return Some(false) };
    let after = block.iter().enumerate().filter(|(at, _)| *at < set || *at > copy);
    let stays = after.map(|(_, s)| s).all(|s| !mentions(s, pointer));
    Some(set < copy && stays)
}

/// Whether a statement reads or writes through a pointer, or copies it to where it is more than counted.
fn mentions(stmt: &Stmt, pointer: LocalId) -> bool {
    let mut found = false;
    stmt.walk(&mut |s| match s {
        Stmt::Retain(_) | Stmt::Release(_) | Stmt::Set(_, Expr::Local(_)) => {}
        other => other.for_each_expr(&mut |e| found |= e.reads(pointer)),
    });
    found
}

/// Puts locals in the place of elements.
struct Replacement<'a> {
    function: &'a mut Function,
    pointers: &'a SortedMap<LocalId, Vec<Element>>,
    elements: SortedMap<(LocalId, i64), LocalId>,
}

impl Replacement<'_> {
    fn block(&mut self, block: &mut Block) {
        for mut stmt in std::mem::take(block) {
            stmt.for_each_expr_mut(&mut |e| self.reads(e));
            stmt.blocks_mut().into_iter().for_each(|inner| self.block(inner));
            match &stmt {
                Stmt::Alloc { owner: l, .. } | Stmt::Release(Expr::Local(l)) | Stmt::Retain(Expr::Local(l))
                    if self.pointers.contains_key(l) => {}
                Stmt::Set(to, Expr::Local(from)) if self.pointers.contains_key(from) => {
                    let (to, from) = (*to, *from);
                    if !self.pointers.contains_key(&to) {
                        block.push(Stmt::Set(to, Expr::i32(0)));
                    }
                    for element in self.family(to) {
                        let (to, from) = (self.element(to, element), self.element(from, element));
                        block.push(Stmt::Set(to, from.into()));
                    }
                }
                Stmt::Set(to, _) if self.pointers.contains_key(to) => {}
                Stmt::Store(address, value) => match self.find(&address.at) {
                    Some(element) => block.push(Stmt::Set(element, value.clone())),
                    None => block.push(stmt),
                },
                Stmt::Fill { to, .. } => match pointed(&to.at).filter(|(l, _)| self.pointers.contains_key(l)) {
                    Some((pointer, _)) => {
                        for element in self.family(pointer) {
                            let zero = Expr::Const(Const::zero(element.1));
                            block.push(Stmt::Set(self.element(pointer, element), zero));
                        }
                    }
                    None => block.push(stmt),
                },
                _ => block.push(stmt),
            }
        }
    }

    fn family(&self, pointer: LocalId) -> Vec<Element> {
        self.pointers.get(&pointer).cloned().unwrap_or_default()
    }

    fn reads(&mut self, e: &mut Expr) {
        e.rewrite(&mut |e| {
            if let Expr::Load(_, address) = e
                && let Some(element) = self.find(&address.at)
            {
                *e = element.into();
            }
        });
    }

    /// The local of the element at an address.
    fn find(&mut self, at: &Expr) -> Option<LocalId> {
        let (pointer, offset) = pointed(at)?;
        let element = self.pointers.get(&pointer)?.iter().find(|(own, _)| *own == offset).copied()?;
        Some(self.element(pointer, element))
    }

    fn element(&mut self, pointer: LocalId, (offset, dtype): Element) -> LocalId {
        let function = &mut *self.function;
        *self.elements.entry((pointer, offset)).or_insert_with(|| {
            let name = function.locals[pointer].name.trim_end_matches(".data").to_owned();
            function.scalar(format!("{name}.{}", offset / i64::from(dtype.size())), dtype)
        })
    }
}
