//! Reading `menshen.toml` from a file.

use std::path::Path;

use super::problem::Problem;
use super::{Config, read};

/// Reads a configuration file. Relative paths in it are relative to its own folder.
///
/// # Errors
/// Every problem of the file, or the one that it cannot be read.
pub fn load(path: &Path) -> Result<Config, Vec<Problem>> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| vec![Problem::of_file(&name, error.to_string())])?;
    let mut config = read(&name, &text)?;
    rebase(&mut config, path.parent().unwrap_or(Path::new("")));
    Ok(config)
}

fn rebase(config: &mut Config, base: &Path) {
    let Config { listen, upstream, catalog, auth, policy, admin, state, extraction, alerts, audit, .. } = config;
    let single = [
        &mut listen.tls_certificate,
        &mut listen.tls_key,
        &mut listen.tls_client_ca,
        &mut upstream.ca,
        &mut upstream.certificate,
        &mut upstream.key,
        &mut catalog.password_file,
        &mut auth.userlist,
        &mut extraction.redis_password_file,
        &mut extraction.key,
        &mut audit.file,
        &mut admin.socket,
        &mut admin.token_file,
        &mut admin.tls_certificate,
        &mut admin.tls_key,
        &mut alerts.secrets,
    ];
    let accounts = auth.service_accounts.iter_mut().map(|account| &mut account.password_file);
    let optional = single.into_iter().chain(accounts).filter_map(Option::as_mut);
    for path in optional.chain([&mut policy.dir, &mut state.dir]) {
        *path = base.join(&path);
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    #[test]
    fn relative_paths_start_at_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("menshen.toml");
        std::fs::write(&path, "[auth]\nuserlist = \"users.txt\"\n[audit]\nfile = \"/var/audit\"\n").unwrap();
        let config = load(&path).unwrap();
        assert_eq!(config.auth.userlist, Some(dir.path().join("users.txt")));
        assert_eq!(config.audit.file, Some(PathBuf::from("/var/audit")));
    }

    #[test]
    fn a_missing_file_is_a_problem() {
        let problems = load(Path::new("/nonexistent/menshen.toml")).unwrap_err();
        assert_eq!(problems[0].to_string(), "/nonexistent/menshen.toml: No such file or directory (os error 2)");
    }
}
