//! What every part of the generator carries along.

use super::chance::Chance;
use super::knobs::Knobs;
use super::phrase::{Literal, Phrase};
use super::schema::Schema;
use super::scope::{Cte, Level};
use super::types::Type;

/// Makes one statement.
#[derive(Debug)]
pub struct Writer<'a> {
    pub chance: Chance,
    pub schema: &'a Schema,
    pub knobs: &'a Knobs,
    /// The innermost last.
    pub levels: Vec<Level>,
    pub ctes: Vec<Cte>,
    /// How many queries are open around this place.
    pub nesting: u32,
    /// Every output column has a name of its own, and is not a star.
    pub named: bool,
    /// Expressions read nothing beside their level.
    pub alone: bool,
    /// A masked reading of something else is stored: to be refused.
    pub meant: bool,
    /// A document is written over.
    pub apart: bool,
    /// Names given so far.
    names: usize,
}

impl<'a> Writer<'a> {
    pub fn new(chance: Chance, schema: &'a Schema, knobs: &'a Knobs) -> Self {
        Self {
            chance,
            schema,
            knobs,
            levels: Vec::new(),
            ctes: Vec::new(),
            nesting: 0,
            named: false,
            alone: false,
            meant: false,
            apart: false,
            names: 0,
        }
    }

    /// A name that nothing else has.
    pub fn name(&mut self, stem: &str) -> String {
        self.names += 1;
        format!("{stem}{}", self.names)
    }

    /// A constant of that type that may match something.
    pub fn literal(&mut self, ty: Type, bare: bool) -> Phrase {
        let value = self.constant(ty);
        let parameter = self.chance.percent(self.knobs.parameters);
        Phrase::Literal(Literal { ty, value: Some(value), parameter, bare })
    }

    /// A value of that type.
    pub fn constant(&mut self, ty: Type) -> String {
        let chance = &mut self.chance;
        match self.schema.values.get(&ty) {
            Some(known) if chance.percent(75) => chance.one(known).clone(),
            _ => match ty {
                Type::Int => (chance.below(300) as i64 - 5).to_string(),
                Type::Big => chance.below(10_000).to_string(),
                Type::Numeric => format!("{}.{}", chance.below(900_000), chance.below(100)),
                Type::Float => format!("{}.5", chance.below(1000)),
                Type::Text => (*chance.one(&[
                    "",
                    "*",
                    "1",
                    "138",
                    "王",
                    "李*",
                    "it's",
                    "a\\b",
                    "@example.cn",
                    "%",
                    "山东省",
                    "x y",
                    "signed",
                    "null",
                ]))
                .into(),
                Type::Bool => (*chance.one(&["true", "false"])).into(),
                Type::Date => {
                    format!("{}-{:02}-{:02}", chance.between(1950, 2025), chance.between(1, 12), chance.between(1, 28))
                }
                Type::Stamp | Type::Local => format!(
                    "2023-{:02}-{:02} 0{}:30:00",
                    chance.between(1, 12),
                    chance.between(1, 28),
                    chance.below(10)
                ),
                Type::Interval => format!("{} days", chance.below(400)),
                Type::Json => {
                    (*chance.one(&["{}", "{\"grade\": 2}", "[1, \"a\"]", "{\"open\": true, \"grade\": null}", "7"]))
                        .into()
                }
                Type::Texts => (*chance.one(&["{}", "{a,NULL}", "{精装}", "{13800000000}"])).into(),
                Type::Ints => (*chance.one(&["{}", "{1,2,3}", "{NULL,5}"])).into(),
                Type::Status => (*chance.one(&["free", "reserved", "sold", "handed over"])).into(),
            },
        }
    }

    /// A column that can be named here, of this level or, now and then, of one around it.
    pub fn column(&mut self, ty: Type) -> Option<Phrase> {
        let outer = self.levels.len() > 1 && self.chance.percent(self.knobs.outer_reference);
        let at = if outer { self.chance.below(self.levels.len()) } else { self.levels.len().checked_sub(1)? };
        let level = &self.levels[at];
        if level.shut {
            return None;
        }
        if level.free() {
            let columns = level.columns(ty);
            return (!columns.is_empty()).then(|| self.chance.one(&columns).as_str().into());
        }
        let super::scope::Grouping::By(keys) = &level.grouping else { return None };
        let here = at + 1 == self.levels.len();
        let fit = keys.iter().filter(|key| key.ty == ty && (here || key.column));
        let fit: Vec<Phrase> = fit.map(|key| key.phrase.clone()).collect();
        (!fit.is_empty()).then(|| self.chance.one(&fit).clone())
    }

    pub fn any_type(&mut self) -> Type {
        // what most columns hold comes most often
        const COMMON: [Type; 8] =
            [Type::Text, Type::Text, Type::Text, Type::Int, Type::Int, Type::Date, Type::Numeric, Type::Bool];
        if self.chance.percent(75) { *self.chance.one(&COMMON) } else { *self.chance.one(&Type::ALL) }
    }
}
