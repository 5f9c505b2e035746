//! What the second witness says by itself.

use std::time::{Duration, Instant};

use sqlparser::ast::Statement;
use sqlparser::dialect::PostgreSqlDialect;
use sqlparser::parser::Parser;

use super::{BUYERS, GOOD, PHONE, facts, fill, names, rights, snapshot};
use crate::check::witness::{Abstention, Verdict, Witness};
use crate::model::facts::{Facts, StatementClass};

fn hear(text: &str, statements: &[Facts]) -> Verdict {
    Witness::default().hear(text, statements, &snapshot(), &rights(), &names())
}

fn hear_read(text: &str) -> Verdict {
    let (text, count) = fill(text);
    hear(&text, &[facts(StatementClass::Read, count)])
}

fn parse(text: &str) -> Vec<Statement> {
    Parser::parse_sql(&PostgreSqlDialect {}, text).unwrap()
}

#[test]
fn it_agrees_with_what_is_proven() {
    let texts: Vec<String> = GOOD.iter().map(|text| text.replace("now() AT", "pg_catalog.now() AT")).collect();
    let heard: Vec<Verdict> = texts.iter().map(|text| hear_read(text)).collect();
    for (text, heard) in texts.iter().zip(&heard) {
        assert!(!matches!(heard, Verdict::Contradicts(_)), "{text}: {heard:?}");
    }
    let agreed = heard.iter().filter(|heard| **heard == Verdict::Agrees).count();
    assert!(agreed * 10 >= heard.len() * 7, "{agreed} of {}: {heard:?}", heard.len());
}

#[test]
fn it_contradicts_what_the_plan_does_not_explain() {
    for text in [
        "SELECT * FROM projects",
        "SELECT * FROM housing.buyers",
        "SELECT * FROM housing.buyers AS b, {buyers} c",
        "SELECT * FROM ONLY housing.buyers",
        "SELECT 1 UNION TABLE housing.buyers",
        "SELECT * FROM (SELECT id, name, phone FROM housing.buyers) b",
        "SELECT * FROM (SELECT * FROM housing.buyers) b",
        "SELECT * FROM housing.opaque",
        "SELECT * FROM housing.nobody",
        "SELECT (SELECT phone FROM housing.buyers)",
        "SELECT 1 WHERE EXISTS (SELECT phone FROM housing.buyers)",
        "WITH a AS (SELECT * FROM b), b AS (SELECT 1) SELECT * FROM a",
        "WITH a AS (SELECT * FROM housing.buyers) SELECT * FROM a",
        "SELECT 1 FROM (WITH x AS (SELECT 1) SELECT * FROM x) s, x",
        "SELECT peek()",
        "SELECT lower('a')",
        "SELECT * FROM peek() p",
        "SELECT 1; SELECT 2",
        "DELETE FROM housing.projects",
        "CREATE TABLE housing.copied AS SELECT 1",
    ] {
        let heard = hear_read(text);
        assert!(matches!(heard, Verdict::Contradicts(_)), "{text}: {heard:?}");
    }
    let mut unnamed = facts(StatementClass::Read, 0);
    unnamed.relations.clear();
    assert!(matches!(hear("SELECT id FROM housing.projects", &[unnamed]), Verdict::Contradicts(_)));
    assert!(matches!(hear("SELECT 1", &[facts(StatementClass::Read, 1)]), Verdict::Contradicts(_)));
}

/// A write's target is no reading; what is read beside it is.
#[test]
fn targets_are_not_readings() {
    let hear_write = |text| hear(text, &[facts(StatementClass::Write, 0)]);
    assert_eq!(hear_write("DELETE FROM housing.buyers WHERE id = 1"), Verdict::Agrees);
    assert_eq!(hear_write("INSERT INTO housing.buyers (id) VALUES (1)"), Verdict::Agrees);
    assert_eq!(hear_write("UPDATE housing.buyers SET name = 'x' WHERE id = 1"), Verdict::Agrees);
    for text in [
        "DELETE FROM housing.projects USING housing.buyers b WHERE b.phone = name",
        "INSERT INTO housing.projects SELECT id, phone FROM housing.buyers",
        "UPDATE housing.projects SET name = (SELECT phone FROM housing.buyers)",
        "WITH x AS (DELETE FROM housing.projects RETURNING id) SELECT phone FROM housing.buyers",
    ] {
        assert!(matches!(hear_write(text), Verdict::Contradicts(_)), "{text}");
    }
}

#[test]
fn names_are_read_as_postgresql_has_them() {
    assert_eq!(hear_read("SELECT ID FROM HOUSING.Projects"), Verdict::Agrees);
    assert!(matches!(hear_read("SELECT id FROM \"HOUSING\".projects"), Verdict::Contradicts(_)));
    // 63 bytes at most: sqlparser keeps them all
    let long = "x".repeat(70);
    let text = format!("WITH {long} AS (SELECT 1) SELECT * FROM {}", &long[..63]);
    assert_eq!(hear_read(&text), Verdict::Agrees);
}

/// `U&"…"` is an identifier; sqlparser reads an operator between two columns.
#[test]
fn known_difference_unicode_identifier() {
    let text = r#"SELECT U&"\0069d" FROM housing.projects"#;
    assert!(format!("{:?}", parse(text)).contains("BinaryOp"), "sqlparser has learnt it: drop the entry");
    assert_eq!(hear_read(text), Verdict::Abstains(Abstention::Differs("unicode-identifier")));
    assert_eq!(hear_read("SELECT u&1 FROM (SELECT 1 AS u) AS s"), Verdict::Agrees);
}

/// A word of BETWEEN and one of GROUP BY; sqlparser calls functions of these names.
#[test]
fn known_differences_of_words_before_a_parenthesis() {
    for (text, name) in [
        ("SELECT id BETWEEN SYMMETRIC (3) AND 1 FROM housing.projects", "between-symmetric"),
        ("SELECT 1 FROM housing.projects GROUP BY DISTINCT (id), ROLLUP (id)", "group-by-distinct"),
        ("SELECT 1 FROM housing.projects GROUP BY GROUPING SETS (id, ROLLUP (id))", "sets-in-sets"),
    ] {
        assert!(format!("{:?}", parse(text)).contains("Function("), "sqlparser has learnt it: drop the entry");
        assert_eq!(hear_read(text), Verdict::Abstains(Abstention::Differs(name)));
    }
    assert_eq!(hear_read("SELECT id BETWEEN 1 AND 3 FROM housing.projects GROUP BY (id)"), Verdict::Agrees);
}

/// What follows `COPY … FROM STDIN;` is the next statement; sqlparser reads rows.
#[test]
fn known_difference_copy_from_stdin() {
    let text = "COPY pg_temp.scratch FROM STDIN;\nSELECT phone FROM housing.buyers";
    let read = Parser::parse_sql(&PostgreSqlDialect {}, text);
    assert!(!read.as_ref().is_ok_and(|read| read.len() == 2), "sqlparser has learnt it: drop the entry: {read:?}");
    let planned = [facts(StatementClass::CopyIn, 0), facts(StatementClass::Read, 0)];
    assert_eq!(hear(text, &planned), Verdict::Abstains(Abstention::Differs("copy-from-stdin")));
}

/// `FROM only customers` reads one relation without its children; earlier versions of sqlparser read one named only.
#[test]
fn only_is_no_relation() {
    let heard = hear_read("SELECT name FROM only housing.projects");
    assert!(matches!(heard, Verdict::Agrees | Verdict::Abstains(_)), "{heard:?}");
    let heard = hear_read("SELECT phone FROM only (housing.buyers)");
    assert_ne!(heard, Verdict::Agrees);
}

/// sqlparser groups these otherwise than PostgreSQL, which changes neither relations nor columns.
#[test]
fn grouping_of_operators_does_not_matter() {
    for text in ["SELECT -2 ^ 2", "SELECT 'a' ~ 'b' || 'c'", "SELECT name ~ 'x' || phone FROM {buyers} b"] {
        assert_eq!(hear_read(text), Verdict::Agrees, "{text}");
    }
}

/// On the stack of the server's threads: chains as deep as they are long, and nesting that makes parsers try again.
#[test]
fn hostile_texts_are_answered_in_time() {
    let nested = |open: &str, inner: &str, close: &str, n: usize| {
        format!("SELECT 1 FROM {}{inner}{}", open.repeat(n), close.repeat(n))
    };
    let mut texts = vec![
        format!("SELECT 1{}", "+1".repeat(16_000)),
        format!("SELECT 1{}", " OR 1".repeat(6_000)),
        format!("SELECT 1{}", "::int".repeat(6_000)),
        format!("SELECT 1{}", "[1]".repeat(6_000)),
        format!("SELECT a{}", " IS NULL".repeat(3_900)),
        format!("SELECT {}1", "- ".repeat(16_000)),
        format!("SELECT {}true", "NOT ".repeat(8_000)),
        format!("SELECT 1{}", " UNION SELECT 1".repeat(2_100)),
        format!("SELECT {}1{}", "CASE WHEN true THEN ".repeat(1_300), " END".repeat(1_300)),
        "SELECT '".to_owned(),
        "SELECT 1;".repeat(3_600),
        "(".repeat(32_000),
    ];
    for depth in [10, 20, 23, 24, 100] {
        texts.push(nested("(", "housing.projects", ")", depth));
        texts.push(nested("((SELECT 1) UNION ", "SELECT 1", ")", depth));
        texts.push(nested("(SELECT 1 FROM ", "housing.projects p", ") x", depth));
        texts.push(nested("pg_catalog.lower(", "'a'", ")", depth));
        texts.push(format!("SELECT {}1{}", "(".repeat(depth), ")".repeat(depth)));
        texts.push(format!("SELECT {}1{}", "((SELECT ".repeat(depth), "))".repeat(depth)));
        texts.push(format!("SELECT {}1{}", "ARRAY[".repeat(depth), "]".repeat(depth)));
        texts.push(format!("SELECT {}1{}", "(1, ".repeat(depth), ")".repeat(depth)));
        texts.push(format!("SELECT a IN {}1{}", "(a IN (".repeat(depth), "))".repeat(depth)));
        texts.push(format!("SELECT {}1{}", "CAST(".repeat(depth), " AS int)".repeat(depth)));
        texts.push(format!("SELECT {} '1'", "interval ".repeat(depth)));
    }
    let thread = std::thread::Builder::new().stack_size(2 << 20).spawn(move || {
        for text in texts {
            let began = Instant::now();
            let heard = hear(&text, &[facts(StatementClass::Read, 0)]);
            let shown: String = text.chars().take(60).collect();
            assert!(began.elapsed() < Duration::from_secs(20), "{shown}: {:?} {heard:?}", began.elapsed());
            assert_ne!(heard, Verdict::Abstains(Abstention::Panicked), "{shown}");
        }
    });
    thread.unwrap().join().unwrap();
}

/// Masks are read once, alone, and names stand for them: that may only save work.
fn agrees_only_as_it_stands(text: &str, count: usize) -> Verdict {
    let (witness, facts) = (Witness::default(), [facts(StatementClass::Read, count)]);
    let heard = witness.hear(text, &facts, &snapshot(), &rights(), &names());
    let whole = witness.hear_as_it_stands(text, &facts, &snapshot(), &rights(), &names());
    assert_eq!(heard, whole, "{text}");
    heard
}

#[test]
fn a_mask_counts_only_as_the_column_of_a_substitution() {
    let mask = PHONE;
    let substituted = format!("(SELECT \"id\", {mask} AS \"phone\" FROM \"housing\".\"buyers\")");
    let swapped = format!("(SELECT {mask} AS \"name\", \"phone\" FROM \"housing\".\"buyers\")");
    let half = format!("(SELECT {mask} AS \"phone\", \"id\" AS \"x\" FROM \"housing\".\"buyers\")");
    for (text, count, agrees) in [
        (format!("SELECT * FROM {substituted} b"), 1, true),
        (format!("SELECT * FROM {substituted} b, {substituted} c"), 2, true),
        // computed over what is read already: no mask, but nothing that is hidden
        (format!("SELECT b.id, {mask} AS \"phone\" FROM {substituted} b"), 1, true),
        (format!("SELECT (SELECT {mask} AS \"phone\") FROM {substituted} b"), 1, true),
        // over the true value
        (format!("SELECT b.id, {mask} AS \"phone\" FROM housing.buyers b"), 0, false),
        (format!("SELECT b.id FROM {substituted} b, (SELECT {mask} AS \"phone\" FROM housing.buyers) c"), 1, false),
        (format!("SELECT * FROM {half} b"), 1, false),
        (format!("SELECT b.x FROM {half} b"), 0, false),
        (format!("SELECT * FROM {substituted} b, {half} c"), 1, false),
        (format!("SELECT * FROM {substituted} b, {half} c"), 2, false),
        (format!("SELECT * FROM {swapped} b"), 1, false),
        (format!("SELECT * FROM {swapped} b"), 0, false),
        // a name for each place: two of one mask do not count for each other
        (format!("SELECT b.id, {mask} AS \"phone\" FROM {substituted} b, housing.buyers c"), 1, false),
    ] {
        assert_eq!(agrees_only_as_it_stands(&text, count) == Verdict::Agrees, agrees, "{text}");
    }
}

/// A mask within a literal, a name or a comment is none; nor is one that something stands before.
#[test]
fn a_broken_text_with_masks_is_read_as_it_stands() {
    let text = format!("SELECT b.phone, 'x' AS \"y\" FROM {BUYERS} b, {BUYERS} AS c WHERE b.id = '1'");
    let parts =
        ["'", "\"", "--", "/*", "*/", "$$", "(", ")", ",", "E'", "U&\"", " phone", "\0", "\"\0", "\"\x000\"", PHONE];
    let places = (0..=text.len()).filter(|at| text.is_char_boundary(*at));
    for at in places {
        let (head, rest) = text.split_at(at);
        let _shorter = agrees_only_as_it_stands(&format!("{head}{}", rest.get(1..).unwrap_or_default()), 2);
        for part in parts {
            let _longer = agrees_only_as_it_stands(&format!("{head}{part}{rest}"), 2);
        }
    }
}
