//! The built site on a free port, at `/` and under `/some/path/`.

use std::env;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use axum::extract::{Request, State};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::{Router, serve};
use tokio::net::TcpListener;
use tower_http::services::ServeDir;

/// Where the site stands a second time, to show that it works anywhere.
pub const SUB_PATH: &str = "/some/path/";

/// A running server. It ends with the runtime that it was started in.
pub struct Site {
    /// Its address, without a slash at the end.
    pub address: String,
    requests: Requests,
}

type Requests = Arc<Mutex<Vec<String>>>;

impl Site {
    pub async fn serve() -> Self {
        let requests = Requests::default();
        let files = ServeDir::new(folder());
        let router = Router::new()
            .nest_service(SUB_PATH, files.clone())
            .fallback_service(files)
            .layer(middleware::from_fn_with_state(requests.clone(), record));
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let address = listener.local_addr().expect("a bound socket has an address");
        tokio::spawn(serve(listener, router).into_future());
        Self {
            address: format!("http://{address}"),
            requests,
        }
    }

    /// Everything that was asked for so far, with path and query.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().expect("no handler panics").clone()
    }
}

async fn record(State(requests): State<Requests>, request: Request, next: Next) -> Response {
    requests
        .lock()
        .expect("no handler panics")
        .push(request.uri().to_string());
    next.run(request).await
}

/// The folder of the built site.
pub fn folder() -> PathBuf {
    let folder = env::var_os("EXCHANGE_PORTS_SITE").map(PathBuf::from);
    let is_built = |folder: &PathBuf| Path::new(folder).join("index.html").is_file();
    folder
        .filter(is_built)
        .expect("EXCHANGE_PORTS_SITE names no built site; run `make test`, which builds it")
}
