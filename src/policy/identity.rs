//! Who is who: which application a connection belongs to, and what it may act for.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::Arc;

use serde_spanned::Spanned;

use super::bundle::{ApplicationEntry, IdentityFile};
use super::diagnostic::{Diagnostic, Source};
use super::end_user::{self, Naming};
use super::roles::{Known, Subject, subject_of};

/// A range of addresses, `10.0.0.0/8`, or `local` for Unix-domain sockets.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Range {
    Local,
    V4 { network: u32, bits: u32 },
    V6 { network: u128, bits: u32 },
}

impl Range {
    /// Parses a range; a single address is a range of one.
    ///
    /// # Errors
    /// In words: no address, a prefix that is too long, or bits set to the right of it (as PostgreSQL's `cidr` says).
    fn parse(text: &str) -> Result<Self, &'static str> {
        if text == "local" {
            return Ok(Self::Local);
        }
        let (address, length) = text.split_once('/').map_or((text, None), |(address, length)| (address, Some(length)));
        let length = match length {
            // `u32::from_str` accepts a sign.
            Some(length) if !length.bytes().all(|b| b.is_ascii_digit()) => return Err("the prefix is not a number"),
            Some(length) => Some(length.parse::<u32>().map_err(|_| "the prefix is not a number")?),
            None => None,
        };
        let address: IpAddr = address.parse().map_err(|_| "that is not an address")?;
        let (width, beyond, range) = match address {
            IpAddr::V4(v4) => {
                let (network, bits) = (u32::from(v4), length.unwrap_or(32));
                (32, network & !mask4(bits) != 0, Self::V4 { network, bits })
            }
            IpAddr::V6(v6) => {
                let (network, bits) = (u128::from(v6), length.unwrap_or(128));
                (128, network & !mask6(bits) != 0, Self::V6 { network, bits })
            }
        };
        match length {
            Some(length) if length > width => Err("the prefix is longer than the address"),
            _ if beyond => Err("bits are set to the right of the prefix"),
            _ => Ok(range),
        }
    }

    /// Whether a connection from there lies in the range; an IPv4 address mapped into IPv6 counts as IPv4.
    #[must_use]
    pub fn contains(&self, address: Option<IpAddr>) -> bool {
        match (self, address.map(|address| address.to_canonical())) {
            (Self::Local, None) => true,
            (Self::V4 { network, bits }, Some(IpAddr::V4(v4))) => u32::from(v4) & mask4(*bits) == *network,
            (Self::V6 { network, bits }, Some(IpAddr::V6(v6))) => u128::from(v6) & mask6(*bits) == *network,
            _ => false,
        }
    }
}

fn mask4(bits: u32) -> u32 {
    u32::from(Ipv4Addr::BROADCAST).checked_shl(32 - bits.min(32)).unwrap_or(0)
}

fn mask6(bits: u32) -> u128 {
    u128::from(Ipv6Addr::from([0xff; 16])).checked_shl(128 - bits.min(128)).unwrap_or(0)
}

/// An application of `identity.toml`. A criterion that is not written does not count.
#[derive(Clone, Debug)]
pub struct Application {
    pub name: Arc<str>,
    /// Database users it logs in as.
    pub logins: Vec<Arc<str>>,
    pub from: Vec<Range>,
    /// What it puts into the start-up packet. A claim of the client: no proof by itself.
    pub application_names: Vec<Arc<str>>,
    /// What it may act for, sorted.
    pub purposes: Arc<[Arc<str>]>,
    /// How it says for whom it asks; `None`: it asks for itself.
    pub naming: Option<Arc<Naming>>,
    pub(crate) span: std::ops::Range<usize>,
}

impl Application {
    /// Whether a connection is this application's.
    #[must_use]
    pub fn recognises(&self, database_user: &str, address: Option<IpAddr>, application_name: Option<&str>) -> bool {
        let login = self.logins.is_empty() || self.logins.iter().any(|login| &**login == database_user);
        let from = self.from.is_empty() || self.from.iter().any(|range| range.contains(address));
        let named = self.application_names.is_empty()
            || self.application_names.iter().any(|name| Some(&**name) == application_name);
        login && from && named
    }
}

/// `identity.toml`, compiled.
#[derive(Clone, Debug, Default)]
pub struct Identity {
    /// In the order of the file: the first that recognises a connection is its application.
    pub applications: Vec<Application>,
    /// Every purpose there is, sorted.
    pub purposes: Vec<Arc<str>>,
    /// Whose reading is not recorded, while they may read everything: backups, replication, benchmarks.
    pub unrecorded: Vec<Subject>,
}

impl Identity {
    /// The application a connection belongs to.
    #[must_use]
    pub fn application(
        &self,
        database_user: &str,
        address: Option<IpAddr>,
        application_name: Option<&str>,
    ) -> Option<&Application> {
        self.applications.iter().find(|app| app.recognises(database_user, address, application_name))
    }
}

/// Compiles what was written; problems go to `report`.
pub(super) fn compile(source: Source<'_>, file: &IdentityFile, report: &mut Vec<Diagnostic>) -> Identity {
    let mut identity = Identity::default();
    for entry in &file.applications {
        if let Some(first) = identity.applications.iter().find(|app| &*app.name == entry.name.get_ref()) {
            let (line, _) = source.position(first.span.start);
            let twice = source.error(&entry.name.span(), format!("application `{}` exists already", first.name));
            report.push(twice.help(format!("it is defined in line {line}; `login` and `from` may be lists")));
        }
        identity.applications.push(application(source, entry, report));
    }
    let extra = file.purposes.iter().filter_map(|purpose| name(source, "a purpose", purpose, report));
    identity.purposes = extra.collect();
    identity.purposes.extend(identity.applications.iter().flat_map(|app| app.purposes.iter().cloned()));
    identity.purposes.sort();
    identity.purposes.dedup();
    let subjects: Vec<Subject> = {
        let known = Known { categories: &[], identity: &identity, dimensions: &[] };
        file.unrecorded.iter().filter_map(|who| subject_of(source, known, who, report)).collect()
    };
    identity.unrecorded = subjects;
    identity
}

fn application(source: Source<'_>, entry: &ApplicationEntry, report: &mut Vec<Diagnostic>) -> Application {
    let span = entry.name.span();
    if entry.logins.is_empty() && entry.from.is_empty() {
        report.push(match entry.application_names.is_empty() {
            true => source
                .error(&span, format!("nothing says how `{}` is recognised", entry.name.get_ref()))
                .expected("`login`, `from` or `application_name`"),
            false => source
                .warning(&span, format!("`{}` is recognised by `application_name` alone", entry.name.get_ref()))
                .help("any client can claim a name; add `login` or `from`"),
        });
    }
    let mut purposes: Vec<Arc<str>> =
        entry.purposes.iter().filter_map(|purpose| name(source, "a purpose", purpose, report)).collect();
    purposes.sort();
    purposes.dedup();
    let texts = |written: &[Spanned<String>]| written.iter().map(|text| text.get_ref().as_str().into()).collect();
    let name = name(source, "an application", &entry.name, report);
    Application {
        name: name.unwrap_or_else(|| entry.name.get_ref().as_str().into()),
        logins: texts(&entry.logins),
        from: entry.from.iter().filter_map(|range| range_of(source, range, report)).collect(),
        application_names: texts(&entry.application_names),
        purposes: purposes.into(),
        naming: entry.end_user.as_ref().and_then(|entry| end_user::compile(source, entry, report)).map(Arc::new),
        span,
    }
}

fn range_of(source: Source<'_>, written: &Spanned<String>, report: &mut Vec<Diagnostic>) -> Option<Range> {
    match Range::parse(written.get_ref()) {
        Ok(range) => Some(range),
        Err(why) => {
            let wrong = source.error(&written.span(), format!("`{}`: {why}", written.get_ref()));
            report.push(wrong.expected("a range such as `10.0.0.0/8` or `fd00::/8`, one address, or `local`"));
            None
        }
    }
}

/// Whether a text can be the name of a role, application or purpose: no look-alike, nothing invisible.
pub(super) fn is_name(text: &str) -> bool {
    let legal = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'-' | b'_' | b'.');
    !text.is_empty() && text.len() <= 63 && text.bytes().all(legal)
}

/// What [`is_name`] accepts, for diagnostics.
pub(super) const NAME: &str = "lower-case letters, digits, `-`, `_` and `.`";

fn name(source: Source<'_>, what: &str, written: &Spanned<String>, report: &mut Vec<Diagnostic>) -> Option<Arc<str>> {
    if is_name(written.get_ref()) {
        return Some(written.get_ref().as_str().into());
    }
    let wrong = source.error(&written.span(), format!("`{}` cannot name {what}", written.get_ref()));
    report.push(wrong.expected(NAME));
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn contains(range: &str, address: &str) -> bool {
        Range::parse(range).unwrap().contains(Some(address.parse().unwrap()))
    }

    #[test]
    fn ranges_hold_what_cidr_says() {
        assert!(contains("10.0.0.0/8", "10.255.0.1") && !contains("10.0.0.0/8", "11.0.0.1"));
        assert!(contains("0.0.0.0/0", "203.0.113.9") && !contains("0.0.0.0/0", "2001:db8::1"));
        assert!(contains("192.0.2.7", "192.0.2.7") && !contains("192.0.2.7", "192.0.2.8"));
        assert!(contains("2001:db8::/32", "2001:db8:1::2") && !contains("2001:db8::/32", "2001:db9::"));
        assert!(contains("10.0.0.0/8", "::ffff:10.1.2.3"), "mapped addresses are IPv4");
        assert!(Range::parse("local").unwrap().contains(None) && !Range::parse("::/0").unwrap().contains(None));
    }

    #[test]
    fn ranges_are_not_guessed() {
        for bad in ["", "10", "10.0.0.1/8", "10.0.0.0/33", "::/129", "10.0.0.0/+8", "10.0.0.0/", "10.0.0.0/8 ", "Local"]
        {
            assert!(Range::parse(bad).is_err(), "{bad}");
        }
    }
}
