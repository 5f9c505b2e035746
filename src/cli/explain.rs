//! `menshen policy explain`: what somebody reads, by which rules, and what becomes of a statement.

use std::net::IpAddr;
use std::process::ExitCode;

use anyhow::anyhow;
use serde_json::{Value, json};

use crate::catalog::search_path::SessionNames;
use crate::catalog::snapshot::Snapshot;
use crate::check::{Checked, check};
use crate::model::category::Category;
use crate::model::facts::{ColumnUse, Facts};
use crate::model::principal::Principal;
use crate::model::refusal::{Reason, Refusal};
use crate::policy::{Decision, Policy, matrix};
use crate::rights::bind;
use crate::rights::table::Rights;
use crate::sql::analyse::{Context, Outcome, analyse};

use super::policy::Bundle;
use super::problems::{aligned, print};
use super::{DENIED, Format, INVALID, database};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    bundle: Bundle,
    /// The database user.
    #[arg(long = "as", value_name = "USER")]
    user: String,
    /// The application of identity.toml that it comes through.
    #[arg(long, conflicts_with_all = ["from", "application_name"])]
    application: Option<String>,
    /// The person that the application asks for.
    #[arg(long, value_name = "NAME")]
    end_user: Option<String>,
    /// The address it connects from.
    #[arg(long)]
    from: Option<IpAddr>,
    /// The application_name that it claims.
    #[arg(long)]
    application_name: Option<String>,
    /// The purpose it acts for; by default all that it has.
    #[arg(long)]
    purpose: Option<String>,
    /// The database that the statement is for.
    #[arg(long, default_value = "postgres")]
    database: String,
    /// The session's search_path; by default what ALTER ROLE and ALTER DATABASE say.
    #[arg(long)]
    search_path: Option<String>,
    /// A statement: what would become of it.
    statement: Option<String>,
}

/// Prints the explanation.
///
/// # Errors
/// Names that the bundle does not know.
pub fn run(arguments: &Arguments, format: Format) -> anyhow::Result<ExitCode> {
    let Ok((policy, _)) = arguments.bundle.policy(format) else { return Ok(ExitCode::from(INVALID)) };
    let principal = principal(arguments, &policy)?;
    let rights = rights(&policy, &principal);
    let Some(statement) = &arguments.statement else {
        print(&match format {
            Format::Human => format!("{}\n{}", who(&principal), table(&rights)),
            Format::Json => format!("{}\n", json!({ "principal": who_json(&principal), "categories": map(&rights) })),
        })?;
        return Ok(ExitCode::SUCCESS);
    };
    let Ok(config) = arguments.bundle.config(format) else { return Ok(ExitCode::from(INVALID)) };
    let snapshot = database::snapshot(&config, &arguments.database)?;
    let path = arguments.search_path.as_deref();
    let names = database::names(&config, &arguments.database, &principal.database_user, path)?;
    let fate = Fate::of(statement, &bind::bind(&policy, &snapshot, &principal), &snapshot, &names);
    print(&match format {
        Format::Human => {
            format!("{}database       {}\n\n{}", who(&principal), arguments.database, fate.text(statement))
        }
        Format::Json => {
            let answer = json!({
                "principal": who_json(&principal), "database": arguments.database, "categories": map(&rights),
                "statement": fate.json(),
            });
            format!("{answer}\n")
        }
    })?;
    Ok(if fate.refusal.is_some() { ExitCode::from(DENIED) } else { ExitCode::SUCCESS })
}

/// What becomes of a statement.
struct Fate {
    /// Classified columns that it reads, each once.
    columns: Vec<ColumnUse>,
    /// Relations of which some rows are not there: the relation, the rules, the condition.
    filters: Vec<[String; 3]>,
    refusal: Option<Refusal>,
    /// What the server gets; `None` when that is the statement itself.
    rewritten: Option<String>,
    /// Everything is clear to this principal: nothing is analysed before it is sent.
    unrestricted: bool,
}

impl Fate {
    fn of(statement: &str, rights: &Rights, snapshot: &Snapshot, names: &SessionNames) -> Self {
        let unrestricted = rights.unrestricted() && rights.named_by().is_none();
        let plan = analyse(statement, &Context { snapshot, rights, names });
        let mut columns: Vec<ColumnUse> = Vec::new();
        for column in plan.statements.iter().flat_map(|facts| &facts.columns) {
            if !columns.iter().any(|known| known.column == column.column) {
                columns.push(column.clone());
            }
        }
        let mut filters: Vec<[String; 3]> = Vec::new();
        for relation in plan.statements.iter().flat_map(|facts| &facts.relations) {
            if let (Some(filter), Some(relation)) = (rights.filter(*relation), snapshot.relation(*relation)) {
                let rules: Vec<String> = filter.rules.iter().map(ToString::to_string).collect();
                let name = format!("{}.{}", relation.schema, relation.name);
                filters.push([name, rules.join(", "), filter.text.to_string()]);
            }
        }
        filters.sort();
        filters.dedup();
        let (rewritten, refusal) = match plan.outcome {
            _ if unrestricted => (None, None),
            Outcome::Refuse(refusal) => (None, Some(refusal)),
            Outcome::Relay => (None, proven(statement, &plan.statements, snapshot, rights, names).err()),
            Outcome::Rewritten { text, .. } => {
                let refusal = proven(&text, &plan.statements, snapshot, rights, names).err();
                (Some(rights.redacted(&text)), refusal)
            }
        };
        Self { columns, filters, refusal, rewritten, unrestricted }
    }

    fn text(&self, statement: &str) -> String {
        let mut rows = vec![["column", "category", "right", "rule"].map(str::to_owned)];
        for column in &self.columns {
            let right = column.right.as_str().to_owned();
            rows.push([column.name.to_string(), column.category.to_string(), right, column.rule.to_string()]);
        }
        let mut text = if self.columns.is_empty() { "no classified column\n".into() } else { aligned(&rows) };
        text.push('\n');
        if !self.filters.is_empty() {
            let head = ["rows of", "rule", "are there if"].map(str::to_owned);
            let rows: Vec<[String; 3]> = std::iter::once(head).chain(self.filters.iter().cloned()).collect();
            text.push_str(&format!("{}\n", aligned(&rows)));
        }
        match (&self.refusal, &self.rewritten) {
            (Some(refusal), None) => text.push_str(&refused(refusal)),
            (Some(refusal), Some(rewritten)) => {
                text.push_str(&format!("{}\nnot sent\n{rewritten}\n", refused(refusal)))
            }
            (None, Some(rewritten)) => text.push_str(&format!("rewritten\n{rewritten}\n")),
            (None, None) if self.unrestricted => text.push_str("relayed as it is: nothing is protected from it\n"),
            (None, None) => text.push_str(&format!("sent as it is\n{statement}\n")),
        }
        text
    }

    fn json(&self) -> Value {
        let columns: Vec<Value> = self
            .columns
            .iter()
            .map(|column| {
                json!({
                    "column": &*column.name, "category": column.category.to_string(),
                    "right": column.right.as_str(), "rule": column.rule.to_string(),
                })
            })
            .collect();
        let refusal = self.refusal.as_ref().map(|refusal| {
            json!({
                "reason": refusal.reason.as_str(), "sqlstate": refusal.reason.sqlstate(), "message": refusal.message,
                "detail": refusal.detail, "hint": refusal.hint,
            })
        });
        let decision = match (&self.refusal, &self.rewritten) {
            (Some(_), _) => "refused",
            (None, Some(_)) => "rewritten",
            (None, None) => "relayed",
        };
        let filters: Vec<Value> = self
            .filters
            .iter()
            .map(|[relation, rules, condition]| json!({ "relation": relation, "rules": rules, "condition": condition }))
            .collect();
        json!({ "decision": decision, "columns": columns, "filters": filters, "rewritten": self.rewritten, "refusal": refusal })
    }
}

/// What the checker says of a text that would be sent.
fn proven(
    text: &str,
    facts: &[Facts],
    snapshot: &Snapshot,
    rights: &Rights,
    names: &SessionNames,
) -> Result<Checked, Refusal> {
    check(text, facts, snapshot, rights, names).map_err(|contradiction| {
        Refusal::new(Reason::Contradiction, "the rewritten statement could not be proven safe")
            .detail(contradiction.what)
    })
}

fn refused(refusal: &Refusal) -> String {
    let mut text = format!("refused ({}, SQLSTATE {})\n", refusal.reason.as_str(), refusal.reason.sqlstate());
    text.push_str(&format!("  ERROR:  menshen: {}\n", refusal.message));
    for (word, said) in [("DETAIL", refusal.detail.as_deref()), ("HINT", refusal.hint.as_deref())] {
        if let Some(said) = said {
            text.push_str(&format!("  {word}:  {said}\n"));
        }
    }
    text
}

fn map(rights: &[(Category, Decision)]) -> Value {
    let each = rights.iter().map(|(category, decision)| (category.to_string(), cell(decision)));
    each.collect::<serde_json::Map<_, _>>().into()
}

fn principal(arguments: &Arguments, policy: &Policy) -> anyhow::Result<Principal> {
    let user = arguments.user.as_str();
    let principal = match &arguments.application {
        None => policy.principal(user, arguments.from, arguments.application_name.as_deref()),
        Some(name) => {
            policy.principal_of(user, name).ok_or_else(|| anyhow!("identity.toml has no application `{name}`"))?
        }
    };
    let principal = match &arguments.end_user {
        None => principal,
        Some(_) if policy.naming(&principal).is_none() => {
            return Err(anyhow!("nothing in identity.toml says how the application of `{user}` names an end user"));
        }
        Some(name) => policy.on_behalf(&principal, &name.as_str().into(), false),
    };
    match &arguments.purpose {
        None => Ok(principal),
        Some(purpose) => matrix::acting_for(principal, purpose)
            .ok_or_else(|| anyhow!("`{user}` does not act for `{purpose}` (see `purposes` in identity.toml)")),
    }
}

/// Every category and what is decided about it.
fn rights(policy: &Policy, principal: &Principal) -> Vec<(Category, Decision)> {
    let decisions = policy.decide(principal);
    let categories = policy.classification.categories.keys();
    categories.filter_map(|category| Some((category.clone(), decisions.of(category)?.clone()))).collect()
}

/// Who is asking, for people.
fn who(principal: &Principal) -> String {
    let list = |names: &[std::sync::Arc<str>]| match names {
        [] => "none".to_owned(),
        names => names.join(", "),
    };
    format!(
        "database user  {}\napplication    {}\nend user       {}\npurposes       {}\nroles          {}\n",
        principal.database_user,
        principal.application.as_deref().unwrap_or("none"),
        principal.end_user.as_ref().map_or("none", |person| &*person.name),
        list(&principal.purposes),
        list(&principal.roles),
    )
}

fn who_json(principal: &Principal) -> Value {
    let list = |names: &[std::sync::Arc<str>]| names.iter().map(|name| Value::from(&**name)).collect::<Vec<_>>();
    json!({
        "database_user": &*principal.database_user,
        "application": principal.application.as_deref(),
        "end_user": principal.end_user.as_ref().map(|person| &*person.name),
        "purposes": list(&principal.purposes),
        "roles": list(&principal.roles),
    })
}

fn cell(decision: &Decision) -> Value {
    json!({
        "right": decision.right.as_str(), "rule": decision.rule.to_string(), "mask": &*decision.mask.name,
    })
}

fn table(rights: &[(Category, Decision)]) -> String {
    let mut rows = vec![["category", "right", "rule", "mask"].map(str::to_owned)];
    for (category, decision) in rights {
        let masked = decision.right == crate::model::facts::Right::Masked;
        let mask = if masked { decision.mask.name.to_string() } else { String::new() };
        rows.push([category.to_string(), decision.right.as_str().to_owned(), decision.rule.to_string(), mask]);
    }
    aligned(&rows)
}
