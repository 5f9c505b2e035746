//! Reading the policy bundle's folder.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use crate::config::secrets;
use crate::mask::MasterKey;
use crate::policy::bundle::{IDENTITY, MASKS};
use crate::policy::compile::{Policy, compile};
use crate::policy::diagnostic::{Diagnostic, Severity};

/// Reads and compiles the bundle in `dir`, and puts in the keys of its pseudonyms.
///
/// # Errors
/// Every problem of the bundle, or the one that it cannot be read; a key that is missing or bad.
pub fn load(dir: &Path, keys: Option<&Path>) -> Result<Policy, Vec<Diagnostic>> {
    let mut policy = compile(&read(dir).map_err(|found| vec![*found])?)?;
    let problems = put_keys(&mut policy, keys, Severity::Error);
    if problems.is_empty() { Ok(policy) } else { Err(problems) }
}

/// The same to look at a bundle where its keys may not be at hand: without one, its pseudonyms are hidden.
///
/// # Errors
/// Every problem of the bundle, or the one that it cannot be read.
pub fn look_at(dir: &Path, keys: Option<&Path>) -> Result<Policy, Vec<Diagnostic>> {
    let mut policy = compile(&read(dir).map_err(|found| vec![*found])?)?;
    let problems = put_keys(&mut policy, keys, Severity::Warning);
    policy.warnings.extend(problems);
    Ok(policy)
}

fn put_keys(policy: &mut Policy, folder: Option<&Path>, severity: Severity) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let pseudonyms = policy.key_names().into_iter().map(|name| (name, MASKS, "pseudonyms"));
    let proofs = policy.proof_names().into_iter().map(|name| (name, IDENTITY, "names of end users"));
    for (name, file, what) in pseudonyms.chain(proofs).collect::<Vec<_>>() {
        let secret = match secrets::pseudonym_key(folder, &name) {
            Ok(Some(secret)) => MasterKey::new(secret.reveal().as_bytes()).map_err(|error| error.to_string()),
            Ok(None) => Err(format!("there is no key `{name}`")),
            Err(problem) => Err(problem.to_string()),
        };
        match secret {
            Ok(key) => _ = policy.keys.insert(name, key),
            Err(message) => {
                let problem = Diagnostic::of_file(severity, file, format!("{what} by key `{name}`: {message}"));
                let variable = name.to_uppercase();
                let help = format!("put it into the folder that `policy.keys` names, or into MENSHEN_KEY_{variable}");
                problems.push(problem.help(help));
            }
        }
    }
    problems
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
        assert!(load(Path::new("/nonexistent"), None).unwrap_err()[0].message.contains("cannot be read"));
    }
}
