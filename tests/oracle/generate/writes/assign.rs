//! What is assigned: new values, what was read, what stays, and, now and then, what may not be stored.

use super::super::phrase::{Literal, Phrase, phrase};
use super::super::targets::{Place, Protected};
use super::super::types::Type;
use super::super::writer::Writer;
use super::Write;

impl Writer<'_> {
    /// A constant that may be a parameter, its type said by where it stands; `None`: NULL.
    pub(super) fn constant_of(&mut self, ty: Type, value: Option<String>) -> Phrase {
        let parameter = self.chance.percent(self.knobs.parameters);
        Phrase::Literal(Literal { ty, value, parameter, bare: true })
    }

    /// The list of SET.
    pub(super) fn assignments(&mut self, write: &Write) -> Vec<Phrase> {
        let places: Vec<Place> =
            write.target.places.iter().filter(|place| !place.key && !place.decides).cloned().collect();
        let chosen = self.chance.some(&places, 1, 4);
        let mut sets = Vec::new();
        let mut rest = chosen.as_slice();
        while let [first, after @ ..] = rest {
            match after {
                [second, others @ ..] if self.chance.percent(25) => {
                    sets.push(self.together(write, first, second));
                    rest = others;
                }
                _ => {
                    sets.push(phrase![format!("{} = ", first.name), self.assigned(write, first)]);
                    rest = after;
                }
            }
        }
        sets
    }

    /// `(a, b) = (…)`.
    fn together(&mut self, write: &Write, first: &Place, second: &Place) -> Phrase {
        let head = format!("({}, {}) = ", first.name, second.name);
        let key = write.single_key().filter(|_| first.protected.is_none() && second.protected.is_none());
        if let Some(key) = key.filter(|_| self.chance.percent(40)) {
            let (table, key) = (write.target.table.written(true), &key.name);
            let inner = self.name("n");
            return format!(
                "{head}(SELECT {inner}.{}, {inner}.{} FROM {table} {inner} WHERE {inner}.{key} = {}.{key})",
                first.name,
                second.name,
                write.alias()
            )
            .into();
        }
        let row = *self.chance.one(&["(", "ROW("]);
        phrase![head, row, self.assigned(write, first), ", ", self.assigned(write, second), ")"]
    }

    /// A form that was loaded and is saved: every protected column as it was read, and which row it was read from.
    pub(super) fn form(&mut self, write: &Write) -> (Vec<Phrase>, Option<Phrase>) {
        let places = &write.target.places;
        let whole = places.iter().filter(|place| place.key).count() == 1 && !write.target.readings.is_empty();
        let Some(key) = places.iter().position(|place| place.key).filter(|_| whole) else { return (Vec::new(), None) };
        let reading = self.chance.one(&write.target.readings).clone();
        let mut sets = Vec::new();
        for (place, value) in places.iter().zip(&reading).filter(|(place, _)| !place.key && !place.decides) {
            // what the form has no field for
            if self.chance.percent(if place.protected.is_some() { 15 } else { 60 }) {
                continue;
            }
            let changed = place.protected.is_some() && self.chance.percent(12);
            let value = if changed { self.assigned(write, place) } else { self.constant_of(place.ty, value.clone()) };
            sets.push(phrase![format!("{} = ", place.name), value]);
        }
        let value = self.constant_of(places[key].ty, reading[key].clone());
        (sets, Some(phrase![format!("{}.{} = ", write.alias(), places[key].name), value]))
    }

    /// A value for a column of SET.
    fn assigned(&mut self, write: &Write, place: &Place) -> Phrase {
        let Some(protected) = &place.protected else { return self.unprotected(write, place) };
        self.apart |= place.ty == Type::Json;
        let own = format!("{}.{}", write.alias(), place.name);
        match self.chance.below(100) {
            0..45 if !protected.pool.is_empty() => self.entered(place, protected),
            45..55 if !place.not_null => self.constant_of(place.ty, None),
            55..62 => own.into(),
            62..68 => format!("coalesce(NULL, {own})").into(),
            68..78 if !protected.pool.is_empty() => {
                self.levels.push(write.level());
                let condition = self.condition(1);
                self.levels.pop();
                phrase!["CASE WHEN ", condition, format!(" THEN {own} ELSE "), self.entered(place, protected), " END"]
            }
            78..83 if !place.not_null && !protected.hidden => "DEFAULT".into(),
            83..85 if !place.seen.is_empty() => self.another_reading(place),
            85..95 if place.ty == Type::Json => self.changed_in_part(&own),
            _ if !protected.pool.is_empty() => self.entered(place, protected),
            _ => own.into(),
        }
    }

    /// A document of which a part is changed over what is read.
    fn changed_in_part(&mut self, own: &str) -> Phrase {
        let changes = [
            format!("{own} || '{{\"kept\": 1}}'"),
            format!("{own} - 'level'"),
            format!("{own} #- '{{level}}'"),
            format!("jsonb_set({own}, '{{level}}', '3')"),
            format!("jsonb_set(coalesce({own}, '{{}}'::jsonb) || '{{\"kept\": 1}}', '{{kept}}', 'null')"),
        ];
        self.chance.one(&changes).clone().into()
    }

    /// A mask that was read, most likely in another row.
    fn another_reading(&mut self, place: &Place) -> Phrase {
        self.meant = true;
        let value = self.chance.one(&place.seen).clone();
        self.constant_of(place.ty, Some(value))
    }

    /// A new value; M is told its mask.
    fn entered(&mut self, place: &Place, protected: &Protected) -> Phrase {
        let (value, masked) = self.chance.one(&protected.pool).clone();
        let ty = place.ty;
        let parameter = self.chance.percent(self.knobs.parameters);
        let literal = |value| Phrase::Literal(Literal { ty, value, parameter, bare: true });
        let masked = Box::new(literal(masked));
        if ty == Type::Text && !parameter && self.chance.percent(12) {
            let cut = value.char_indices().nth(1).map_or(0, |(at, _)| at);
            let text = |part: &str| ty.literal(part, true);
            let entered = format!("{} || {}", text(&value[..cut]), text(&value[cut..]));
            return Phrase::Sided { entered: Box::new(entered.into()), masked };
        }
        Phrase::Sided { entered: Box::new(literal(Some(value))), masked }
    }

    fn unprotected(&mut self, write: &Write, place: &Place) -> Phrase {
        match self.chance.below(10) {
            0 if !place.not_null => self.constant_of(place.ty, None),
            1 if !place.not_null => "DEFAULT".into(),
            2..6 if !place.seen.is_empty() => {
                let value = self.chance.one(&place.seen).clone();
                self.constant_of(place.ty, Some(value))
            }
            _ => self.flowing(write, place, true),
        }
    }

    /// An expression over what is read in clear, `own`: of the target too; a value that occurs where only such will do.
    pub(super) fn flowing(&mut self, write: &Write, place: &Place, own: bool) -> Phrase {
        if place.foreign.is_some() || place.key {
            return match place.seen.is_empty() {
                true => "NULL".into(),
                false => {
                    let value = self.chance.one(&place.seen).clone();
                    self.constant_of(place.ty, Some(value)).fixed()
                }
            };
        }
        let level = write.clear(self, own);
        let outer = std::mem::replace(&mut self.levels, vec![level]);
        let alone = std::mem::replace(&mut self.alone, true);
        let value = self.expression(place.ty, 2).fixed();
        self.levels = outer;
        self.alone = alone;
        if !place.not_null {
            return value;
        }
        phrase!["coalesce(", value, ", ", place.ty.leaf(), ")"]
    }

    /// Columns of an INSERT: what must be there, and some others.
    pub(super) fn inserted_places(&mut self, write: &Write) -> Vec<Place> {
        let places = write.target.places.iter();
        let mut chosen: Vec<Place> =
            places.filter(|p| p.not_null || p.key || self.chance.percent(55)).cloned().collect();
        if self.chance.percent(25) {
            chosen.reverse();
        }
        chosen
    }

    /// A value for a column of an INSERT.
    pub(super) fn inserted(&mut self, _write: &Write, place: &Place) -> Phrase {
        let Some(protected) = &place.protected else {
            let value = if place.seen.is_empty() { None } else { Some(self.chance.one(&place.seen).clone()) };
            return match (value, place.not_null) {
                (None, true) => place.ty.leaf().into(),
                (Some(_), false) if self.chance.percent(10) => "NULL".into(),
                (value, _) => self.constant_of(place.ty, value).fixed(),
            };
        };
        match self.chance.below(100) {
            0..2 if !place.seen.is_empty() => self.another_reading(place).fixed(),
            2..14 if !place.not_null => "NULL".into(),
            _ if !protected.pool.is_empty() => self.entered(place, protected),
            _ => "NULL".into(),
        }
    }
}
