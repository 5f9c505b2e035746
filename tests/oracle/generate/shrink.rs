//! Shrinking: a statement that shows a defect becomes a small one that still shows it.

use super::phrase::{Phrase, Sort};
use super::{Delivery, Statement};
use crate::oracle::wire::Mode;

/// The smallest statement found by taking parts away while `shows` says that the defect is still there; asks at most
/// `attempts` times.
pub fn shrink(statement: &Statement, mut attempts: usize, mut shows: impl FnMut(&Statement) -> bool) -> Statement {
    let mut best = statement.clone();
    for mode in [Mode::Simple, Mode::Extended] {
        let plain = Statement { delivery: best.delivery.plainer(mode), ..best.clone() };
        if best.delivery != plain.delivery && shows(&plain) {
            best = plain;
            break;
        }
    }
    loop {
        let before = best.clone();
        let mut at = 0;
        while attempts > 0 {
            let Some(candidate) = smaller(&best.query, at) else { break };
            attempts -= 1;
            let tried = Statement { query: candidate, ..best.clone() };
            if tried.query != best.query && weight(&tried.query) < weight(&best.query) && shows(&tried) {
                best = tried;
            } else {
                at += 1;
            }
        }
        if best == before || attempts == 0 {
            return best;
        }
    }
}

/// How much there is of it.
fn weight(phrase: &Phrase) -> usize {
    phrase.text().len()
}

/// The phrase with its change number `at`; changes that take most away come first.
fn smaller(phrase: &Phrase, at: usize) -> Option<Phrase> {
    let mut left = at;
    change(phrase, &mut left)
}

/// Walks in a fixed order and makes the change at which `left` has come down to nothing.
fn change(phrase: &Phrase, left: &mut usize) -> Option<Phrase> {
    let mut here = || {
        let now = *left == 0;
        *left = left.wrapping_sub(1);
        now
    };
    match phrase {
        Phrase::Text(_) | Phrase::Literal(_) | Phrase::Sided { .. } => None,
        Phrase::Maybe(inner) => {
            if here() {
                return Some(Phrase::Text(String::new()));
            }
            change(inner, left).map(|inner| Phrase::Maybe(Box::new(inner)))
        }
        Phrase::Sequence(items) => inside(items, left).map(Phrase::Sequence),
        Phrase::List { before, items, between, after, least } => {
            if items.len() > *least {
                for n in 0..items.len() {
                    if here() {
                        let mut items = items.clone();
                        items.remove(n);
                        return Some(Phrase::List { before, items, between, after, least: *least });
                    }
                }
            }
            let items = inside(items, left)?;
            Some(Phrase::List { before, items, between, after, least: *least })
        }
        Phrase::Part { sort, body, leaf } => {
            if let Some(leaf) = leaf.as_ref().filter(|_| here()) {
                return Some(Phrase::Text(leaf.clone()));
            }
            let mut parts = Vec::new();
            collect(body, sort, &mut parts);
            for part in parts {
                if here() {
                    return Some(part.clone());
                }
            }
            let body = Box::new(change(body, left)?);
            Some(Phrase::Part { sort: sort.clone(), body, leaf: leaf.clone() })
        }
    }
}

fn inside(items: &[Phrase], left: &mut usize) -> Option<Vec<Phrase>> {
    for (n, item) in items.iter().enumerate() {
        if let Some(changed) = change(item, left) {
            let mut items = items.to_vec();
            items[n] = changed;
            return Some(items);
        }
    }
    None
}

/// The nearest parts of that sort inside.
fn collect<'a>(phrase: &'a Phrase, sort: &Sort, found: &mut Vec<&'a Phrase>) {
    match phrase {
        Phrase::Part { sort: of, .. } if of == sort => found.push(phrase),
        Phrase::Part { body, .. } => collect(body, sort, found),
        Phrase::Maybe(inner) => collect(inner, sort, found),
        Phrase::Sequence(items) | Phrase::List { items, .. } => {
            items.iter().for_each(|item| collect(item, sort, found));
        }
        Phrase::Text(_) | Phrase::Literal(_) | Phrase::Sided { .. } => {}
    }
}

#[test]
fn what_does_not_matter_goes() {
    use super::phrase::phrase;
    use super::types::Type;
    let value = |text: &str| Phrase::from(text).value(Type::Text);
    let bad = phrase!["left(", value("phone"), ", 3)"].value(Type::Text);
    let list = Phrase::list(vec![value("name"), bad, value("email")], ", ");
    let conditions = Phrase::clause(" WHERE ", vec!["true".into(), "1 = 1".into()], " AND ");
    let query = phrase!["SELECT ", list, " FROM buyers", conditions, Phrase::from(" LIMIT 3").maybe()];
    let statement = Statement { query, delivery: Delivery::Prepared, total: false, meant: false, apart: false };
    let shrunk = shrink(&statement, 1000, |one| one.query.text().contains("phone"));
    assert_eq!(shrunk.query.text(), "SELECT phone FROM buyers");
    assert_eq!(shrunk.delivery, Delivery::Plain(Mode::Simple));
}
