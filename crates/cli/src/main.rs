//! The command line as a program.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(nopython_cli::run_command(std::env::args_os()))
}
