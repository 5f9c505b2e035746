//! Writes: INSERT, UPDATE, DELETE, MERGE, ON CONFLICT, RETURNING, data-modifying WITH, each in a transaction that is
//! rolled back after what it left has been read.
//!
//! M cannot be told what is entered into a protected column: it would show it. It is told its mask, which is what must
//! be read afterwards. Values that flow into columns are made of what is read in clear; a mask may not be stored.

mod assign;

use super::phrase::{Phrase, phrase};
use super::scope::{Cte, Field, Item, Level};
use super::targets::{Place, Target};
use super::types::Type;
use super::writer::Writer;
use super::{Delivery, Statement};
use crate::oracle::wire::Mode;

/// A write in the making.
#[derive(Clone, Debug)]
struct Write {
    target: Target,
    /// As written behind INTO, UPDATE, FROM.
    place: String,
    item: Item,
    /// What is joined, if anything is.
    joined: Option<Item>,
}

impl Write {
    fn alias(&self) -> &str {
        &self.item.alias
    }

    /// The target's items with those columns only that are read in clear.
    fn clear(&self, writer: &Writer<'_>, own: bool) -> Level {
        let protected = |name: &str| self.target.places.iter().any(|p| p.name == name && p.protected.is_some());
        let mut item = self.item.clone();
        item.fields.retain(|field| !protected(&field.name));
        let joined = self.joined.clone().map(|mut item| {
            let below = |field: &Field| writer.schema.below.iter().any(|(_, column)| *column == field.name);
            item.fields.retain(|field| !below(field));
            item
        });
        Level::new(own.then_some(item).into_iter().chain(joined).collect())
    }

    fn level(&self) -> Level {
        Level::new([self.item.clone()].into_iter().chain(self.joined.clone()).collect())
    }

    /// The one column of a key of one whole number that refers to nothing, which new rows can be given.
    fn fresh(&self) -> Option<&Place> {
        let mut keys = self.target.places.iter().filter(|place| place.key && place.foreign.is_none());
        keys.find(|place| place.ty == Type::Int)
    }

    fn single_key(&self) -> Option<&Place> {
        let keys: Vec<&Place> = self.target.places.iter().filter(|place| place.key).collect();
        (keys.len() == 1 && self.target.table.kind != 'p').then(|| keys[0])
    }
}

impl Writer<'_> {
    /// A whole statement that writes.
    pub fn write(&mut self) -> Statement {
        let write = self.some_target();
        let merging = self.chance.percent(18);
        let deleting = !merging && !write.target.referenced && self.chance.percent(16);
        // what WITH reads may go into what is stored, as far as anybody can tell: masks in it are refused
        let with = if deleting && self.chance.percent(40) { Some(self.with()) } else { None };
        let returning = self.chance.percent(18);
        let made = match self.chance.below(68) {
            _ if merging => self.merge(&write),
            _ if deleting => self.delete(&write, returning),
            0..25 => self.insert(&write, returning),
            _ => self.update(&write, returning),
        };
        let (mut query, fields) = made;
        if let Some(fields) = fields.filter(|_| with.is_none()) {
            let name = self.name("q");
            self.ctes.push(Cte { name: name.clone(), fields });
            let reading = self.plain(None, true);
            query = phrase![format!("WITH {name} AS ("), query, ") ", reading.phrase];
        }
        if let Some(with) = with {
            query = phrase![with, query];
        }
        let modes = [Mode::Simple, Mode::Simple, Mode::Extended, Mode::Binary];
        let (mode, back_mode) = (*self.chance.one(&modes), *self.chance.one(&modes));
        let back = self.back(&write);
        let delivery = Delivery::Write { mode, back, back_mode };
        Statement { query, delivery, total: false, meant: self.meant, apart: self.apart }
    }

    /// What reads what the write has left.
    fn back(&mut self, write: &Write) -> String {
        let target = &write.target;
        let table = target.table.written(true);
        let keys: Vec<&str> = target.places.iter().filter(|place| place.key).map(|place| place.name.as_str()).collect();
        let keys = keys.join(", ");
        match self.chance.below(4) {
            0 => format!("SELECT * FROM {table}"),
            1 => format!("SELECT t FROM {table} t ORDER BY {keys}"),
            _ => format!("SELECT * FROM {table} ORDER BY {keys}"),
        }
    }

    fn some_target(&mut self) -> Write {
        let targets = &self.schema.targets;
        let protected = |target: &&Target| target.places.iter().any(|place| place.protected.is_some());
        let protected: Vec<&Target> = targets.iter().filter(protected).collect();
        let some = self.chance.percent(80) && !protected.is_empty();
        let target = if some { (*self.chance.one(&protected)).clone() } else { self.chance.one(targets).clone() };
        let qualified = target.table.schema != "housing" || self.chance.percent(50);
        let mut place = target.table.written(qualified);
        let plain = super::schema::quoted(&target.table.name);
        let alias = if self.chance.percent(60) { self.name("t") } else { plain.clone() };
        if alias != plain {
            place = format!("{place} AS {alias}");
        }
        let fields = target.places.iter().map(|place| Field { name: place.name.clone(), ty: place.ty });
        let item = Item {
            alias,
            fields: fields.collect(),
            key: None,
            primary: false,
            whole: target.table.whole,
            lockable: false,
            bare: false,
        };
        Write { target, place, item, joined: None }
    }

    /// Conditions over the target, and what it is joined with.
    fn narrowed(&mut self, write: &Write, first: Vec<Phrase>) -> Phrase {
        self.levels.push(write.level());
        let mut conditions = first;
        let key = write.target.places.iter().find(|place| place.key && !place.seen.is_empty());
        if let Some(key) = key.filter(|_| self.chance.percent(50)) {
            let value = self.chance.one(&key.seen).clone();
            let value = self.constant_of(key.ty, Some(value));
            conditions.push(phrase![format!("{}.{} = ", write.alias(), key.name), value]);
        }
        for _ in 0..*self.chance.one(&[0, 1, 1, 2]) {
            conditions.push(self.condition(1));
        }
        self.levels.pop();
        Phrase::clause(" WHERE ", conditions, " AND ")
    }

    /// RETURNING; its columns if each has a name: `wanted`.
    fn returning(&mut self, write: &Write, wanted: bool) -> (Phrase, Option<Vec<Field>>) {
        let nothing = Phrase::Text(String::new());
        if !wanted && self.chance.percent(35) {
            return (nothing, None);
        }
        let alias = write.alias().to_owned();
        if !wanted && self.chance.percent(45) {
            let many = write.target.places.len() > 1;
            // a field of the row, `(t).id`, is refused: of a masked row the server knows no columns there
            let text = match self.chance.below(6) {
                0 | 1 => "*".to_owned(),
                2 => format!("{alias}.*"),
                3 if many => format!("row_to_json({alias})::text"),
                _ => alias,
            };
            return (phrase![" RETURNING ", text].maybe(), None);
        }
        self.levels.push(write.level());
        let mut fields = Vec::new();
        let mut items = Vec::new();
        for _ in 0..self.chance.between(1, 3) {
            let (ty, name) = (self.any_type(), self.name("c"));
            items.push(phrase![self.expression(ty, 1), format!(" AS {name}")]);
            fields.push(Field { name, ty });
        }
        self.levels.pop();
        let list = Phrase::List { before: " RETURNING ", items, between: ", ", after: "", least: 1 };
        (if wanted { list } else { list.maybe() }, wanted.then_some(fields))
    }

    fn update(&mut self, write: &Write, returning: bool) -> (Phrase, Option<Vec<Field>>) {
        let mut write = write.clone();
        let mut conditions = Vec::new();
        let mut from = Phrase::Text(String::new());
        if self.chance.percent(30) {
            (from, conditions) = self.joined(&mut write, " FROM ");
        }
        let (sets, reading) = if self.chance.percent(25) { self.form(&write) } else { (Vec::new(), None) };
        let sets = if sets.is_empty() { self.assignments(&write) } else { sets };
        conditions.extend(reading);
        let condition = self.narrowed(&write, conditions);
        let (returned, fields) = self.returning(&write, returning);
        let only = if write.target.table.children && self.chance.percent(30) { "ONLY " } else { "" };
        let head = format!("UPDATE {only}{} SET ", write.place);
        (phrase![head, Phrase::list(sets, ", "), from, condition, returned], fields)
    }

    fn delete(&mut self, write: &Write, returning: bool) -> (Phrase, Option<Vec<Field>>) {
        let mut write = write.clone();
        let mut conditions = Vec::new();
        let mut using = Phrase::Text(String::new());
        if self.chance.percent(35) {
            (using, conditions) = self.joined(&mut write, " USING ");
        }
        let condition = self.narrowed(&write, conditions);
        let (returned, fields) = self.returning(&write, returning);
        (phrase![format!("DELETE FROM {}", write.place), using, condition, returned], fields)
    }

    /// Something to join by its key, so that each row of the target meets one row at most.
    fn joined(&mut self, write: &mut Write, word: &str) -> (Phrase, Vec<Phrase>) {
        let number = |field: &&Field| field.ty == Type::Int;
        let mine: Vec<String> = write.item.fields.iter().filter(number).map(|field| field.name.clone()).collect();
        let tables =
            self.schema.tables.iter().filter(|table| {
                table.kind == 'r' && !table.children && table.key == ["id"] && table.schema == "housing"
            });
        let tables: Vec<_> = tables.collect();
        if mine.is_empty() {
            return (Phrase::Text(String::new()), Vec::new());
        }
        let table = (*self.chance.one(&tables)).clone();
        let alias = self.name("j");
        let mine = self.chance.one(&mine).clone();
        let fields = table.columns.iter();
        let fields = fields.map(|column| Field { name: super::schema::quoted(&column.name), ty: column.ty }).collect();
        let condition = format!("{alias}.id = {}.{mine}", write.alias());
        let from = format!("{word}{} AS {alias}", table.written(self.chance.percent(50)));
        let whole = table.whole;
        write.joined = Some(Item { alias, fields, key: None, primary: false, whole, lockable: false, bare: false });
        (from.into(), vec![condition.into()])
    }

    fn insert(&mut self, write: &Write, returning: bool) -> (Phrase, Option<Vec<Field>>) {
        let Some(fresh) = write.fresh().cloned().filter(|_| write.target.table.kind != 'v') else {
            return self.update(write, returning);
        };
        let places = self.inserted_places(write);
        let names: Vec<&str> = places.iter().map(|place| place.name.as_str()).collect();
        let head = format!("INSERT INTO {} ({}) ", write.place, names.join(", "));
        let selected = self.chance.percent(30);
        let body = if selected { self.selected(write, &places, &fresh) } else { self.rows_of(write, &places, &fresh) };
        let conflict = match write.single_key() {
            Some(key) if self.chance.percent(35) => self.on_conflict(write, &places, &key.name.clone()),
            _ => Phrase::Text(String::new()),
        };
        let (returned, fields) = self.returning(write, returning);
        (phrase![head, body, conflict, returned], fields)
    }

    /// VALUES; each row with a key of its own, which may be one that is there already.
    fn rows_of(&mut self, write: &Write, places: &[Place], fresh: &Place) -> Phrase {
        let mut rows = Vec::new();
        for n in 0..self.chance.between(1, 3) {
            let cells = places.iter().map(|place| {
                if place.name == fresh.name {
                    return Phrase::Text(self.new_key(fresh, n));
                }
                self.inserted(write, place)
            });
            rows.push(phrase!["(", Phrase::Sequence(joined(cells.collect())), ")"]);
        }
        Phrase::List { before: "VALUES ", items: rows, between: ", ", after: "", least: 1 }
    }

    fn new_key(&mut self, fresh: &Place, n: usize) -> String {
        match fresh.seen.get(n) {
            Some(seen) if self.chance.percent(15) => seen.clone(),
            _ => (900_000 + n).to_string(),
        }
    }

    /// SELECT of constants for protected columns and of what is read in clear for the others.
    fn selected(&mut self, write: &Write, places: &[Place], fresh: &Place) -> Phrase {
        let mut source = write.clone();
        let (from, _) = self.joined(&mut source, " FROM ");
        let alias = source.joined.as_ref().map(|item| item.alias.clone()).unwrap_or_default();
        let cells = places.iter().map(|place| {
            if place.name == fresh.name {
                return format!("900000 + {alias}.id").into();
            }
            match &place.protected {
                Some(_) => self.inserted(write, place),
                None => self.flowing(&source, place, false),
            }
        });
        let cells: Vec<Phrase> = cells.collect();
        self.levels.push(Level::new(source.joined.into_iter().collect()));
        let conditions = (0..self.chance.below(3)).map(|_| self.condition(1)).collect();
        self.levels.pop();
        phrase!["SELECT ", Phrase::Sequence(joined(cells)), from, Phrase::clause(" WHERE ", conditions, " AND ")]
    }

    fn on_conflict(&mut self, write: &Write, places: &[Place], key: &str) -> Phrase {
        if self.chance.percent(30) {
            return " ON CONFLICT DO NOTHING".into();
        }
        let mut sets = self.assignments(write);
        let proposed: Vec<&Place> = places.iter().filter(|place| !place.key && !place.decides).collect();
        if !proposed.is_empty() && self.chance.percent(60) {
            let name = self.chance.one(&proposed).name.clone();
            sets.retain(|set| !set.text().contains(&name));
            sets.push(format!("{name} = EXCLUDED.{name}").into());
        }
        self.levels.push(write.level());
        let conditions = (0..self.chance.below(2)).map(|_| self.condition(1)).collect();
        self.levels.pop();
        let head = format!(" ON CONFLICT ({key}) DO UPDATE SET ");
        phrase![head, Phrase::list(sets, ", "), Phrase::clause(" WHERE ", conditions, " AND ")]
    }

    fn merge(&mut self, write: &Write) -> (Phrase, Option<Vec<Field>>) {
        let key = write.single_key().filter(|key| key.ty == Type::Int && write.target.table.kind == 'r').cloned();
        let Some(key) = key else { return self.update(write, false) };
        let (mut write, alias) = (write.clone(), self.name("m"));
        let source = self.source(&mut write, &key, &alias);
        let mut clauses = Vec::new();
        // PostgreSQL 15 crashes where two clauses set several columns by a subquery
        let several = |set: &Phrase| set.text().contains(") = (SELECT ");
        let mut once = false;
        let count = self.chance.between(1, 2);
        for n in 1..=count {
            let condition = self.merge_condition(&write.level(), n < count);
            let action = match self.chance.below(10) {
                0 => "DO NOTHING".into(),
                1 | 2 if !write.target.referenced => "DELETE".into(),
                _ => {
                    let mut sets = self.assignments(&write);
                    sets.retain(|set| !once || !several(set));
                    once |= sets.iter().any(several);
                    if sets.is_empty() { "DO NOTHING".into() } else { phrase!["UPDATE SET ", Phrase::list(sets, ", ")] }
                }
            };
            clauses.push(phrase![" WHEN MATCHED", condition, " THEN ", action]);
        }
        if write.fresh().is_some_and(|fresh| fresh.name == key.name) && self.chance.percent(60) {
            clauses.push(self.merge_insert(&write, &key, &alias));
        }
        let on = format!(" ON {alias}.k = {}.{}", write.alias(), key.name);
        let clauses = Phrase::List { before: "", items: clauses, between: "", after: "", least: 1 };
        (phrase![format!("MERGE INTO {} USING ", write.place), source, on, clauses], None)
    }

    /// `must`: what comes behind would never be reached without one.
    fn merge_condition(&mut self, level: &Level, must: bool) -> Phrase {
        if !must && self.chance.percent(50) {
            return Phrase::Text(String::new());
        }
        self.levels.push(level.clone());
        let condition = self.condition(1);
        self.levels.pop();
        phrase![" AND ", condition]
    }

    fn merge_insert(&mut self, write: &Write, key: &Place, alias: &str) -> Phrase {
        let places = self.inserted_places(write);
        let condition = self.merge_condition(&Level::new(write.joined.clone().into_iter().collect()), false);
        let names: Vec<&str> = places.iter().map(|place| place.name.as_str()).collect();
        let cells = places.iter().map(|place| {
            if place.name == key.name { format!("{alias}.k").into() } else { self.inserted(write, place) }
        });
        let cells = Phrase::Sequence(joined(cells.collect()));
        let head = format!(" THEN INSERT ({}) VALUES (", names.join(", "));
        phrase![" WHEN NOT MATCHED", condition, head, cells, ")"]
    }

    /// The source of a MERGE: `k` tells its rows apart.
    fn source(&mut self, write: &mut Write, key: &Place, alias: &str) -> Phrase {
        let mut fields = vec![Field { name: "k".into(), ty: Type::Int }];
        let phrase = if self.chance.percent(50) {
            let mut keys: Vec<String> = self.chance.some(&key.seen, 1, 3);
            keys.extend(self.chance.percent(50).then(|| "900001".to_owned()));
            let rows = keys.iter().enumerate().map(|(n, key)| format!("({key}, 'source {n}')"));
            fields.push(Field { name: "v".into(), ty: Type::Text });
            format!("(VALUES {}) AS {alias} (k, v)", rows.collect::<Vec<_>>().join(", ")).into()
        } else {
            let of = self.name("n");
            self.levels.push(Level::new(vec![Item { alias: of.clone(), ..write.item.clone() }]));
            let condition = self.condition(1);
            self.levels.pop();
            let select = format!("(SELECT {of}.{} AS k FROM {} AS {of}", key.name, write.target.table.written(true));
            phrase![select, phrase![" WHERE ", condition].maybe(), format!(") AS {alias}")]
        };
        write.joined = Some(Item {
            alias: alias.into(),
            fields,
            key: None,
            primary: false,
            whole: true,
            lockable: false,
            bare: false,
        });
        phrase
    }
}

/// Cells with commas between them, none of which may go.
fn joined(cells: Vec<Phrase>) -> Vec<Phrase> {
    let mut all = Vec::new();
    for (n, cell) in cells.into_iter().enumerate() {
        all.extend((n > 0).then(|| Phrase::from(", ")));
        all.push(cell);
    }
    all
}
