//! Statements.

use crate::address::access;
use crate::function::{EmitError, Emitted, Emitter, Mark, Target};
use crate::used::shows_integers;
use nopython_ir::Const;
use nopython_ir::loops::{Block, Expr, Fault, For, Label, Stmt, Ty};
use nopython_types::{DType, Slot};
use wasm_encoder::{BlockType, Instruction as I, ValType};

impl Emitter<'_> {
    /// A sequence of statements.
    pub fn block(&mut self, block: &Block) -> Emitted {
        block.iter().try_for_each(|stmt| self.stmt(stmt))
    }

    fn stmt(&mut self, stmt: &Stmt) -> Emitted {
        match stmt {
            Stmt::Set(local, value) => {
                self.expr(value)?;
                let index = self.local(*local)?;
                self.push(I::LocalSet(index));
            }
            Stmt::Store(address, value) => self.store(address, value)?,
            Stmt::If(test, then, orelse) => self.branch_on(test, then, orelse)?,
            Stmt::For(l) if l.facts.line > 0 => {
                let around = core::mem::replace(&mut self.around, Mark::Line(l.facts.line));
                self.mark(self.around);
                self.for_loop(l)?;
                self.around = around;
                self.mark(around);
            }
            Stmt::For(l) => self.for_loop(l)?,
            Stmt::While { label, test, body } => self.while_loop(*label, test, body)?,
            Stmt::Scope(label, body) => {
                let leave = self.open(I::Block(BlockType::Empty));
                self.targets.insert(*label, Target { leave, next: leave });
                self.block(body)?;
                self.close();
            }
            Stmt::Break(label) => self.jump(*label, |t| t.leave)?,
            Stmt::Continue(label) => self.jump(*label, |t| t.next)?,
            Stmt::Check(test, fault) => self.check(test, fault)?,
            Stmt::Raise(fault) => self.raise(fault)?,
            Stmt::Call { function, args, results, at } => {
                for arg in args {
                    self.expr(arg)?;
                }
                if self.layout.sites.counts(*function) {
                    self.number(self.layout.sites.first(self.id, *function, at));
                }
                let index = self.layout.function(*function)?;
                self.push(I::Call(index));
                for &result in results.iter().rev() {
                    let local = self.local(result)?;
                    self.push(I::LocalSet(local));
                }
            }
            Stmt::Alloc { owner, bytes, site } => {
                self.expr(bytes)?;
                let alloc = self.layout.kernel("np_alloc")?;
                self.push(I::Call(alloc));
                let local = self.local(*owner)?;
                self.push(I::LocalTee(local));
                self.push(I::I32Eqz);
                self.open(I::If(BlockType::Empty));
                self.raise(&Fault::new(*site))?;
                self.close();
            }
            Stmt::Retain(owner) => self.retain(owner)?,
            Stmt::Release(owner) => {
                // The kernel ignores 0 itself.
                self.expr(owner)?;
                let release = self.layout.kernel("np_drop").or_else(|_| self.layout.kernel("np_release"))?;
                self.push(I::Call(release));
            }
            Stmt::Copy { to, from, bytes } => {
                self.expr(&to.at)?;
                self.expr(&from.at)?;
                self.expr(bytes)?;
                self.push(I::MemoryCopy { src_mem: 0, dst_mem: 0 });
            }
            Stmt::Fill { to, value, bytes } => {
                self.expr(&to.at)?;
                self.expr(value)?;
                self.expr(bytes)?;
                self.push(I::MemoryFill(0));
            }
            Stmt::Return(values) => {
                for value in values {
                    self.expr(value)?;
                }
                self.push(I::Return);
            }
        }
        Ok(())
    }

    fn jump(&mut self, label: Label, pick: impl Fn(&Target) -> u32) -> Emitted {
        let Some(depth) = self.targets.get(&label).map(pick) else {
            return Err(EmitError::Mistake("a jump to no label".into()));
        };
        let operand = self.branch(depth);
        self.push(I::Br(operand));
        Ok(())
    }

    fn branch_on(&mut self, test: &Expr, then: &Block, orelse: &Block) -> Emitted {
        let target = match (then.as_slice(), orelse.as_slice()) {
            ([Stmt::Break(label)], []) => self.targets.get(label).map(|t| t.leave),
            ([Stmt::Continue(label)], []) => self.targets.get(label).map(|t| t.next),
            _ => None,
        };
        match target {
            Some(depth) => self.branch_if(test, depth),
            None => self.if_else(test, then, orelse),
        }
    }

    /// A guard, then the turns with the test at the end, as engines like loops best.
    fn for_loop(&mut self, l: &For) -> Emitted {
        let var = self.local(l.var)?;
        let Some(Ty::Scalar(dtype)) = self.function.locals.get(l.var).map(|l| l.ty) else {
            return Err(EmitError::Mistake("a loop variable that is not a scalar".into()));
        };
        let slot = dtype.slot();
        let (ty, wide) = (crate::function::slot_type(slot), slot == Slot::I64);
        self.expr(&l.start)?;
        self.push(I::LocalSet(var));
        // The bound is evaluated once: constants and locals that the body leaves alone need no copy.
        let (stop, owned) = match &l.stop {
            Expr::Local(local) if !sets(&l.body, *local) => (Bound::Local(self.local(*local)?), false),
            Expr::Const(c) => (Bound::Const(*c), false),
            other => {
                self.expr(other)?;
                let local = self.scratch(ty);
                self.push(I::LocalSet(local));
                (Bound::Local(local), true)
            }
        };
        let leave = self.open(I::Block(BlockType::Empty));
        self.push(I::LocalGet(var));
        self.bound(stop, slot);
        self.push(match (l.step > 0, wide) {
            (true, false) => I::I32GeS,
            (true, true) => I::I64GeS,
            (false, false) => I::I32LeS,
            (false, true) => I::I64LeS,
        });
        let operand = self.branch(leave);
        self.push(I::BrIf(operand));
        let again = self.open(I::Loop(BlockType::Empty));
        let jumps = continues(&l.body, l.label);
        let next = if jumps { self.open(I::Block(BlockType::Empty)) } else { again };
        self.targets.insert(l.label, Target { leave, next });
        self.block(&l.body)?;
        if jumps {
            self.close();
        }
        self.push(I::LocalGet(var));
        self.constant(slot, i64::from(l.step));
        self.push(if wide { I::I64Add } else { I::I32Add });
        self.push(I::LocalTee(var));
        self.bound(stop, slot);
        self.push(match (l.step > 0, wide) {
            (true, false) => I::I32LtS,
            (true, true) => I::I64LtS,
            (false, false) => I::I32GtS,
            (false, true) => I::I64GtS,
        });
        let operand = self.branch(again);
        self.push(I::BrIf(operand));
        self.close();
        self.close();
        if let (Bound::Local(local), true) = (stop, owned) {
            self.give_back(ty, local);
        }
        Ok(())
    }

    fn bound(&mut self, bound: Bound, slot: Slot) {
        match bound {
            Bound::Local(local) => self.push(I::LocalGet(local)),
            Bound::Const(c) => self.constant(slot, c.as_int().unwrap_or(0)),
        }
    }

    /// The test, then the turns with the test again at the end; a test that is long stands only at the head.
    fn while_loop(&mut self, label: Label, test: &Expr, body: &Block) -> Emitted {
        let endless = test.as_const() == Some(Const::Bool(true));
        let twice = !endless && test.size() <= LARGEST_REPEATED_TEST;
        let leave = self.open(I::Block(BlockType::Empty));
        if twice {
            self.branch_unless(test, leave)?;
        }
        let again = self.open(I::Loop(BlockType::Empty));
        if !twice && !endless {
            self.branch_unless(test, leave)?;
        }
        let jumps = twice && continues(body, label);
        let next = if jumps { self.open(I::Block(BlockType::Empty)) } else { again };
        self.targets.insert(label, Target { leave, next });
        self.block(body)?;
        if jumps {
            self.close();
        }
        if twice {
            self.branch_if(test, again)?;
        } else {
            self.push(I::Br(self.branch(again)));
        }
        self.close();
        self.close();
        Ok(())
    }

    /// Calls the import that raises, which does not return.
    pub fn raise(&mut self, fault: &Fault) -> Emitted {
        let site = self.layout.sites.number(self.id, fault.site);
        self.number(site);
        let helper = self.layout.raise_integers().filter(|_| shows_integers(self.function, fault));
        let shown = if helper.is_some() { DType::Int64 } else { DType::Float64 };
        for k in 0..2 {
            match fault.numbers.get(k) {
                Some(number) => {
                    let Ty::Scalar(from) = self.ty(number)? else {
                        return Err(EmitError::Mistake("a fault shows a number that is not a scalar".into()));
                    };
                    self.expr(number)?;
                    self.cast_scalar(from, shown);
                }
                None if helper.is_some() => self.push(I::I64Const(0)),
                None => self.push(I::F64Const(0.0.into())),
            }
        }
        let raise = helper.map_or_else(|| self.layout.raise(), Ok)?;
        self.mark(Mark::Site(site));
        self.push(I::Call(raise));
        self.push(I::Unreachable);
        Ok(())
    }

    /// Adds one to the count in the header of a block, 16 bytes before it.
    fn retain(&mut self, owner: &Expr) -> Emitted {
        let count = access(0, 2);
        let local = self.scratch(ValType::I32);
        self.expr(owner)?;
        self.push(I::LocalTee(local));
        self.open(I::If(BlockType::Empty));
        for _ in 0..2 {
            self.push(I::LocalGet(local));
            self.push(I::I32Const(16));
            self.push(I::I32Sub);
        }
        self.push(I::I32Load(count));
        self.push(I::I32Const(1));
        self.push(I::I32Add);
        self.push(I::I32Store(count));
        self.close();
        self.give_back(ValType::I32, local);
        Ok(())
    }
}

/// How many nodes the test of a `while` may have to be repeated at the end of its body.
const LARGEST_REPEATED_TEST: usize = 12;

#[derive(Clone, Copy)]
enum Bound {
    Local(u32),
    Const(Const),
}

/// Whether a block sets a local.
fn sets(block: &Block, local: nopython_ir::loops::LocalId) -> bool {
    let mut found = false;
    for stmt in block {
        stmt.walk(&mut |s| match s {
            Stmt::Set(l, _) => found |= *l == local,
            Stmt::For(f) => found |= f.var == local,
            Stmt::Call { results, .. } => found |= results.contains(&local),
            Stmt::Alloc { owner, .. } => found |= *owner == local,
            _ => {}
        });
    }
    found
}

/// Whether a block continues a loop.
fn continues(block: &Block, label: Label) -> bool {
    let mut found = false;
    for stmt in block {
        stmt.walk(&mut |s| found |= matches!(s, Stmt::Continue(to) if *to == label));
    }
    found
}
