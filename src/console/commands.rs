//! Orders of administrators: quarantine, release, lock-down. Each needs a reason, which is kept with it.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::audit::order::Ordered;
use crate::policy::alerts::duration;
use crate::server::shared::Shared;
use crate::server::shutdown;

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
    let quarantine = |orders: &dyn Orders, command: &Command, wanted: &Wanted| {
        let order = orders.quarantine(who(command)?, wanted).map_err(refused)?;
        Ok((order.until, json!({ "order": order })))
    };
    carry_out(&shared, "quarantine", &by, asked, quarantine).await
}

/// Lifts somebody's quarantine.
pub async fn release(
    State(shared): State<Arc<Shared>>,
    Extension(by): Extension<Administrator>,
    asked: Asked,
) -> Response {
    let release = |orders: &dyn Orders, command: &Command, wanted: &Wanted| {
        let who = who(command)?;
        orders.release(who, wanted).map_err(refused)?;
        Ok((None, json!({ "released": who })))
    };
    carry_out(&shared, "release", &by, asked, release).await
}

/// Restricts everybody to masks, or ends that.
pub async fn lockdown(
    State(shared): State<Arc<Shared>>,
    Extension(by): Extension<Administrator>,
    asked: Asked,
) -> Response {
    let end = asked.as_ref().is_ok_and(|asked| asked.end);
    let lockdown = |orders: &dyn Orders, _: &Command, wanted: &Wanted| {
        if end {
            orders.end_lockdown(wanted).map_err(refused)?;
            return Ok((None, json!({ "lockdown": false })));
        }
        let order = orders.lockdown(wanted).map_err(refused)?;
        Ok((order.until, json!({ "order": order })))
    };
    carry_out(&shared, if end { "end-lockdown" } else { "lockdown" }, &by, asked, lockdown).await
}

/// Why the bundle is read again.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reload {
    #[serde(default)]
    reason: String,
}

/// Reads the bundle again, and everything else that SIGHUP does.
pub async fn reload(
    State(shared): State<Arc<Shared>>,
    Extension(by): Extension<Administrator>,
    asked: Result<Json<Reload>, JsonRejection>,
) -> Response {
    let reason = match asked {
        Ok(Json(asked)) => asked.reason.trim().chars().take(REASON).collect::<String>(),
        Err(error) => return failed(error.status(), &error.body_text()),
    };
    let known = shared.clone();
    // a bundle takes a while to compile
    let reloaded = tokio::task::spawn_blocking(move || shutdown::reload(&shared, &by.0, &reason)).await;
    match reloaded.unwrap_or_else(|_| Err("the reload ended by itself".to_owned())) {
        Ok(()) => {
            let (policy, epoch) = known.epochs.policy_in_force();
            Json(json!({ "policy": policy, "policy_epoch": epoch })).into_response()
        }
        Err(why) => failed(StatusCode::UNPROCESSABLE_ENTITY, &why),
    }
}

/// Carries an order out, which says until when it lasts, and writes it down before it is answered.
async fn carry_out(
    shared: &Shared,
    name: &'static str,
    by: &Administrator,
    asked: Asked,
    work: impl FnOnce(&dyn Orders, &Command, &Wanted) -> Result<(Option<u64>, Value), Refusal>,
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
        tracing::warn!(order = name, who, by = %by.0, reason = %wanted.reason, "an order was given");
    }
    let ordered = Ordered {
        by: &by.0,
        order: name,
        about: command.who.as_deref(),
        reason: &wanted.reason,
        until: done.as_ref().ok().and_then(|(until, _)| *until),
        failed: done.as_ref().err().map(|(_, why)| why.as_str()),
        policy: None,
    };
    if let Some(waiting) = shared.ordered(&ordered) {
        waiting.await;
    }
    match done {
        Ok((_, answer)) => Json(answer).into_response(),
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
