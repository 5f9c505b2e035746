//! Typed expressions from templates.

use super::phrase::{Literal, Phrase, phrase};
use super::scope::Grouping;
use super::templates;
use super::types::Type;
use super::writer::Writer;

const KEYS: [&str; 6] = ["grade", "open", "wechat", "kin", "n", "a"];
const PATTERNS: [&str; 9] = ["1%", "%*%", "138%", "王%", "%@example.%", "_3%", "%室", "", "%\\_%"];
const EXPRESSIONS: [&str; 8] = ["^1", "[0-9]+", "\\*+", "@(.*)$", "^.", "(王|李)", "[[:alpha:]]+", "\\d{4}$"];

impl Writer<'_> {
    /// An expression of that type, `depth` operators deep at most.
    pub fn expression(&mut self, ty: Type, depth: u32) -> Phrase {
        if depth == 0 || self.chance.percent(30) {
            return self.leaf(ty);
        }
        if let Some(aggregate) = self.aggregate(ty, depth) {
            return aggregate;
        }
        if let Some(window) = self.window_function(ty, depth) {
            return window;
        }
        let template = if self.alone { self.template_alone(ty) } else { *self.chance.one(templates::of(ty)) };
        self.fill(template, depth - 1).value(ty)
    }

    /// A template that reads nothing beside the level.
    fn template_alone(&mut self, ty: Type) -> &'static str {
        let alone = |template: &&str| !["{?", "{$", "{Q"].iter().any(|hole| template.contains(hole));
        let fit: Vec<&'static str> = templates::of(ty).iter().copied().filter(alone).collect();
        self.chance.one::<&'static str>(&fit)
    }

    /// A condition.
    pub fn condition(&mut self, depth: u32) -> Phrase {
        let template = *self.chance.one(templates::of(Type::Bool));
        self.fill(template, depth).value(Type::Bool)
    }

    /// A column if there is one, else a constant.
    pub fn leaf(&mut self, ty: Type) -> Phrase {
        let column = if self.chance.percent(85) { self.column(ty) } else { None };
        if let Some(column) = column {
            return column.value(ty);
        }
        if self.grouped() && self.chance.percent(60) {
            return self.aggregate_of(ty, 0);
        }
        if self.chance.percent(6) {
            return Phrase::Text(format!("NULL::{}", ty.sql()));
        }
        self.literal(ty, false)
    }

    fn grouped(&self) -> bool {
        self.levels.last().is_some_and(super::scope::Level::grouped)
    }

    fn aggregate(&mut self, ty: Type, depth: u32) -> Option<Phrase> {
        (self.grouped() && self.chance.percent(45)).then(|| self.aggregate_of(ty, depth.saturating_sub(1).min(1)))
    }

    /// An aggregate of the innermost level.
    fn aggregate_of(&mut self, ty: Type, depth: u32) -> Phrase {
        let template = *self.chance.one(templates::aggregates(ty));
        let at = self.levels.len() - 1;
        // an aggregate over columns of another level alone would belong to that level
        let outer = std::mem::take(&mut self.levels);
        let mut inner = outer[at].clone();
        inner.arguments = true;
        let windows = std::mem::replace(&mut inner.windows, false);
        self.levels.push(inner);
        let mut filled = self.fill(template, depth).fixed();
        let plain = !template.contains("WITHIN")
            && template.ends_with(')')
            && !template.contains("::")
            && !template.starts_with("round");
        if plain && self.chance.percent(18) {
            let condition = self.condition(1).fixed();
            filled = phrase![filled, phrase![" FILTER (WHERE ", condition, ")"].maybe()];
        }
        self.levels = outer;
        self.levels[at].windows = windows;
        filled.value(ty)
    }

    fn window_function(&mut self, ty: Type, depth: u32) -> Option<Phrase> {
        let level = self.levels.last()?;
        if !level.windows || !self.chance.percent(35) {
            return None;
        }
        let choices = templates::windows(ty);
        if choices.is_empty() {
            return None;
        }
        let template = *self.chance.one(choices);
        let level = self.levels.last()?;
        let single = matches!(level.grouping, Grouping::None) && level.key().is_some();
        if template.contains("{U}") && !single {
            return None;
        }
        self.levels.last_mut()?.windows = false;
        let filled = self.fill(template, depth.min(1)).fixed();
        self.levels.last_mut()?.windows = true;
        Some(filled.value(ty))
    }

    /// A template with its holes filled.
    pub fn fill(&mut self, template: &str, depth: u32) -> Phrase {
        let mut pieces: Vec<Phrase> = Vec::new();
        let mut holes: Vec<Phrase> = Vec::new();
        let mut rest = template;
        while let Some(start) = rest.find('{') {
            let end = start + rest[start..].find('}').expect("a closed hole");
            let hole = &rest[start + 1..end];
            let looks_like_a_hole = hole.len() <= 2 && !hole.is_empty() && !hole.starts_with('"');
            if !looks_like_a_hole || hole.chars().all(|c| c.is_ascii_digit()) {
                pieces.push(rest[..=end].into());
                rest = &rest[end + 1..];
                continue;
            }
            pieces.push(rest[..start].into());
            let filled = match hole.strip_prefix('=') {
                Some(number) => holes[number.parse::<usize>().expect("a number") - 1].clone().fixed(),
                None => self.hole(hole, depth),
            };
            holes.push(filled.clone());
            pieces.push(filled);
            rest = &rest[end + 1..];
        }
        pieces.push(rest.into());
        Phrase::Sequence(pieces)
    }

    fn hole(&mut self, hole: &str, depth: u32) -> Phrase {
        let mut letters = hole.chars();
        let (first, second) = (letters.next().expect("a letter"), letters.next());
        match (first, second.and_then(Type::of_letter)) {
            ('?', Some(ty)) => self.inner_query(&[ty], false),
            ('$', Some(ty)) => self.scalar_subquery(ty),
            ('Q', _) => {
                let ty = self.any_type();
                self.inner_query(&[ty], false)
            }
            ('n', _) => Phrase::Text(self.chance.between(1, 9).to_string()),
            ('k', _) => Phrase::Text(format!("'{}'", self.chance.one(&KEYS))),
            ('p', _) => self.text(&PATTERNS),
            ('r', _) => self.text(&EXPRESSIONS),
            ('W', _) => self.window(false),
            ('U', _) => self.window(true),
            ('x', _) => {
                let ty = self.any_type();
                self.expression(ty, depth)
            }
            _ => {
                let ty = Type::of_letter(first).expect("a type's letter");
                self.expression(ty, depth)
            }
        }
    }

    fn text(&mut self, choices: &[&str]) -> Phrase {
        let value = (*self.chance.one(choices)).to_owned();
        let parameter = self.chance.percent(self.knobs.parameters);
        Phrase::Literal(Literal { ty: Type::Text, value: Some(value), parameter, bare: true })
    }

    /// `(…)` behind OVER, or the name of a window. `single`: no two rows are peers.
    fn window(&mut self, single: bool) -> Phrase {
        let named = self.levels.last().map(|level| level.named.clone()).unwrap_or_default();
        if !single && !named.is_empty() && self.chance.percent(50) {
            return self.chance.one(&named).as_str().into();
        }
        phrase!["(", self.window_body(single), ")"]
    }

    /// What stands in the parentheses of a window.
    pub fn window_body(&mut self, single: bool) -> Phrase {
        let partition: Vec<Phrase> = (0..self.chance.below(2)).map(|_| self.some_expression(1)).collect();
        let mut order: Vec<Phrase> = (0..self.chance.below(3)).map(|_| self.some_expression(1)).collect();
        if single {
            let key = self.levels.last().and_then(super::scope::Level::key).unwrap_or_default();
            order.extend(key.into_iter().map(Phrase::from));
            let last = order.pop().expect("a key");
            let first = Phrase::clause("", order, ", ");
            let glue = if first.text().is_empty() { "" } else { ", " };
            return phrase![Phrase::clause("PARTITION BY ", partition, ", "), " ORDER BY ", first, glue, last];
        }
        let frames = [
            "",
            "",
            " RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING",
            " GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW",
            " GROUPS BETWEEN CURRENT ROW AND 1 FOLLOWING EXCLUDE GROUP",
        ];
        let frame = if order.is_empty() { "" } else { self.chance.one(&frames) };
        let way = *self.chance.one(&["", " DESC", " NULLS FIRST", " DESC NULLS LAST"]);
        let ordered = Phrase::List { before: " ORDER BY ", items: order, between: ", ", after: way, least: 1 };
        phrase![Phrase::clause("PARTITION BY ", partition, ", "), ordered, Phrase::from(frame).maybe()]
    }

    /// An expression of a common type.
    pub fn some_expression(&mut self, depth: u32) -> Phrase {
        let ty = self.any_type();
        self.expression(ty, depth).fixed()
    }
}
