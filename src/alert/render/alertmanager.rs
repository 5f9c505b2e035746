//! Alertmanager: `POST /api/v2/alerts` (prometheus/alertmanager, api/v2/openapi.yaml).

use serde_json::{Map, Value, json};

use crate::alert::incident::Incident;
use crate::alert::route::Occasion;
use crate::alert::time::rfc3339;
use crate::model::disclosure::Severity;

use super::text::Text;
use super::{Request, Secrets};

/// How long an alert without further news is active: reminders renew it long before.
const ACTIVE: u64 = 24 * 3600 * 1000;

/// The request. What names an incident and its severity are labels; what may change is in annotations.
///
/// `console`: the admin interface, as a link for people; `now`: milliseconds since 1970.
#[must_use]
pub fn request(
    url: &str,
    secrets: &Secrets,
    incident: &Incident,
    occasion: Occasion,
    text: &Text,
    console: &str,
    now: u64,
) -> Request {
    let ends = match (incident.ended, occasion) {
        (Some(ended), _) => ended.min(now),
        (None, Occasion::Test) => now + 60_000,
        (None, _) => now + ACTIVE,
    };
    let annotations = json!({
        "summary": text.title,
        "description": text.plain(),
        "response": incident.response.as_str(),
        "persons": incident.persons.to_string(),
        "command": incident.command(),
        "occasion": occasion.as_str(),
    });
    let alert = |severity: Severity, ends: u64| {
        json!({
            "startsAt": rfc3339(incident.started),
            "endsAt": rfc3339(ends.max(incident.started)),
            "labels": labels(incident, severity),
            "annotations": annotations,
            "generatorURL": format!("{}/incidents/{}", console.trim_end_matches('/'), incident.id),
        })
    };
    // another severity is another alert: the milder ones end when it gets worse
    let over = match occasion {
        Occasion::Worse | Occasion::Ended => &[Severity::Notice, Severity::Warning][..],
        _ => &[],
    };
    let mut alerts = vec![alert(incident.severity, ends)];
    alerts.extend(over.iter().filter(|milder| **milder < incident.severity).map(|milder| alert(*milder, now)));
    Request {
        url: format!("{url}/api/v2/alerts"),
        headers: super::webhook::bearer(secrets),
        body: Value::from(alerts).to_string(),
    }
}

/// What names the alert, and is matched by Alertmanager's routes.
fn labels(incident: &Incident, severity: Severity) -> Map<String, Value> {
    let mut labels = Map::from_iter([
        ("alertname".to_owned(), Value::from(format!("menshen_{}", incident.rule))),
        ("incident".to_owned(), incident.id.as_str().into()),
        ("severity".to_owned(), severity.as_str().into()),
        ("user".to_owned(), incident.user.as_str().into()),
        ("service".to_owned(), "menshen".into()),
    ]);
    if let Some(person) = &incident.end_user {
        labels.insert("end_user".to_owned(), person.as_str().into());
    }
    labels
}

/// Whether the service took it.
///
/// # Errors
/// What it said.
pub fn accepted(status: u16, body: &str) -> Result<(), String> {
    super::webhook::accepted(status, body)
}
