//! Copies of code with names of their own.

use nopython_ir::loops::{Address, Block, Buffer, BufferId, Expr, Function, Label, LocalId, Stmt};
use nopython_ir::sorted::SortedMap;

/// What the names of a copy become. Expressions may stand for locals that the copy only reads.
#[derive(Default)]
pub struct Renaming {
    locals: SortedMap<LocalId, LocalId>,
    values: SortedMap<LocalId, Expr>,
    labels: SortedMap<Label, Label>,
    buffers: SortedMap<BufferId, BufferId>,
}

impl Renaming {
    /// New labels for every loop and scope of a block.
    pub fn relabel(&mut self, function: &mut Function, block: &Block) {
        for stmt in block {
            stmt.walk(&mut |s| match s {
                Stmt::For(l) => {
                    self.labels.insert(l.label, function.label());
                }
                Stmt::While { label, .. } | Stmt::Scope(label, _) => {
                    self.labels.insert(*label, function.label());
                }
                _ => {}
            });
        }
    }

    /// A new name for a local.
    pub fn local(&mut self, old: LocalId, new: LocalId) {
        self.locals.insert(old, new);
    }

    /// What stands for a local that the copy does not set.
    pub fn value(&mut self, old: LocalId, value: Expr) {
        self.values.insert(old, value);
    }

    /// Every buffer of another function becomes one of this.
    pub fn adopt_buffers(&mut self, function: &mut Function, others: impl Iterator<Item = (BufferId, Buffer)>) {
        for (old, buffer) in others {
            self.buffers.insert(old, function.buffers.push(buffer));
        }
    }

    /// Renames everything in an expression.
    pub fn expr(&self, e: &mut Expr) {
        e.rewrite(&mut |e| match e {
            Expr::Local(local) => match (self.locals.get(local), self.values.get(local)) {
                (Some(new), _) => *local = *new,
                (None, Some(value)) => *e = value.clone(),
                (None, None) => {}
            },
            Expr::Load(_, address) => self.buffer(address),
            _ => {}
        });
    }

    /// Renames everything in statements.
    pub fn statements(&self, stmts: &mut [Stmt]) {
        for stmt in stmts {
            stmt.for_each_expr_mut(&mut |e| self.expr(e));
            self.names(stmt);
            for inner in stmt.blocks_mut() {
                self.statements(inner);
            }
        }
    }

    /// Renames what belongs to a statement itself.
    fn names(&self, stmt: &mut Stmt) {
        let local = |l: &mut LocalId| *l = self.locals.get(l).copied().unwrap_or(*l);
        let label = |l: &mut Label| *l = self.labels.get(l).copied().unwrap_or(*l);
        match stmt {
            Stmt::Set(l, _) | Stmt::Alloc { owner: l, .. } => local(l),
            Stmt::Call { results, .. } => results.iter_mut().for_each(local),
            Stmt::For(l) => {
                local(&mut l.var);
                label(&mut l.label);
            }
            Stmt::While { label: l, .. } | Stmt::Scope(l, _) | Stmt::Break(l) | Stmt::Continue(l) => label(l),
            Stmt::Store(to, _) | Stmt::Fill { to, .. } => self.buffer(to),
            Stmt::Copy { to, from, .. } => {
                self.buffer(to);
                self.buffer(from);
            }
            Stmt::If(..) | Stmt::Check(..) | Stmt::Raise(_) | Stmt::Retain(_) | Stmt::Release(_) | Stmt::Return(_) => {}
        }
    }

    fn buffer(&self, address: &mut Address) {
        address.buffer = self.buffers.get(&address.buffer).copied().unwrap_or(address.buffer);
    }
}

/// In how many places each local is read and set.
#[derive(Default, PartialEq, Clone, Copy)]
pub struct Uses {
    /// Places that read it.
    pub reads: usize,
    /// Places that set it; a loop counts twice for its variable, which has many values, and so do calls and allocations.
    pub sets: usize,
}

/// Counts the uses of every local in a block.
pub fn count_uses(block: &[Stmt]) -> SortedMap<LocalId, Uses> {
    let mut uses: SortedMap<LocalId, Uses> = SortedMap::new();
    for stmt in block {
        stmt.walk(&mut |s| {
            s.for_each_expr(&mut |e| {
                e.walk(&mut |e| {
                    if let Expr::Local(local) = e {
                        uses.entry(*local).or_default().reads += 1;
                    }
                });
            });
            match s {
                Stmt::Set(local, _) => uses.entry(*local).or_default().sets += 1,
                Stmt::Alloc { owner: local, .. } => uses.entry(*local).or_default().sets += 2,
                Stmt::For(l) => uses.entry(l.var).or_default().sets += 2,
                Stmt::Call { results, .. } => results.iter().for_each(|r| uses.entry(*r).or_default().sets += 2),
                _ => {}
            }
        });
    }
    uses
}

/// Gives a copy of a block of this function labels of its own, and locals where nothing outside it uses them, so that what one copy no
/// longer needs does not stay for the other. `uses` counts those of the whole function.
pub fn separate(function: &mut Function, copy: &mut Block, uses: &SortedMap<LocalId, Uses>) {
    let mut names = Renaming::default();
    names.relabel(function, copy);
    for (local, own) in count_uses(copy) {
        if own.sets > 0 && uses.get(&local) == Some(&own) && !function.params.contains(&local) {
            names.local(local, function.locals.push(function.locals[local].clone()));
        }
    }
    names.statements(copy);
}
