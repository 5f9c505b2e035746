//! A condition over the rows of a table, as written in `rows.toml`: PostgreSQL's grammar reads it, and what is left is a
//! small language of comparisons, a few functions, and subqueries over named tables. Names are resolved when a bundle is
//! bound to a database.

use crate::grammar::tags::{A_Expr_Kind, BoolExprType, BoolTestType, JoinType, NullTestType, SubLinkType};
use crate::grammar::{self, ConstValue, Node, NodeList, nodes, tags};

/// What a bundle writes for the name of the principal: `login = menshen.principal`.
pub(super) const PRINCIPAL: [&str; 2] = ["menshen", "principal"];

/// Deeper nesting than this is not followed.
const MAX_DEPTH: usize = 60;

/// An expression, and the byte of the condition's text where it stands.
#[derive(Clone, PartialEq, Debug)]
pub struct Expression {
    pub at: usize,
    pub kind: Kind,
}

/// What an expression is.
#[derive(Clone, PartialEq, Debug)]
pub enum Kind {
    /// A column, perhaps of a named item of a subquery's FROM.
    Column {
        of: Option<String>,
        name: String,
    },
    /// The name of whoever asks.
    Principal,
    /// CURRENT_USER, the database user.
    CurrentUser,
    Null,
    Boolean(bool),
    /// Digits, perhaps with a point.
    Number(String),
    Text(String),
    Cast(Box<Expression>, TypeName),
    /// `left operator right`; without a left side: a prefix operator.
    Operation {
        left: Option<Box<Expression>>,
        operator: String,
        right: Box<Expression>,
    },
    /// `left operator ANY (right)`, or ALL.
    Each {
        left: Box<Expression>,
        operator: String,
        right: Box<Expression>,
        all: bool,
    },
    Call {
        schema: Option<String>,
        name: String,
        arguments: Vec<Expression>,
    },
    Coalesce(Vec<Expression>),
    Case {
        branches: Vec<(Expression, Expression)>,
        otherwise: Option<Box<Expression>>,
    },
    All(Vec<Expression>),
    Any(Vec<Expression>),
    Not(Box<Expression>),
    /// `IS NULL`, `IS NOT TRUE`, …: what stands behind the operand.
    Is(Box<Expression>, &'static str),
    Array(Vec<Expression>),
    Exists(Box<Query>),
    /// `left IN (SELECT …)`.
    Among(Box<Expression>, Box<Query>),
    /// A subquery that gives one value.
    Value(Box<Query>),
}

/// A type by its name; no modifier.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TypeName {
    pub schema: Option<String>,
    pub name: String,
    pub array: bool,
}

/// `SELECT output FROM sources WHERE condition`.
#[derive(Clone, PartialEq, Debug)]
pub struct Query {
    /// None for `EXISTS (SELECT …)`.
    pub output: Option<Expression>,
    pub sources: Vec<Item>,
    pub condition: Option<Expression>,
}

/// A table of a subquery's FROM.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Item {
    pub at: usize,
    pub schema: String,
    pub name: String,
    pub alias: Option<String>,
}

/// What is wrong with a condition, where, and what to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wrong {
    pub at: usize,
    pub message: String,
    pub help: Option<String>,
}

impl Wrong {
    pub fn new(at: usize, message: impl Into<String>) -> Self {
        Self { at, message: message.into(), help: None }
    }

    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

type Step<T> = Result<T, Wrong>;

/// What the condition's text stands behind when it is parsed; a comment at its end must not swallow what follows.
const BEFORE: &str = "SELECT (";
const AFTER: &str = "\n)";

/// Reads a condition.
///
/// # Errors
/// Where the grammar refuses it, and for whatever is not part of the language.
pub fn parse(text: &str) -> Step<Expression> {
    let whole = format!("{BEFORE}{text}{AFTER}");
    let inside = |position: usize| position.saturating_sub(BEFORE.len()).min(text.len());
    let tree = grammar::parse(&whole).map_err(|error| {
        let at = inside(error.position.unwrap_or(0));
        if text.trim().is_empty() { Wrong::new(0, "the condition is empty") } else { Wrong::new(at, error.message) }
    })?;
    let one = || Wrong::new(0, "this is not one condition").help("write a single boolean expression");
    let mut statements = tree.statements();
    let (Some(statement), None) = (statements.next(), statements.next()) else { return Err(one()) };
    let Node::SelectStmt(select) = statement.stmt() else { return Err(one()) };
    let mut targets = select.target_list().iter();
    let (Some(target), None) = (targets.next(), targets.next()) else { return Err(one()) };
    if !plain(select) || !select.from_clause().is_empty() || present(select.where_clause()) || target.name().is_some() {
        return Err(one());
    }
    let mut reader = Reader { depth: 0, at: 0, inside: &inside };
    reader.expression(target.val())
}

/// Whether a SELECT has targets, FROM and WHERE only.
fn plain(select: &nodes::SelectStmt) -> bool {
    let lists = [select.distinct_clause(), select.group_clause(), select.window_clause(), select.values_lists()];
    lists.iter().all(|list| list.is_empty())
        && select.op == tags::SetOperation::SETOP_NONE
        && select.sort_clause().is_empty()
        && select.locking_clause().is_empty()
        && select.into_clause().is_none()
        && select.with_clause().is_none()
        && ![select.having_clause(), select.limit_offset(), select.limit_count()].into_iter().any(present)
}

fn present(node: Node<'_>) -> bool {
    !matches!(node, Node::None)
}

fn strings(list: &NodeList) -> Option<Vec<&str>> {
    list.iter().map(|node| node.as_str()).collect()
}

/// Reads the grammar's tree.
struct Reader<'f> {
    depth: usize,
    /// The last place that was known.
    at: usize,
    inside: &'f dyn Fn(usize) -> usize,
}

impl Reader<'_> {
    fn place(&mut self, location: i32) -> usize {
        if let Ok(position) = usize::try_from(location) {
            self.at = (self.inside)(position);
        }
        self.at
    }

    fn wrong<T>(&self, what: &str) -> Step<T> {
        Err(Wrong::new(self.at, format!("{what} cannot stand in a condition of rows.toml")))
    }

    fn expression(&mut self, node: Node<'_>) -> Step<Expression> {
        if self.depth >= MAX_DEPTH {
            return self.wrong("something nested so deep");
        }
        self.depth += 1;
        let kind = self.kind(node);
        self.depth -= 1;
        let (at, kind) = kind?;
        Ok(Expression { at, kind })
    }

    fn boxed(&mut self, node: Node<'_>) -> Step<Box<Expression>> {
        self.expression(node).map(Box::new)
    }

    fn list(&mut self, list: &NodeList) -> Step<Vec<Expression>> {
        list.iter().map(|node| self.expression(node)).collect()
    }

    fn kind(&mut self, node: Node<'_>) -> Step<(usize, Kind)> {
        let kind = match node {
            Node::ColumnRef(column) => return self.column(column),
            Node::A_Const(constant) => {
                let at = self.place(constant.location);
                return Ok((at, self.constant(constant)?));
            }
            Node::TypeCast(cast) => {
                let at = self.place(cast.location);
                return Ok((at, Kind::Cast(self.boxed(cast.arg())?, self.type_name(cast.type_name())?)));
            }
            Node::SQLValueFunction(it) => {
                let at = self.place(it.location);
                return Ok((at, self.value_function(it)?));
            }
            Node::A_Expr(it) => {
                let at = self.place(it.location);
                return Ok((at, self.operation(it)?));
            }
            Node::BoolExpr(it) => {
                let at = self.place(it.location);
                let mut parts = self.list(it.args())?;
                let kind = match it.boolop {
                    BoolExprType::AND_EXPR => Kind::All(parts),
                    BoolExprType::OR_EXPR => Kind::Any(parts),
                    _ => match parts.pop() {
                        Some(inner) => Kind::Not(Box::new(inner)),
                        None => return self.wrong("this"),
                    },
                };
                return Ok((at, kind));
            }
            Node::NullTest(it) => {
                let word = if it.nulltesttype == NullTestType::IS_NULL { "IS NULL" } else { "IS NOT NULL" };
                Kind::Is(self.boxed(it.arg())?, word)
            }
            Node::BooleanTest(it) => Kind::Is(self.boxed(it.arg())?, boolean_test(it.booltesttype)),
            Node::CoalesceExpr(it) => Kind::Coalesce(self.list(it.args())?),
            Node::CaseExpr(it) if !present(it.arg()) => self.case(it)?,
            Node::CaseExpr(it) => {
                self.place(it.location);
                return Err(Wrong::new(self.at, "CASE with an operand cannot stand in a condition of rows.toml")
                    .help("write CASE WHEN x = … THEN …"));
            }
            Node::A_ArrayExpr(it) => {
                self.place(it.location);
                Kind::Array(self.list(it.elements())?)
            }
            Node::FuncCall(it) => {
                let at = self.place(it.location);
                return Ok((at, self.call(it)?));
            }
            Node::SubLink(it) => {
                let at = self.place(it.location);
                return Ok((at, self.sublink(it)?));
            }
            Node::ParamRef(it) => {
                self.place(it.location);
                return Err(Wrong::new(self.at, "a parameter cannot stand in a condition of rows.toml")
                    .help("`menshen.principal` is the name of whoever asks"));
            }
            _ => return self.wrong("this kind of expression"),
        };
        Ok((self.at, kind))
    }

    fn column(&mut self, column: &nodes::ColumnRef) -> Step<(usize, Kind)> {
        let at = self.place(column.location);
        let kind = match strings(column.fields()).as_deref() {
            Some([first, second]) if [*first, *second] == PRINCIPAL => Kind::Principal,
            Some([name]) => Kind::Column { of: None, name: (*name).to_owned() },
            Some([of, name]) => Kind::Column { of: Some((*of).to_owned()), name: (*name).to_owned() },
            _ => return self.wrong("a star, or a column name of more than two parts,"),
        };
        Ok((at, kind))
    }

    fn constant(&self, constant: &nodes::A_Const) -> Step<Kind> {
        Ok(match constant.val() {
            None => Kind::Null,
            Some(ConstValue::Integer(number)) => Kind::Number(number.to_string()),
            Some(ConstValue::Float(number)) => {
                if !number.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-')) {
                    return self.wrong("a number in this spelling");
                }
                Kind::Number(number.to_owned())
            }
            Some(ConstValue::Boolean(value)) => Kind::Boolean(value),
            Some(ConstValue::String(text)) => Kind::Text(text.to_owned()),
            Some(_) => return self.wrong("this constant"),
        })
    }

    fn value_function(&self, it: &nodes::SQLValueFunction) -> Step<Kind> {
        use tags::SQLValueFunctionOp as Op;
        let now = |what: &str| Wrong::new(self.at, format!("{what} depends on the TimeZone of the client"));
        match it.op {
            Op::SVFOP_CURRENT_USER | Op::SVFOP_CURRENT_ROLE | Op::SVFOP_USER | Op::SVFOP_SESSION_USER => {
                Ok(Kind::CurrentUser)
            }
            Op::SVFOP_CURRENT_TIMESTAMP => Ok(Kind::Call { schema: None, name: "now".into(), arguments: Vec::new() }),
            Op::SVFOP_CURRENT_DATE => {
                Err(now("CURRENT_DATE").help("write CAST(now() AT TIME ZONE 'Asia/Shanghai' AS date)"))
            }
            Op::SVFOP_LOCALTIMESTAMP => Err(now("LOCALTIMESTAMP").help("write now() AT TIME ZONE 'Asia/Shanghai'")),
            _ => self.wrong("this function"),
        }
    }

    fn operation(&mut self, it: &nodes::A_Expr) -> Step<Kind> {
        let at = self.at;
        let name = || match strings(it.name()).as_deref() {
            Some([name] | ["pg_catalog", name]) => Ok((*name).to_owned()),
            _ => Err(Wrong::new(at, "an operator of another schema cannot stand in a condition of rows.toml")),
        };
        let one = |operator: &str, left: &Expression, right: Expression| Expression {
            at,
            kind: Kind::Operation {
                left: Some(Box::new(left.clone())),
                operator: operator.to_owned(),
                right: Box::new(right),
            },
        };
        match it.kind {
            A_Expr_Kind::AEXPR_OP | A_Expr_Kind::AEXPR_LIKE | A_Expr_Kind::AEXPR_ILIKE => {
                let left = if present(it.lexpr()) { Some(self.boxed(it.lexpr())?) } else { None };
                Ok(Kind::Operation { left, operator: name()?, right: self.boxed(it.rexpr())? })
            }
            A_Expr_Kind::AEXPR_OP_ANY | A_Expr_Kind::AEXPR_OP_ALL => Ok(Kind::Each {
                left: self.boxed(it.lexpr())?,
                operator: name()?,
                right: self.boxed(it.rexpr())?,
                all: it.kind == A_Expr_Kind::AEXPR_OP_ALL,
            }),
            // `x IN (a, b)` is `x = a OR x = b`, and NOT IN has `<>` for its name
            A_Expr_Kind::AEXPR_IN => {
                let left = self.expression(it.lexpr())?;
                let Node::NodeList(list) = it.rexpr() else { return self.wrong("this IN") };
                let each = self.list(list)?.into_iter().map(|right| one("=", &left, right)).collect();
                let any = Kind::Any(each);
                Ok(if name()? == "<>" { Kind::Not(Box::new(Expression { at, kind: any })) } else { any })
            }
            A_Expr_Kind::AEXPR_BETWEEN | A_Expr_Kind::AEXPR_NOT_BETWEEN => {
                let left = self.expression(it.lexpr())?;
                let Node::NodeList(list) = it.rexpr() else { return self.wrong("this BETWEEN") };
                let Ok([low, high]) = <[Expression; 2]>::try_from(self.list(list)?) else {
                    return self.wrong("this BETWEEN");
                };
                let both = Kind::All(vec![one(">=", &left, low), one("<=", &left, high)]);
                let not = it.kind == A_Expr_Kind::AEXPR_NOT_BETWEEN;
                Ok(if not { Kind::Not(Box::new(Expression { at, kind: both })) } else { both })
            }
            A_Expr_Kind::AEXPR_DISTINCT | A_Expr_Kind::AEXPR_NOT_DISTINCT | A_Expr_Kind::AEXPR_NULLIF => {
                Err(Wrong::new(at, "IS DISTINCT FROM and NULLIF cannot stand in a condition of rows.toml")
                    .help("the operator that they look up cannot be pinned; write it with = and IS NULL"))
            }
            _ => self.wrong("this kind of operator"),
        }
    }

    fn case(&mut self, it: &nodes::CaseExpr) -> Step<Kind> {
        self.place(it.location);
        let mut branches = Vec::new();
        for when in it.args() {
            let Node::CaseWhen(when) = when else { return self.wrong("this CASE") };
            branches.push((self.expression(when.expr())?, self.expression(when.result())?));
        }
        let otherwise = if present(it.defresult()) { Some(self.boxed(it.defresult())?) } else { None };
        Ok(Kind::Case { branches, otherwise })
    }

    fn call(&mut self, it: &nodes::FuncCall) -> Step<Kind> {
        let plain = it.agg_order().is_empty()
            && !present(it.agg_filter())
            && it.over().is_none()
            && !it.agg_within_group
            && !it.agg_star
            && !it.agg_distinct
            && !it.func_variadic;
        if !plain || it.args().iter().any(|argument| matches!(argument, Node::NamedArgExpr(_))) {
            return self.wrong("an aggregate, a window function, or a call with names");
        }
        let (schema, name) = match strings(it.funcname()).as_deref() {
            Some([name]) => (None, (*name).to_owned()),
            Some([schema, name]) => (Some((*schema).to_owned()), (*name).to_owned()),
            _ => return self.wrong("this function name"),
        };
        Ok(Kind::Call { schema, name, arguments: self.list(it.args())? })
    }

    fn type_name(&mut self, ty: Option<&nodes::TypeName>) -> Step<TypeName> {
        let Some(ty) = ty.filter(|ty| !ty.setof && !ty.pct_type) else { return self.wrong("this type") };
        // the grammar gives INTERVAL and CHAR modifiers of their own
        if !ty.typmods().is_empty() {
            return self.wrong("a type with a modifier");
        }
        let parts: Option<Vec<&str>> = ty.names().iter().map(|name| name.sval()).collect();
        let (schema, name) = match parts.as_deref() {
            Some([name]) => (None, (*name).to_owned()),
            Some([schema, name]) => (Some((*schema).to_owned()), (*name).to_owned()),
            _ => return self.wrong("this type"),
        };
        Ok(TypeName { schema, name, array: !ty.array_bounds().is_empty() })
    }

    fn sublink(&mut self, it: &nodes::SubLink) -> Step<Kind> {
        let Node::SelectStmt(select) = it.subselect() else { return self.wrong("this subquery") };
        match it.sub_link_type {
            SubLinkType::EXISTS_SUBLINK => Ok(Kind::Exists(Box::new(self.query(select, false)?))),
            SubLinkType::EXPR_SUBLINK => Ok(Kind::Value(Box::new(self.query(select, true)?))),
            SubLinkType::ANY_SUBLINK if it.oper_name().is_empty() => {
                let left = self.boxed(it.testexpr())?;
                Ok(Kind::Among(left, Box::new(self.query(select, true)?)))
            }
            _ => self.wrong("this kind of subquery"),
        }
    }

    fn query(&mut self, select: &nodes::SelectStmt, value: bool) -> Step<Query> {
        if !plain(select) {
            return self.wrong("a subquery with more than SELECT, FROM and WHERE");
        }
        let mut query = Query { output: None, sources: Vec::new(), condition: None };
        let mut conditions = Vec::new();
        for item in select.from_clause() {
            self.source(item, &mut query, &mut conditions)?;
        }
        if query.sources.is_empty() {
            return self.wrong("a subquery without FROM");
        }
        if present(select.where_clause()) {
            conditions.push(self.expression(select.where_clause())?);
        }
        if value {
            let mut targets = select.target_list().iter();
            let (Some(target), None) = (targets.next(), targets.next()) else {
                return self.wrong("a subquery with another number of columns than one");
            };
            query.output = Some(self.expression(target.val())?);
        }
        query.condition = match conditions.len() {
            0 | 1 => conditions.pop(),
            _ => Some(Expression { at: self.at, kind: Kind::All(conditions) }),
        };
        Ok(query)
    }

    /// A table, or an inner join of tables.
    fn source(&mut self, node: Node<'_>, query: &mut Query, conditions: &mut Vec<Expression>) -> Step<()> {
        match node {
            Node::RangeVar(range) => {
                let at = self.place(range.location);
                let name = range.relname().unwrap_or_default().to_owned();
                let (Some(schema), None) = (range.schemaname(), range.catalogname()) else {
                    return Err(
                        Wrong::new(at, format!("`{name}` is not qualified")).help(format!("write schema.{name}"))
                    );
                };
                let alias = range.alias();
                if !range.inh || alias.is_some_and(|alias| !alias.colnames().is_empty()) {
                    return self.wrong("ONLY, or an alias with columns,");
                }
                let alias = alias.and_then(|alias| alias.aliasname()).map(str::to_owned);
                if alias.as_deref() == Some(PRINCIPAL[0]) {
                    return self.wrong("an alias of this name");
                }
                query.sources.push(Item { at, schema: schema.to_owned(), name, alias });
                Ok(())
            }
            Node::JoinExpr(join) if self.depth < MAX_DEPTH => {
                if join.jointype != JoinType::JOIN_INNER
                    || join.is_natural
                    || !join.using_clause().is_empty()
                    || join.alias().is_some()
                {
                    return self.wrong("a join other than JOIN … ON");
                }
                self.depth += 1;
                self.source(join.larg(), query, conditions)?;
                self.source(join.rarg(), query, conditions)?;
                self.depth -= 1;
                if present(join.quals()) {
                    conditions.push(self.expression(join.quals())?);
                }
                Ok(())
            }
            _ => self.wrong("this kind of FROM item"),
        }
    }
}

fn boolean_test(test: BoolTestType::Type) -> &'static str {
    match test {
        BoolTestType::IS_TRUE => "IS TRUE",
        BoolTestType::IS_NOT_TRUE => "IS NOT TRUE",
        BoolTestType::IS_FALSE => "IS FALSE",
        BoolTestType::IS_NOT_FALSE => "IS NOT FALSE",
        BoolTestType::IS_UNKNOWN => "IS UNKNOWN",
        _ => "IS NOT UNKNOWN",
    }
}
