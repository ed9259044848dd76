//! What a module needs: functions that an export or the start of the module reaches, kernels, memory, the import that raises.

use nopython_ir::loops::{Expr, Fault, FuncId, Function, Module, Stmt, Ty, type_of};
use nopython_ir::sorted::{SortedMap, SortedSet};
use nopython_types::{DType, Type};

/// What a module needs.
#[derive(Debug, Default)]
pub struct Used {
    /// Functions in the order of the arena, with their position among those emitted.
    pub functions: SortedMap<FuncId, u32>,
    /// Kernels, by symbol.
    pub kernels: SortedSet<String>,
    /// Whether the host prints.
    pub prints: bool,
    /// Whether anything can raise.
    pub raises: bool,
    /// How many raises show only integers that an int64 holds, or nothing.
    pub integer_faults: usize,
    /// Whether compiled code allocates.
    pub allocates: bool,
    /// Whether compiled code drops references.
    pub releases: bool,
    /// Whether there is a linear memory.
    pub memory: bool,
    /// Whether a host may get blocks of compiled code.
    pub returns_arrays: bool,
}

impl Used {
    /// Finds what a module needs.
    pub fn of(module: &Module) -> Used {
        let mut used = Used::default();
        let mut pending: Vec<FuncId> = module.exports.iter().map(|(_, f)| *f).chain(module.start).collect();
        let mut reached = SortedSet::new();
        while let Some(id) = pending.pop() {
            if !reached.insert(id) {
                continue;
            }
            let Some(function) = module.functions.get(id) else { continue };
            used.scan(function, &mut pending);
        }
        for (position, id) in reached.into_iter().enumerate() {
            used.functions.insert(id, u32::try_from(position).unwrap_or(u32::MAX));
        }
        if used.releases && used.allocates {
            used.kernels.insert("np_drop".to_owned());
        }
        let exports = || module.exports.iter().map(|(export, _)| export);
        used.returns_arrays = used.allocates && exports().any(|e| has_array(&e.result));
        used.memory |=
            used.allocates || exports().any(|e| has_array(&e.result) || e.params.iter().any(|p| has_array(&p.ty)));
        used
    }

    fn scan(&mut self, function: &Function, pending: &mut Vec<FuncId>) {
        self.prints |= function.prints;
        self.memory |= function.prints;
        for stmt in &function.body {
            stmt.walk(&mut |stmt| {
                match stmt {
                    Stmt::Check(_, fault) | Stmt::Raise(fault) => {
                        self.raises = true;
                        self.integer_faults += usize::from(shows_integers(function, fault));
                    }
                    Stmt::Alloc { .. } => {
                        self.allocates = true;
                        self.raises = true;
                        self.integer_faults += 1;
                        self.kernels.insert("np_alloc".to_owned());
                    }
                    Stmt::Release(_) => {
                        self.releases = true;
                        self.memory = true;
                    }
                    Stmt::Call { function, .. } => pending.push(*function),
                    Stmt::Store(..) | Stmt::Retain(_) | Stmt::Copy { .. } | Stmt::Fill { .. } => self.memory = true,
                    Stmt::Set(..)
                    | Stmt::If(..)
                    | Stmt::For(_)
                    | Stmt::While { .. }
                    | Stmt::Scope(..)
                    | Stmt::Break(_)
                    | Stmt::Continue(_)
                    | Stmt::Return(_) => {}
                }
                stmt.for_each_expr(&mut |e| {
                    e.walk(&mut |e| match e {
                        Expr::Kernel(name, _) => {
                            self.kernels.insert(name.clone());
                        }
                        Expr::Load(..) => self.memory = true,
                        _ => {}
                    })
                });
            });
        }
    }
}

/// Whether the numbers of a fault are integers that an int64 holds.
pub fn shows_integers(function: &Function, fault: &Fault) -> bool {
    fault.numbers.iter().all(|number| match type_of(function, number) {
        Some(Ty::Scalar(dtype)) => dtype != DType::UInt64 && !dtype.is_float(),
        _ => false,
    })
}

fn has_array(ty: &Type) -> bool {
    match ty {
        Type::Array(_) | Type::Str | Type::List(_) | Type::Record(_) | Type::Structured(_) => true,
        Type::Tuple(items) => items.iter().any(has_array),
        Type::None | Type::Scalar(_) => false,
    }
}

/// How many bits a dtype has.
pub const fn bits(dtype: DType) -> i32 {
    match dtype.size() {
        1 => 8,
        2 => 16,
        4 => 32,
        _ => 64,
    }
}
