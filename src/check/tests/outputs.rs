//! Masks among the outputs: what the checker takes for one, and what else the statement may then not speak of; the second
//! witness says the same.

use super::*;
use crate::check::witness::{Verdict, Witness};

/// `{phone}` stands for the mask.
fn planned(text: &str, masks: bool) -> (String, [Facts; 1]) {
    let mut facts = facts(StatementClass::Read, usize::from(masks));
    facts.masked_outputs = usize::from(masks);
    (text.replace("{phone}", PHONE), [facts])
}

const GOOD: &[&str] = &[
    "SELECT {phone} AS \"phone\" FROM housing.buyers",
    "SELECT id, {phone} AS \"phone\", name FROM housing.buyers b WHERE b.id = '1'",
    "SELECT DISTINCT {phone} AS \"p \"\"q\" FROM ONLY housing.buyers ORDER BY 1",
    "SELECT DISTINCT ON (id) {phone} AS \"id\", b.name FROM housing.buyers AS b FOR UPDATE",
    "SELECT {phone} AS \"p\" FROM housing.buyers ORDER BY p LIMIT 5",
    "SELECT {phone} AS \"phone\" FROM housing.buyers WHERE id IN (SELECT p.id FROM housing.projects p)",
    "SELECT (SELECT {phone} AS \"x\" FROM housing.buyers WHERE id = '1') AS y",
];

const BAD: &[&str] = &[
    // not the bytes of a mask with its name
    "SELECT phone FROM housing.buyers",
    "SELECT {phone} FROM housing.buyers",
    "SELECT {phone} || phone AS \"phone\" FROM housing.buyers",
    "SELECT ({phone}) AS \"phone\" FROM housing.buyers",
    "SELECT {phone} AS phone FROM housing.buyers",
    "SELECT {phone}  AS \"phone\" FROM housing.buyers",
    "SELECT pg_catalog.lower({phone}) AS \"phone\" FROM housing.buyers",
    "SELECT (pg_catalog.left(\"phone\", 4) OPERATOR(pg_catalog.||) '****')::pg_catalog.text AS \"phone\" FROM housing.buyers",
    "SELECT /* {phone} AS \"phone\" */ phone FROM housing.buyers",
    "SELECT id /* */, phone AS \"{phone} AS\" FROM housing.buyers",
    // something else of the statement speaks of the column
    "SELECT {phone} AS \"phone\", phone FROM housing.buyers",
    "SELECT {phone} AS \"phone\", * FROM housing.buyers",
    "SELECT {phone} AS \"phone\", buyers FROM housing.buyers",
    "SELECT {phone} AS \"phone\" FROM housing.buyers WHERE phone = '1'",
    "SELECT {phone} AS \"phone\" FROM housing.buyers WHERE buyers.phone = '1'",
    "SELECT {phone} AS \"phone\" FROM housing.buyers ORDER BY phone",
    "SELECT {phone} AS \"p\" FROM housing.buyers ORDER BY buyers.phone",
    "SELECT {phone} AS \"phone\" FROM housing.buyers GROUP BY phone",
    "SELECT DISTINCT ON (phone) {phone} AS \"phone\" FROM housing.buyers",
    "SELECT {phone} AS \"phone\", (SELECT b.phone) FROM housing.buyers b",
    "SELECT {phone} AS \"phone\" FROM housing.buyers GROUP BY GROUPING SETS ((phone), (id))",
    // it reads something else, or under other names
    "SELECT {phone} AS \"phone\" FROM housing.buyers, housing.agents",
    "SELECT {phone} AS \"phone\" FROM housing.buyers JOIN housing.projects ON true",
    "SELECT {phone} AS \"phone\" FROM housing.buyers AS b (x, phone)",
    "SELECT {phone} AS \"phone\" FROM housing.agents",
    "SELECT {phone} AS \"phone\" FROM (SELECT * FROM housing.buyers) b",
    "SELECT x FROM (SELECT 1) b (x), LATERAL (SELECT {phone} AS \"phone\" FROM housing.agents) a",
    "SELECT {phone} AS \"phone\" FROM buyers",
];

#[test]
fn masks_are_outputs_of_a_relation_that_stands_as_it_is() {
    for text in GOOD {
        let (text, facts) = planned(text, true);
        checked(&text, &facts).unwrap_or_else(|error| panic!("{text}: {error}"));
        let heard = Witness::default().hear(&text, &facts, &snapshot(), &rights(), &names());
        assert_eq!(heard, Verdict::Agrees, "{text}");
    }
}

#[test]
fn nothing_else_passes_for_a_mask() {
    for text in BAD {
        let (text, facts) = planned(text, true);
        assert!(checked(&text, &facts).is_err(), "{text}");
    }
    // nor do masks that nobody has planned
    for text in GOOD {
        let (text, facts) = planned(text, false);
        assert!(checked(&text, &facts).is_err(), "{text}");
    }
}

#[test]
fn nothing_in_a_mask_is_taken_for_a_literal_of_the_clients() {
    let (text, facts) = planned("SELECT {phone} AS \"phone\" FROM housing.buyers WHERE id = '1'", true);
    let checked = check(&text, &facts, &snapshot(), &rights(), &names()).unwrap();
    let at = |what: &str| text.find(what).unwrap();
    assert!(!checked.holds_without(at("'****'"), at("'****'") + 6));
    assert!(checked.holds_without(at("'1'"), at("'1'") + 3));
}
