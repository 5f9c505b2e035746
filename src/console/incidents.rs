//! What administrators ask about incidents, and say of them.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Extension, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;

use crate::alert::incident::Incident;
use crate::audit::order::Ordered;
use crate::server::shared::Shared;

use super::admin::Administrator;

/// What somebody says of an incident.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remark {
    #[serde(default)]
    note: String,
}

/// All incidents, the latest first.
pub async fn list(State(shared): State<Arc<Shared>>) -> Response {
    Json(json!({ "incidents": shared.desk.list() })).into_response()
}

/// One incident, by its id or the beginning of it.
pub async fn show(State(shared): State<Arc<Shared>>, Path(id): Path<String>) -> Response {
    found(&id, shared.desk.get(&id))
}

/// Somebody sees to it.
pub async fn acknowledge(
    State(shared): State<Arc<Shared>>,
    Extension(who): Extension<Administrator>,
    Path(id): Path<String>,
    remark: Result<Json<Remark>, JsonRejection>,
) -> Response {
    settle(&shared, "acknowledge", &who, &id, remark, |note| shared.desk.acknowledge(&id, &who.0, note)).await
}

/// It has been seen to.
pub async fn close(
    State(shared): State<Arc<Shared>>,
    Extension(who): Extension<Administrator>,
    Path(id): Path<String>,
    remark: Result<Json<Remark>, JsonRejection>,
) -> Response {
    settle(&shared, "close", &who, &id, remark, |note| shared.desk.close(&id, &who.0, note)).await
}

/// Sends a test through a channel, and says what became of it.
pub async fn test(State(shared): State<Arc<Shared>>, Path(channel): Path<String>) -> Response {
    match shared.desk.test(&channel).await {
        Some(Ok(())) => Json(json!({ "delivered": true, "channel": channel })).into_response(),
        Some(Err(error)) => failed(StatusCode::BAD_GATEWAY, &error),
        None => failed(StatusCode::NOT_FOUND, &format!("alerts.toml has no channel `{channel}`")),
    }
}

/// Does what somebody says of an incident, and writes it down by that word before it is answered.
async fn settle(
    shared: &Shared,
    word: &'static str,
    who: &Administrator,
    id: &str,
    remark: Result<Json<Remark>, JsonRejection>,
    work: impl FnOnce(&str) -> Option<Incident>,
) -> Response {
    match remark {
        Ok(Json(remark)) => {
            let incident = work(&remark.note);
            tracing::info!(order = word, incident = %id, by = %who.0, "an incident was settled");
            let about = incident.as_ref().map_or(id, |incident| &*incident.id);
            let failed = incident.is_none().then_some("there is no such incident");
            let (by, reason) = (who.0.as_str(), remark.note.as_str());
            let ordered = Ordered { by, order: word, about: Some(about), reason, failed, ..Ordered::default() };
            if let Some(waiting) = shared.ordered(&ordered) {
                waiting.await;
            }
            found(id, incident)
        }
        Err(error) => failed(error.status(), &error.body_text()),
    }
}

fn found(id: &str, incident: Option<Incident>) -> Response {
    match incident {
        Some(incident) => Json(incident).into_response(),
        None => {
            failed(StatusCode::NOT_FOUND, &format!("there is no incident, or more than one, that begins with `{id}`"))
        }
    }
}

/// Why not, as JSON.
pub(super) fn failed(status: StatusCode, why: &str) -> Response {
    (status, Json(json!({ "error": why }))).into_response()
}
