//! The command line as a program.

use std::process::ExitCode;

fn main() -> ExitCode {
    // WASI has no current directory but the one that a program sets.
    #[cfg(target_family = "wasm")]
    if let Some(folder) = std::env::var_os("PWD") {
        let _ = std::env::set_current_dir(folder);
    }
    ExitCode::from(nopython_cli::run_command(std::env::args_os()))
}
