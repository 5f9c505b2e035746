//! What the generator builds: a tree of phrases that knows which of its parts may go, so that a counterexample can be
//! shrunk without knowing SQL.

use super::types::Type;

/// What a part is, as far as putting another in its place goes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Sort {
    /// An expression of that type.
    Value(Type),
    /// A query with such output columns.
    Query(Vec<Type>),
    /// A FROM item or a join of some.
    From,
}

/// A piece of a statement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Phrase {
    Text(String),
    Sequence(Vec<Phrase>),
    /// May be replaced by `leaf`, or by a part of the same sort inside it.
    Part {
        sort: Sort,
        body: Box<Phrase>,
        leaf: Option<String>,
    },
    /// Items may go while `least` are left; without items, nothing of it is written.
    List {
        before: &'static str,
        items: Vec<Phrase>,
        between: &'static str,
        after: &'static str,
        least: usize,
    },
    /// May go.
    Maybe(Box<Phrase>),
    Literal(Literal),
    /// What is entered into a protected column: the value itself, and its mask where M is asked.
    Sided {
        entered: Box<Phrase>,
        masked: Box<Phrase>,
    },
}

/// Which database a text is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    True,
    Masked,
}

/// A constant.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Literal {
    pub ty: Type,
    /// Its value as text, unquoted; `None`: NULL.
    pub value: Option<String>,
    /// May be sent as a parameter where there are parameters.
    pub parameter: bool,
    /// What stands beside it says its type.
    pub bare: bool,
}

/// Values of parameters, as text.
pub type Parameters = Vec<(Type, Option<String>)>;

impl Phrase {
    pub fn list(items: Vec<Phrase>, between: &'static str) -> Self {
        Self::List { before: "", items, between, after: "", least: 1 }
    }

    /// A clause of items that is not written without any.
    pub fn clause(before: &'static str, items: Vec<Phrase>, between: &'static str) -> Self {
        Self::List { before, items, between, after: "", least: 0 }
    }

    pub fn maybe(self) -> Self {
        Self::Maybe(Box::new(self))
    }

    pub fn value(self, ty: Type) -> Self {
        Self::Part { sort: Sort::Value(ty), body: Box::new(self), leaf: Some(ty.leaf().into()) }
    }

    pub fn query(self, columns: Vec<Type>) -> Self {
        Self::Part { sort: Sort::Query(columns), body: Box::new(self), leaf: None }
    }

    pub fn item(self) -> Self {
        Self::Part { sort: Sort::From, body: Box::new(self), leaf: None }
    }

    /// The same with no literal that may become a parameter.
    pub fn fixed(self) -> Self {
        let fix = |items: Vec<Self>| items.into_iter().map(Self::fixed).collect();
        match self {
            Self::Literal(literal) => Self::Literal(Literal { parameter: false, ..literal }),
            Self::Sequence(items) => Self::Sequence(fix(items)),
            Self::Part { sort, body, leaf } => Self::Part { sort, body: Box::new(body.fixed()), leaf },
            Self::List { before, items, between, after, least } => {
                Self::List { before, items: fix(items), between, after, least }
            }
            Self::Maybe(inner) => Self::Maybe(Box::new(inner.fixed())),
            Self::Sided { entered, masked } => {
                Self::Sided { entered: Box::new(entered.fixed()), masked: Box::new(masked.fixed()) }
            }
            text => text,
        }
    }

    /// The text, literals in place.
    pub fn text(&self) -> String {
        self.text_for(Side::True)
    }

    /// The same for one side.
    pub fn text_for(&self, side: Side) -> String {
        let mut out = String::new();
        self.write(side, &mut out, &mut None);
        out
    }

    /// The text, with parameters for the literals that may be.
    pub fn with_parameters(&self, side: Side) -> (String, Parameters) {
        let mut out = String::new();
        let mut parameters = Some(Vec::new());
        self.write(side, &mut out, &mut parameters);
        (out, parameters.unwrap_or_default())
    }

    fn write(&self, side: Side, out: &mut String, parameters: &mut Option<Parameters>) {
        match self {
            Self::Text(text) => out.push_str(text),
            Self::Sequence(items) => items.iter().for_each(|item| item.write(side, out, parameters)),
            Self::Part { body, .. } => body.write(side, out, parameters),
            Self::List { items, .. } if items.is_empty() => {}
            Self::List { before, items, between, after, .. } => {
                out.push_str(before);
                for (n, item) in items.iter().enumerate() {
                    if n > 0 {
                        out.push_str(between);
                    }
                    item.write(side, out, parameters);
                }
                out.push_str(after);
            }
            Self::Maybe(inner) => inner.write(side, out, parameters),
            Self::Sided { entered, .. } if side == Side::True => entered.write(side, out, parameters),
            Self::Sided { masked, .. } => masked.write(side, out, parameters),
            Self::Literal(literal) => literal.write(out, parameters),
        }
    }
}

impl Literal {
    fn write(&self, out: &mut String, parameters: &mut Option<Parameters>) {
        match parameters {
            Some(parameters) if self.parameter => {
                parameters.push((self.ty, self.value.clone()));
                out.push_str(&format!("${}", parameters.len()));
                if !self.bare {
                    out.push_str(&format!("::{}", self.ty.sql()));
                }
            }
            _ => match &self.value {
                Some(value) => out.push_str(&self.ty.literal(value, self.bare)),
                None => out.push_str("NULL"),
            },
        }
    }
}

impl From<&str> for Phrase {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

impl From<String> for Phrase {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// Phrases one after the other: `phrase!["left(", value, ", 3)"]`.
macro_rules! phrase {
    ($($piece:expr),* $(,)?) => {
        $crate::oracle::generate::phrase::Phrase::Sequence(vec![$($piece.into()),*])
    };
}
pub(super) use phrase;

#[test]
fn a_list_without_items_writes_nothing_and_parameters_are_numbered() {
    let literal = |value: &str, parameter| {
        Phrase::Literal(Literal { ty: Type::Int, value: Some(value.into()), parameter, bare: false })
    };
    let empty = Phrase::clause(" WHERE ", vec![], " AND ");
    let all = phrase!["f(", literal("1", true), ", ", literal("2", false), ", ", literal("3", true), ")", empty];
    assert_eq!(all.text(), "f(1, 2, 3)");
    let (text, parameters) = all.with_parameters(Side::True);
    assert_eq!(text, "f($1::int4, 2, $2::int4)");
    assert_eq!(parameters, [(Type::Int, Some("1".into())), (Type::Int, Some("3".into()))]);
}
