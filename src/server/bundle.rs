//! Reading the policy bundle's folder.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use crate::policy::compile::{Policy, compile};
use crate::policy::diagnostic::{Diagnostic, Severity};

/// Reads and compiles the bundle in `dir`.
///
/// # Errors
/// Every problem of the bundle, or the one that it cannot be read.
pub fn load(dir: &Path) -> Result<Policy, Vec<Diagnostic>> {
    compile(&read(dir).map_err(|found| vec![*found])?)
}

/// The bundle's files by name, those of subfolders as `tests/one.toml`; hidden files are left out.
///
/// # Errors
/// The first file that cannot be read or is not UTF-8.
pub fn read(dir: &Path) -> Result<BTreeMap<String, String>, Box<Diagnostic>> {
    let mut files = BTreeMap::new();
    collect(dir, "", &mut files)?;
    Ok(files)
}

fn collect(dir: &Path, prefix: &str, files: &mut BTreeMap<String, String>) -> Result<(), Box<Diagnostic>> {
    let unreadable = |name: &Path, error: io::Error| {
        let message = format!("cannot be read: {error}");
        Box::new(Diagnostic::of_file(Severity::Error, &name.display().to_string(), message))
    };
    for entry in std::fs::read_dir(dir).map_err(|error| unreadable(dir, error))? {
        let path = entry.map_err(|error| unreadable(dir, error))?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()).filter(|name| !name.starts_with('.')) else {
            continue;
        };
        let name = format!("{prefix}{name}");
        if path.is_dir() {
            collect(&path, &format!("{name}/"), files)?;
        } else {
            let text = std::fs::read_to_string(&path).map_err(|error| unreadable(&path, error))?;
            files.insert(name, text);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_subfolders_have_their_folder_in_the_name() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("tests")).unwrap();
        for name in ["policy.csv", ".policy.csv.swp", "tests/one.toml"] {
            std::fs::write(dir.path().join(name), "x").unwrap();
        }
        assert_eq!(read(dir.path()).unwrap().into_keys().collect::<Vec<_>>(), ["policy.csv", "tests/one.toml"]);
    }

    #[test]
    fn a_missing_folder_is_a_diagnostic() {
        assert!(load(Path::new("/nonexistent")).unwrap_err()[0].message.contains("cannot be read"));
    }
}
