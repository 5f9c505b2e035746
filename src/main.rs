//! The `menshen` program: everything happens in [`menshen::cli`].

use std::process::ExitCode;

fn main() -> ExitCode {
    menshen::cli::run()
}
