//! The state of lowering one function, and the small steps everything else is made of.

use super::analysis::Facts;
use super::origins::Origins;
use super::value::{ArrayRef, Value, from_slots};
use super::{Lowered, malformed};
use nopython_ir::loops::{self, Block, BufferId, Expr, Fault, Label, LocalId, SiteId, Stmt, Ty};
use nopython_ir::sorted::{SortedMap, SortedSet};
use nopython_ir::typed::{self, Place, VarId};
use nopython_types::{DType, Exception, Site, Slot, Type};

/// What all functions of a module share.
#[derive(Debug)]
pub struct Shared {
    /// Places that raise, without repetition.
    pub sites: Vec<Site>,
    /// Functions made while lowering, numbered after the module's own.
    pub helpers: Vec<loops::Function>,
    own: usize,
    /// Where each global array lies.
    pub addresses: Vec<u32>,
    /// What functions write.
    pub origins: Origins,
    /// The functions that drop lists and records, by their type, and that make room in lists, by the size of an item.
    pub list_helpers: super::lists::Helpers,
}

impl Shared {
    /// For a module of `own` functions.
    pub fn new(own: usize, addresses: Vec<u32>, origins: Origins) -> Shared {
        Shared { sites: Vec::new(), helpers: Vec::new(), own, addresses, origins, list_helpers: Default::default() }
    }

    /// The handle of the helper that is added next.
    pub fn next_helper(&self) -> loops::FuncId {
        loops::FuncId::new(u32::try_from(self.own + self.helpers.len()).unwrap_or(u32::MAX))
    }

    /// A handle for a helper whose body is made later.
    pub fn reserve_helper(&mut self) -> loops::FuncId {
        let function = self.next_helper();
        self.helpers.push(loops::Function::default());
        function
    }

    /// Gives a reserved helper its body.
    pub fn set_helper(&mut self, function: loops::FuncId, body: loops::Function) {
        if let Some(helper) = function.index().checked_sub(self.own).and_then(|index| self.helpers.get_mut(index)) {
            *helper = body;
        }
    }

    /// Adds a helper function.
    pub fn helper(&mut self, function: loops::Function) {
        self.helpers.push(function);
    }
}

/// How a variable is held.
#[derive(Clone, Debug)]
pub struct Binding {
    /// Its value, whose expressions are the variable's own locals.
    pub value: Value,
    /// Those locals, flattened.
    pub locals: Vec<LocalId>,
    /// Those that hold owners.
    pub owners: Vec<LocalId>,
    /// Whether the owners hold references.
    pub owned: bool,
}

/// Key of a remembered extent: a source extent and the number of elements cut off.
type Cut = (LocalId, i32);

/// Lowering one function.
pub struct Lowering<'m> {
    pub(super) module: &'m typed::Module,
    pub(super) id: typed::FuncId,
    pub(super) source: &'m typed::Function,
    pub(super) facts: &'m Facts,
    pub(super) shared: &'m mut Shared,
    pub(super) out: loops::Function,
    blocks: Vec<Block>,
    bindings: SortedMap<VarId, Binding>,
    /// The buffers of global arrays, as far as they are used.
    pub(super) global_buffers: SortedMap<typed::GlobalId, BufferId>,
    /// The memory of lists, as far as it is used.
    list_buffer: Option<BufferId>,
    /// For each local that holds a list or a record, its type.
    pub(super) lists: SortedMap<LocalId, Type>,
    /// Owners to release at the end of the statement.
    temporaries: Vec<LocalId>,
    pub(super) loop_labels: Vec<Label>,
    /// Extents already computed by cutting a constant off another extent; valid in the current block.
    pub(super) cuts: SortedMap<Cut, LocalId>,
    /// Locals that hold the extent of an array, and so are neither negative nor too large.
    pub(super) extent_locals: SortedSet<LocalId>,
    /// The line of the statement being lowered.
    pub(super) line: u32,
}

impl<'m> Lowering<'m> {
    /// Prepares to lower a function.
    pub fn new(
        module: &'m typed::Module,
        id: typed::FuncId,
        source: &'m typed::Function,
        facts: &'m Facts,
        shared: &'m mut Shared,
    ) -> Self {
        Lowering {
            module,
            id,
            source,
            facts,
            shared,
            out: loops::Function { name: source.name.clone(), ..Default::default() },
            blocks: vec![Vec::new()],
            bindings: SortedMap::new(),
            global_buffers: SortedMap::new(),
            list_buffer: None,
            lists: SortedMap::new(),
            temporaries: Vec::new(),
            loop_labels: Vec::new(),
            cuts: SortedMap::new(),
            extent_locals: SortedSet::new(),
            line: 0,
        }
    }

    /// Lowers the whole function.
    pub fn function(mut self) -> Lowered<loops::Function> {
        self.out.results = result_dtypes(&self.source.result);
        self.out.prints = self.source.prints;
        for (var, _) in self.source.vars.iter() {
            self.bind_variable(var)?;
        }
        for &param in &self.source.params {
            let Some(binding) = self.bindings.get(&param) else { return malformed("unknown parameter") };
            self.out.params.extend(binding.locals.iter().copied());
            if binding.owned {
                for owner in binding.owners.clone() {
                    self.emit(Stmt::Retain(owner.into()));
                }
            }
        }
        let body = &self.source.body;
        self.statements(body)?;
        self.out.body = self.blocks.pop().unwrap_or_default();
        Ok(self.out)
    }

    /// Makes the locals of a variable.
    fn bind_variable(&mut self, var: VarId) -> Lowered<()> {
        let source = self.source;
        let (name, ty) = (&source.vars[var].name, &source.vars[var].ty);
        let mut locals = Vec::new();
        let mut owners = Vec::new();
        self.declare(name, ty, &mut locals, &mut owners);
        let root = self.alias_root(var);
        let distinct = self.facts.distinct.contains(&root);
        let shared_buffer = match (self.facts.global_of.get(&root), self.bindings.get(&root)) {
            (Some(global), _) => Some(self.global_buffer(*global)),
            (None, Some(Binding { value: Value::Array(a), .. })) => Some(a.buffer),
            _ => None,
        };
        let buffers = &mut self.out.buffers;
        let mut slots = locals.iter().map(|&l| Expr::Local(l));
        let mut value = from_slots(ty, &mut slots, &mut |_| {
            shared_buffer.unwrap_or_else(|| buffers.push(loops::Buffer { name: name.clone(), distinct }))
        })?;
        if let Value::Array(array) = &mut value {
            array.root = Some(root);
        }
        let owned = !self.facts.borrowed.contains(&var);
        self.bindings.insert(var, Binding { value, locals, owners, owned });
        Ok(())
    }

    /// The variable whose memory a variable always names: itself, unless it is another name.
    ///
    /// A name bound before its root in the arena gets a buffer of its own; that is only less precise, since then neither is `distinct`.
    pub fn alias_root(&self, var: VarId) -> VarId {
        let mut root = var;
        while let Some(&next) = self.facts.alias_of.get(&root) {
            root = next;
        }
        root
    }

    fn declare(&mut self, name: &str, ty: &Type, locals: &mut Vec<LocalId>, owners: &mut Vec<LocalId>) {
        match ty {
            // Strings are arrays before they are lowered.
            Type::None | Type::Str => {}
            Type::Structured(r) => self.declare(name, &Type::Array(r.units()), locals, owners),
            Type::Scalar(s) if s.dtype.is_complex() => {
                for part in ["re", "im"] {
                    locals.push(self.out.scalar(format!("{name}.{part}"), s.dtype.part()));
                }
            }
            Type::Scalar(s) => locals.push(self.out.scalar(name, s.dtype)),
            Type::List(_) | Type::Record(_) => {
                let record = self.out.scalar(name, DType::Int32);
                self.lists.insert(record, ty.clone());
                locals.push(record);
                owners.push(record);
            }
            Type::Array(a) => {
                locals.push(self.out.scalar(format!("{name}.data"), DType::Int32));
                for k in 0..a.ndim {
                    let extent = self.out.scalar(format!("{name}.n{k}"), DType::Int32);
                    self.extent_locals.insert(extent);
                    locals.push(extent);
                }
                if a.layout == nopython_types::Layout::Any {
                    for k in 0..a.ndim {
                        locals.push(self.out.scalar(format!("{name}.s{k}"), DType::Int32));
                    }
                }
                let owner = self.out.scalar(format!("{name}.owner"), DType::Int32);
                locals.push(owner);
                owners.push(owner);
            }
            Type::Tuple(items) => {
                for (k, item) in items.iter().enumerate() {
                    self.declare(&format!("{name}.{k}"), item, locals, owners);
                }
            }
        }
    }

    /// How a variable is held.
    pub fn binding(&self, var: VarId) -> Lowered<&Binding> {
        self.bindings.get(&var).map_or_else(|| malformed("unknown variable"), Ok)
    }

    /// The bindings of all variables.
    pub fn all_bindings(&self) -> impl Iterator<Item = (&VarId, &Binding)> {
        self.bindings.iter()
    }

    /// Makes a variable stand for another value while `f` runs: a loop's variable for its counter.
    pub fn with_value<T>(&mut self, var: VarId, value: Value, f: impl FnOnce(&mut Self) -> Lowered<T>) -> Lowered<T> {
        let old = self.bindings.get(&var).map(|b| b.value.clone());
        if let Some(binding) = self.bindings.get_mut(&var) {
            binding.value = value;
        }
        let result = f(self);
        if let (Some(binding), Some(old)) = (self.bindings.get_mut(&var), old) {
            binding.value = old;
        }
        result
    }

    /// Adds a statement to the innermost block. Memory that has no owner, as that of global arrays, has no references to count.
    pub fn emit(&mut self, stmt: Stmt) {
        if matches!(stmt, Stmt::Retain(Expr::Const(_)) | Stmt::Release(Expr::Const(_))) {
            return;
        }
        if let Some(block) = self.blocks.last_mut() {
            block.push(stmt);
        }
    }

    /// How many statements the innermost block has.
    pub fn position(&self) -> usize {
        self.blocks.last().map_or(0, Vec::len)
    }

    /// Whether a statement at or after a position can change memory.
    pub fn effects_since(&self, position: usize) -> bool {
        let mut found = false;
        for stmt in self.blocks.last().into_iter().flatten().skip(position) {
            stmt.walk(&mut |s| {
                found |= matches!(s, Stmt::Store(..) | Stmt::Call { .. } | Stmt::Copy { .. } | Stmt::Fill { .. });
            });
        }
        found
    }

    /// Inserts a statement at an earlier position of the innermost block.
    pub fn insert(&mut self, position: usize, stmt: Stmt) {
        if let Some(block) = self.blocks.last_mut() {
            block.insert(position.min(block.len()), stmt);
        }
    }

    /// Runs `f` with a new innermost block and returns what it emitted. Extents remembered inside are forgotten, and
    /// temporaries made inside are released at its end.
    pub fn block<T>(&mut self, f: impl FnOnce(&mut Self) -> Lowered<T>) -> Lowered<(T, Block)> {
        let cuts = self.cuts.clone();
        let temporaries = std::mem::take(&mut self.temporaries);
        self.blocks.push(Vec::new());
        let result = f(self);
        self.release_temporaries();
        self.temporaries = temporaries;
        self.cuts = cuts;
        let block = self.blocks.pop().unwrap_or_default();
        Ok((result?, block))
    }

    /// A fresh scalar local.
    pub fn fresh(&mut self, name: &str, dtype: DType) -> LocalId {
        self.out.local(name, Ty::Scalar(dtype))
    }

    /// The value in a fresh local.
    pub fn spill(&mut self, name: &str, dtype: DType, value: Expr) -> LocalId {
        let local = self.fresh(name, dtype);
        self.emit(Stmt::Set(local, value));
        local
    }

    /// An extent in a fresh local.
    pub fn spill_extent(&mut self, value: Expr) -> Expr {
        let local = self.spill("n", DType::Int32, value);
        self.extent_locals.insert(local);
        local.into()
    }

    /// An expression that may be used many times: the value itself if it is a constant or a local, otherwise a fresh local.
    pub fn atom(&mut self, name: &str, dtype: DType, value: Expr) -> Expr {
        match value {
            Expr::Const(_) | Expr::Local(_) => value,
            other => Expr::Local(self.spill(name, dtype, other)),
        }
    }

    /// Where errors at a place are reported: those of a library body where it is called, or where what it is exported for is defined.
    pub fn reported_at(&self, place: Place) -> loops::CallPlace {
        let function = self.source.reported_as.clone();
        let Place { line, column, .. } = if self.source.library { self.source.place } else { place };
        if function.is_empty() { loops::CallPlace::default() } else { loops::CallPlace { function, line, column } }
    }

    /// The number of a site, added if new.
    pub fn site(&mut self, exception: Exception, message: impl Into<String>, place: Place) -> SiteId {
        let loops::CallPlace { function, line, column } = self.reported_at(place);
        SiteId::of(Site { exception, message: message.into(), function, line, column }, &mut self.shared.sites)
    }

    /// Raises unless `test` holds. Nothing is emitted for a test that is constantly true.
    pub fn check(&mut self, test: Expr, exception: Exception, message: &str, numbers: Vec<Expr>, place: Place) {
        if matches!(test.as_const(), Some(nopython_ir::Const::Bool(true))) {
            return;
        }
        let site = self.site(exception, message, place);
        self.emit(Stmt::Check(test, Fault::with(site, numbers)));
    }

    /// Notes that the array statement of a line is part of the nest of another line.
    pub fn note_fused(&mut self, line: u32, into: u32) {
        if line != into && line > 0 && !self.source.library && !self.out.fused.contains(&(line, into)) {
            self.out.fused.push((line, into));
        }
    }

    /// Adds an owner to those released at the end of the statement.
    pub fn temporary(&mut self, owner: LocalId) {
        self.temporaries.push(owner);
    }

    /// Takes an owner off that list, if it is there: its reference is moved elsewhere.
    pub fn take_temporary(&mut self, owner: &Expr) -> bool {
        let Expr::Local(owner) = owner else { return false };
        match self.temporaries.iter().position(|t| t == owner) {
            Some(index) => {
                self.temporaries.remove(index);
                true
            }
            None => false,
        }
    }

    /// Whether the statement has temporaries so far.
    pub const fn has_temporaries(&self) -> bool {
        !self.temporaries.is_empty()
    }

    /// Drops the reference that a local holds.
    pub fn release(&mut self, owner: LocalId) {
        match self.lists.get(&owner).cloned() {
            Some(ty) => self.drop_value(owner.into(), &ty),
            None => self.emit(Stmt::Release(owner.into())),
        }
    }

    /// Releases the temporaries of a statement.
    pub fn release_temporaries(&mut self) {
        for owner in std::mem::take(&mut self.temporaries) {
            self.release(owner);
        }
    }

    /// The buffer of records and items of lists.
    pub fn list_memory(&mut self) -> BufferId {
        let buffers = &mut self.out.buffers;
        *self.list_buffer.get_or_insert_with(|| buffers.push(loops::Buffer { name: "list".into(), distinct: false }))
    }

    /// A buffer for memory that no variable names.
    pub fn buffer(&mut self, name: &str, distinct: bool) -> BufferId {
        self.out.buffers.push(loops::Buffer { name: name.into(), distinct })
    }

    /// Binds a variable to a value, taking over or adding references.
    pub fn bind(&mut self, var: VarId, value: Value) -> Lowered<()> {
        let ty = &self.source.vars[var].ty;
        let Binding { locals, owners, owned, .. } = self.binding(var)?.clone();
        let mut owners_in = Vec::new();
        collect_owners(&value, &mut owners_in);
        if owned {
            for owner in &owners_in {
                if !self.take_temporary(owner) {
                    self.emit(Stmt::Retain(owner.clone()));
                }
            }
        }
        let slots = value.slots(ty)?;
        let clash = slots.iter().any(|slot| slot.any(&mut |e| matches!(e, Expr::Local(l) if locals.contains(l))));
        let releases_old = owned && !(self.bound_once(var) && self.blocks.len() == 1);
        let mut values = Vec::with_capacity(slots.len());
        for (slot, &local) in slots.into_iter().zip(&locals) {
            values.push(if clash { self.spill("moved", self.dtype_of(local), slot).into() } else { slot });
        }
        if releases_old {
            for &owner in &owners {
                self.release(owner);
            }
        }
        for (value, &local) in values.into_iter().zip(&locals) {
            self.cuts.retain(|(source, _), cut| *source != local && *cut != local);
            self.emit(Stmt::Set(local, value));
        }
        Ok(())
    }

    /// Whether a variable has one binding only.
    fn bound_once(&self, var: VarId) -> bool {
        self.facts.assigned.get(&var).copied().unwrap_or(0) <= 1 && !self.source.params.contains(&var)
    }

    /// The dtype of a scalar local.
    pub fn dtype_of(&self, local: LocalId) -> DType {
        match self.out.locals[local].ty {
            Ty::Scalar(dtype) | Ty::Vector(dtype, _) => dtype,
            Ty::Mask { .. } => DType::Bool,
        }
    }

    /// An array's expressions made constants and locals, so that none is computed twice.
    pub fn settle(&mut self, mut array: ArrayRef) -> ArrayRef {
        array.data = self.atom("data", DType::Int32, array.data);
        array.shape = array.shape.into_iter().map(|e| self.atom("n", DType::Int32, e)).collect();
        array.strides =
            array.strides.map(|strides| strides.into_iter().map(|e| self.atom("s", DType::Int32, e)).collect());
        array
    }
}

/// The owners inside a value, in order.
pub fn collect_owners(value: &Value, owners: &mut Vec<Expr>) {
    match value {
        Value::None | Value::Scalar(_) => {}
        Value::Array(array) => owners.push(array.owner.clone()),
        Value::List(record, _) | Value::Record(record, _) => owners.push(record.clone()),
        Value::Tuple(items) => items.iter().for_each(|item| collect_owners(item, owners)),
    }
}

/// The dtypes of a type's flattened form.
pub fn result_dtypes(ty: &Type) -> Vec<DType> {
    match ty {
        Type::None => Vec::new(),
        Type::Scalar(s) => vec![s.dtype.part(); s.slot_count()],
        Type::Array(_) | Type::Str | Type::List(_) | Type::Record(_) | Type::Structured(_) => {
            ty.slots().into_iter().map(slot_dtype).collect()
        }
        Type::Tuple(items) => items.iter().flat_map(result_dtypes).collect(),
    }
}

const fn slot_dtype(slot: Slot) -> DType {
    match slot {
        Slot::I32 => DType::Int32,
        Slot::I64 => DType::Int64,
        Slot::F32 => DType::Float32,
        Slot::F64 => DType::Float64,
    }
}
