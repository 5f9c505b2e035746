//! Orders of administrators: quarantine, release, lock-down. Each needs a reason, which is kept with it.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::policy::alerts::duration;
use crate::server::shared::Shared;

use super::admin::Administrator;
use super::incidents::failed;
use super::orders::{OrderError, Orders, Wanted};

/// Characters of a reason.
const REASON: usize = 1000;

/// What is ordered.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Command {
    /// A database user or an end user.
    who: Option<String>,
    /// Such as `12h`; absent: until it is lifted.
    #[serde(rename = "for")]
    duration: Option<String>,
    reason: String,
    /// Lifts a lock-down.
    #[serde(default)]
    end: bool,
}

type Asked = Result<Json<Command>, JsonRejection>;

/// The orders in force.
pub async fn list(State(shared): State<Arc<Shared>>) -> Response {
    match shared.orders.get() {
        Some(orders) => Json(json!({ "orders": orders.list() })).into_response(),
        None => nobody(),
    }
}

/// Refuses somebody's statements on protected tables.
pub async fn quarantine(
    State(shared): State<Arc<Shared>>,
    Extension(by): Extension<Administrator>,
    asked: Asked,
) -> Response {
    carry_out(&shared, "quarantine", &by, asked, |orders, command, wanted| {
        let order = orders.quarantine(who(command)?, wanted).map_err(refused)?;
        Ok(json!({ "order": order }))
    })
}

/// Lifts somebody's quarantine.
pub async fn release(
    State(shared): State<Arc<Shared>>,
    Extension(by): Extension<Administrator>,
    asked: Asked,
) -> Response {
    carry_out(&shared, "release", &by, asked, |orders, command, wanted| {
        let who = who(command)?;
        orders.release(who, wanted).map_err(refused)?;
        Ok(json!({ "released": who }))
    })
}

/// Restricts everybody to masks, or ends that.
pub async fn lockdown(
    State(shared): State<Arc<Shared>>,
    Extension(by): Extension<Administrator>,
    asked: Asked,
) -> Response {
    carry_out(&shared, "lockdown", &by, asked, |orders, command, wanted| {
        if command.end {
            orders.end_lockdown(wanted).map_err(refused)?;
            return Ok(json!({ "lockdown": false }));
        }
        let order = orders.lockdown(wanted).map_err(refused)?;
        Ok(json!({ "order": order }))
    })
}

fn carry_out(
    shared: &Shared,
    name: &'static str,
    by: &Administrator,
    asked: Asked,
    work: impl FnOnce(&dyn Orders, &Command, &Wanted) -> Result<Value, Refusal>,
) -> Response {
    let Some(orders) = shared.orders.get() else { return nobody() };
    let command = match asked {
        Ok(Json(command)) => command,
        Err(error) => return failed(error.status(), &error.body_text()),
    };
    let wanted = match wanted(&command, by) {
        Ok(wanted) => wanted,
        Err(why) => return failed(StatusCode::UNPROCESSABLE_ENTITY, why),
    };
    let done = work(&**orders, &command, &wanted);
    if done.is_ok() {
        let who = command.who.as_deref().unwrap_or("everybody");
        tracing::warn!(order = name, who, end = command.end, by = %by.0, reason = %wanted.reason, "an order was given");
    }
    match done {
        Ok(answer) => Json(answer).into_response(),
        Err((status, why)) => failed(status, &why),
    }
}

fn wanted(command: &Command, by: &Administrator) -> Result<Wanted, &'static str> {
    let reason = command.reason.trim();
    if reason.is_empty() {
        return Err("a reason is needed: it is kept with the order");
    }
    if reason.chars().count() > REASON {
        return Err("the reason is too long");
    }
    let time = match &command.duration {
        None => None,
        Some(text) => Some(duration(text).ok_or("`for` is no time such as `30min`, `12h`, `7d`")?),
    };
    Ok(Wanted { duration: time, reason: reason.to_owned(), by: by.0.clone() })
}

/// Why an order is not given.
type Refusal = (StatusCode, String);

fn who(command: &Command) -> Result<&str, Refusal> {
    let who = command.who.as_deref().map(str::trim).filter(|who| !who.is_empty());
    let missing = "`who` is needed: a database user or an end user";
    who.ok_or_else(|| (StatusCode::UNPROCESSABLE_ENTITY, missing.to_owned()))
}

fn refused(error: OrderError) -> Refusal {
    let status = match error {
        OrderError::Absent(_) => StatusCode::NOT_FOUND,
        OrderError::Failed(_) => StatusCode::SERVICE_UNAVAILABLE,
    };
    (status, error.to_string())
}

fn nobody() -> Response {
    failed(StatusCode::SERVICE_UNAVAILABLE, "nobody carries out orders here")
}
