//! Measures compiling against the size of programs, for shapes that grow in one way each.

use crate::{places, run};
use std::fmt::Write as _;
use std::path::Path;
use std::time::Instant;

/// The heading of the section.
pub const TITLE: &str = "## Compiling large programs";

/// Statements of a program.
const SIZES: [usize; 5] = [625, 1250, 2500, 5000, 10_000];

/// Runs of each program, of which the fastest counts.
const RUNS: usize = 3;

/// What grows, and the program of so many.
type Shape = (&'static str, fn(usize) -> String);

const SHAPES: [Shape; 6] = [
    ("assignments of numbers", |n| body("s = k", &"    s = s * 1.5 + k\n".repeat(n), "s")),
    ("assignments of arrays", |n| body("b = a", &"    b = b * 1.5 + a\n".repeat(n), "b[0]")),
    ("loops", |n| body("s = k", &"    for v in a: s += v\n".repeat(n), "s")),
    ("variables with a branch each", |n| {
        let lines = (0..n / 2).fold(String::new(), |mut lines, i| {
            let _ = writeln!(lines, "    v{i} = k + {i}.0\n    if v{i} > k: v{i} = v{i} - 1.0");
            lines
        });
        body("s = k", &lines, "v0")
    }),
    ("calls of as many functions", |n| {
        let functions = (0..n / 4).fold(String::new(), |mut lines, i| {
            let _ = writeln!(lines, "def h{i}(x):\n    return x * {i}.5 + 1.0");
            lines
        });
        let calls = (0..n / 4).fold(String::new(), |mut lines, i| {
            let _ = writeln!(lines, "    s = h{i}(s)");
            lines
        });
        functions + &body("s = k", &calls, "s")
    }),
    ("20 numbers of a table each", |n| {
        let numbers: Vec<String> = (0..20 * n).map(|i| format!("{}.25", i % 977)).collect();
        format!("T = np.array([{}])\n", numbers.join(", ")) + &body("s = k", "", "T[int(s)]")
    }),
];

fn body(first: &str, lines: &str, result: &str) -> String {
    format!("@njit('float64(float64[:], float64)')\ndef f(a, k):\n    {first}\n{lines}    return {result}\n")
}

/// The colours of the lines: Okabe and Ito's, which colour-blind readers tell apart.
const COLOURS: [&str; 6] = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"];

/// Seconds against statements, both on logarithmic axes, where what is linear in time is a line at 45 degrees.
fn plot(measured: &[(&str, Vec<f64>)]) -> String {
    let (left, top, width, height, decade) = (56.0, 16.0, 400.0, 320.0, 100.0);
    let x = |n: usize| left + width * (n as f64 / SIZES[0] as f64).log2() / 4.0;
    let y = |seconds: f64| top + height - decade * (seconds.max(1e-3).log10() + 2.5);
    let mut out = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 720 392\" font-family=\"system-ui, sans-serif\" font-size=\"13\">\n\
         <title>Seconds to compile programs of n statements</title>\n<rect width=\"720\" height=\"392\" fill=\"#ffffff\"/>\n",
    );
    for n in SIZES {
        let _ =
            writeln!(out, "<text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"middle\">{n}</text>", x(n), top + height + 20.0);
    }
    for seconds in [0.01, 0.1, 1.0] {
        let at = y(seconds);
        let _ = writeln!(
            out,
            "<line x1=\"{left}\" x2=\"{:.0}\" y1=\"{at:.0}\" y2=\"{at:.0}\" stroke=\"#d8d8d8\"/><text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"end\">{seconds} s</text>",
            left + width,
            left - 6.0,
            at + 4.0
        );
    }
    for ((k, (name, times)), colour) in measured.iter().enumerate().zip(COLOURS) {
        let points: Vec<String> =
            SIZES.iter().zip(times).map(|(n, seconds)| format!("{:.1},{:.1}", x(*n), y(*seconds))).collect();
        let _ = writeln!(
            out,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/><text x=\"{:.0}\" y=\"{:.0}\" fill=\"{colour}\">{name}</text>",
            points.join(" "),
            left + width + 14.0,
            top + 24.0 + 22.0 * k as f64
        );
    }
    let _ = writeln!(
        out,
        "<text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"middle\">statements</text>\n</svg>",
        left + width / 2.0,
        top + height + 42.0
    );
    out
}

/// The section of docs/bench.md; its plot is written beside the page.
pub fn section() -> Result<String, String> {
    run::run(&mut run::cargo(["build", "--quiet", "--release", "--package", "nopython-cli"]))?;
    let program = places::target().join("release/nopython");
    let folder = places::out("bench");
    std::fs::create_dir_all(&folder).map_err(|error| error.to_string())?;
    let mut table = format!(
        "{TITLE}\n\n`nopython check` on programs of n statements (`cargo xtask bench compile`): seconds, the fastest of {RUNS} runs, and\n\
         how many times as long as half the size takes: 2 where time is linear. The last column is the memory of the largest.\n\n\
         ![Seconds against statements, on logarithmic axes](compile-time.svg)\n\n|"
    );
    let _ = SIZES.iter().try_for_each(|n| write!(table, " | {n}"));
    let _ = write!(table, " | ×2 | MB |\n|---{}|---:|---:|\n", "|---:".repeat(SIZES.len()));
    let mut measured = Vec::new();
    for (name, shape) in SHAPES {
        let mut times = Vec::new();
        let mut peak = 0;
        for n in SIZES {
            let file = folder.join("large.py");
            run::write(&file, format!("import numpy as np\nfrom numba import njit\n{}", shape(n)).as_bytes())?;
            let (seconds, kilobytes) = fastest(&program, &file)?;
            times.push(seconds);
            peak = kilobytes;
        }
        let cells: Vec<String> = times.iter().map(|seconds| format!("{seconds:.2}")).collect();
        let growth = match times.as_slice() {
            [.., half, whole] => whole / half,
            _ => f64::NAN,
        };
        let _ = writeln!(table, "| {name} | {} | {growth:.1} | {} |", cells.join(" | "), peak / 1024);
        eprintln!("measured {name}");
        measured.push((name, times));
    }
    run::write(&places::root().join("docs/compile-time.svg"), plot(&measured).as_bytes())?;
    Ok(table)
}

/// Seconds, and the most kilobytes that a run had at once.
fn fastest(program: &Path, file: &Path) -> Result<(f64, u64), String> {
    let mut best = f64::INFINITY;
    let mut peak = 0;
    for _ in 0..RUNS {
        let start = Instant::now();
        // The kernel's own count of what the process had at most, which GNU time prints last.
        let mut timed = run::command("/usr/bin/time");
        let output = timed.args(["-f", "%M"]).arg(program).arg("check").arg(file).output();
        best = best.min(start.elapsed().as_secs_f64());
        let output = output.map_err(|error| format!("cannot run {}: {error}", program.display()))?;
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        if !output.status.success() {
            return Err(text);
        }
        peak = text.lines().last().and_then(|line| line.trim().parse().ok()).unwrap_or(0);
    }
    Ok((best, peak))
}
