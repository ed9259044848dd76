//! Walking: the one place that knows the children of every node.

use super::{Address, Block, Expr, LocalId, Stmt};

/// Calls `$f` on each direct operand of an expression that is borrowed, shared or for change, in order.
macro_rules! children {
    ($expr:expr, $f:ident) => {
        match $expr {
            Expr::Const(_) | Expr::Local(_) => {}
            Expr::Unary(_, a)
            | Expr::Cast(_, a)
            | Expr::Splat(_, a)
            | Expr::Lane(a, _)
            | Expr::Ramp(_, a)
            | Expr::AnyTrue(a)
            | Expr::AllTrue(a)
            | Expr::MaskCast(_, a)
            | Expr::Load(_, Address { at: a, .. }) => $f(a),
            Expr::Binary(_, a, b) => {
                $f(a);
                $f(b);
            }
            Expr::Select(a, b, c) | Expr::Cond(a, b, c) => {
                $f(a);
                $f(b);
                $f(c);
            }
            Expr::Kernel(_, args) => args.into_iter().for_each($f),
        }
    };
}

/// Calls `$f` on each expression of a statement that is borrowed, shared or, with `mut`, for change.
macro_rules! own_exprs {
    ($stmt:expr, $f:ident $(, $mut:tt)?) => {
        match $stmt {
            Stmt::Set(_, e)
            | Stmt::If(e, _, _)
            | Stmt::While { test: e, .. }
            | Stmt::Alloc { bytes: e, .. }
            | Stmt::Retain(e)
            | Stmt::Release(e) => $f(e),
            Stmt::Store(Address { at, .. }, value) => {
                $f(at);
                $f(value);
            }
            Stmt::For(l) => {
                $f(&$($mut)? l.start);
                $f(&$($mut)? l.stop);
            }
            Stmt::Check(test, fault) => {
                $f(test);
                (&$($mut)? fault.numbers).into_iter().for_each($f);
            }
            Stmt::Raise(fault) => (&$($mut)? fault.numbers).into_iter().for_each($f),
            Stmt::Call { args: items, .. } | Stmt::Return(items) => items.into_iter().for_each($f),
            Stmt::Copy { to: Address { at: to, .. }, from: Address { at: from, .. }, bytes } => {
                $f(to);
                $f(from);
                $f(bytes);
            }
            Stmt::Fill { to: Address { at: to, .. }, value, bytes } => {
                $f(to);
                $f(value);
                $f(bytes);
            }
            Stmt::Scope(..) | Stmt::Break(_) | Stmt::Continue(_) => {}
        }
    };
}

/// The blocks directly inside a statement that is borrowed, shared or, with `mut`, for change.
macro_rules! blocks {
    ($stmt:expr $(, $mut:tt)?) => {
        match $stmt {
            Stmt::If(_, then, orelse) => vec![then, orelse],
            Stmt::For(l) => vec![&$($mut)? l.body],
            Stmt::While { body, .. } | Stmt::Scope(_, body) => vec![body],
            Stmt::Set(..)
            | Stmt::Store(..)
            | Stmt::Check(..)
            | Stmt::Raise(_)
            | Stmt::Call { .. }
            | Stmt::Alloc { .. }
            | Stmt::Retain(_)
            | Stmt::Release(_)
            | Stmt::Copy { .. }
            | Stmt::Fill { .. }
            | Stmt::Break(_)
            | Stmt::Continue(_)
            | Stmt::Return(_) => Vec::new(),
        }
    };
}

impl Expr {
    /// Calls `f` on each direct operand, in order.
    pub fn for_each_child<'a>(&'a self, f: &mut dyn FnMut(&'a Expr)) {
        children!(self, f);
    }

    /// Calls `f` on each direct operand, in order, for change in place.
    pub fn for_each_child_mut(&mut self, f: &mut dyn FnMut(&mut Expr)) {
        children!(self, f);
    }

    /// Calls `f` on this expression and everything below it, operands first.
    pub fn walk<'a>(&'a self, f: &mut dyn FnMut(&'a Expr)) {
        self.for_each_child(&mut |child| child.walk(f));
        f(self);
    }

    /// Rewrites this expression and everything below it, operands first.
    pub fn rewrite(&mut self, f: &mut dyn FnMut(&mut Expr)) {
        self.for_each_child_mut(&mut |child| child.rewrite(f));
        f(self);
    }

    /// Whether anything in the expression satisfies a predicate.
    #[must_use]
    pub fn any(&self, predicate: &mut dyn FnMut(&Expr) -> bool) -> bool {
        let mut found = false;
        self.walk(&mut |e| found = found || predicate(e));
        found
    }

    /// Whether the expression reads a local.
    #[must_use]
    pub fn reads(&self, local: LocalId) -> bool {
        self.any(&mut |e| matches!(e, Expr::Local(read) if *read == local))
    }

    /// Puts a value in the place of a local.
    pub fn replace(&mut self, local: LocalId, value: &Expr) {
        self.rewrite(&mut |e| {
            if matches!(e, Expr::Local(read) if *read == local) {
                *e = value.clone();
            }
        });
    }

    /// The expression with a value in the place of a local.
    #[must_use]
    pub fn with(&self, local: LocalId, value: &Expr) -> Expr {
        let mut out = self.clone();
        out.replace(local, value);
        out
    }

    /// How many nodes the expression has.
    #[must_use]
    pub fn size(&self) -> usize {
        let mut nodes = 0;
        self.walk(&mut |_| nodes += 1);
        nodes
    }

    /// Whether the expression reads memory.
    #[must_use]
    pub fn loads(&self) -> bool {
        self.any(&mut |e| matches!(e, Expr::Load(..)))
    }
}

impl Stmt {
    /// Whether an expression of this statement itself reads a local.
    #[must_use]
    pub fn reads(&self, local: LocalId) -> bool {
        let mut found = false;
        self.for_each_expr(&mut |e| found = found || e.reads(local));
        found
    }

    /// Calls `f` on each expression that belongs to this statement itself, not to statements nested in it.
    pub fn for_each_expr<'a>(&'a self, f: &mut dyn FnMut(&'a Expr)) {
        own_exprs!(self, f);
    }

    /// As [`Stmt::for_each_expr`], for change in place.
    pub fn for_each_expr_mut(&mut self, f: &mut dyn FnMut(&mut Expr)) {
        own_exprs!(self, f, mut);
    }

    /// The blocks directly inside this statement.
    #[must_use]
    pub fn blocks(&self) -> Vec<&Block> {
        blocks!(self)
    }

    /// The blocks directly inside this statement, for change in place.
    pub fn blocks_mut(&mut self) -> Vec<&mut Block> {
        blocks!(self, mut)
    }

    /// Marks every loop of a block as [spare](super::LoopFacts::spare).
    pub fn mark_spare(block: &mut Block) {
        for stmt in block {
            if let Stmt::For(l) = stmt {
                l.facts.spare = true;
            }
            stmt.blocks_mut().into_iter().for_each(Stmt::mark_spare);
        }
    }

    /// Calls `f` on this statement and every statement nested in it, outer first.
    pub fn walk<'a>(&'a self, f: &mut dyn FnMut(&'a Stmt)) {
        f(self);
        for block in self.blocks() {
            block.iter().for_each(|s| s.walk(f));
        }
    }
}
