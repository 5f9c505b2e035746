//! `json`: masks inside of documents, by path.

use std::collections::BTreeMap;

use super::Mask;
use super::document::{self, Family, Level, array, readable};
use super::expression::{bytewise, call, case, literal, operator};
use super::leaf;
use super::mixed::{Mixed, Operands};
use crate::model::types::TypeClass;

/// Deepest path.
const DEEPEST: usize = 16;

/// One step of a path.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Step {
    /// `.name`, `."any name"`
    Key(String),
    /// `[*]`
    Elements,
}

/// `$.contacts[*].phone`: where in a document a value is.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Path(pub Vec<Step>);

/// Why a text is no path.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a path is written `$.key`, `$.\"any key\"`, `$.list[*]` or `$.list[*].key`, with at most 16 steps")]
pub struct InvalidPath;

impl std::str::FromStr for Path {
    type Err = InvalidPath;

    fn from_str(text: &str) -> Result<Self, InvalidPath> {
        let mut rest = text.strip_prefix('$').ok_or(InvalidPath)?;
        let mut steps = Vec::new();
        while !rest.is_empty() {
            let (step, after) = step(rest).ok_or(InvalidPath)?;
            steps.push(step);
            rest = after;
        }
        if steps.is_empty() || steps.len() > DEEPEST { Err(InvalidPath) } else { Ok(Self(steps)) }
    }
}

fn step(text: &str) -> Option<(Step, &str)> {
    if let Some(after) = text.strip_prefix("[*]") {
        return Some((Step::Elements, after));
    }
    let name = text.strip_prefix('.')?;
    if let Some(inner) = name.strip_prefix('"') {
        let (key, after) = inner.split_once('"')?;
        let plain = !key.contains(['\\', '\0']);
        return plain.then(|| (Step::Key(key.into()), after));
    }
    let end = name.find(['.', '[', ']', '"', '*', '\\', ' ', '\0', '$', '(', ')', '?', '@']).unwrap_or(name.len());
    let (key, after) = name.split_at_checked(end)?;
    (!key.is_empty()).then(|| (Step::Key(key.into()), after))
}

/// Masks for what stands at paths of a document.
///
/// A string or number at a path becomes its mask; whatever else stands there, and whatever stands where a path expects
/// an object or a list and is none, becomes JSON null. Keys that no path names stay, or vanish.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Json {
    root: Node,
    /// Whether keys that no path names stay.
    keep: bool,
}

#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
struct Node {
    leaf: Option<Box<Mask>>,
    /// The value stays as it is.
    clear: bool,
    keys: BTreeMap<String, Node>,
    elements: Option<Box<Node>>,
}

/// One path lies within another, or comes twice.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("a path is inside of another, or comes twice")]
pub struct Overlap;

impl Json {
    /// `keep`: whether what no path names stays. A path without a mask is clear.
    ///
    /// # Errors
    /// When paths overlap.
    pub fn new(keep: bool, paths: impl IntoIterator<Item = (Path, Option<Mask>)>) -> Result<Self, Overlap> {
        let mut root = Node::default();
        for (path, mask) in paths {
            root.add(&path.0, mask)?;
        }
        Ok(Self { root, keep })
    }

    pub(super) fn supports(class: &TypeClass) -> bool {
        matches!(class, TypeClass::Json | TypeClass::Jsonb)
    }

    /// The least that a mask inside of it hides.
    pub(super) fn hidden_bits(&self) -> f64 {
        self.root.hidden_bits()
    }

    /// With those masks alone that are [`Mask::unmistakable`].
    pub(super) fn certain(&self) -> Self {
        let mut certain = self.clone();
        certain.root.keep_certain();
        certain
    }

    /// What is shown as it is.
    pub(super) fn blank(&self) -> Self {
        let mut blank = self.clone();
        blank.root.blank();
        blank
    }

    pub(super) fn masks(&self) -> Vec<&Mask> {
        let mut masks = Vec::new();
        self.root.masks(&mut masks);
        masks
    }

    fn walk(&self, family: Family) -> Walk {
        Walk { family, keep: self.keep }
    }

    pub(super) fn expression(&self, column: &str, class: &TypeClass) -> String {
        let walk = self.walk(family(class));
        let masked = walk.masked(&self.root, column, 1);
        let null = format!("{column} IS NULL");
        match walk.family {
            Family::Jsonb => case(&[(&null, "NULL")], &masked),
            Family::Json => case(&[(&null, "NULL"), (&unreadable(column), &walk.null())], &masked),
        }
    }

    pub(super) fn apply(&self, value: &str, class: &TypeClass) -> String {
        let walk = self.walk(family(class));
        if walk.family == Family::Json && !readable(value) { "null".into() } else { walk.mask(&self.root, value) }
    }

    pub(super) fn looks_masked_sql(&self, operand: &str, class: &TypeClass) -> Option<String> {
        let walk = self.walk(family(class));
        let looks = walk.looks(&self.root, operand, 1)?;
        Some(match walk.family {
            Family::Jsonb => looks,
            Family::Json => case(&[(&unreadable(operand), "false")], &looks),
        })
    }

    pub(super) fn looks_masked(&self, value: &str, class: &TypeClass) -> bool {
        let walk = self.walk(family(class));
        (walk.family == Family::Jsonb || readable(value)) && walk.looks_masked(&self.root, value)
    }

    pub(super) fn restored_sql(&self, stored: &str, value: &str, class: &TypeClass) -> String {
        let walk = self.walk(family(class));
        let restored = walk.restored(&self.root, "m.s", "m.v", 1);
        let restored = match walk.family {
            Family::Jsonb => restored,
            Family::Json => {
                let told = case(&[(&walk.is("m.v", "null"), "m.s")], "m.v");
                let guards = [("m.s IS NULL", "m.v"), (&*unreadable("m.s"), &*told), (&*unreadable("m.v"), "m.v")];
                case(&guards, &restored)
            }
        };
        // kept apart: the server would put the expression of the value in place of each mention of it
        format!("(SELECT {restored} FROM (SELECT {stored} AS s, {value} AS v OFFSET 0) AS m)")
    }

    /// Whether some list in it was changed so that its masks may be another element's than the one at their place.
    pub(super) fn mixed_sql(&self, stored: &str, value: &str, class: &TypeClass) -> Option<String> {
        let walk = self.walk(family(class));
        let mixed = walk.mixed(&self.root, "m.s", "m.v", 1)?;
        let mixed = match walk.family {
            Family::Jsonb => mixed,
            Family::Json => case(&[(&unreadable("m.s"), "false"), (&*unreadable("m.v"), "false")], &mixed),
        };
        Some(format!("(SELECT {mixed} FROM (SELECT {stored} AS s, {value} AS v OFFSET 0) AS m)"))
    }

    pub(super) fn restored(&self, stored: &str, value: &str, class: &TypeClass) -> String {
        let walk = self.walk(family(class));
        if walk.family == Family::Json && !readable(stored) {
            let null = matches!(document::read(value), Some(Level::Null));
            return if null { stored } else { value }.to_owned();
        }
        if walk.family == Family::Json && !readable(value) {
            return value.to_owned();
        }
        walk.restore(&self.root, stored, value)
    }
}

pub(super) fn family(class: &TypeClass) -> Family {
    if *class == TypeClass::Json { Family::Json } else { Family::Jsonb }
}

/// SQL: whether a `json` holds a string that text cannot hold (a NUL, half of a surrogate pair). Escaped backslashes
/// are taken out first, then whole pairs.
pub(super) fn unreadable(json: &str) -> String {
    let text = bytewise(&format!("{json}::pg_catalog.text"));
    let plain = call("replace", &[&text, &literal("\\\\"), "' '"]);
    let pair = literal("\\\\u[dD][89abAB][0-9a-fA-F]{2}\\\\u[dD][c-fC-F][0-9a-fA-F]{2}");
    let single = call("regexp_replace", &[&plain, &pair, "' '", "'g'"]);
    format!("({single} OPERATOR(pg_catalog.~) {})", literal("\\\\u(?:0000|[dD][89a-fA-F])"))
}

impl Node {
    fn add(&mut self, path: &[Step], mask: Option<Mask>) -> Result<(), Overlap> {
        if self.leaf.is_some() || self.clear {
            return Err(Overlap);
        }
        match path.split_first() {
            None if !self.keys.is_empty() || self.elements.is_some() => Err(Overlap),
            None => {
                self.clear = mask.is_none();
                self.leaf = mask.map(Box::new);
                Ok(())
            }
            Some((Step::Key(key), rest)) => self.keys.entry(key.clone()).or_default().add(rest, mask),
            Some((Step::Elements, rest)) => self.elements.get_or_insert_default().add(rest, mask),
        }
    }

    fn children(&self) -> impl Iterator<Item = &Self> {
        self.keys.values().chain(self.elements.as_deref())
    }

    fn hidden_bits(&self) -> f64 {
        let own = self.leaf.as_ref().map_or(f64::INFINITY, |mask| mask.hidden_bits());
        self.children().map(Self::hidden_bits).fold(own, f64::min)
    }

    fn keep_certain(&mut self) {
        if self.leaf.as_ref().is_some_and(|mask| !mask.unmistakable()) {
            (self.leaf, self.clear) = (None, true);
        }
        self.keys.values_mut().chain(self.elements.as_deref_mut()).for_each(Self::keep_certain);
    }

    fn blank(&mut self) {
        self.leaf.iter_mut().for_each(|mask| **mask = Mask::Null);
        self.keys.values_mut().chain(self.elements.as_deref_mut()).for_each(Self::blank);
    }

    fn masks<'n>(&'n self, out: &mut Vec<&'n Mask>) {
        out.extend(self.leaf.as_deref());
        self.children().for_each(|child| child.masks(out));
    }
}

/// The rules of one document, by the functions of its type.
struct Walk {
    family: Family,
    keep: bool,
}

impl Walk {
    fn call(&self, name: &str, arguments: &[&str]) -> String {
        call(&format!("{}_{name}", self.family.name()), arguments)
    }

    fn constant(&self, json: &str) -> String {
        format!("'{json}'::pg_catalog.{}", self.family.name())
    }

    fn null(&self) -> String {
        self.constant("null")
    }

    fn is(&self, value: &str, kind: &str) -> String {
        operator(&self.call("typeof", &[value]), "=", &format!("'{kind}'"))
    }

    /// Members of an object as `e<depth>`.
    fn members(&self, value: &str, depth: usize) -> String {
        format!("{} AS e{depth}(key, value)", self.call("each", &[value]))
    }

    fn key_is(&self, key: &str, depth: usize) -> String {
        operator(&bytewise(&format!("e{depth}.key")), "=", &literal(key))
    }

    fn known(&self, node: &Node, depth: usize) -> String {
        let keys: Vec<String> = node.keys.keys().map(|key| self.key_is(key, depth)).collect();
        if keys.is_empty() { "false".into() } else { format!("({})", keys.join(" OR ")) }
    }

    /// The masked form of `value`, which is not NULL.
    fn masked(&self, node: &Node, value: &str, depth: usize) -> String {
        if node.clear {
            return value.to_owned();
        }
        if let Some(mask) = &node.leaf {
            return leaf::masked_sql(mask, value, self.family);
        }
        let element = format!("e{depth}.value");
        let mut arms = Vec::new();
        if !node.keys.is_empty() {
            let each =
                node.keys.iter().map(|(key, child)| (self.key_is(key, depth), self.masked(child, &element, depth + 1)));
            let each: Vec<_> = each.collect();
            let each: Vec<_> = each.iter().map(|(key, masked)| (&**key, &**masked)).collect();
            let member = self.call("object_agg", &[&format!("e{depth}.key"), &case(&each, &element)]);
            let only = if self.keep { String::new() } else { format!(" WHERE {}", self.known(node, depth)) };
            let object = format!(
                "(SELECT COALESCE({member}, {}) FROM {}{only})",
                self.constant("{}"),
                self.members(value, depth)
            );
            arms.push((self.is(value, "object"), object));
        }
        if let Some(child) = &node.elements {
            let each = self.call("agg", &[&self.masked(child, &element, depth + 1)]);
            let from = self.call("array_elements", &[value]);
            let list = format!("(SELECT COALESCE({each}, {}) FROM {from} AS e{depth}(value))", self.constant("[]"));
            arms.push((self.is(value, "array"), list));
        }
        let arms: Vec<_> = arms.iter().map(|(condition, masked)| (&**condition, &**masked)).collect();
        if arms.is_empty() { self.null() } else { case(&arms, &self.null()) }
    }

    fn mask(&self, node: &Node, value: &str) -> String {
        if node.clear {
            return value.to_owned();
        }
        if let Some(mask) = &node.leaf {
            return leaf::masked(mask, value);
        }
        match (document::read(value), &node.elements) {
            (Some(Level::Object(members)), _) if !node.keys.is_empty() => {
                let masked = members.iter().filter_map(|(key, value)| match node.keys.get(key) {
                    Some(child) => Some((key.clone(), self.mask(child, value))),
                    None => self.keep.then(|| (key.clone(), (*value).to_owned())),
                });
                self.family.object(&masked.collect::<Vec<_>>())
            }
            (Some(Level::Array(elements)), Some(child)) => {
                array(&elements.iter().map(|one| self.mask(child, one)).collect::<Vec<_>>())
            }
            _ => "null".into(),
        }
    }

    /// Whether some masked leaf looks masked; `None`: none ever does.
    fn looks(&self, node: &Node, value: &str, depth: usize) -> Option<String> {
        if let Some(mask) = &node.leaf {
            return leaf::looks_masked_sql(mask, value, self.family);
        }
        let element = format!("e{depth}.value");
        let mut arms = Vec::new();
        let keys = node.keys.iter().filter_map(|(key, child)| {
            let looks = self.looks(child, &element, depth + 1)?;
            Some(case(&[(&self.key_is(key, depth), &looks)], "false"))
        });
        let keys: Vec<String> = keys.collect();
        if !keys.is_empty() {
            let any = format!("EXISTS(SELECT 1 FROM {} WHERE {})", self.members(value, depth), keys.join(" OR "));
            arms.push((self.is(value, "object"), any));
        }
        if let Some(looks) = node.elements.as_ref().and_then(|child| self.looks(child, &element, depth + 1)) {
            let from = self.call("array_elements", &[value]);
            arms.push((
                self.is(value, "array"),
                format!("EXISTS(SELECT 1 FROM {from} AS e{depth}(value) WHERE {looks})"),
            ));
        }
        let arms: Vec<_> = arms.iter().map(|(condition, looks)| (&**condition, &**looks)).collect();
        (!arms.is_empty()).then(|| case(&arms, "false"))
    }

    fn looks_masked(&self, node: &Node, value: &str) -> bool {
        if let Some(mask) = &node.leaf {
            return leaf::looks_masked(mask, value);
        }
        match document::read(value) {
            Some(Level::Object(members)) => members
                .iter()
                .any(|(key, value)| node.keys.get(key).is_some_and(|child| self.looks_masked(child, value))),
            Some(Level::Array(elements)) => {
                node.elements.as_ref().is_some_and(|child| elements.iter().any(|one| self.looks_masked(child, one)))
            }
            _ => false,
        }
    }

    /// `value` with what equals the mask of `stored` replaced by it; `stored` may be NULL.
    fn restored(&self, node: &Node, stored: &str, value: &str, depth: usize) -> String {
        if node.clear {
            return value.to_owned();
        }
        let missing = format!("{stored} IS NULL");
        if let Some(mask) = &node.leaf {
            return case(&[(&missing, value)], &self.restored_leaf(mask, stored, value));
        }
        let (mut arms, mut shapes) = (vec![(missing, value.to_owned())], vec!["false".to_owned()]);
        let both = |kind| format!("{} AND {}", self.is(stored, kind), self.is(value, kind));
        if !node.keys.is_empty() {
            arms.push((both("object"), self.restored_object(node, stored, value, depth)));
            shapes.push(self.is(stored, "object"));
        }
        if let Some(child) = &node.elements {
            let position = operator(&format!("e{depth}.n"), "-", "1");
            let was = format!("({stored} OPERATOR(pg_catalog.->) {position}::pg_catalog.int4)");
            let each = self.call("agg", &[&self.restored(child, &was, &format!("e{depth}.value"), depth + 1)]);
            let each = each.strip_suffix(')').unwrap_or(&each);
            let from = self.call("array_elements", &[value]);
            let list = format!(
                "(SELECT COALESCE({each} ORDER BY e{depth}.n), {}) FROM {from} WITH ORDINALITY AS e{depth}(value, n))",
                self.constant("[]")
            );
            arms.push((both("array"), list));
            shapes.push(self.is(stored, "array"));
        }
        let hidden = format!("{} AND NOT ({})", self.is(value, "null"), shapes.join(" OR "));
        arms.push((hidden, stored.to_owned()));
        let arms: Vec<_> = arms.iter().map(|(condition, restored)| (&**condition, &**restored)).collect();
        case(&arms, value)
    }

    fn restored_leaf(&self, mask: &Mask, stored: &str, value: &str) -> String {
        let same = self.same(value, "r.r");
        let mut arms = vec![(same.as_str(), stored)];
        // what a form makes of a null that hides
        let text = format!("COALESCE(({value} OPERATOR(pg_catalog.#>>) '{{}}'), 'null')");
        let empty = operator(&bytewise(&text), "=", "''");
        arms.extend((*mask == Mask::Null).then_some((empty.as_str(), stored)));
        let bare = leaf::bare_sql(mask, value, "r.r");
        arms.extend(bare.as_deref().map(|bare| (bare, "r.r")));
        let masked = leaf::masked_sql(mask, stored, self.family);
        format!("(SELECT {} FROM (SELECT {masked} AS r OFFSET 0) AS r)", case(&arms, value))
    }

    /// Keys that were not shown come back, unless `value` has them; and so do those that read as null: programs leave them
    /// out.
    fn restored_object(&self, node: &Node, stored: &str, value: &str, depth: usize) -> String {
        let element = format!("e{depth}.value");
        let each = node.keys.iter().map(|(key, child)| {
            let was = format!("({stored} OPERATOR(pg_catalog.->) {}::pg_catalog.text)", literal(key));
            (self.key_is(key, depth), self.restored(child, &was, &element, depth + 1))
        });
        let each: Vec<_> = each.collect();
        let each: Vec<_> = each.iter().map(|(key, restored)| (&**key, &**restored)).collect();
        let mut rows =
            format!("SELECT e{depth}.key, {} AS value FROM {}", case(&each, &element), self.members(value, depth));
        for (key, child) in &node.keys {
            let of = |object: &str| format!("({object} OPERATOR(pg_catalog.->) {}::pg_catalog.text)", literal(key));
            let (was, given) = (of(stored), of(value));
            let read = self.masked(child, &was, depth + 1);
            let typeof_null = |operand: &str, equal: &str| operator(&self.call("typeof", &[operand]), equal, "'null'");
            rows.push_str(&format!(
                " UNION ALL SELECT {}::pg_catalog.text, {was} WHERE {given} IS NULL AND {} AND {}",
                literal(key),
                typeof_null(&was, "<>"),
                typeof_null(&read, "=")
            ));
        }
        if !self.keep {
            let new = operator(&bytewise("f.key"), "=", &format!("e{depth}.key"));
            let again = format!("EXISTS(SELECT 1 FROM {} AS f(key, value) WHERE {new})", self.call("each", &[value]));
            rows.push_str(&format!(
                " UNION ALL SELECT e{depth}.key, e{depth}.value FROM {} WHERE NOT {} AND NOT {again}",
                self.members(stored, depth),
                self.known(node, depth)
            ));
        }
        let object = self.call("object_agg", &["q.key", "q.value"]);
        format!("(SELECT COALESCE({object}, {}) FROM ({rows}) AS q)", self.constant("{}"))
    }

    /// Whether a list in `value` is [`Mixed`]; `None`: there are no lists.
    fn mixed(&self, node: &Node, stored: &str, value: &str, depth: usize) -> Option<String> {
        let of =
            |operand: &str, key: &str| format!("({operand} OPERATOR(pg_catalog.->) {}::pg_catalog.text)", literal(key));
        let keys = node.keys.iter().map(|(key, child)| self.mixed(child, &of(stored, key), &of(value, key), depth));
        let mut all: Vec<String> = keys.flatten().map(|one| format!("COALESCE({one}, false)")).collect();
        if let Some(child) = &node.elements {
            let lists = format!("{} AND {}", self.is(stored, "array"), self.is(value, "array"));
            all.push(case(&[(&lists, &self.mixed_list(node, child, [stored, value], depth))], "false"));
        }
        (!all.is_empty()).then(|| format!("({})", all.join(" OR ")))
    }

    fn mixed_list(&self, node: &Node, child: &Node, [stored, value]: [&str; 2], depth: usize) -> String {
        let name = |function: &str| format!("{}_{function}", self.family.name());
        let (elements, length) = (name("array_elements"), name("array_length"));
        let reading = self.masked(node, stored, depth);
        let json = self.family == Family::Json;
        let list = Mixed { stored, value, reading: &reading, elements: &elements, length: &length, json, depth };
        let Operands { stored: was, value: is, .. } = list.operands();
        let mixed = list.sql(&self.restored(child, &was, &is, depth + 1));
        let Some(inside) = self.mixed(child, &was, &is, depth + 1) else { return mixed };
        let place = operator(&format!("o{depth}.n"), "=", &format!("w{depth}.n"));
        let (olds, news) = (self.call("array_elements", &[stored]), self.call("array_elements", &[value]));
        format!(
            "({mixed} OR EXISTS(SELECT 1 FROM {olds} WITH ORDINALITY AS o{depth}(s, n), \
             {news} WITH ORDINALITY AS w{depth}(v, n) WHERE {place} AND {inside}))"
        )
    }

    /// Whether two values are the same string, number or null.
    fn same(&self, one: &str, other: &str) -> String {
        let text = |value: &str| bytewise(&format!("COALESCE(({value} OPERATOR(pg_catalog.#>>) '{{}}'), '')"));
        let scalar = operator(&self.call("typeof", &[one]), "=", &self.call("typeof", &[&format!("({other})")]));
        format!("{scalar} AND {}", operator(&text(one), "=", &text(&format!("({other})"))))
    }

    fn restore(&self, node: &Node, stored: &str, value: &str) -> String {
        if node.clear {
            return value.to_owned();
        }
        if let Some(mask) = &node.leaf {
            let empty =
                **mask == Mask::Null && matches!(document::read(value), Some(Level::Text(text)) if text.is_empty());
            let masked = leaf::masked(mask, stored);
            return match empty || leaf::same(value, &masked) {
                true => stored.to_owned(),
                false if leaf::is_bare(mask, value, &masked) => masked,
                false => value.to_owned(),
            };
        }
        match (document::read(stored), document::read(value), &node.elements) {
            (Some(Level::Object(was)), Some(Level::Object(is)), _) if !node.keys.is_empty() => {
                self.restore_object(node, &was, &is)
            }
            (Some(Level::Array(was)), Some(Level::Array(is)), Some(child)) => {
                let was = was.into_iter().map(Some).chain(std::iter::repeat(None));
                let each = is.iter().zip(was).map(|(is, was)| match was {
                    Some(was) => self.restore(child, was, is),
                    None => (*is).to_owned(),
                });
                array(&each.collect::<Vec<_>>())
            }
            (Some(Level::Object(_)), _, _) if !node.keys.is_empty() => value.to_owned(),
            (Some(Level::Array(_)), _, Some(_)) => value.to_owned(),
            (_, Some(Level::Null), _) => stored.to_owned(),
            _ => value.to_owned(),
        }
    }

    fn restore_object(&self, node: &Node, was: &[(String, &str)], is: &[(String, &str)]) -> String {
        let stored = |key: &str| was.iter().rev().find(|(name, _)| name == key).map(|(_, value)| *value);
        let each = is.iter().map(|(key, value)| {
            let restored = match (node.keys.get(key), stored(key)) {
                (Some(child), Some(stored)) => self.restore(child, stored, value),
                _ => (*value).to_owned(),
            };
            (key.clone(), restored)
        });
        let left_out = node.keys.iter().filter_map(|(key, child)| {
            let stored = stored(key).filter(|_| !is.iter().any(|(name, _)| name == key))?;
            let null = |value: &str| matches!(document::read(value), Some(Level::Null));
            (!null(stored) && null(&self.mask(child, stored))).then(|| (key.clone(), stored.to_owned()))
        });
        let unseen = was
            .iter()
            .filter(|(key, _)| !self.keep && !node.keys.contains_key(key) && !is.iter().any(|(name, _)| name == key));
        let mut members: Vec<(String, String)> =
            each.chain(left_out).chain(unseen.map(|(key, value)| (key.clone(), (*value).to_owned()))).collect();
        if self.family == Family::Jsonb {
            members.sort_by(|(a, _), (b, _)| (a.len(), a).cmp(&(b.len(), b)));
        }
        self.family.object(&members)
    }
}
