//! Makes what users without Rust install: a wheel for this system and one for any machine, an npm tarball and the command line as a program; and tries
//! each in an empty project that has no network.

use crate::run::Tally;
use crate::setup::{Need, setup};
use crate::{compiler, places, run};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A C library as old as this is what the wheel and the program ask for. The linker that knows old ones is Zig's, which PyPI has.
const OLDEST: &str = "manylinux_2_28";

/// Makes all of them, and prints where they are.
pub fn package() -> Result<(), String> {
    setup(Need::Everything)?;
    let folder = places::out("packages");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).map_err(|error| format!("cannot empty {}: {error}", folder.display()))?;
    }
    std::fs::create_dir_all(&folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    let wheel = wheel(&folder)?;
    let [pip, npm] = lines()?;
    try_wheel(&wheel, &pip, "native")?;
    let universal = universal(&wheel, &folder)?;
    try_wheel(&universal, &pip, "portable")?;
    let tarball = tarball(&folder)?;
    try_tarball(&tarball, &npm)?;
    let program = program(&folder)?;
    try_program(&program)?;
    for path in [wheel, universal, tarball, program] {
        let size = std::fs::metadata(&path).map_or(0, |about| about.len());
        println!("{} ({:.1} MB)", path.display(), size as f64 / 1e6);
    }
    Ok(())
}

/// Runs what the README says for installing, with a wheel that is built as the other checks build their crates.
pub fn try_lines() -> Result<Tally, String> {
    let folder = places::out("install");
    if folder.exists() {
        std::fs::remove_dir_all(&folder).map_err(|error| format!("cannot empty {}: {error}", folder.display()))?;
    }
    std::fs::create_dir_all(&folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    let [pip, npm] = lines()?;
    let mut maturin = run::command(places::host_python());
    run::run(maturin.args(["-m", "maturin", "build", "--quiet", "--profile", "dev", "--out"]).arg(&folder))?;
    let wheel = only(&folder, "whl")?;
    try_wheel(&wheel, &pip, "native")?;
    try_wheel(&universal(&wheel, &folder)?, &pip, "portable")?;
    try_tarball(&tarball(&folder)?, &npm)?;
    Ok(Tally { passed: 3, failed: 0 })
}

/// The README's lines for installing the wheel and the npm package.
fn lines() -> Result<[String; 2], String> {
    let readme = run::read(&places::root().join("README.md"))?;
    let block = readme.split_once("```sh\n").and_then(|(_, rest)| rest.split_once("```")).map(|(block, _)| block);
    let lines: Vec<&str> = block.unwrap_or_default().lines().collect();
    match lines.as_slice() {
        [pip, npm] if pip.starts_with("pip ") && npm.starts_with("npm ") => Ok([(*pip).to_owned(), (*npm).to_owned()]),
        _ => Err("the README's lines for installing are not one of pip and one of npm".to_owned()),
    }
}

/// Runs a line of the README in a project where what it installs lies.
fn type_line(line: &str, package: &Path, folder: &Path, path: Option<&Path>) -> Result<(), String> {
    let name = package.file_name().ok_or("a package has no name")?;
    std::fs::copy(package, folder.join(name)).map_err(|error| format!("cannot copy {}: {error}", package.display()))?;
    let rest = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(path.map(Path::to_owned).into_iter().chain(std::env::split_paths(&rest)));
    let mut shell = alone("sh", folder);
    // What it depends on is there, or is not needed.
    shell
        .env("PIP_NO_INDEX", "1")
        .env("PIP_NO_DEPS", "1")
        .env("PIP_QUIET", "1")
        .env("PIP_DISABLE_PIP_VERSION_CHECK", "1");
    shell.env("npm_config_offline", "true").env("npm_config_audit", "false").env("npm_config_loglevel", "silent");
    println!("$ {line}");
    run::run(shell.args(["-c", line]).env("PATH", path.map_err(|error| error.to_string())?))
}

/// The wheel, for every CPython from 3.10 on.
fn wheel(folder: &Path) -> Result<PathBuf, String> {
    compiler::into_python()?;
    let python = places::host_python();
    run::run(run::command(&python).args(["-m", "pip", "install", "--quiet", "ziglang"]))?;
    // Maturin asks the first Python on the path for Zig.
    let own = python.parent().map(Path::to_owned).unwrap_or_default();
    let rest = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(own).chain(std::env::split_paths(&rest)));
    let mut maturin = run::command(&python);
    maturin.env("PATH", path.map_err(|error| error.to_string())?);
    maturin.args([
        "-m",
        "maturin",
        "build",
        "--quiet",
        "--profile",
        "wheel",
        "--zig",
        "--compatibility",
        OLDEST,
        "--out",
    ]);
    run::run(maturin.arg(folder))?;
    only(folder, "whl")
}

/// The wheel for any machine: what the other one has in Python, with the compiler as WebAssembly.
fn universal(wheel: &Path, folder: &Path) -> Result<PathBuf, String> {
    let files = compiler::portable()?;
    let mut make = run::command(places::host_python());
    let made = run::output(make.arg("xtask/py/universal.py").arg(wheel).arg(folder).args(files))?;
    Ok(PathBuf::from(made.trim()))
}

/// The npm package as `npm publish` would send it.
fn tarball(folder: &Path) -> Result<PathBuf, String> {
    let package = compiler::package(&compiler::build()?)?;
    run::run(run::command("npm").args(["pack", "--silent", "--pack-destination"]).arg(folder).current_dir(package))?;
    only(folder, "tgz")
}

/// The command line as one program.
fn program(folder: &Path) -> Result<PathBuf, String> {
    run::run(&mut run::cargo(["build", "--quiet", "--release", "--package", "nopython-cli"]))?;
    let from = places::target().join("release/nopython");
    let to = folder.join(format!("nopython-{}-{}", std::env::consts::ARCH, std::env::consts::OS));
    std::fs::copy(&from, &to).map_err(|error| format!("cannot copy {}: {error}", from.display()))?;
    Ok(to)
}

/// The only file of a folder with an ending.
fn only(folder: &Path, ending: &str) -> Result<PathBuf, String> {
    let files = std::fs::read_dir(folder).map_err(|error| format!("cannot read {}: {error}", folder.display()))?;
    let found = files.filter_map(|file| Some(file.ok()?.path()));
    found
        .into_iter()
        .find(|path| path.extension().is_some_and(|e| e == ending))
        .ok_or_else(|| format!("no .{ending} was made"))
}

/// An empty project, and a command in it that has no network.
fn project(name: &str) -> Result<PathBuf, String> {
    let folder = std::env::temp_dir().join(format!("nopython-{}-{name}", std::process::id()));
    std::fs::create_dir_all(&folder).map_err(|error| format!("cannot make {}: {error}", folder.display()))?;
    Ok(folder)
}

/// A program that cannot reach a network, as far as an environment can say so.
fn alone<S: AsRef<std::ffi::OsStr>>(program: S, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command.current_dir(folder).env_remove("PYTHONPATH").env_remove("NOPYTHON");
    for name in ["http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY", "npm_config_proxy", "npm_config_https_proxy"]
    {
        command.env(name, "http://127.0.0.1:9");
    }
    command
}

fn done(folder: &Path) {
    // What stays behind is only litter.
    let _ = std::fs::remove_dir_all(folder);
}

const KERNELS: &str = "import numpy as np\nfrom numba import njit\n\n@njit(\"float64(float64[:])\")\ndef norm(x):\n    return np.sqrt((x * x).sum())\n";

fn try_wheel(wheel: &Path, line: &str, engine: &str) -> Result<(), String> {
    let folder = project(engine)?;
    // NumPy and wasmtime are there already.
    run::run(alone(places::host_python(), &folder).args(["-m", "venv", "--system-site-packages", "env"]))?;
    let numpy = run::output(
        alone(places::host_python(), &folder)
            .args(["-c", "import numpy, os; print(os.path.dirname(os.path.dirname(numpy.__file__)))"]),
    )?;
    let python = folder.join("env/bin/python");
    type_line(line, wheel, &folder, python.parent())?;
    let program = "import sys; sys.path.append(sys.argv[1]); import numpy as np, nopython; \
                   f = nopython.njit(lambda x: (x * x).sum()); assert f(np.arange(4.0)) == 14.0; \
                   page = nopython.interact(lambda n=3: np.arange(10) * n, editable=True).save('figure.html'); \
                   assert 'site-packages' in nopython.__file__ and sys.argv[1] not in nopython.__file__; \
                   assert nopython._engine.portable == (sys.argv[2] == 'portable'); print('wheel', nopython.__version__, sys.argv[2])";
    run::run(alone(&python, &folder).args(["-c", program]).arg(numpy.trim()).arg(engine))?;
    run::write(&folder.join("kernels.py"), KERNELS.as_bytes())?;
    let command = folder.join("env/bin/nopython");
    run::run(
        alone(&command, &folder).args(["run", "kernels.py", "norm", "[3.0, 4.0]"]).env("PYTHONPATH", numpy.trim()),
    )?;
    done(&folder);
    Ok(())
}

fn try_tarball(tarball: &Path, line: &str) -> Result<(), String> {
    let folder = project("npm")?;
    run::write(&folder.join("kernels.py"), KERNELS.as_bytes())?;
    run::write(&folder.join("package.json"), b"{ \"type\": \"module\", \"private\": true }\n")?;
    type_line(line, tarball, &folder, None)?;
    let program = "import { readFile } from 'node:fs/promises'; import { compile } from 'nopython'; \
                   const { norm } = await compile(await readFile('kernels.py', 'utf8')); if (norm([3, 4]) !== 5) throw norm([3, 4]); console.log('npm package', norm([3, 4]));";
    run::run(alone("node", &folder).args(["--input-type=module", "-e", program]))?;
    run::run(alone("npx", &folder).args(["--offline", "nopython", "run", "kernels.py", "norm", "[3.0, 4.0]"]))?;
    done(&folder);
    Ok(())
}

fn try_program(program: &Path) -> Result<(), String> {
    let folder = project("program")?;
    run::write(&folder.join("kernels.py"), KERNELS.as_bytes())?;
    run::run(alone(program, &folder).args(["run", "kernels.py", "norm", "[3.0, 4.0]"]))?;
    done(&folder);
    Ok(())
}
