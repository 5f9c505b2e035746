//! What somebody has reviewed of the server's own functions, types and settings: the inventory, as text beside this
//! file, written by `scripts/review.py` from catalogs of every supported version and then read class by class.
//!
//! What is not in the inventory, because a newer server brought it, is closed until somebody has looked at it.

use std::collections::HashMap;
use std::sync::LazyLock;

/// What a restricted principal may do with a function, an operator or a type of the server.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Review {
    Open,
    /// A function that takes the name of a setting: that setting decides.
    Setting,
    /// Closed, and why, in one word of the inventory.
    Closed(&'static str),
    /// Nobody has looked at it yet.
    Missing,
}

/// What a restricted principal may do with a setting.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum SettingReview {
    /// Set to anything, and read.
    Free,
    /// Set to some values, and read.
    Bound,
    Shown,
    Closed,
}

type Inventory = HashMap<&'static str, &'static str>;

fn inventory(text: &'static str) -> Inventory {
    let entries = text.lines().filter(|line| !line.starts_with('#'));
    entries.filter_map(|line| line.rsplit_once(' ')).collect()
}

static FUNCTIONS: LazyLock<Inventory> = LazyLock::new(|| inventory(include_str!("functions.txt")));
static TYPES: LazyLock<Inventory> = LazyLock::new(|| inventory(include_str!("types.txt")));
static EXTENSIONS: LazyLock<Inventory> = LazyLock::new(|| inventory(include_str!("extensions.txt")));
static SETTINGS: LazyLock<Inventory> = LazyLock::new(|| inventory(include_str!("settings.txt")));

/// Classes that are open.
const OPEN: [&str; 7] = ["harmless", "names", "session", "server", "sizes", "chance", "pseudo"];

fn review(inventory: &Inventory, name: &str) -> Review {
    match inventory.get(name).copied() {
        None => Review::Missing,
        Some("setting") => Review::Setting,
        Some(class) if OPEN.contains(&class) => Review::Open,
        Some(class) => Review::Closed(class),
    }
}

/// A function of the server by its signature: `pg_catalog.left(text,int4)`, with the types' own names.
#[must_use]
pub fn function(signature: &str) -> Review {
    review(&FUNCTIONS, signature)
}

/// A type of `pg_catalog` that is neither an array nor a row type.
#[must_use]
pub fn ty(name: &str) -> Review {
    review(&TYPES, name)
}

/// A function of an extension by its signature, or a type by its name: `citext.max(citext)`, `citext.citext`.
#[must_use]
pub fn of_extension(name: &str) -> Review {
    review(&EXTENSIONS, name)
}

/// A setting by its name, in whatever case.
#[must_use]
pub fn setting(name: &str) -> SettingReview {
    match SETTINGS.get(name.to_ascii_lowercase().as_str()).copied() {
        Some("free") => SettingReview::Free,
        Some("bound") => SettingReview::Bound,
        Some("shown") => SettingReview::Shown,
        _ => SettingReview::Closed,
    }
}

/// Whether a server of any version that was reviewed has a setting of that name.
#[must_use]
pub fn is_setting(name: &str) -> bool {
    SETTINGS.contains_key(name.to_ascii_lowercase().as_str())
}

/// The settings that may be read, in no order.
pub fn readable_settings() -> impl Iterator<Item = &'static str> {
    let readable = SETTINGS.iter().filter(|(_, class)| matches!(**class, "free" | "bound" | "shown"));
    // a pattern is made of them
    readable.map(|(name, _)| *name).filter(|name| !name.contains('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_has_a_name_and_a_known_class() {
        let closed = [
            "administration",
            "files",
            "finds-type",
            "internal",
            "large-objects",
            "other-sessions",
            "reads-rows",
            "replication",
            "runs-text",
            "sequences",
            "setting",
            "statistics",
        ];
        for (file, text, count) in [
            ("functions", include_str!("functions.txt"), FUNCTIONS.len()),
            ("types", include_str!("types.txt"), TYPES.len()),
            ("extensions", include_str!("extensions.txt"), EXTENSIONS.len()),
        ] {
            let lines: Vec<&str> = text.lines().filter(|line| !line.starts_with('#')).collect();
            assert_eq!(lines.len(), count, "{file}: a name is there twice, or a line has no class");
            assert!(lines.is_sorted(), "{file}");
            for line in lines {
                let class = line.rsplit(' ').next().unwrap_or_default();
                assert!(OPEN.contains(&class) || closed.contains(&class), "{file}: {line}");
            }
        }
        assert!(SETTINGS.values().all(|class| ["free", "bound", "shown", "closed"].contains(class)));
    }

    #[test]
    fn a_new_overload_is_not_its_namesake() {
        assert_eq!(function("pg_catalog.ts_rewrite(tsquery,tsquery,tsquery)"), Review::Open);
        assert_eq!(function("pg_catalog.ts_rewrite(tsquery,text)"), Review::Closed("runs-text"));
        assert_eq!(function("pg_catalog.lower(text)"), Review::Open);
        assert_eq!(function("pg_catalog.lower(text,regclass)"), Review::Missing);
        assert_eq!(function("pg_catalog.set_config(text,text,bool)"), Review::Setting);
        assert_eq!(ty("of_the_future"), Review::Missing);
        assert_eq!(setting("TimeZone"), SettingReview::Free);
        assert_eq!(setting("menshen.user"), SettingReview::Closed);
    }
}
