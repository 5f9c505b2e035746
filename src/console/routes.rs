//! The table of routes: path, permission, handler.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::header;
use axum::middleware::from_fn_with_state;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, get, post};
use tokio::net::{TcpListener, UnixListener};

use crate::server::shared::Shared;

use super::admin::{self, Door, Peer};
use super::{commands, health, incidents, port};

/// Bytes of a request.
const BODY: usize = 64 << 10;

/// Who may use a route.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Permission {
    /// Everybody who reaches the port: nothing personal and nothing that changes anything.
    Anybody,
    /// Whoever has the token, or the right user at the other end of the socket.
    Administrator,
}

/// One route. There is no other way to serve a path, so none is without a permission.
#[derive(Debug)]
pub struct Route {
    pub path: &'static str,
    pub permission: Permission,
    handler: fn() -> MethodRouter<Arc<Shared>>,
}

const fn open(path: &'static str, handler: fn() -> MethodRouter<Arc<Shared>>) -> Route {
    Route { path, permission: Permission::Anybody, handler }
}

const fn guarded(path: &'static str, handler: fn() -> MethodRouter<Arc<Shared>>) -> Route {
    Route { path, permission: Permission::Administrator, handler }
}

/// Every route.
pub const ROUTES: &[Route] = &[
    open("/metrics", || get(metrics)),
    open("/healthz", || get(health::alive)),
    open("/readyz", || get(health::ready)),
    guarded("/incidents", || get(incidents::list)),
    guarded("/incidents/{id}", || get(incidents::show)),
    guarded("/incidents/{id}/ack", || post(incidents::acknowledge)),
    guarded("/incidents/{id}/close", || post(incidents::close)),
    guarded("/alerts/{channel}/test", || post(incidents::test)),
    guarded("/orders", || get(commands::list)),
    guarded("/quarantine", || post(commands::quarantine)),
    guarded("/release", || post(commands::release)),
    guarded("/lockdown", || post(commands::lockdown)),
    guarded("/reload", || post(commands::reload)),
];

/// Takes the admin address.
///
/// # Errors
/// When it cannot be listened on.
pub async fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    TcpListener::bind(address).await
}

/// Serves the admin port for as long as the process lives.
pub async fn serve(listener: TcpListener, shared: Arc<Shared>, door: Door) {
    port::serve(listener, router(shared.clone(), door), shared).await;
}

/// Serves the administrators' socket for as long as the process lives.
pub async fn serve_socket(listener: UnixListener, shared: Arc<Shared>, door: Door) {
    let service = router(shared, door).into_make_service_with_connect_info::<Peer>();
    if let Err(error) = axum::serve(listener, service).await {
        tracing::error!(%error, "the admin socket failed");
    }
}

fn router(shared: Arc<Shared>, door: Door) -> Router {
    let of = |permission: Permission| {
        let routes = ROUTES.iter().filter(|route| route.permission == permission);
        routes.fold(Router::new(), |router, route| router.route(route.path, (route.handler)()))
    };
    let administrators = of(Permission::Administrator).route_layer(from_fn_with_state(Arc::new(door), admin::guard));
    of(Permission::Anybody).merge(administrators).layer(DefaultBodyLimit::max(BODY)).with_state(shared)
}

async fn metrics(State(shared): State<Arc<Shared>>) -> Response {
    if let Some(audit) = &shared.audit {
        shared.metrics.audit(audit.written.counts(), audit.waiting());
    }
    shared.alert_metrics();
    shared.store_metrics();
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], shared.metrics.render()).into_response()
}
