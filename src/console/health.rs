//! Whether the process lives, and whether it can serve.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::server::shared::Shared;

/// The process answers.
pub async fn alive() -> &'static str {
    "ok\n"
}

/// Clients can be served: the server is reachable, a bundle is in force, and the process is not about to end.
pub async fn ready(State(shared): State<Arc<Shared>>) -> Response {
    let upstream = shared.connector.reachable().await;
    let draining = shared.drain.is_cancelled();
    let ready = upstream.is_ok() && !draining;
    let status = if ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let body = json!({
        "ready": ready,
        "upstream": upstream.map_or_else(|error| error.to_string(), |()| "reachable".to_owned()),
        // the process does not start without one
        "policy_epoch": shared.epochs.policy_epoch(),
        "draining": draining,
    });
    (status, Json(body)).into_response()
}
