//! `nopython build`

use crate::arguments::Build;
use crate::{Failed, read, warn};
use nopython_driver::Compilation;
use nopython_glue::{Form, RUNTIME, When, files, with_source_map};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Compiles files, and again whenever one changes if that is asked for.
pub fn build(options: &Build) -> Result<(), Failed> {
    check_names(options)?;
    if !options.watch {
        return options.files.iter().try_for_each(|file| once(file, options));
    }
    let modified = |file: &String| std::fs::metadata(file).and_then(|about| about.modified()).ok();
    let mut seen = vec![None; options.files.len()];
    let mut is_first = true;
    loop {
        for (file, seen) in options.files.iter().zip(&mut seen) {
            let now = modified(file);
            if (is_first || now != *seen)
                && let Err(failed) = once(file, options)
            {
                eprintln!("{}", failed.message);
            }
            *seen = now;
        }
        is_first = false;
        std::thread::sleep(Duration::from_millis(200));
    }
}

/// Refuses sources whose results would have one name.
fn check_names(options: &Build) -> Result<(), Failed> {
    if let (Form::Package { .. }, [_, second, ..]) = (options.form, options.files.as_slice()) {
        return Err(Failed::new(format!(
            "--npm makes a package of one file, so {second} needs a package of its own: run it once for each, with its own -o"
        )));
    }
    let mut known: Vec<(String, &str)> = Vec::new();
    for file in &options.files {
        let stem = stem(file);
        if matches!(options.form, Form::Module { shared: true, .. }) && RUNTIME.strip_suffix(".js") == Some(&stem) {
            return Err(Failed::new(format!(
                "{file} would be written to {RUNTIME}, which is the runtime's: rename it"
            )));
        }
        if let Some((_, other)) = known.iter().find(|(name, _)| *name == stem) {
            return Err(Failed::new(format!(
                "{other} and {file} would both be written to {stem}.js: rename one, or build it to another folder"
            )));
        }
        known.push((stem, file));
    }
    Ok(())
}

/// What the files made of a source are called.
fn stem(file: &str) -> String {
    Path::new(file).file_stem().map_or("kernels".to_owned(), |s| s.to_string_lossy().into_owned())
}

fn once(file: &str, options: &Build) -> Result<(), Failed> {
    let (name, text) = read(file)?;
    let mut compilation = nopython_driver::compile(&name, &text, &options.options)
        .map_err(|diagnostics| Failed::diagnostics(&name, &text, &diagnostics))?;
    warn(&name, &text, &compilation.warnings);
    if options.source_map {
        let places: Vec<_> = compilation.places.iter().map(|at| (at.offset, at.place)).collect();
        compilation.wasm = with_source_map(&compilation.wasm, &name, &text, &places);
    }
    let stem = stem(&name);
    for file in write(&compilation, Path::new(&options.out), &stem, options.form, options.bigint)? {
        let size = std::fs::metadata(&file).map_or(0, |about| about.len());
        crate::say!("{} ({size} bytes)", file.display());
    }
    Ok(())
}

/// Writes the files of a module to a folder, which is made if it is missing, and gives their paths. With `bigint`, 64-bit integer results are
/// BigInts.
///
/// # Errors
/// A file that cannot be written.
pub fn write(
    compilation: &Compilation,
    folder: &Path,
    stem: &str,
    form: Form,
    bigint: bool,
) -> Result<Vec<PathBuf>, Failed> {
    let Compilation { wasm, interface, .. } = compilation;
    std::fs::create_dir_all(folder)
        .map_err(|error| Failed::new(format!("cannot make {}: {error}", folder.display())))?;
    let mut written = Vec::new();
    for file in files(interface, wasm, stem, form, bigint) {
        let path = folder.join(&file.name);
        let is_wanted = match file.when {
            When::Always => true,
            When::Missing => !path.exists(),
            When::InCommonJs => is_in_commonjs(folder),
        };
        if is_wanted {
            std::fs::write(&path, file.bytes)
                .map_err(|error| Failed::new(format!("cannot write {}: {error}", path.display())))?;
            written.push(path);
        }
    }
    Ok(written)
}

/// Whether Node would take `.js` files of a folder for CommonJS, as those of a project that `npm init` has made, and a `package.json` of the
/// folder's own can say otherwise.
fn is_in_commonjs(folder: &Path) -> bool {
    let Ok(folder) = folder.canonicalize() else { return false };
    let nearest = folder.ancestors().find(|folder| folder.join("package.json").exists());
    let Some(nearest) = nearest.filter(|nearest| *nearest != folder) else { return false };
    let text = std::fs::read_to_string(nearest.join("package.json")).unwrap_or_default();
    let spaceless: String = text.split_whitespace().collect();
    !spaceless.contains("\"type\":\"module\"")
}
