//! Readable text of the loop IR, one statement a line, for `nopython inspect --loops` and the tests of passes.

use super::{Address, Block, Expr, Fault, For, Function, Label, LocalId, Module, Stmt, Ty};
use crate::Const;
use crate::ops::{BinOp, UnOp};
use core::fmt::{self, Write as _};
use nopython_types::DType;

impl fmt::Display for Ty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Ty::Scalar(dtype) => f.write_str(short_name(dtype)),
            Ty::Vector(dtype, lanes) => write!(f, "{}x{lanes}", short_name(dtype)),
            Ty::Mask { bytes, lanes } => write!(f, "mask{}x{lanes}", u32::from(bytes) * 8),
        }
    }
}

/// The dtype as one would write a lane type: `i32`, `u8`, `f64`.
const fn short_name(dtype: DType) -> &'static str {
    match dtype {
        DType::Bool => "bool",
        DType::Int8 => "i8",
        DType::Int16 => "i16",
        DType::Int32 => "i32",
        DType::Int64 => "i64",
        DType::UInt8 => "u8",
        DType::UInt16 => "u16",
        DType::UInt32 => "u32",
        DType::UInt64 => "u64",
        DType::Float32 => "f32",
        DType::Float64 => "f64",
        DType::Complex64 => "c64",
        DType::Complex128 => "c128",
    }
}

/// The text of a whole module.
#[must_use]
pub fn print(module: &Module) -> String {
    let mut out = String::new();
    for (index, (_, function)) in module.functions.iter().enumerate() {
        if index > 0 {
            out.push('\n');
        }
        out.push_str(&print_function(module, function));
    }
    out
}

/// The text of one function; the module gives the names of the functions that it calls.
#[must_use]
pub fn print_function(module: &Module, function: &Function) -> String {
    let mut printer = Printer { module, function, out: String::new() };
    printer.header();
    printer.block(&function.body, 1);
    printer.out
}

struct Printer<'a> {
    module: &'a Module,
    function: &'a Function,
    out: String,
}

/// A label as it is printed.
struct Name(Label);

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "L{}", self.0.0)
    }
}

impl Printer<'_> {
    fn text(&mut self, text: fmt::Arguments<'_>) {
        // Writing to a `String` cannot fail.
        let _ = self.out.write_fmt(text);
    }

    /// A local's name, with its number if another local has the same name.
    fn local(&mut self, id: LocalId) {
        let Some(local) = self.function.locals.get(id) else {
            self.text(format_args!("<unknown {}>", id.index()));
            return;
        };
        let shared = self.function.locals.iter().any(|(other, l)| other != id && l.name == local.name);
        if shared || local.name.is_empty() {
            self.text(format_args!("{}.{}", local.name, id.index()));
        } else {
            self.out.push_str(&local.name);
        }
    }

    fn header(&mut self) {
        self.text(format_args!("def {}(", self.function.name));
        for (k, &param) in self.function.params.iter().enumerate() {
            if k > 0 {
                self.out.push_str(", ");
            }
            self.local(param);
            if let Some(local) = self.function.locals.get(param) {
                self.text(format_args!(": {}", local.ty));
            }
        }
        self.out.push(')');
        for (k, &dtype) in self.function.results.iter().enumerate() {
            self.text(format_args!("{}{}", if k == 0 { " -> " } else { ", " }, short_name(dtype)));
        }
        self.out.push_str(":\n");
    }

    fn indent(&mut self, depth: usize) {
        for _ in 0..depth {
            self.out.push_str("    ");
        }
    }

    fn block(&mut self, block: &Block, depth: usize) {
        if block.is_empty() {
            self.indent(depth);
            self.out.push_str("pass\n");
        }
        for stmt in block {
            self.stmt(stmt, depth);
        }
    }

    fn stmt(&mut self, stmt: &Stmt, depth: usize) {
        self.indent(depth);
        match stmt {
            Stmt::If(test, then, orelse) => self.if_else(test, then, orelse, depth),
            Stmt::For(l) => {
                self.for_head(l);
                self.body(&l.body, depth);
            }
            Stmt::While { label, test, body } => {
                self.text(format_args!("while {}: ", Name(*label)));
                self.expr(test);
                self.body(body, depth);
            }
            Stmt::Scope(label, body) => {
                self.text(format_args!("scope {}", Name(*label)));
                self.body(body, depth);
            }
            simple => {
                self.simple(simple);
                self.out.push('\n');
            }
        }
    }

    /// A nested block, after the head of its statement.
    fn body(&mut self, body: &Block, depth: usize) {
        self.out.push_str(":\n");
        self.block(body, depth + 1);
    }

    fn if_else(&mut self, test: &Expr, then: &Block, orelse: &Block, depth: usize) {
        self.out.push_str("if ");
        self.expr(test);
        self.body(then, depth);
        if !orelse.is_empty() {
            self.indent(depth);
            self.out.push_str("else");
            self.body(orelse, depth);
        }
    }

    fn for_head(&mut self, l: &For) {
        self.text(format_args!("for {}: ", Name(l.label)));
        self.local(l.var);
        self.out.push_str(" in range(");
        self.list(&[&l.start, &l.stop]);
        if l.step != 1 {
            self.text(format_args!(", {}", l.step));
        }
        self.out.push(')');
        if l.facts.independent {
            self.out.push_str(" independent");
        }
        if l.facts.vectorized {
            self.out.push_str(" vectorized");
        }
    }

    /// A statement without blocks, except for the end of its line.
    fn simple(&mut self, stmt: &Stmt) {
        match stmt {
            Stmt::Set(local, value) => {
                self.local(*local);
                self.out.push_str(" = ");
                self.expr(value);
            }
            Stmt::Store(address, value) => {
                self.place("store", address);
                self.out.push_str(" = ");
                self.expr(value);
            }
            Stmt::Break(label) => self.text(format_args!("break {}", Name(*label))),
            Stmt::Continue(label) => self.text(format_args!("continue {}", Name(*label))),
            Stmt::Check(test, fault) => {
                self.out.push_str("check ");
                self.expr(test);
                self.fault(" else", fault);
            }
            Stmt::Raise(fault) => self.fault("raise", fault),
            Stmt::Call { function, args, results, .. } => {
                for (k, &result) in results.iter().enumerate() {
                    self.out.push_str(if k > 0 { ", " } else { "" });
                    self.local(result);
                }
                self.out.push_str(if results.is_empty() { "call " } else { " = call " });
                match self.module.functions.get(*function) {
                    Some(callee) => self.text(format_args!("{}(", callee.name)),
                    None => self.text(format_args!("function {}(", function.index())),
                }
                self.list(&args.iter().collect::<Vec<_>>());
                self.out.push(')');
            }
            Stmt::Alloc { owner, bytes, site } => {
                self.local(*owner);
                self.call(" = alloc", &[bytes]);
                self.text(format_args!(" else site {}", site.0));
            }
            Stmt::Retain(owner) => self.call("retain", &[owner]),
            Stmt::Release(owner) => self.call("release", &[owner]),
            Stmt::Copy { to, from, bytes } => self.call("copy", &[&to.at, &from.at, bytes]),
            Stmt::Fill { to, value, bytes } => self.call("fill", &[&to.at, value, bytes]),
            Stmt::Return(values) => {
                self.out.push_str("return ");
                self.list(&values.iter().collect::<Vec<_>>());
            }
            Stmt::If(..) | Stmt::For(_) | Stmt::While { .. } | Stmt::Scope(..) => {}
        }
    }

    fn fault(&mut self, word: &str, fault: &Fault) {
        self.text(format_args!("{word} site {}", fault.site.0));
        if !fault.numbers.is_empty() {
            self.call("", &fault.numbers.iter().collect::<Vec<_>>());
        }
    }

    fn call(&mut self, name: &str, args: &[&Expr]) {
        self.text(format_args!("{name}("));
        self.list(args);
        self.out.push(')');
    }

    fn list(&mut self, items: &[&Expr]) {
        for (k, item) in items.iter().enumerate() {
            if k > 0 {
                self.out.push_str(", ");
            }
            self.expr(item);
        }
    }

    /// `buffer[what at address]`
    fn place(&mut self, what: &str, address: &Address) {
        match self.function.buffers.get(address.buffer) {
            Some(buffer) => self.text(format_args!("{}[{what} at ", buffer.name)),
            None => self.text(format_args!("<unknown buffer>[{what} at ")),
        }
        self.expr(&address.at);
        self.out.push(']');
    }

    fn expr(&mut self, e: &Expr) {
        match e {
            Expr::Const(c) => self.constant(*c),
            Expr::Local(local) => self.local(*local),
            Expr::Unary(op, a) => self.unary(*op, a),
            Expr::Binary(op, a, b) => self.binary(*op, a, b),
            Expr::Cast(to, a) => self.call(short_name(*to), &[a]),
            Expr::Select(c, a, b) => self.call("select", &[c, a, b]),
            Expr::Cond(c, a, b) => self.call("cond", &[c, a, b]),
            Expr::Load(ty, address) => self.place(&format!("load {ty}"), address),
            Expr::Kernel(name, args) => self.call(name, &args.iter().collect::<Vec<_>>()),
            Expr::Splat(ty, a) => self.call(&format!("splat {ty}"), &[a]),
            Expr::Lane(a, lane) => {
                self.call("lane", &[a]);
                self.text(format_args!("[{lane}]"));
            }
            Expr::Ramp(ty, a) => self.call(&format!("ramp {ty}"), &[a]),
            Expr::AnyTrue(a) => self.call("any_true", &[a]),
            Expr::AllTrue(a) => self.call("all_true", &[a]),
            Expr::MaskCast(ty, a) => self.call(&format!("{ty}"), &[a]),
        }
    }

    /// Constants of the two usual dtypes are bare; others name theirs.
    fn constant(&mut self, c: Const) {
        match c.dtype() {
            DType::Int32 | DType::Bool | DType::Float64 => self.text(format_args!("{c}")),
            other => self.text(format_args!("{}({c})", short_name(other))),
        }
    }

    fn unary(&mut self, op: UnOp, a: &Expr) {
        self.call(op.row().0, &[a]);
    }

    fn binary(&mut self, op: BinOp, a: &Expr, b: &Expr) {
        let (text, ..) = op.row();
        if text.starts_with(|c: char| c.is_ascii_alphabetic()) {
            self.call(text, &[a, b]);
            return;
        }
        self.out.push('(');
        self.expr(a);
        self.text(format_args!(" {text} "));
        self.expr(b);
        self.out.push(')');
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::loops::{Buffer, LoopFacts};

    #[test]
    fn a_vector_loop() {
        let mut f = Function { name: "double".into(), ..Default::default() };
        let (data, n) = (f.scalar("x.data", DType::Int32), f.scalar("x.n0", DType::Int32));
        let i = f.scalar("i", DType::Int32);
        f.params = vec![data, n];
        let x = f.buffers.push(Buffer { name: "x".into(), distinct: true });
        let ty = Ty::Vector(DType::Float64, 2);
        let at = || Address::new(x, Expr::Local(data) + Expr::Local(i) * Expr::i32(8));
        let two = Expr::Splat(ty, Box::new(Expr::Const(Const::f64(2.0))));
        let label = f.label();
        let facts = LoopFacts { independent: true, vectorized: true, ..LoopFacts::default() };
        let body = vec![Stmt::Store(at(), Expr::Load(ty, at()) * two)];
        let (start, stop) = (Expr::i32(0), Expr::Local(n));
        f.body = vec![Stmt::For(Box::new(For { label, var: i, start, stop, step: 2, body, facts }))];
        let mut module = Module::default();
        module.functions.push(f);
        assert_eq!(
            print(&module),
            "\
def double(x.data: i32, x.n0: i32):
    for L0: i in range(0, x.n0, 2) independent vectorized:
        x[store at (x.data + (i * 8))] = (x[load f64x2 at (x.data + (i * 8))] * splat f64x2(2.0))
"
        );
    }
}
