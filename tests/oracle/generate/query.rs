//! Queries: SELECT with all its clauses, VALUES, set operations, WITH.

use super::phrase::{Phrase, phrase};
use super::scope::{Cte, Field, Grouping, Item, Key};
use super::templates;
use super::types::Type;
use super::writer::Writer;

/// A query and what is known of its answer.
#[derive(Clone, Debug)]
pub struct Query {
    pub phrase: Phrase,
    pub fields: Vec<Field>,
    /// Its order leaves nothing open.
    pub total: bool,
}

/// The select list in the making.
#[derive(Default)]
struct Targets {
    items: Vec<Phrase>,
    fields: Vec<Field>,
    /// How many columns there are; `None`: not known.
    count: Option<usize>,
}

impl Writer<'_> {
    /// The whole statement.
    pub fn top(&mut self) -> Query {
        let ctes = self.ctes.len();
        let with = if self.chance.percent(self.knobs.with) { Some(self.with()) } else { None };
        let mut query = self.plain(None, true);
        self.ctes.truncate(ctes);
        if let Some(with) = with {
            query.phrase = phrase![with, query.phrase];
        }
        query
    }

    /// A query inside another.
    pub fn subquery(&mut self, wanted: Option<&[Type]>) -> Query {
        self.nesting += 1;
        let query = self.plain(wanted, false);
        self.nesting -= 1;
        query
    }

    pub fn inner_query(&mut self, wanted: &[Type], _ordered: bool) -> Phrase {
        self.subquery(Some(wanted)).phrase
    }

    /// `(SELECT …)` with one row at most.
    pub fn scalar_subquery(&mut self, ty: Type) -> Phrase {
        self.nesting += 1;
        let from = self.from(2);
        let condition = self.where_clause();
        let phrase = if self.chance.percent(60) {
            self.here().grouping = Grouping::By(Vec::new());
            let template = *self.chance.one(templates::aggregates(ty));
            let at = self.levels.len() - 1;
            let outer = std::mem::take(&mut self.levels);
            let mut inner = outer[at].clone();
            inner.arguments = true;
            self.levels.push(inner);
            let value = self.fill(template, 1).fixed();
            self.levels = outer;
            phrase!["(SELECT ", value, " FROM ", from, condition, ")"]
        } else {
            let value = self.expression(ty, 1);
            phrase!["(SELECT ", value, " FROM ", from, condition, " ORDER BY 1 LIMIT 1)"]
        };
        self.levels.pop();
        self.nesting -= 1;
        phrase
    }

    pub fn plain(&mut self, wanted: Option<&[Type]>, top: bool) -> Query {
        let simple = self.nesting > self.knobs.nesting;
        if !simple && self.chance.percent(self.knobs.set_operation) {
            return self.set_operation(wanted);
        }
        if !simple && self.chance.percent(2) {
            return self.values(wanted);
        }
        self.select(wanted, top)
    }

    fn types(&mut self, wanted: Option<&[Type]>) -> Vec<Type> {
        match wanted {
            Some(wanted) => wanted.to_vec(),
            None => (0..self.chance.between(1, self.knobs.columns)).map(|_| self.any_type()).collect(),
        }
    }

    fn values(&mut self, wanted: Option<&[Type]>) -> Query {
        let types = self.types(wanted);
        let rows = self.rows(&types);
        let fields = types.iter().enumerate().map(|(n, ty)| Field { name: format!("column{}", n + 1), ty: *ty });
        let fields: Vec<Field> = fields.collect();
        let order = self.order_by_all(types.len());
        Query { phrase: phrase![rows, order].query(types), fields, total: true }
    }

    fn set_operation(&mut self, wanted: Option<&[Type]>) -> Query {
        let types = self.types(wanted);
        self.nesting += 1;
        let first = self.select(Some(&types), false);
        let mut arms = phrase!["(", first.phrase, ")"];
        for _ in 0..self.chance.between(1, 2) {
            let word =
                *self.chance.one(&[" UNION ", " UNION ALL ", " INTERSECT ", " EXCEPT ", " EXCEPT ALL ", " UNION ALL "]);
            let arm = self.select(Some(&types), false);
            arms = phrase![arms, phrase![word, "(", arm.phrase, ")"].maybe()];
        }
        self.nesting -= 1;
        let (order, total) = self.order_and_limit(Some(types.len()));
        Query { phrase: phrase![arms, order].query(types), fields: first.fields, total }
    }

    fn select(&mut self, wanted: Option<&[Type]>, top: bool) -> Query {
        if wanted.is_none() && self.chance.percent(2) {
            return self.without_from();
        }
        let most = if self.nesting > 0 { self.knobs.joins.min(2) } else { self.knobs.joins };
        let from = self.from(most);
        let condition = self.where_clause();
        let mut group = Phrase::Text(String::new());
        let mut targets = Targets { count: Some(0), ..Targets::default() };
        let grouped = self.chance.percent(self.knobs.grouped);
        if grouped {
            group = self.group(&mut targets, wanted.is_none());
        }
        let windows = !grouped && self.chance.percent(self.knobs.windows);
        let window_clause = if windows { self.window_clause() } else { Phrase::Text(String::new()) };
        self.here().windows = windows;
        self.targets(wanted, top && !grouped, &mut targets);
        let distinct = self.distinct(&targets);
        let (mut tail, total) = match distinct {
            " DISTINCT ON (1)" => (self.order_by_all(targets.count.unwrap_or(1)), true),
            " DISTINCT" => self.order_and_limit(targets.count),
            _ => self.free_order(&targets, grouped),
        };
        if !grouped && !windows && distinct.is_empty() && top {
            tail = phrase![tail, self.locking()];
        }
        self.levels.pop();
        let list = Phrase::list(targets.items, ", ");
        let phrase = phrase!["SELECT", distinct, " ", list, " FROM ", from, condition, group, window_clause, tail];
        let types = targets.fields.iter().map(|field| field.ty).collect();
        Query { phrase: phrase.query(types), fields: targets.fields, total }
    }

    fn without_from(&mut self) -> Query {
        self.levels.push(super::scope::Level::new(Vec::new()));
        let mut targets = Targets { count: Some(0), ..Targets::default() };
        self.targets(None, false, &mut targets);
        self.levels.pop();
        let types = targets.fields.iter().map(|field| field.ty).collect();
        let phrase = phrase!["SELECT ", Phrase::list(targets.items, ", ")].query(types);
        Query { phrase, fields: targets.fields, total: true }
    }

    pub fn where_clause(&mut self) -> Phrase {
        let count = *self.chance.one(&[0, 0, 1, 1, 1, 2, 3]);
        let conditions = (0..count).map(|_| self.condition(if self.nesting == 0 { 2 } else { 1 })).collect();
        Phrase::clause(" WHERE ", conditions, " AND ")
    }

    fn group(&mut self, targets: &mut Targets, free: bool) -> Phrase {
        let primaries = self.here().primaries();
        if free && !primaries.is_empty() && self.chance.percent(25) {
            return self.group_by_primary(&primaries);
        }
        let count = self.chance.below(4);
        let mut keys = Vec::new();
        for _ in 0..count {
            let ty = self.any_type();
            let column = if self.chance.percent(70) { self.own_column(ty) } else { None };
            let key = match column {
                Some(phrase) => Key { ty, phrase: phrase.value(ty), column: true },
                None => {
                    // a constant, signed or in parentheses, would be a number of an output column
                    let fit = |template: &&str| !template.starts_with("-(");
                    let templates: Vec<&str> = templates::of(ty).iter().copied().filter(fit).collect();
                    let template = *self.chance.one(&templates);
                    Key { ty, phrase: self.fill(template, 0).fixed().value(ty), column: false }
                }
            };
            keys.push(key);
        }
        let items: Vec<Phrase> = keys.iter().map(|key| key.phrase.clone()).collect();
        let ordinals = free && self.chance.percent(20);
        if ordinals {
            for key in &keys {
                self.target(key.phrase.clone(), key.ty, targets);
            }
        }
        let clause = self.group_clause(items, ordinals);
        self.here().grouping = Grouping::By(keys);
        let having = if self.chance.percent(30) {
            phrase![" HAVING ", self.condition(1)].maybe()
        } else {
            Phrase::Text(String::new())
        };
        phrase![clause, having]
    }

    fn group_clause(&mut self, items: Vec<Phrase>, ordinals: bool) -> Phrase {
        if ordinals {
            let numbers = (1..=items.len()).map(|n| Phrase::Text(n.to_string())).collect();
            return Phrase::clause(" GROUP BY ", numbers, ", ");
        }
        if items.len() < 2 || self.chance.percent(60) {
            return Phrase::clause(" GROUP BY ", items, ", ");
        }
        let list = Phrase::list(items.clone(), ", ");
        match self.chance.below(4) {
            0 => phrase![" GROUP BY ROLLUP (", list, ")"],
            1 => phrase![" GROUP BY CUBE (", list, ")"],
            2 => phrase![" GROUP BY DISTINCT ", list, ", ROLLUP (", items[0].clone(), ")"],
            _ => {
                let sets = items
                    .iter()
                    .map(|item| phrase!["(", item.clone(), ")"])
                    .chain([phrase!["(", list, ")"], "()".into()]);
                let sets = Phrase::list(sets.collect(), ", ");
                phrase![" GROUP BY GROUPING SETS (", sets, ")"]
            }
        }
    }

    /// All columns of an item are usable where its primary key is grouped by.
    fn group_by_primary(&mut self, items: &[Item]) -> Phrase {
        let item = self.chance.one(items).clone();
        let columns =
            item.fields.iter().map(|field| Key { ty: field.ty, phrase: item.column(&field.name).into(), column: true });
        self.here().grouping = Grouping::By(columns.collect());
        let key = item.key.clone().unwrap_or_default();
        let key: Vec<String> = key.iter().map(|name| item.column(name)).collect();
        Phrase::Text(format!(" GROUP BY {}", key.join(", ")))
    }

    /// A column of the innermost level.
    fn own_column(&mut self, ty: Type) -> Option<Phrase> {
        let columns = self.here().columns(ty);
        (!columns.is_empty()).then(|| self.chance.one(&columns).as_str().into())
    }

    fn window_clause(&mut self) -> Phrase {
        if !self.chance.percent(40) {
            return Phrase::Text(String::new());
        }
        let name = self.name("win");
        let body = self.window_body(false);
        // a frame cannot be copied, and none is
        self.here().named.push(name.clone());
        phrase![format!(" WINDOW {name} AS ("), body, ")"]
    }

    fn targets(&mut self, wanted: Option<&[Type]>, special: bool, targets: &mut Targets) {
        let types = match wanted {
            None if !targets.items.is_empty() => self.types(None).split_off(1),
            other => self.types(other),
        };
        if wanted.is_none() && special && !self.named && self.chance.percent(22) {
            self.special(targets);
        }
        for ty in types {
            let value = self.expression(ty, self.knobs.depth.saturating_sub(self.nesting));
            self.target(value, ty, targets);
        }
    }

    fn target(&mut self, value: Phrase, ty: Type, targets: &mut Targets) {
        let name = self.name("c");
        let named = self.nesting > 0 || self.named || self.chance.percent(40);
        let label = match named {
            true if self.chance.percent(70) => format!(" AS {name}"),
            true => format!(" AS \"{name}\""),
            false => String::new(),
        };
        let phrase = phrase![value, label];
        targets.items.push(phrase);
        targets.count = targets.count.map(|count| count + 1);
        targets.fields.push(Field { name, ty });
    }

    /// Stars and whole rows: only where nobody asks for their columns.
    fn special(&mut self, targets: &mut Targets) {
        let level = self.here();
        let items = level.items.clone();
        let item = self.chance.one(&items).clone();
        let known = item.whole.then_some(item.fields.len());
        let field = self.chance.one(&item.fields).name.clone();
        let alias = &item.alias;
        let (text, count) = match self.chance.below(9) {
            0 | 1 => ("*".into(), None),
            2 | 3 => (format!("{alias}.*"), known),
            4 => (alias.clone(), Some(1)),
            // the fields of a row are called as the table's columns on M, as they were renamed here
            5 if item.fields.len() > 1 && item.fields[0].name != "x1" => {
                (format!("row_to_json({alias})::text"), Some(1))
            }
            6 => (format!("ROW({alias}.*)"), Some(1)),
            7 if item.fields.len() > 1 => (format!("({alias}).{field}"), Some(1)),
            _ => (format!("({alias}.*)::text"), Some(1)),
        };
        targets.count = targets.count.zip(count).map(|(before, more)| before + more);
        targets.items.push(Phrase::Text(text));
    }

    fn distinct(&mut self, targets: &Targets) -> &'static str {
        if !self.chance.percent(self.knobs.distinct) || targets.count.is_none() {
            return "";
        }
        if self.chance.percent(40) { " DISTINCT ON (1)" } else { " DISTINCT" }
    }

    /// Every output column by its number: what ties is alike.
    fn order_by_all(&mut self, count: usize) -> Phrase {
        let ways = ["", "", "", " DESC", " NULLS FIRST", " DESC NULLS LAST"];
        let items = (1..=count).map(|n| Phrase::Text(format!("{n}{}", self.chance.one(&ways)))).collect();
        Phrase::clause(" ORDER BY ", items, ", ")
    }

    fn order_and_limit(&mut self, count: Option<usize>) -> (Phrase, bool) {
        match count {
            Some(count) if self.chance.percent(self.knobs.ordered) => {
                let order = self.order_by_all(count);
                (phrase![order, self.limit()], true)
            }
            _ => (Phrase::Text(String::new()), false),
        }
    }

    fn free_order(&mut self, targets: &Targets, grouped: bool) -> (Phrase, bool) {
        if self.chance.percent(70) {
            return self.order_and_limit(targets.count);
        }
        let key = self.here().key().filter(|_| !grouped);
        let windows = std::mem::replace(&mut self.here().windows, false);
        let first = if self.chance.percent(50) { vec![self.sort_key()] } else { Vec::new() };
        self.here().windows = windows;
        match key {
            Some(key) => {
                let items = first.into_iter().chain(key.into_iter().map(Phrase::from)).collect();
                (phrase![Phrase::clause(" ORDER BY ", items, ", "), self.limit()], true)
            }
            None => (Phrase::clause(" ORDER BY ", first, ", "), false),
        }
    }

    /// Something to sort by that is neither a number nor a constant.
    fn sort_key(&mut self) -> Phrase {
        let ty = self.any_type();
        let template = *self.chance.one(templates::of(ty));
        let way = *self.chance.one(&["", " DESC", " NULLS FIRST"]);
        // a constant, in parentheses too, would be a number of an output column
        phrase!["coalesce(", self.fill(template, 1), ", NULL)", way]
    }

    fn limit(&mut self) -> Phrase {
        if !self.chance.percent(self.knobs.limit) {
            return Phrase::Text(String::new());
        }
        let count = self.chance.between(1, 12);
        let text = match self.chance.below(6) {
            0 => format!(" LIMIT {count} OFFSET {}", self.chance.below(4)),
            1 => format!(" FETCH FIRST {count} ROWS ONLY"),
            2 => format!(" OFFSET {} ROWS FETCH NEXT {count} ROWS WITH TIES", self.chance.below(4)),
            3 => format!(" LIMIT (SELECT count(*) FROM projects) + {count}"),
            _ => format!(" LIMIT {count}"),
        };
        Phrase::Text(text).maybe()
    }

    fn locking(&mut self) -> Phrase {
        let lockable: Vec<String> =
            self.here().items.iter().filter(|item| item.lockable).map(|item| item.alias.clone()).collect();
        if lockable.is_empty() || !self.chance.percent(self.knobs.locking * 4) {
            return Phrase::Text(String::new());
        }
        let strength = *self.chance.one(&["UPDATE", "NO KEY UPDATE", "SHARE", "KEY SHARE"]);
        let name = self.chance.one(&lockable).clone();
        Phrase::Text(format!(" FOR {strength} OF {name}")).maybe()
    }

    pub fn with(&mut self) -> Phrase {
        let count = self.chance.between(1, 2);
        let recursive = self.chance.percent(self.knobs.recursive);
        let mut items = Vec::new();
        for _ in 0..count {
            let name = self.name("q");
            let (phrase, fields) = if recursive && items.is_empty() { self.recursive(&name) } else { self.cte(&name) };
            items.push(phrase);
            self.ctes.push(Cte { name, fields });
        }
        let before = if recursive { "WITH RECURSIVE " } else { "WITH " };
        Phrase::List { before, items, between: ", ", after: " ", least: 0 }
    }

    fn cte(&mut self, name: &str) -> (Phrase, Vec<Field>) {
        let mut query = self.subquery(None);
        let mut head = name.to_owned();
        if self.chance.percent(25) {
            query.fields.iter_mut().enumerate().for_each(|(n, field)| field.name = format!("k{n}"));
            let names: Vec<&str> = query.fields.iter().map(|field| field.name.as_str()).collect();
            head = format!("{name} ({})", names.join(", "));
        }
        let how = *self.chance.one(&[" AS (", " AS (", " AS MATERIALIZED (", " AS NOT MATERIALIZED ("]);
        (phrase![head, how, query.phrase, ")"], query.fields)
    }

    /// A walk of a few steps; types are cast, since both sides must agree.
    fn recursive(&mut self, name: &str) -> (Phrase, Vec<Field>) {
        let ty = *self.chance.one(&[Type::Text, Type::Int, Type::Date]);
        self.nesting += 1;
        let from = self.from(1);
        let condition = self.where_clause();
        let start = self.expression(ty, 1);
        self.levels.pop();
        let step = simple(name, ty);
        self.levels.push(super::scope::Level::new(vec![step]));
        let joined = self.chance.percent(40);
        let more =
            if joined { format!(" JOIN buyers AS next{name} ON next{name}.id = {name}.n") } else { String::new() };
        let value = self.expression(ty, 1);
        self.levels.pop();
        self.nesting -= 1;
        let union = if self.chance.percent(50) { " UNION ALL SELECT " } else { " UNION SELECT " };
        let phrase = phrase![
            format!("{name} (n, v) AS (SELECT 1, ("),
            start,
            format!(")::{} FROM ", ty.sql()),
            from,
            condition,
            union,
            format!("{name}.n + 1, ("),
            value,
            format!(")::{} FROM {name}{more} WHERE {name}.n < 4)", ty.sql()),
        ];
        (phrase, vec![Field { name: "n".into(), ty: Type::Int }, Field { name: "v".into(), ty }])
    }
}

fn simple(name: &str, ty: Type) -> Item {
    let fields = vec![Field { name: "n".into(), ty: Type::Int }, Field { name: "v".into(), ty }];
    Item { alias: name.into(), fields, key: None, primary: false, whole: true, lockable: false, bare: false }
}
