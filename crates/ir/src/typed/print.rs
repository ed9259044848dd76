//! Typed IR as text that reads like Python: a type at the first assignment of each variable, `map(…)` around each element rule.
//!
//! The text is for people and for tests; it is not read back.

use super::{Expr, ExprKind, FuncId, Function, Index, MapOp, Module, ReduceOp, Stmt, StmtKind, VarId};
use crate::Const;
use crate::sorted::SortedMap;
use nopython_types::Type;

/// The text of a whole module.
#[must_use]
pub fn module(module: &Module) -> String {
    let functions: Vec<String> = module.functions.handles().map(|id| function(module, id)).collect();
    functions.join("\n")
}

/// The text of one function; empty for a handle that is out of range.
#[must_use]
pub fn function(module: &Module, id: FuncId) -> String {
    let Some(function) = module.functions.get(id) else { return String::new() };
    let mut printer = Printer::new(module, function);
    let params: Vec<String> = function.params.iter().map(|&var| printer.declare(var)).collect();
    let head = format!("def {}({}) -> {}:", printer.callee(id), params.join(", "), function.result);
    printer.line(&head);
    printer.block(&function.body);
    printer.out
}

struct Printer<'m> {
    module: &'m Module,
    function: &'m Function,
    /// Variables of one Python name are told apart by a number.
    names: SortedMap<VarId, String>,
    declared: Vec<VarId>,
    out: String,
    depth: usize,
}

impl<'m> Printer<'m> {
    fn new(module: &'m Module, function: &'m Function) -> Self {
        let mut seen: SortedMap<&str, usize> = SortedMap::new();
        let mut names = SortedMap::new();
        for (id, var) in function.vars.iter() {
            let count = seen.entry(&var.name).or_default();
            names.insert(id, if *count == 0 { var.name.clone() } else { format!("{}.{count}", var.name) });
            *count += 1;
        }
        Printer { module, function, names, declared: Vec::new(), out: String::new(), depth: 0 }
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(&"    ".repeat(self.depth));
        self.out.push_str(text);
        self.out.push('\n');
    }

    fn block(&mut self, body: &[Stmt]) {
        self.depth += 1;
        if body.is_empty() {
            self.line("pass");
        }
        for stmt in body {
            self.stmt(stmt);
        }
        self.depth -= 1;
    }

    fn name(&self, var: VarId) -> String {
        self.names.get(&var).cloned().unwrap_or_else(|| format!("{var:?}"))
    }

    /// The variable, with its type where it first appears.
    fn declare(&mut self, var: VarId) -> String {
        let name = self.name(var);
        if self.declared.contains(&var) {
            return name;
        }
        self.declared.push(var);
        match self.function.vars.get(var) {
            Some(v) => format!("{name}: {}", v.ty),
            None => name,
        }
    }

    /// The function's name; specialisations of one name are told apart by their number.
    fn callee(&self, id: FuncId) -> String {
        let Some(function) = self.module.functions.get(id) else { return format!("{id:?}") };
        let before = self.module.functions.iter().take(id.index()).filter(|(_, f)| f.name == function.name).count();
        if before == 0 { function.name.clone() } else { format!("{}#{before}", function.name) }
    }

    fn stmt(&mut self, stmt: &Stmt) {
        match &stmt.kind {
            StmtKind::Assign(var, value) => {
                let value = self.expr(value);
                let target = self.declare(*var);
                self.line(&format!("{target} = {value}"));
            }
            StmtKind::StoreItem { array, index, value } => {
                let text = format!("{}[{}] = {}", self.expr(array), self.list(index), self.expr(value));
                self.line(&text);
            }
            StmtKind::StoreView { target, value } => {
                let text = format!("{}[...] = {}", self.expr(target), self.expr(value));
                self.line(&text);
            }
            StmtKind::ListStore { list, index, value } => {
                let text = format!("{}[{}] = {}", self.expr(list), self.expr(index), self.expr(value));
                self.line(&text);
            }
            StmtKind::ListAppend { list, value } => {
                let text = format!("{}.append({})", self.expr(list), self.expr(value));
                self.line(&text);
            }
            StmtKind::ListTruncate { list, length } => {
                let text = format!("{}.truncate({})", self.expr(list), self.expr(length));
                self.line(&text);
            }
            StmtKind::FieldStore { record, field, value } => {
                let text = format!("{} = {}", self.field(record, *field), self.expr(value));
                self.line(&text);
            }
            StmtKind::Expr(value) => {
                let text = self.expr(value);
                self.line(&text);
            }
            StmtKind::If { test, then, orelse } => {
                let text = format!("if {}:", self.expr(test));
                self.line(&text);
                self.block(then);
                if !orelse.is_empty() {
                    self.line("else:");
                    self.block(orelse);
                }
            }
            StmtKind::While { test, body } => {
                let text = format!("while {}:", self.expr(test));
                self.line(&text);
                self.block(body);
            }
            StmtKind::For { var, start, stop, step, body } => {
                let bounds = format!("{}, {}, {}", self.expr(start), self.expr(stop), self.expr(step));
                let target = self.declare(*var);
                self.line(&format!("for {target} in range({bounds}):"));
                self.block(body);
            }
            StmtKind::Break => self.line("break"),
            StmtKind::Continue => self.line("continue"),
            StmtKind::Return(value) => {
                let text = format!("return {}", self.expr(value));
                self.line(&text);
            }
            StmtKind::Raise { exception, message, numbers } => {
                let shown: String = numbers.iter().map(|e| format!(", {}", self.expr(e))).collect();
                self.line(&format!("raise {exception}({message:?}{shown})"));
            }
        }
    }

    fn field(&self, record: &Expr, field: usize) -> String {
        let name = match &record.ty {
            Type::Record(record) => record.class.fields().get(field).map(|(name, _)| name.as_str()),
            _ => None,
        };
        format!("{}.{}", self.expr(record), name.unwrap_or("?"))
    }

    fn list(&self, items: &[Expr]) -> String {
        let items: Vec<String> = items.iter().map(|e| self.expr(e)).collect();
        items.join(", ")
    }

    fn expr(&self, e: &Expr) -> String {
        match &e.kind {
            ExprKind::Map(..) => format!("map({})", self.rule(e)),
            ExprKind::NoneValue => "None".to_owned(),
            ExprKind::Const(c) => constant(*c, &e.ty),
            ExprKind::Var(var) => self.name(*var),
            ExprKind::Global(id) => match self.module.globals.get(*id) {
                Some(global) => format!("global({})", global.name),
                None => format!("{id:?}"),
            },
            ExprKind::Unary(op, a) => format!("{}({})", op.row().0, self.expr(a)),
            ExprKind::Binary(op, a, b) => infix(op.row().0, &self.expr(a), &self.expr(b)),
            ExprKind::Cast(a) => format!("{}({})", e.ty, self.expr(a)),
            ExprKind::Kernel(symbol, args) => format!("{symbol}({})", self.list(args)),
            ExprKind::Cond { test, then, orelse } => {
                format!("({} if {} else {})", self.expr(then), self.expr(test), self.expr(orelse))
            }
            ExprKind::And(a, b) => format!("({} and {})", self.expr(a), self.expr(b)),
            ExprKind::Or(a, b) => format!("({} or {})", self.expr(a), self.expr(b)),
            ExprKind::OfAxis(index, axis) => format!("of_axis({}, {axis})", self.expr(index)),
            ExprKind::Item { array, index } => format!("{}[{}]", self.expr(array), self.list(index)),
            ExprKind::Dim(array, axis) => format!("{}.shape[{axis}]", self.expr(array)),
            ExprKind::Call(id, args) => format!("{}({})", self.callee(*id), self.list(args)),
            ExprKind::Tuple(items) if items.len() == 1 => format!("({},)", self.list(items)),
            ExprKind::Tuple(items) => format!("({})", self.list(items)),
            ExprKind::List(items) => format!("{}([{}])", e.ty, self.list(items)),
            ExprKind::FieldView { array, offset, shape } if shape.is_empty() => {
                format!("field({}, {offset}, {})", self.expr(array), e.ty)
            }
            ExprKind::FieldView { array, offset, shape } => {
                format!("field({}, {offset}, {shape:?}, {})", self.expr(array), e.ty)
            }
            ExprKind::Elements(array) => format!("elements({})", self.expr(array)),
            ExprKind::ListLength(list) => format!("len({})", self.expr(list)),
            ExprKind::ListItem(list, index) => format!("{}[{}]", self.expr(list), self.expr(index)),
            ExprKind::Record(fields) => format!("{}({})", e.ty, self.list(fields)),
            ExprKind::Field(record, field) => self.field(record, *field),
            ExprKind::Same(a, b) => format!("({} is {})", self.expr(a), self.expr(b)),
            ExprKind::NotNone(record, _) => format!("not_none({})", self.expr(record)),
            ExprKind::TupleItem(tuple, k) => format!("{}[{k}]", self.expr(tuple)),
            ExprKind::Let(var, value, body) => {
                format!("(let {} = {} in {})", self.name(*var), self.expr(value), self.expr(body))
            }
            ExprKind::Checked { test, exception, message, value, .. } => {
                format!("checked({}, {exception}({message:?}), {})", self.expr(test), self.expr(value))
            }
            _ => self.array(e),
        }
    }

    /// The nodes that make arrays or combine their elements.
    fn array(&self, e: &Expr) -> String {
        match &e.kind {
            ExprKind::Full { shape, value } => format!("full(({}), {})", self.list(shape), self.expr(value)),
            ExprKind::Empty(shape) => format!("empty(({}), {})", self.list(shape), dtype_of(&e.ty)),
            ExprKind::Range { start, step, count } => {
                format!("range(start={}, step={}, count={})", self.expr(start), self.expr(step), self.expr(count))
            }
            ExprKind::IndexGrid { shape, axis } => format!("indices(({}), axis={axis})", self.list(shape)),
            ExprKind::ArrayLit { shape, items } => {
                let extents: Vec<String> = shape.iter().map(u32::to_string).collect();
                format!("array(({}), [{}])", extents.join(", "), self.list(items))
            }
            ExprKind::Copy(a) => format!("copy({})", self.expr(a)),
            ExprKind::Text(text) => format!("{text:?}"),
            ExprKind::Reinterpret(a) => format!("{}({})", e.ty, self.expr(a)),
            ExprKind::View { array, index } => {
                let entries: Vec<String> = index.iter().map(|entry| self.entry(entry)).collect();
                format!("{}[{}]", self.expr(array), entries.join(", "))
            }
            ExprKind::Transpose(a, axes) => format!("transpose({}, {axes:?})", self.expr(a)),
            ExprKind::Part(a, part) => format!("{}.{}", self.expr(a), if *part == 0 { "real" } else { "imag" }),
            ExprKind::Reshape(a, shape) => format!("reshape({}, ({}))", self.expr(a), self.list(shape)),
            ExprKind::BroadcastTo(a, shape) => format!("broadcast_to({}, ({}))", self.expr(a), self.list(shape)),
            ExprKind::Reduce { op, array, axis: None } => format!("{}({})", reduction(*op), self.expr(array)),
            ExprKind::Reduce { op, array, axis: Some(axis) } => {
                format!("{}({}, axis={axis})", reduction(*op), self.expr(array))
            }
            ExprKind::Scan { op, array } => format!("cum{}({})", reduction(*op), self.expr(array)),
            _ => String::new(),
        }
    }

    /// An element rule without `map(…)`; nested rules show what becomes one loop.
    fn rule(&self, e: &Expr) -> String {
        let ExprKind::Map(op, operands) = &e.kind else { return self.expr(e) };
        let parts: Vec<String> = operands.iter().map(|e| self.rule(e)).collect();
        match (op, parts.as_slice()) {
            (MapOp::Unary(op), _) => format!("{}({})", op.row().0, parts.join(", ")),
            (MapOp::Binary(op), [a, b]) => infix(op.row().0, a, b),
            (MapOp::Binary(op), _) => format!("{}({})", op.row().0, parts.join(", ")),
            (MapOp::Cast(dtype), _) => format!("{dtype}({})", parts.join(", ")),
            (MapOp::Select, _) => format!("where({})", parts.join(", ")),
            (MapOp::Kernel(symbol), _) => format!("{symbol}({})", parts.join(", ")),
            (MapOp::Pair, _) => format!("complex({})", parts.join(", ")),
            (MapOp::Call(id), _) => format!("{}({})", self.callee(*id), parts.join(", ")),
        }
    }

    fn entry(&self, entry: &Index) -> String {
        let part = |e: &Option<Expr>| e.as_ref().map(|e| self.expr(e)).unwrap_or_default();
        match entry {
            Index::At(e) => self.expr(e),
            Index::NewAxis => "None".to_owned(),
            Index::Slice { start, stop, step: None } => format!("{}:{}", part(start), part(stop)),
            Index::Slice { start, stop, step } => format!("{}:{}:{}", part(start), part(stop), part(step)),
        }
    }
}

/// `a + b` for symbols, `min(a, b)` for words.
fn infix(symbol: &str, a: &str, b: &str) -> String {
    if symbol.starts_with(char::is_alphabetic) { format!("{symbol}({a}, {b})") } else { format!("({a} {symbol} {b})") }
}

fn dtype_of(ty: &Type) -> String {
    match ty {
        Type::Array(a) => a.dtype.to_string(),
        other => other.to_string(),
    }
}

/// A Python scalar is written as its literal, a NumPy scalar with its dtype around.
fn constant(c: Const, ty: &Type) -> String {
    let literal = match c {
        Const::Bool(true) => "True".to_owned(),
        Const::Bool(false) => "False".to_owned(),
        Const::Int(nopython_types::DType::UInt64, v) => v.cast_unsigned().to_string(),
        Const::Int(_, v) => v.to_string(),
        Const::F32(bits) => float(&format!("{:?}", f32::from_bits(bits))),
        Const::F64(bits) => float(&format!("{:?}", f64::from_bits(bits))),
    };
    match ty {
        Type::Scalar(s) if s.weak => literal,
        other => format!("{other}({literal})"),
    }
}

fn float(text: &str) -> String {
    text.replace("NaN", "nan")
}

const fn reduction(op: ReduceOp) -> &'static str {
    match op {
        ReduceOp::Sum => "sum",
        ReduceOp::Prod => "prod",
        ReduceOp::Min => "min",
        ReduceOp::Max => "max",
        ReduceOp::ArgMin => "argmin",
        ReduceOp::ArgMax => "argmax",
        ReduceOp::All => "all",
        ReduceOp::Any => "any",
    }
}
