//! What a restricted user may set in its start-up packet.
//!
//! There a setting needs no statement that analysis would see, so only settings are let through that change nothing of
//! what is read or how statements are understood.

/// Settings that are let through whatever their value.
const FREE: &[&str] = &[
    "application_name",
    "bytea_output",
    "client_encoding",
    "datestyle",
    "default_transaction_deferrable",
    "default_transaction_isolation",
    "default_transaction_read_only",
    "extra_float_digits",
    "geqo",
    "idle_in_transaction_session_timeout",
    "idle_session_timeout",
    "intervalstyle",
    "jit",
    "lc_messages",
    "lc_monetary",
    "lc_numeric",
    "lc_time",
    "lock_timeout",
    "plan_cache_mode",
    "search_path",
    "statement_timeout",
    "synchronous_commit",
    "tcp_user_timeout",
    "timezone",
    "work_mem",
];

/// Settings that are let through with these values only.
const BOUND: &[(&str, &[&str])] = &[
    // below NOTICE, the server tells clients what it does with values
    ("client_min_messages", &["notice", "warning", "error"]),
    // decides where a literal ends
    ("standard_conforming_strings", &["on", "true", "yes", "1"]),
];

/// The first option that a restricted user may not use, by its name; `own`: settings that are its application's own.
#[must_use]
pub fn closed(options: &[(Vec<u8>, Vec<u8>)], own: impl Fn(&str) -> bool) -> Option<String> {
    let text = |bytes: &[u8]| std::str::from_utf8(bytes).ok().map(str::to_owned);
    options.iter().find_map(|(name, value)| match (text(name), text(value)) {
        (Some(name), Some(value)) if name == "options" => closed_in_line(&value, &own),
        (Some(name), Some(value)) => closed_setting(&name, &value, &own),
        // which the server makes ASCII of, whatever it is
        (Some(name), None) if name.eq_ignore_ascii_case("application_name") => None,
        (Some(name), None) => Some(name),
        (None, _) => Some("?".to_owned()),
    })
}

/// Whether the server takes a value for false (`parse_bool`): a beginning of one of its words will do.
#[must_use]
pub fn is_false(value: &[u8]) -> bool {
    let value = value.to_ascii_lowercase();
    let begins = |word: &[u8], least: usize| value.len() >= least && word.starts_with(&value);
    value == b"0" || begins(b"false", 1) || begins(b"no", 1) || begins(b"off", 2)
}

fn closed_setting(name: &str, value: &str, own: &impl Fn(&str) -> bool) -> Option<String> {
    let (name, value) = (name.to_ascii_lowercase(), value.to_ascii_lowercase());
    let bound = BOUND.iter().any(|(known, values)| *known == name && values.contains(&value.as_str()));
    let bound = bound || (name == "replication" && is_false(value.as_bytes()));
    (!bound && !FREE.contains(&name.as_str()) && !own(&name)).then_some(name)
}

/// The command line in the option `options`: `-c name=value`, `-cname=value`, `--name=value`.
fn closed_in_line(line: &str, own: &impl Fn(&str) -> bool) -> Option<String> {
    let mut words = split(line).into_iter();
    while let Some(word) = words.next() {
        let assignment = match word.strip_prefix("-c").or_else(|| word.strip_prefix("--")) {
            Some("") if word == "-c" => words.next().unwrap_or_default(),
            Some(assignment) => assignment.to_owned(),
            None => return Some(word),
        };
        let Some((name, value)) = assignment.split_once('=') else { return Some(assignment) };
        // the server takes `-` for `_` in names (ParseLongOption)
        if let Some(name) = closed_setting(&name.replace('-', "_"), value, own) {
            return Some(name);
        }
    }
    None
}

/// Splits at white space; a backslash makes the next character part of a word (`pg_split_opts`).
fn split(line: &str) -> Vec<String> {
    let (mut words, mut word, mut inside) = (Vec::new(), String::new(), false);
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        match character {
            ' ' | '\t' | '\n' | '\r' | '\x0b' | '\x0c' => {
                if std::mem::take(&mut inside) {
                    words.push(std::mem::take(&mut word));
                }
            }
            '\\' => {
                inside = true;
                word.extend(characters.next());
            }
            other => {
                inside = true;
                word.push(other);
            }
        }
    }
    if inside {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, value: &str) -> Option<String> {
        closed(&[(name.into(), value.into())], |name| name == "crm.person")
    }

    #[test]
    fn what_drivers_send_passes() {
        for (name, value) in [
            ("application_name", "PostgreSQL JDBC Driver"),
            ("client_encoding", "UTF8"),
            ("DateStyle", "ISO"),
            ("TimeZone", "Asia/Shanghai"),
            ("extra_float_digits", "2"),
            ("options", "-c search_path=housing,public -c statement_timeout=5s"),
            ("options", r"--search_path=a\ b  -cgeqo=off"),
            ("standard_conforming_strings", "ON"),
            ("crm.person", "alice"),
            ("replication", "FALSE"),
            ("replication", "f"),
            ("replication", "0"),
            ("replication", "Of"),
            ("options", "-c crm.person=alice"),
        ] {
            assert_eq!(check(name, value), None, "{name}={value}");
        }
    }

    #[test]
    fn the_name_of_an_application_is_free() {
        let closed = |name: &str| closed(&[(name.into(), vec![0xff, 0xfe])], |_| false);
        assert_eq!(closed("Application_name"), None);
        assert_eq!(closed("search_path").as_deref(), Some("search_path"));
    }

    #[test]
    fn what_would_change_the_reading_does_not() {
        for (name, value, closed) in [
            ("standard_conforming_strings", "off", "standard_conforming_strings"),
            ("options", "-c standard_conforming_strings=off", "standard_conforming_strings"),
            ("options", "-c client_min_messages=debug5", "client_min_messages"),
            ("options", "--session-replication-role=replica", "session_replication_role"),
            ("options", "-c debug_print_parse=on", "debug_print_parse"),
            ("options", "-d5", "-d5"),
            ("options", "-c", ""),
            ("role", "postgres", "role"),
            ("replication", "database", "replication"),
            ("replication", "o", "replication"),
            ("replication", "", "replication"),
            ("replication", "falsehood", "replication"),
            ("menshen.user", "x", "menshen.user"),
        ] {
            assert_eq!(check(name, value).as_deref(), Some(closed), "{name}={value}");
        }
    }
}
