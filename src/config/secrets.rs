//! Passwords: from files or the environment, never in a log.

use std::fmt;
use std::path::Path;
use std::sync::Arc;

use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};

use super::problem::Problem;
use super::{Admin, Catalog, Config, Extraction, ServiceAccount};

/// The environment variable with the password of Redis.
pub const REDIS_PASSWORD: &str = "MENSHEN_REDIS_PASSWORD";

/// The key of digests in the state folder, where none is named.
const EXTRACTION_KEY: &str = "extraction.key";

/// The environment variable with the catalog user's password.
pub const CATALOG_PASSWORD: &str = "MENSHEN_CATALOG_PASSWORD";

/// The environment variable with the token of the admin port.
pub const ADMIN_TOKEN: &str = "MENSHEN_ADMIN_TOKEN";

/// Characters of a token that nobody guesses.
const TOKEN: usize = 16;

/// A password. It is never printed.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Arc<str>);

impl Secret {
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The password itself.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

/// The catalog user's password: its file, else the environment, else none.
///
/// # Errors
/// When the file cannot be read or others may read it.
pub fn catalog_password(catalog: &Catalog) -> Result<Option<Secret>, Problem> {
    match &catalog.password_file {
        Some(path) => password_file(path).map(Some),
        None => Ok(std::env::var(CATALOG_PASSWORD).ok().map(|text| Secret::new(&text))),
    }
}

/// The password of Redis: its file, else the environment, else none.
///
/// # Errors
/// When the file cannot be read or others may read it.
pub fn redis_password(extraction: &Extraction) -> Result<Option<Secret>, Problem> {
    match &extraction.redis_password_file {
        Some(path) => password_file(path).map(Some),
        None => Ok(std::env::var(REDIS_PASSWORD).ok().map(|text| Secret::new(&text))),
    }
}

/// The key of the digests of persons and accounts. Where no file is named, it is made in the state folder.
///
/// # Errors
/// When the file cannot be read or made, others may read it, or it does not hold 64 hexadecimal digits.
pub fn extraction_key(config: &Config) -> Result<[u8; 32], Problem> {
    let path = match &config.extraction.key {
        Some(path) => path.clone(),
        None => config.state.dir.join(EXTRACTION_KEY),
    };
    if config.extraction.key.is_none() && !path.exists() {
        make_key(&path).map_err(|error| Problem::of_file(path.display().to_string(), error.to_string()))?;
    }
    let text = password_file(&path)?;
    let hexadecimal = || Problem::of_file(path.display().to_string(), "expected 64 hexadecimal digits");
    let key = HEXLOWER_PERMISSIVE.decode(text.reveal().trim().as_bytes()).map_err(|_| hexadecimal())?;
    key.try_into().map_err(|_| hexadecimal())
}

/// A new file that only its owner may read; one that came into being meanwhile is left as it is.
fn make_key(path: &Path) -> std::io::Result<()> {
    use std::io::Write as _;
    use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
    if let Some(folder) = path.parent() {
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    let key: [u8; 32] = rand::random();
    let digits = HEXLOWER.encode(&key);
    // Under another name first: a crash in between leaves no half of a key.
    let draft = path.with_extension(format!("{}", std::process::id()));
    let mut file = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&draft)?;
    file.write_all(format!("{digits}\n").as_bytes())?;
    file.sync_all()?;
    match std::fs::hard_link(&draft, path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    std::fs::remove_file(&draft)
}

/// A service account's password, if it has one.
///
/// # Errors
/// When the file cannot be read or others may read it.
pub fn account_password(account: &ServiceAccount) -> Result<Option<Secret>, Problem> {
    account.password_file.as_deref().map(password_file).transpose()
}

/// The secret of a pseudonym's key: its file in the folder, else the environment, else none.
///
/// # Errors
/// When the file cannot be read or others may read it.
pub fn pseudonym_key(folder: Option<&Path>, name: &str) -> Result<Option<Secret>, Problem> {
    match folder.map(|folder| folder.join(name)).filter(|file| file.exists()) {
        Some(file) => password_file(&file).map(Some),
        None => Ok(std::env::var(format!("MENSHEN_KEY_{}", name.to_uppercase())).ok().map(|text| Secret::new(&text))),
    }
}

/// What opens the administrators' routes of the admin port.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AdminToken {
    /// Whose it is, where the file says so.
    pub name: Option<String>,
    pub secret: Secret,
}

/// The tokens of the admin port: those of its file, a line each, `NAME TOKEN` or one token alone; else the one of the
/// environment, else none.
///
/// # Errors
/// When the file cannot be read or others may read it, it names somebody twice, or a token is too short.
pub fn admin_tokens(admin: &Admin) -> Result<Vec<AdminToken>, Problem> {
    let (text, place) = match &admin.token_file {
        Some(path) => (private_text(path)?, path.display().to_string()),
        None => (std::env::var(ADMIN_TOKEN).unwrap_or_default(), ADMIN_TOKEN.to_owned()),
    };
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let token = |line: &str| match line.split_once(char::is_whitespace) {
        Some((name, token)) => AdminToken { name: Some(name.to_owned()), secret: Secret::new(token.trim()) },
        None => AdminToken { name: None, secret: Secret::new(line) },
    };
    let tokens: Vec<AdminToken> = lines.map(token).collect();
    if tokens.iter().any(|token| token.secret.reveal().len() < TOKEN) {
        let short = Problem::of_file(&place, format!("a token of less than {TOKEN} characters can be guessed"));
        return Err(short.help("openssl rand -hex 32"));
    }
    let again =
        |(index, token): (usize, &AdminToken)| tokens.iter().take(index).any(|before| before.name == token.name);
    if tokens.iter().enumerate().any(again) {
        return Err(Problem::of_file(&place, "two tokens have one name: the audit could not tell whose an order was"));
    }
    if admin.token_file.is_some() && tokens.is_empty() {
        return Err(Problem::of_file(&place, "the file must hold a token, but it is empty"));
    }
    Ok(tokens)
}

/// The secret of an alert channel in an environment variable.
///
/// # Errors
/// When there is no such variable.
pub fn channel_variable(name: &str) -> Result<Secret, Problem> {
    let found = std::env::var(name).ok().filter(|text| !text.is_empty());
    found.map(|text| Secret::new(&text)).ok_or_else(|| Problem::of_file(name, "there is no such environment variable"))
}

/// The secret of an alert channel in a file of the folder.
///
/// # Errors
/// When there is no folder, or the file cannot be read or others may read it.
pub fn channel_file(folder: Option<&Path>, name: &str) -> Result<Secret, Problem> {
    match folder {
        Some(folder) => password_file(&folder.join(name)),
        None => Err(Problem::of_file(name, "`alerts.secrets` names no folder for files with secrets")),
    }
}

/// The first line of a file that only its owner (or, as for libpq's keys, its group when root owns it) may read.
///
/// # Errors
/// When the file cannot be read, is empty, or others may read it.
pub fn password_file(path: &Path) -> Result<Secret, Problem> {
    match private_text(path)?.lines().next() {
        None | Some("") => {
            Err(Problem::of_file(path.display().to_string(), "the first line must hold the password, but it is empty"))
        }
        Some(line) => Ok(Secret::new(line)),
    }
}

fn private_text(path: &Path) -> Result<String, Problem> {
    check_private(path)?;
    std::fs::read_to_string(path).map_err(|error| Problem::of_file(path.display().to_string(), error.to_string()))
}

/// Whether a file is closed to others, by the rule that libpq has for private keys.
///
/// # Errors
/// When it is not, or cannot be looked at.
pub fn check_private(path: &Path) -> Result<(), Problem> {
    use std::os::unix::fs::MetadataExt;
    let name = path.display().to_string();
    let metadata = std::fs::metadata(path).map_err(|error| Problem::of_file(&name, error.to_string()))?;
    let open_to = if metadata.uid() == 0 { 0o037 } else { 0o077 };
    if metadata.mode() & open_to == 0 {
        return Ok(());
    }
    Err(Problem::of_file(&name, "group or others may read this secret").help(format!("chmod 600 {name}")))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_secret_is_never_printed() {
        assert_eq!(format!("{:?}", Some(Secret::new("hunter2"))), "Some([secret])");
    }

    #[test]
    fn the_key_of_digests_is_made_once() {
        let dir = tempfile::tempdir().unwrap();
        let mut config = Config::default();
        config.state.dir = dir.path().join("state");
        let key = extraction_key(&config).unwrap();
        assert_eq!(extraction_key(&config).unwrap(), key);
        let path = config.state.dir.join(EXTRACTION_KEY);
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(std::fs::read_dir(&config.state.dir).unwrap().count(), 1);
        std::fs::write(&path, "é".repeat(32)).unwrap();
        assert!(extraction_key(&config).unwrap_err().to_string().contains("64 hexadecimal"));
        config.extraction.key = Some(dir.path().join("missing"));
        assert!(extraction_key(&config).is_err(), "a key that is named is never made up");
    }

    #[test]
    fn administrators_have_tokens_of_their_own() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("tokens");
        let tokens = |text: &str| {
            std::fs::write(&path, text).unwrap();
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
            admin_tokens(&Admin { token_file: Some(path.clone()), ..Admin::default() })
        };
        let found = tokens("ann 0123456789abcdef\n\nben  fedcba9876543210\n").unwrap();
        let names: Vec<_> = found.iter().map(|token| token.name.as_deref()).collect();
        assert_eq!(names, [Some("ann"), Some("ben")]);
        assert_eq!(found[1].secret.reveal(), "fedcba9876543210");
        assert_eq!(tokens("0123456789abcdef").unwrap()[0].name, None);
        for wrong in
            ["", "ann short", "ann 0123456789abcdef\nann fedcba9876543210", "0123456789abcdef\nfedcba9876543210"]
        {
            assert!(tokens(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_file_that_others_may_read_is_refused() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("secret");
        std::fs::write(&path, "hunter2\n").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
        assert!(password_file(&path).unwrap_err().to_string().contains("chmod 600"));
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        assert_eq!(password_file(&path).unwrap().reveal(), "hunter2");
        std::fs::write(&path, "\n").unwrap();
        assert!(password_file(&path).is_err());
    }
}
