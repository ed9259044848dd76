//! Control flow, memory, calls, errors and ownership, each in a function small enough to work out by hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::disallowed_methods)]

mod support;

use nopython_ir::Const;
use nopython_ir::loops::{Address, Block, Expr, Fault, For, Function, LocalId, LoopFacts, Module, SiteId, Stmt, Ty};
use nopython_ir::ops::BinOp;
use nopython_types::{DType, Exception, Site};
use support::{any_memory, export, function, ret, run};

fn for_loop(
    f: &mut Function,
    var: LocalId,
    range: (Expr, Expr, i32),
    body: impl FnOnce(nopython_ir::loops::Label) -> Block,
) -> Stmt {
    let label = f.label();
    let (start, stop, step) = range;
    Stmt::For(Box::new(For { label, var, start, stop, step, body: body(label), facts: LoopFacts::default() }))
}

fn local(l: LocalId) -> Expr {
    Expr::Local(l)
}

fn int64_function(name: &str, params: usize) -> (Function, Vec<LocalId>) {
    let mut f = function(name);
    f.results = vec![DType::Int64];
    let params: Vec<LocalId> = (0..params).map(|k| f.scalar(format!("p{k}"), DType::Int64)).collect();
    f.params.clone_from(&params);
    (f, params)
}

/// Σ i for i in range(a, b, step), leaving out 5 and stopping before 9.
fn sum_range(name: &str, step: i32) -> Function {
    let (mut f, p) = int64_function(name, 2);
    let (i, s) = (f.scalar("i", DType::Int64), f.scalar("s", DType::Int64));
    let turn = for_loop(&mut f, i, (local(p[0]), local(p[1]), step), |label| {
        vec![
            Stmt::If(local(i).equals(Expr::i64(5)), vec![Stmt::Continue(label)], vec![]),
            Stmt::If(local(i).equals(Expr::i64(9)), vec![Stmt::Break(label)], vec![]),
            Stmt::Set(s, local(s) + local(i)),
        ]
    });
    f.body = vec![turn, ret(s)];
    f
}

#[test]
fn loops_count_skip_and_stop() {
    let mut module = Module::default();
    export(&mut module, sum_range("up", 1));
    export(&mut module, sum_range("by_three", 3));
    export(&mut module, sum_range("down", -1));
    let calls = ["up 0n 8n", "up 0n 100n", "up 3n 3n", "up 4n 2n", "by_three 1n 8n", "down 8n 0n", "down 0n 8n"];
    let script: String = calls.iter().map(|c| format!("call {c}\n")).collect();
    assert_eq!(run("loops", &module, &script), ["23", "31", "0", "0", "12", "31", "0"]);
}

/// Euclid's algorithm, with a `while` that has a test, one that has none, and a scope left early.
#[test]
fn while_loops_and_scopes() {
    let mut module = Module::default();
    for endless in [false, true] {
        let (mut f, p) = int64_function(if endless { "endless" } else { "tested" }, 2);
        let r = f.scalar("r", DType::Int64);
        let (label, scope) = (f.label(), f.label());
        let more = Expr::binary(BinOp::Ne, local(p[1]), Expr::i64(0));
        let mut body = vec![
            Stmt::Set(r, Expr::binary(BinOp::Mod, local(p[0]), local(p[1]))),
            Stmt::Set(p[0], local(p[1])),
            Stmt::Set(p[1], local(r)),
        ];
        if endless {
            body.insert(0, Stmt::If(more.clone(), vec![], vec![Stmt::Break(label)]));
        } else {
            body.push(Stmt::Continue(label));
        }
        let test = if endless { Expr::bool(true) } else { more };
        f.body = vec![
            Stmt::Scope(
                scope,
                vec![
                    Stmt::If(local(p[0]).lt(Expr::i64(0)), vec![Stmt::Break(scope)], vec![]),
                    Stmt::While { label, test, body },
                    ret(p[0]),
                ],
            ),
            ret(Expr::i64(-1)),
        ];
        export(&mut module, f);
    }
    let script =
        "call tested 48n 36n\ncall tested 7n 0n\ncall tested -1n 2n\ncall endless 48n 36n\ncall endless 7n 0n\n";
    assert_eq!(run("while", &module, script), ["12", "7", "-1", "12", "7"]);
}

#[test]
fn calls_give_several_results() {
    let mut module = Module::default();
    let (mut f, p) = int64_function("divmod", 2);
    f.results = vec![DType::Int64, DType::Int64];
    f.body = vec![Stmt::Return(vec![
        Expr::binary(BinOp::FloorDiv, local(p[0]), local(p[1])),
        Expr::binary(BinOp::Mod, local(p[0]), local(p[1])),
    ])];
    let divmod = export(&mut module, f);
    let (mut g, p) = int64_function("swapped", 2);
    g.results = vec![DType::Int64, DType::Int64];
    let (q, r) = (g.scalar("q", DType::Int64), g.scalar("r", DType::Int64));
    g.body = vec![
        Stmt::Call {
            function: divmod,
            args: vec![local(p[0]), local(p[1])],
            results: vec![q, r],
            at: Default::default(),
        },
        Stmt::Return(vec![local(r), local(q)]),
    ];
    export(&mut module, g);
    assert_eq!(run("calls", &module, "call divmod -7n 2n\ncall swapped -7n 2n\n"), ["-4 1", "1 -4"]);
}

#[test]
fn errors_carry_their_site_and_two_numbers() {
    let mut module = Module::default();
    for line in 0..3 {
        let message = String::new();
        module.sites.push(Site { exception: Exception::Index, message, function: "f".into(), line, column: 1 });
    }
    let (mut f, p) = int64_function("f", 1);
    let fault = |site, numbers| Fault::with(SiteId(site), numbers);
    f.body = vec![
        Stmt::Check(local(p[0]).lt(Expr::i64(10)), fault(1, vec![local(p[0]), Expr::Const(Const::f64(2.5))])),
        Stmt::If(local(p[0]).lt(Expr::i64(0)), vec![Stmt::Raise(fault(2, vec![]))], vec![]),
        ret(p[0]),
    ];
    export(&mut module, f);
    // Sites that nothing raises at have no number.
    let expected = ["9", "raise 0 10 2.5", "raise 1 0 0"];
    assert_eq!(run("errors", &module, "call f 9n\ncall f 10n\ncall f -1n\n"), expected);
}

/// Both branches of a `select` are evaluated, only one of a `cond`.
#[test]
fn conditional_expressions() {
    let mut module = Module::default();
    for (name, lazy) in [("select", false), ("cond", true)] {
        let (mut f, p) = int64_function(name, 1);
        let negative = local(p[0]).lt(Expr::i64(0));
        let (a, b) = (Expr::i64(0) - local(p[0]), local(p[0]) * Expr::i64(2));
        f.body = vec![ret(if lazy { negative.cond(a, b) } else { negative.select(a, b) })];
        export(&mut module, f);
    }
    let script = "call select -3n\ncall select 3n\ncall cond -3n\ncall cond 3n\n";
    assert_eq!(run("conditional", &module, script), ["3", "6", "3", "6"]);
}

/// A block survives as long as it has references, and its memory is used again.
#[test]
fn blocks_are_counted() {
    let mut module = Module::default();
    module.sites.push(Site {
        exception: Exception::Memory,
        message: String::new(),
        function: "f".into(),
        line: 1,
        column: 1,
    });
    let mut make = function("make");
    let bytes = make.scalar("bytes", DType::Int64);
    let owner = make.scalar("owner", DType::Int32);
    make.params = vec![bytes];
    make.results = vec![DType::Int32];
    let m = any_memory(&mut make);
    make.body = vec![
        Stmt::Alloc { owner, bytes: local(bytes), site: SiteId(0) },
        Stmt::Fill { to: Address::new(m, local(owner)), value: Expr::i32(7), bytes: local(bytes).cast(DType::Int32) },
        Stmt::Retain(local(owner)),
        Stmt::Retain(Expr::i32(0)),
        Stmt::Release(Expr::i32(0)),
        ret(owner),
    ];
    export(&mut module, make);
    let mut free = function("free");
    let owner = free.scalar("owner", DType::Int32);
    free.params = vec![owner];
    free.body = vec![Stmt::Release(local(owner))];
    export(&mut module, free);
    let script = "call make 24n\n";
    let first: u32 = run("blocks_first", &module, script)[0].parse().unwrap();
    let script = format!(
        "call make 24n\nread {first} 8\nread {} 4\ncall free {first}\nread {} 4\ncall free {first}\ncall make 24n\n\
         call $unwind\ncall make 24n\ncall make -1n\ncall make 8000000000n\ncall free 0\n",
        first - 16,
        first - 16
    );
    let again = first.to_string();
    let expected = [
        &again,
        "0707070707070707",
        "02000000",
        "undefined",
        "01000000",
        "undefined",
        &again,
        "undefined",
        &again,
        "raise 0 0 0",
        "raise 0 0 0",
        "undefined",
    ];
    assert_eq!(run("blocks", &module, &script), expected);
}

#[test]
fn bytes_are_copied() {
    let mut module = Module::default();
    let mut f = function("copy");
    let m = any_memory(&mut f);
    let at = |address| Address::new(m, Expr::i32(address));
    f.body = vec![Stmt::Copy { to: at(4096), from: at(8192), bytes: Expr::i32(3) }];
    export(&mut module, f);
    assert_eq!(run("copy", &module, "write 8192 01020304\ncall copy\nread 4096 4\n"), ["undefined", "01020300"]);
}

/// The lanes of a ramp, any and all of a mask, the choice by a mask, for full and partial vectors.
#[test]
fn masks_ramps_and_lanes() {
    let mut module = Module::default();
    for dtype in [DType::Int8, DType::UInt16, DType::Int32, DType::Int64, DType::Float32, DType::Float64] {
        for lanes in [16 / dtype.size(), 8 / dtype.size()].into_iter().filter(|n| *n > 1) {
            let mut f = function(&format!("{dtype}x{lanes}"));
            let (a, n) = (f.scalar("a", dtype), f.scalar("n", dtype));
            f.params = vec![a, n];
            f.results = vec![DType::Bool, DType::Bool, dtype];
            let ty = Ty::Vector(dtype, u8::try_from(lanes).unwrap());
            let v = f.local("v", ty);
            let below = || Expr::binary(BinOp::Lt, Expr::Local(v), Expr::Splat(ty, Box::new(local(n))));
            let chosen = below().select(Expr::Local(v), Expr::Splat(ty, Box::new(Expr::Const(Const::zero(dtype)))));
            f.body = vec![
                Stmt::Set(v, Expr::Ramp(ty, Box::new(local(a)))),
                Stmt::Return(vec![
                    Expr::AnyTrue(Box::new(below())),
                    Expr::AllTrue(Box::new(below())),
                    Expr::Lane(Box::new(chosen), 1),
                ]),
            ];
            export(&mut module, f);
        }
    }
    let names: Vec<String> = module.exports.iter().map(|(e, _)| e.symbol.clone()).collect();
    let mut script = String::new();
    let mut expected = Vec::new();
    for name in &names {
        let suffix = if name.starts_with("int64") { "n" } else { "" };
        let lanes: i32 = name.rsplit('x').next().unwrap().parse().unwrap();
        // The lanes are 3, 4, …, lanes + 2.
        for limit in [3, 4, 5, lanes + 2, lanes + 3] {
            script += &format!("call {name} 3{suffix} {limit}{suffix}\n");
            let (any, all) = (i32::from(3 < limit), i32::from(lanes + 2 < limit));
            expected.push(format!("{any} {all} {}", if 4 < limit { 4 } else { 0 }));
        }
    }
    assert_eq!(run("masks", &module, &script), expected);
}

/// Masks of any two widths come from the same bool lanes and give them back.
#[test]
fn masks_change_width() {
    let mut module = Module::default();
    let (mut script, mut expected) = (String::new(), Vec::new());
    for (from, to) in [1u8, 2, 4, 8].into_iter().flat_map(|a| [1u8, 2, 4, 8].map(|b| (a, b))) {
        for lanes in [2u8, 4, 8, 16].into_iter().filter(|n| n * from.max(to) <= 16) {
            let mut f = function(&format!("from{from}to{to}x{lanes}"));
            let m = any_memory(&mut f);
            let ty = Ty::Vector(DType::Bool, lanes);
            let bools = Expr::Load(ty, Address::new(m, Expr::i32(4096)));
            let mask = Expr::MaskCast(Ty::Mask { bytes: from, lanes }, Box::new(bools));
            let mask = Expr::MaskCast(Ty::Mask { bytes: to, lanes }, Box::new(mask));
            let back = Expr::MaskCast(ty, Box::new(mask));
            f.body = vec![Stmt::Store(Address::new(m, Expr::i32(8192)), back)];
            script += &format!("write 4096 {BOOLS}\ncall {}\nread 8192 {lanes}\n", f.name);
            expected.extend(["undefined".to_owned(), BOOLS[..2 * usize::from(lanes)].to_owned()]);
            export(&mut module, f);
        }
    }
    assert_eq!(run("mask_widths", &module, &script), expected);
}

/// Sixteen bool lanes.
const BOOLS: &str = "00010100010001010000010001010001";

#[test]
fn kernels_are_linked() {
    let mut module = Module::default();
    let mut f = function("f");
    let x = f.scalar("x", DType::Float64);
    f.params = vec![x];
    f.results = vec![DType::Float64];
    f.body = vec![ret(Expr::Kernel("exp_f64".into(), vec![local(x)]))];
    export(&mut module, f);
    let mut g = function("g");
    let x = g.scalar("x", DType::Float64);
    g.params = vec![x];
    g.results = vec![DType::Float64];
    let ty = Ty::Vector(DType::Float64, 2);
    let both = Expr::Kernel("exp_f64x2".into(), vec![Expr::Splat(ty, Box::new(local(x)))]);
    g.body = vec![ret(Expr::Lane(Box::new(both), 1))];
    export(&mut module, g);
    let found = run("kernels", &module, "call f 0\ncall f -Infinity\ncall f 1.5\ncall g 1.5\n");
    assert_eq!(found[..2], ["1", "0"]);
    assert_eq!(found[2], found[3]);
}

/// A module of scalar functions has neither memory nor imports nor the runtime's exports.
#[test]
fn scalar_modules_carry_nothing_else() {
    let mut module = Module::default();
    let (mut f, p) = int64_function("f", 1);
    f.body = vec![ret(local(p[0]) + Expr::i64(1))];
    export(&mut module, f);
    let bytes = support::bytes(&module);
    for absent in ["$memory", "$alloc", "$release", "$unwind", "raise"] {
        assert!(!bytes.windows(absent.len()).any(|w| w == absent.as_bytes()), "{absent}");
    }
    assert_eq!(run("scalar", &module, "call f 41n\n"), ["42"]);
}

/// A sum of many terms nests deeply to the left.
#[test]
fn deep_expressions() {
    let mut module = Module::default();
    let (mut f, p) = int64_function("f", 1);
    let terms = 1000;
    f.body = vec![ret((0..terms).fold(Expr::i64(0), |sum, _| sum + local(p[0])))];
    export(&mut module, f);
    assert_eq!(run("deep", &module, "call f 3n\n"), ["3000"]);
}
