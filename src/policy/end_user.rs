//! Whom an application speaks for: how it says so, and whether that may be believed.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use data_encoding::HEXLOWER_PERMISSIVE;
use serde_json::Value;
use serde_spanned::Spanned;

use crate::mask::MasterKey;
use crate::model::principal::NamedBy;
use crate::model::refusal::{Reason, Refusal};

use super::bundle::EndUserEntry;
use super::diagnostic::{Diagnostic, Source};
use super::document::listed;
use super::schedule;

/// Bytes of a name with its proof.
const TOKEN_MAX: usize = 4096;

/// Bytes of a name: those of a database user's, and room for an address of mail.
const NAME_MAX: usize = 128;

/// How far clocks may be apart.
const SKEW: Duration = Duration::from_secs(60);

/// How long a name that is signed with a time is believed, unless the bundle says otherwise.
const MAX_AGE: Duration = Duration::from_secs(12 * 3600);

/// How an application says for whom it asks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Naming {
    pub by: NamedBy,
    pub proof: Option<Proof>,
    /// Without a name, statements on protected columns are refused.
    pub required: bool,
    /// Its rights are the application's own, whatever the policy says of the person.
    pub speaks: bool,
}

/// What makes a name believable.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Proof {
    /// `name:seconds:code`, the code being HMAC-SHA-256 in hexadecimal digits over [`signed_text`].
    Hmac { key: Arc<str>, max_age: Duration },
    /// A JSON Web Token, signed by HS256.
    Jwt { key: Arc<str>, claim: Arc<str>, issuer: Option<Arc<str>>, audience: Option<Arc<str>> },
}

impl Proof {
    /// The key's name.
    #[must_use]
    pub fn key(&self) -> &Arc<str> {
        match self {
            Self::Hmac { key, .. } | Self::Jwt { key, .. } => key,
        }
    }
}

/// A person that an application has named.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Named {
    pub name: Arc<str>,
    pub signed: bool,
    /// Until when it is believed, since the Unix epoch.
    pub until: Option<Duration>,
}

/// What the code of a signed name is computed over.
#[must_use]
pub fn signed_text(name: &str, seconds: &str, login: &str) -> String {
    format!("menshen end user\n{name}\n{seconds}\n{login}")
}

impl Naming {
    /// The person that `said` names: the setting's value, or the tag's. `login`: the application's database user; `now`:
    /// since the Unix epoch.
    ///
    /// # Errors
    /// Why it is not known who it is.
    pub fn person(
        &self,
        said: &str,
        login: &str,
        now: Duration,
        keys: &BTreeMap<Arc<str>, MasterKey>,
    ) -> Result<Option<Named>, Refusal> {
        if said.is_empty() {
            return if self.required { Err(self.nobody()) } else { Ok(None) };
        }
        if said.len() > TOKEN_MAX {
            return Err(unknown("it is too long"));
        }
        let named = match &self.proof {
            None => Named { name: said.into(), signed: false, until: None },
            Some(proof) => {
                let key = keys.get(proof.key()).ok_or_else(|| unknown("the key that it is signed with is missing"))?;
                match proof {
                    Proof::Hmac { max_age, .. } => hmac(said, login, now, *max_age, key)?,
                    Proof::Jwt { claim, issuer, audience, .. } => {
                        jwt(said, now, key, claim, [("iss", issuer), ("aud", audience)])?
                    }
                }
            }
        };
        if is_person(&named.name) { Ok(Some(named)) } else { Err(unknown("it is empty, too long, or cannot be seen")) }
    }

    fn nobody(&self) -> Refusal {
        let how = match &self.by {
            NamedBy::Setting(setting) => format!("Run SELECT set_config('{setting}', '…', true) in each transaction."),
            NamedBy::Comment(tag) => format!("End the statement in a comment such as /*{tag}='…'*/."),
        };
        Refusal::new(Reason::EndUser, "the application has not said for whom it asks").hint(how)
    }
}

fn unknown(why: &'static str) -> Refusal {
    Refusal::new(Reason::EndUser, "for whom the application asks is not known")
        .detail(format!("The name that it gave is not accepted: {why}."))
        .hint("Name the end user anew.")
}

/// A name that people can read and that reads as what it is.
fn is_person(name: &str) -> bool {
    let visible = |c: char| !c.is_control() && !super::roles::invisible(c);
    (1..=NAME_MAX).contains(&name.len()) && name.trim() == name && name.chars().all(visible)
}

fn hmac(said: &str, login: &str, now: Duration, max_age: Duration, key: &MasterKey) -> Result<Named, Refusal> {
    let form = || unknown("it is not name:seconds:code");
    let (rest, code) = said.rsplit_once(':').ok_or_else(form)?;
    let (name, seconds) = rest.rsplit_once(':').ok_or_else(form)?;
    let code = HEXLOWER_PERMISSIVE.decode(code.as_bytes()).map_err(|_| form())?;
    // before anything of it is believed
    if !key.authenticates(signed_text(name, seconds, login).as_bytes(), &code) {
        return Err(unknown("its signature is wrong"));
    }
    let digits = !seconds.is_empty() && seconds.bytes().all(|byte| byte.is_ascii_digit());
    let at = seconds.parse().ok().filter(|_| digits).map(Duration::from_secs).ok_or_else(form)?;
    if at > now.saturating_add(SKEW) {
        return Err(unknown("it was signed in the future"));
    }
    let until = at.saturating_add(max_age);
    if until <= now {
        return Err(unknown("it was signed too long ago"));
    }
    Ok(Named { name: name.into(), signed: true, until: Some(until) })
}

fn jwt(
    said: &str,
    now: Duration,
    key: &MasterKey,
    claim: &str,
    demanded: [(&str, &Option<Arc<str>>); 2],
) -> Result<Named, Refusal> {
    let form = || unknown("it is no JSON Web Token");
    let (signed, code) = said.rsplit_once('.').ok_or_else(form)?;
    let (head, body) = signed.split_once('.').ok_or_else(form)?;
    let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).map_err(|_| form());
    let json = |part: &str| serde_json::from_slice::<Value>(&decode(part)?).map_err(|_| form());
    if json(head)?.get("alg").and_then(Value::as_str) != Some("HS256") {
        return Err(unknown("its algorithm is not HS256"));
    }
    if !key.authenticates(signed.as_bytes(), &decode(code)?) {
        return Err(unknown("its signature is wrong"));
    }
    let claims = json(body)?;
    let time = |name: &str| {
        let seconds = claims.get(name).and_then(Value::as_f64).filter(|seconds| (0.0..1e12).contains(seconds));
        seconds.map(Duration::from_secs_f64)
    };
    let until = time("exp").ok_or_else(|| unknown("it never expires"))?;
    if until <= now {
        return Err(unknown("it has expired"));
    }
    if claims.get("nbf").is_some() && time("nbf").is_none_or(|from| from > now.saturating_add(SKEW)) {
        return Err(unknown("it is not valid yet"));
    }
    for (name, wanted) in demanded {
        let holds = |wanted: &str| match claims.get(name) {
            Some(Value::String(one)) => one == wanted,
            Some(Value::Array(all)) => name == "aud" && all.iter().any(|one| one.as_str() == Some(wanted)),
            _ => false,
        };
        if !wanted.as_deref().is_none_or(holds) {
            return Err(unknown("it was issued by or for somebody else"));
        }
    }
    let name = claims.get(claim).and_then(Value::as_str).ok_or_else(|| unknown("it names nobody"))?;
    Ok(Named { name: name.into(), signed: true, until: Some(until) })
}

/// Compiles what was written; problems go to `report`.
pub(super) fn compile(source: Source<'_>, entry: &EndUserEntry, report: &mut Vec<Diagnostic>) -> Option<Naming> {
    let by = named_by(source, entry, report);
    let proof = proof(source, entry, report);
    let speaks = match entry.rights.as_ref().map(|text| (text, text.get_ref().as_str())) {
        None | Some((_, "both")) => false,
        Some((_, "application")) => true,
        Some((text, _)) => {
            let wrong = source.error(&text.span(), format!("`{}` says nothing of rights", text.get_ref()));
            report.push(wrong.expected(listed(["both", "application"])));
            false
        }
    };
    if speaks && entry.signed.is_none() {
        let open = source.warning(&entry.span, "whoever sends statements as this application can make names up");
        report.push(open.help("each name has limits of its own: have names signed, or limit the application, too"));
    }
    Some(Naming { by: by?, proof: proof?, required: entry.required, speaks })
}

fn named_by(source: Source<'_>, entry: &EndUserEntry, report: &mut Vec<Diagnostic>) -> Option<NamedBy> {
    let wrong = |text: &Spanned<String>, expected: &str, report: &mut Vec<Diagnostic>| {
        let wrong = source.error(&text.span(), format!("`{}` cannot be used for a name", text.get_ref()));
        report.push(wrong.expected(expected));
    };
    match (&entry.setting, &entry.sqlcommenter) {
        (Some(setting), None) => {
            let name = setting.get_ref().to_ascii_lowercase();
            let parts: Vec<&str> = name.split('.').collect();
            if parts.len() == 2 && parts.iter().all(|part| is_identifier(part)) && name.len() <= 63 {
                return Some(NamedBy::Setting(name.into()));
            }
            wrong(setting, "two identifiers and a point, such as `menshen.user`", report);
        }
        (None, Some(tag)) if is_identifier(tag.get_ref()) => {
            return Some(NamedBy::Comment(tag.get_ref().as_str().into()));
        }
        (None, Some(tag)) => wrong(tag, "the key of the comment, such as `user`", report),
        _ => report.push(
            source
                .error(&entry.span, "how the application names its end user is not said once")
                .expected("`setting` or `sqlcommenter`"),
        ),
    }
    None
}

fn is_identifier(text: &str) -> bool {
    let part = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    text.bytes().all(part) && text.starts_with(|c: char| !c.is_ascii_digit())
}

/// `None`: it is wrong. `Some(None)`: names are not signed.
#[expect(clippy::option_option, reason = "wrong, or nothing")]
fn proof(source: Source<'_>, entry: &EndUserEntry, report: &mut Vec<Diagnostic>) -> Option<Option<Proof>> {
    let kind = entry.signed.as_ref().map(|text| text.get_ref().as_str());
    let foreign = [
        (&entry.max_age, "max_age", "hmac"),
        (&entry.claim, "claim", "jwt"),
        (&entry.issuer, "issuer", "jwt"),
        (&entry.audience, "audience", "jwt"),
    ];
    for (text, name, of) in foreign {
        if let Some(text) = text.as_ref().filter(|_| kind != Some(of)) {
            report.push(source.error(&text.span(), format!("`{name}` is for `signed = \"{of}\"`")));
        }
    }
    let Some(signed) = &entry.signed else {
        if let Some(key) = &entry.key {
            report.push(source.error(&key.span(), "`key` is for names that are signed").expected("`signed`, too"));
        }
        return Some(None);
    };
    let Some(key) = entry.key.as_ref().filter(|key| super::identity::is_name(key.get_ref())) else {
        let span = entry.key.as_ref().map_or_else(|| signed.span(), Spanned::span);
        report.push(source.error(&span, "a signed name needs a `key`").expected("the name of a key"));
        return None;
    };
    let (key, text) = (Arc::from(key.get_ref().as_str()), |text: &Spanned<String>| Arc::from(text.get_ref().as_str()));
    match signed.get_ref().as_str() {
        "hmac" => {
            let written = entry.max_age.as_ref().map(|text| (text.span(), schedule::span(text.get_ref())));
            let max_age = match written {
                None => MAX_AGE,
                Some((_, Some(age))) if !age.is_zero() => age,
                Some((span, _)) => {
                    report.push(source.error(&span, "that is no age").expected("a span such as `12h`"));
                    return None;
                }
            };
            Some(Some(Proof::Hmac { key, max_age }))
        }
        "jwt" => Some(Some(Proof::Jwt {
            key,
            claim: entry.claim.as_ref().map_or_else(|| "sub".into(), text),
            issuer: entry.issuer.as_ref().map(text),
            audience: entry.audience.as_ref().map(text),
        })),
        other => {
            let wrong = source.error(&signed.span(), format!("`{other}` is no way to sign a name"));
            report.push(wrong.expected(listed(["hmac", "jwt"])));
            None
        }
    }
}
