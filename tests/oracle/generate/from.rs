//! FROM: tables, views, subqueries, functions, VALUES, and how they are joined.

use super::phrase::{Phrase, phrase};
use super::schema::{Table, quoted};
use super::scope::{Field, Grouping, Item, Level};
use super::types::Type;
use super::writer::Writer;

impl Writer<'_> {
    /// The items of one query, which become the innermost level.
    pub fn from(&mut self, most: usize) -> Phrase {
        let simple = self.nesting > self.knobs.nesting;
        let count = if simple { 1 } else { self.chance.between(1, most) };
        self.levels.push(Level::new(Vec::new()));
        let (first, item) = self.item(simple);
        self.here().items.push(item);
        let mut all = vec![first];
        for _ in 1..count {
            all.push(self.join());
        }
        let here = self.here();
        if let [only] = here.items.as_mut_slice() {
            only.bare = !only.fields.is_empty() && !only.alias.contains('"');
        }
        if !self.chance.percent(35) {
            self.here().items.iter_mut().for_each(|item| item.bare = false);
        }
        Phrase::Sequence(all)
    }

    pub fn here(&mut self) -> &mut Level {
        self.levels.last_mut().expect("an open query")
    }

    fn item(&mut self, simple: bool) -> (Phrase, Item) {
        let kind = if simple { 0 } else { self.chance.below(100) };
        let (phrase, item) = match kind {
            0..64 => self.table(),
            64..74 if !self.ctes.is_empty() => self.cte_item(),
            74..86 => self.derived(),
            86..94 => self.function(),
            94..98 => self.values_item(),
            _ => self.table(),
        };
        (phrase.item(), item)
    }

    /// A table that protected columns make interesting comes more often.
    pub fn some_table(&mut self) -> Table {
        let tables = &self.schema.tables;
        if self.chance.percent(35) {
            return tables.iter().find(|table| table.name == "buyers").expect("buyers").clone();
        }
        let housing: Vec<&Table> = tables.iter().filter(|table| table.schema == "housing").collect();
        if self.chance.percent(85) { (*self.chance.one(&housing)).clone() } else { self.chance.one(tables).clone() }
    }

    fn table(&mut self) -> (Phrase, Item) {
        let table = self.some_table();
        let qualified = table.schema != "housing" || self.chance.percent(50);
        let mut text = table.written(qualified);
        if table.children && self.chance.percent(30) {
            text = if self.chance.percent(50) { format!("ONLY {text}") } else { format!("ONLY ({text})") };
        } else if self.chance.percent(3) && table.kind == 'r' {
            text.push_str(" *");
        }
        let taken = |alias: &str, levels: &[Level]| levels.iter().any(|l| l.items.iter().any(|i| i.alias == alias));
        let plain = quoted(&table.name);
        let alias = if self.chance.percent(25) && !taken(&plain, &self.levels) { None } else { Some(self.name("t")) };
        let mut fields: Vec<Field> =
            table.columns.iter().map(|column| Field { name: quoted(&column.name), ty: column.ty }).collect();
        let mut key: Vec<String> = table.key.iter().map(|name| quoted(name)).collect();
        let mut phrase = Phrase::from(text);
        if let Some(alias) = &alias {
            let word = if self.chance.percent(50) { " AS " } else { " " };
            phrase = phrase![phrase, word, alias.as_str()];
            if table.whole && self.chance.percent(6) {
                let renamed: Vec<String> = (1..=fields.len()).map(|n| format!("x{n}")).collect();
                key = key
                    .iter()
                    .map(|name| renamed[fields.iter().position(|f| f.name == *name).expect("a key")].clone())
                    .collect();
                fields.iter_mut().zip(&renamed).for_each(|(field, name)| field.name.clone_from(name));
                phrase = phrase![phrase, format!("({})", renamed.join(", "))];
            }
        }
        let item = Item {
            alias: alias.unwrap_or(plain),
            fields,
            // children do not share their parent's key
            key: (!key.is_empty() && !table.children).then_some(key),
            primary: table.kind == 'r',
            whole: table.whole,
            lockable: ["buyers", "contracts"].contains(&table.name.as_str()),
            bare: false,
        };
        (phrase, item)
    }

    fn cte_item(&mut self) -> (Phrase, Item) {
        let cte = self.chance.one(&self.ctes).clone();
        let alias = self.name("w");
        (phrase![cte.name.as_str(), " AS ", alias.as_str()], simple_item(alias, cte.fields))
    }

    fn derived(&mut self) -> (Phrase, Item) {
        let open = self.levels.last().is_some_and(|level| !level.items.is_empty() && !level.shut);
        let lateral = open && self.chance.percent(50);
        let here = if lateral { None } else { self.levels.pop() };
        let query = self.subquery(None);
        self.levels.extend(here);
        let alias = self.name("s");
        let word = if lateral { "LATERAL (" } else { "(" };
        let mut fields = query.fields;
        let mut phrase = phrase![word, query.phrase, ") AS ", alias.as_str()];
        if self.chance.percent(20) {
            fields.iter_mut().enumerate().for_each(|(n, field)| field.name = format!("y{n}"));
            let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
            phrase = phrase![phrase, format!(" ({})", names.join(", "))];
        }
        (phrase, simple_item(alias, fields))
    }

    /// A function in FROM; it may use what stands before it.
    fn function(&mut self) -> (Phrase, Item) {
        let alias = self.name("f");
        let (call, columns): (&str, &[Type]) = *self.chance.one(&[
            ("generate_series(1, {n})", [Type::Int].as_slice()),
            ("generate_series({i} % 5, {n})", &[Type::Int]),
            ("unnest({a})", &[Type::Text]),
            ("unnest({A})", &[Type::Int]),
            ("unnest({a}, {A})", &[Type::Text, Type::Int]),
            ("jsonb_each_text(jsonb_build_object('k', {t}, 'l', {i}))", &[Type::Text, Type::Text]),
            ("jsonb_array_elements_text(jsonb_build_array({t}, {x}))", &[Type::Text]),
            ("regexp_split_to_table({t}, {r})", &[Type::Text]),
            ("string_to_table({t}, '*')", &[Type::Text]),
            ("generate_series({d}, {d} + 2, '1 day')", &[Type::Stamp]),
            ("ROWS FROM (generate_series(1, {n}), unnest({a}))", &[Type::Int, Type::Text]),
        ]);
        let call = self.fill(call, 1);
        let mut fields: Vec<Field> =
            columns.iter().enumerate().map(|(n, ty)| Field { name: format!("z{n}"), ty: *ty }).collect();
        let mut ordinality = "";
        if self.chance.percent(25) {
            ordinality = " WITH ORDINALITY";
            fields.push(Field { name: "place".into(), ty: Type::Big });
        }
        let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
        let lateral = if self.chance.percent(30) { "LATERAL " } else { "" };
        let phrase = phrase![lateral, call, ordinality, format!(" AS {alias}({})", names.join(", "))];
        (phrase, simple_item(alias, fields))
    }

    fn values_item(&mut self) -> (Phrase, Item) {
        let alias = self.name("v");
        let columns: Vec<Type> = (0..self.chance.between(1, 3)).map(|_| self.any_type()).collect();
        let fields: Vec<Field> =
            columns.iter().enumerate().map(|(n, ty)| Field { name: format!("v{n}"), ty: *ty }).collect();
        let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
        let rows = self.rows(&columns);
        (phrase!["(", rows, format!(") AS {alias} ({})", names.join(", "))], simple_item(alias, fields))
    }

    /// VALUES with rows of constants.
    pub fn rows(&mut self, columns: &[Type]) -> Phrase {
        let count = self.chance.between(1, 3);
        let row = |writer: &mut Self| {
            let cells = columns.iter().map(|ty| writer.literal(*ty, false)).collect();
            phrase!["(", Phrase::list(cells, ", "), ")"]
        };
        let rows = (0..count).map(|_| row(self)).collect();
        Phrase::List { before: "VALUES ", items: rows, between: ", ", after: "", least: 1 }
    }

    /// One more item, joined to those before it.
    fn join(&mut self) -> Phrase {
        let word = *self.chance.one(&[
            " JOIN ",
            " JOIN ",
            " LEFT JOIN ",
            " LEFT OUTER JOIN ",
            " INNER JOIN ",
            " RIGHT JOIN ",
            " FULL JOIN ",
        ]);
        let full = [" RIGHT JOIN ", " FULL JOIN "].contains(&word);
        self.here().shut = full;
        let (phrase, item) = self.item(false);
        self.here().shut = false;
        if let Some(shared) = self.shared(&item).filter(|_| self.chance.percent(20)) {
            return self.join_by_name(word.trim_end_matches("JOIN "), phrase, item, &shared);
        }
        let pair = self.pair(&item);
        self.here().items.push(item);
        let Some(pair) = pair else { return phrase![" CROSS JOIN ", phrase].maybe() };
        if full || word.contains("LEFT") {
            self.here().items.iter_mut().for_each(|item| item.lockable = false);
        }
        let mut conditions = vec![Phrase::Text(pair)];
        if word != " FULL JOIN " && self.chance.percent(25) {
            conditions.push(self.condition(1));
        }
        phrase![word, phrase, Phrase::List { before: " ON ", items: conditions, between: " AND ", after: "", least: 1 }]
            .maybe()
    }

    fn join_by_name(&mut self, kind: &'static str, phrase: Phrase, item: Item, shared: &[String]) -> Phrase {
        let natural = item.whole && self.here().items.iter().all(|item| item.whole);
        self.here().items.push(item);
        self.here().items.iter_mut().for_each(|item| item.lockable = false);
        if natural && self.chance.percent(40) {
            return phrase![" NATURAL", kind, "JOIN ", phrase].maybe();
        }
        let names = self.chance.some(shared, 1, 2);
        phrase![kind, "JOIN ", phrase, format!(" USING ({})", names.join(", "))].maybe()
    }

    /// Names that this item shares with exactly one before it, all of the same types.
    fn shared(&self, item: &Item) -> Option<Vec<String>> {
        let before = &self.levels.last()?.items;
        let mut names = Vec::new();
        for field in &item.fields {
            let alike: Vec<&Field> =
                before.iter().flat_map(|one| &one.fields).filter(|one| one.name == field.name).collect();
            match alike.as_slice() {
                [] => {}
                [one] if one.ty == field.ty => names.push(field.name.clone()),
                _ => return None,
            }
        }
        (!names.is_empty()).then_some(names)
    }

    /// An equality of a column before and one of this item, a key and what refers to it if there is such a pair.
    fn pair(&mut self, item: &Item) -> Option<String> {
        let before = &self.levels.last()?.items;
        let mut good = Vec::new();
        let mut all = Vec::new();
        for one in before {
            for left in &one.fields {
                for right in item.fields.iter().filter(|right| right.ty == left.ty) {
                    let text = format!("{}.{} = {}.{}", one.alias, left.name, item.alias, right.name);
                    let refers = |key: &str, other: &str| key == "id" && other.ends_with("_id");
                    if refers(&left.name, &right.name) || refers(&right.name, &left.name) || left.name == right.name {
                        good.push(text.clone());
                    }
                    if [Type::Int, Type::Text, Type::Date].contains(&left.ty) {
                        all.push(text);
                    }
                }
            }
        }
        if !good.is_empty() && self.chance.percent(80) {
            return Some(self.chance.one(&good).clone());
        }
        (!all.is_empty()).then(|| self.chance.one(&all).clone())
    }
}

fn simple_item(alias: String, fields: Vec<Field>) -> Item {
    Item { alias, fields, key: None, primary: false, whole: true, lockable: false, bare: false }
}

impl Level {
    /// Items that may be grouped by their primary keys.
    pub fn primaries(&self) -> Vec<Item> {
        let fit = self.items.iter().filter(|item| item.primary && item.key.is_some());
        if matches!(self.grouping, Grouping::None) { fit.cloned().collect() } else { Vec::new() }
    }
}
