//! The table of routes: path, permission, handler.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get};
use tokio::net::TcpListener;

use crate::server::shared::Shared;

use super::health;

/// Who may use a route.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Permission {
    /// Everybody who reaches the port: nothing personal and nothing that changes anything.
    Anybody,
}

/// One route. There is no other way to serve a path, so none is without a permission.
#[derive(Debug)]
pub struct Route {
    pub path: &'static str,
    pub permission: Permission,
    handler: fn() -> MethodRouter<Arc<Shared>>,
}

/// Every route.
pub const ROUTES: &[Route] = &[
    Route { path: "/metrics", permission: Permission::Anybody, handler: || get(metrics) },
    Route { path: "/healthz", permission: Permission::Anybody, handler: || get(health::alive) },
    Route { path: "/readyz", permission: Permission::Anybody, handler: || get(health::ready) },
];

/// Takes the admin address.
///
/// # Errors
/// When it cannot be listened on.
pub async fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    TcpListener::bind(address).await
}

/// Serves the admin port for as long as the process lives.
pub async fn serve(listener: TcpListener, shared: Arc<Shared>) {
    let router = ROUTES.iter().fold(Router::new(), |router, route| match route.permission {
        Permission::Anybody => router.route(route.path, (route.handler)()),
    });
    if let Err(error) = axum::serve(listener, router.with_state(shared)).await {
        tracing::error!(%error, "the admin port failed");
    }
}

async fn metrics(State(shared): State<Arc<Shared>>) -> Response {
    if let Some(audit) = &shared.audit {
        shared.metrics.audit(audit.written.counts(), audit.waiting());
    }
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], shared.metrics.render()).into_response()
}
