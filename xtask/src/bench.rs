//! Measures ours, the JavaScript twins and NumPy in one run: a process per engine, rounds that take turns.

use crate::setup::{Need, setup};
use crate::sizes::{self, Sizes};
use crate::{
    bench_calls, bench_compile, bench_figures, bench_host, bench_loops, bench_page, bench_peers, compiler, demo,
    places, run,
};
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

/// What is measured, as `module.function`, with the words of the table.
const KERNELS: [(&str, &str); 10] = [
    ("np_sum.np_sum", "`np.sum`, 1e6 int32"),
    ("chain.chain", "six operations, 1e6 float64"),
    ("mandelbrot.mandelbrot", "Mandelbrot, 400 × 300, 200 steps"),
    ("life.step", "game of life, 1024 × 1024"),
    ("nbody.advance", "64 bodies, 20 steps"),
    ("jacobi.relax", "Jacobi, 512 × 512, 10 sweeps"),
    ("black_scholes.black_scholes", "Black-Scholes, 2e5 options"),
    ("convolve.convolve", "3 × 3 convolution, 1022 × 1022"),
    ("pairwise.pairwise", "pairwise distances, 1000 points"),
    ("histogram.histogram", "histogram, 1e6 values, 100 bins"),
];

const ROUNDS: usize = 15;

/// A sample lasts at least this long.
const SAMPLE_MS: f64 = 20.0;

/// A process that times calls on request.
struct Worker {
    child: Child,
    requests: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Worker {
    fn start(command: &mut std::process::Command) -> Result<Worker, String> {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|error| format!("cannot start a worker: {error}"))?;
        match (child.stdin.take(), child.stdout.take()) {
            (Some(requests), Some(answers)) => Ok(Worker { child, requests, answers: BufReader::new(answers) }),
            _ => Err("a worker has no pipes".to_owned()),
        }
    }

    /// Milliseconds per call.
    fn time(&mut self, kernel: &str, calls: u32) -> Result<f64, String> {
        writeln!(self.requests, "{kernel} {calls}").map_err(|error| error.to_string())?;
        let mut line = String::new();
        self.answers.read_line(&mut line).map_err(|error| error.to_string())?;
        line.trim().parse().map_err(|_| format!("a worker stopped while it ran {kernel}"))
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // A worker that does not end by itself is of no use to anyone.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Times of one kernel in one engine.
#[derive(Clone, Copy)]
struct Times {
    median: f64,
    low: f64,
    high: f64,
}

fn summary(mut samples: Vec<f64>) -> Times {
    samples.sort_by(f64::total_cmp);
    let at = |quarters: usize| samples.get(samples.len() * quarters / 4).copied().unwrap_or(f64::NAN);
    Times { median: at(2), low: at(1), high: at(3) }
}

/// Runs the benchmark; `--write` updates docs/bench.md. `host` measures the package for Python alone, `calls`
/// calls from JavaScript, `loops` what checks cost, and `peers` writes the table of the README.
pub fn bench(arguments: &[String]) -> Result<(), String> {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let (save, part) = match words.as_slice() {
        [] => (false, None),
        ["--write"] => (true, None),
        ["loops"] => {
            println!("{}", bench_loops::table()?);
            return Ok(());
        }
        ["peers"] => return bench_peers::peers(false),
        ["peers", "--write"] | ["--write", "peers"] => return bench_peers::peers(true),
        [part @ ("host" | "calls" | "compile" | "page" | "figures")] => (false, Some(*part)),
        [part @ ("host" | "calls" | "compile" | "page" | "figures"), "--write"]
        | ["--write", part @ ("host" | "calls" | "compile" | "page" | "figures")] => (true, Some(*part)),
        _ => {
            return Err(
                "bench takes host, calls, compile, page, figures or peers, --write, both, loops or nothing".to_owned()
            );
        }
    };
    let page = places::root().join("docs/bench.md");
    if let Some(part) = part {
        let (title, section) = match part {
            "host" => (bench_host::TITLE, bench_host::section()?),
            "compile" => (bench_compile::TITLE, bench_compile::section()?),
            "page" => (bench_page::TITLE, bench_page::section()?),
            "figures" => (bench_figures::TITLE, bench_figures::section()?),
            _ => (bench_calls::TITLE, bench_calls::section()?),
        };
        println!("{section}");
        let written = || run::write(&page, bench_host::replaced(&run::read(&page)?, title, &section).as_bytes());
        return if save { written() } else { Ok(()) };
    }
    setup(Need::Measuring)?;
    demo::build_cli()?;
    let folder = places::out("bench");
    demo::build_examples(&folder)?;
    let mut workloads = run::command(places::python());
    run::run(workloads.arg("examples/bench/workloads.py").arg(&folder).args(["--size", "bench"]))?;
    let compiler = compiler::build()?;
    let sections = [
        bench_page::section()?,
        bench_figures::section()?,
        bench_compile::section()?,
        bench_calls::section()?,
        bench_host::section()?,
    ];
    let report = format!("{}{}{}\n{}", heading()?, speed(&folder)?, weights(&folder, &compiler)?, sections.join("\n"));
    println!("{report}");
    if save { run::write(&page, report.as_bytes()) } else { Ok(()) }
}

fn heading() -> Result<String, String> {
    let node =
        run::output(run::command("node").args(["-p", "`Node ${process.versions.node} (V8 ${process.versions.v8})`"]))?;
    let numpy =
        run::output(run::command(places::python()).args(["-c", "import numpy; print('NumPy', numpy.__version__)"]))?;
    Ok(format!(
        "# Benchmarks\n\nMade by `cargo xtask bench --write` with {} and {}: one process per engine, {ROUNDS} rounds in\n\
         which the engines take turns, medians with the quartiles in brackets, milliseconds. The programs are\n\
         [examples/*.py](../examples), their twins [examples/js](../examples/js) and\n\
         [numpy_twins.py](../examples/bench/numpy_twins.py).\n\n",
        node.trim(),
        numpy.trim()
    ))
}

fn speed(folder: &Path) -> Result<String, String> {
    let node =
        |engine: &str| Worker::start(run::command("node").arg("examples/bench/worker.mjs").arg(folder).arg(engine));
    let python = Worker::start(
        run::command(places::python()).arg("examples/bench/worker.py").arg(folder).env("OPENBLAS_NUM_THREADS", "1"),
    )?;
    let mut workers = [node("ours")?, node("copies")?, node("twin")?, python];
    let mut table = String::from(
        "## Speed\n\n\"Resident\" arrays lie in the module's memory (`memory.array`), so that the kernel itself is measured, and\n\
         \"copied\" ones are copied in and out on every call.\n\n\
         | | ours, resident | ours, copied | JavaScript | NumPy | ours / JavaScript | ours / NumPy |\n\
         |---|---:|---:|---:|---:|---:|---:|\n",
    );
    for (kernel, words) in KERNELS {
        let [ours, copies, twin, numpy] = measure(&mut workers, kernel)?;
        let show = |t: Times| format!("{:.3} ({:.3}–{:.3})", t.median, t.low, t.high);
        let _ = writeln!(
            table,
            "| {words} | {} | {} | {} | {} | {:.2} | {:.2} |",
            show(ours),
            show(copies),
            show(twin),
            show(numpy),
            ours.median / twin.median,
            ours.median / numpy.median
        );
        eprintln!("measured {kernel}");
    }
    Ok(table)
}

/// The times of a kernel in each engine. Two warm-up samples let V8 optimise and tell how many calls make a sample.
fn measure(workers: &mut [Worker; 4], kernel: &str) -> Result<[Times; 4], String> {
    let mut calls = [1; 4];
    for (worker, calls) in workers.iter_mut().zip(&mut calls) {
        for _ in 0..2 {
            let once = worker.time(kernel, *calls)?.max(1e-4);
            *calls = (SAMPLE_MS / once).ceil().clamp(1.0, 1e4) as u32;
        }
    }
    let mut samples: [Vec<f64>; 4] = Default::default();
    for _ in 0..ROUNDS {
        for ((worker, calls), samples) in workers.iter_mut().zip(calls).zip(&mut samples) {
            samples.push(worker.time(kernel, calls)?);
        }
    }
    Ok(samples.map(summary))
}

fn weights(folder: &Path, compiler: &Path) -> Result<String, String> {
    let mut table = String::from("\n## Size\n\nBytes.\n\n| | raw | gzip | brotli |\n|---|---:|---:|---:|\n");
    let mut row = |words: &str, Sizes { raw, gzip, brotli }: Sizes| {
        let _ = writeln!(table, "| {words} | {raw} | {gzip} | {brotli} |");
    };
    for name in demo::EXAMPLES {
        row(&format!("`{name}.wasm`"), sizes::of(&folder.join(format!("{name}.wasm")))?);
    }
    row("`np_sum.js`, which holds the module and its runtime", sizes::of(&folder.join("np_sum.js"))?);
    row("the compiler for browsers", sizes::of(compiler)?);
    Ok(table)
}
