//! `menshen policy explain`: what somebody reads, by which rules.

use std::net::IpAddr;
use std::process::ExitCode;

use anyhow::anyhow;
use serde_json::{Value, json};

use crate::model::category::Category;
use crate::model::principal::Principal;
use crate::policy::{Decision, Policy, matrix};

use super::policy::Bundle;
use super::problems::print;
use super::{Format, INVALID};

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
    /// The address it connects from.
    #[arg(long)]
    from: Option<IpAddr>,
    /// The application_name that it claims.
    #[arg(long)]
    application_name: Option<String>,
    /// The purpose it acts for; by default all that it has.
    #[arg(long)]
    purpose: Option<String>,
}

/// Prints the explanation.
///
/// # Errors
/// Names that the bundle does not know.
pub fn run(arguments: &Arguments, format: Format) -> anyhow::Result<ExitCode> {
    let Ok((policy, _)) = arguments.bundle.policy(format) else { return Ok(ExitCode::from(INVALID)) };
    let principal = principal(arguments, &policy)?;
    let rights = rights(&policy, &principal);
    print(&match format {
        Format::Human => format!("{}{}", who(&principal), table(&rights)),
        Format::Json => {
            let categories: serde_json::Map<_, _> =
                rights.iter().map(|(category, decision)| (category.to_string(), cell(decision))).collect();
            format!("{}\n", json!({ "principal": who_json(&principal), "categories": categories }))
        }
    })?;
    Ok(ExitCode::SUCCESS)
}

fn principal(arguments: &Arguments, policy: &Policy) -> anyhow::Result<Principal> {
    let user = arguments.user.as_str();
    let principal = match &arguments.application {
        None => policy.principal(user, arguments.from, arguments.application_name.as_deref()),
        Some(name) => {
            policy.principal_of(user, name).ok_or_else(|| anyhow!("identity.toml has no application `{name}`"))?
        }
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
        "database user  {}\napplication    {}\npurposes       {}\nroles          {}\n\n",
        principal.database_user,
        principal.application.as_deref().unwrap_or("none"),
        list(&principal.purposes),
        list(&principal.roles),
    )
}

fn who_json(principal: &Principal) -> Value {
    let list = |names: &[std::sync::Arc<str>]| names.iter().map(|name| Value::from(&**name)).collect::<Vec<_>>();
    json!({
        "database_user": &*principal.database_user,
        "application": principal.application.as_deref(),
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
    super::problems::aligned(&rows)
}
