//! The built site on a free port, at `/` and under `/some/path/`.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::{env, fs, thread};

use axum::extract::{Request, State};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::{Router, serve};
use tokio::net::TcpListener;
use tokio::runtime::{self, Runtime};
use tokio::sync::watch;
use tower_http::services::ServeDir;

/// Where the site stands a second time, to show that it works anywhere.
pub const SUB_PATH: &str = "/some/path/";

/// A running server.
pub struct Site {
    /// Its address, without a slash at the end.
    pub address: String,
    visits: Visits,
    /// A runtime of its own: when it ends, so does every connection.
    server: Option<Runtime>,
}

/// What was asked for, and what has to wait for its answer.
#[derive(Clone)]
struct Visits {
    requests: Arc<Mutex<Vec<String>>>,
    held: watch::Sender<Option<&'static str>>,
}

impl Site {
    pub async fn serve() -> Self {
        Self::serve_folder(&folder()).await
    }

    /// The same with the files of another folder.
    pub async fn serve_folder(folder: &Path) -> Self {
        let visits = Visits {
            requests: Arc::default(),
            held: watch::Sender::new(None),
        };
        let files = ServeDir::new(folder);
        let router = Router::new()
            .nest_service(SUB_PATH, files.clone())
            .fallback_service(files)
            .layer(middleware::from_fn_with_state(visits.clone(), visit));
        let server = runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime starts");
        let listen = async {
            let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
            let address = listener.local_addr().expect("a bound socket has an address");
            tokio::spawn(serve(listener, router).into_future());
            address
        };
        let address = server.spawn(listen).await.expect("the server starts");
        Self {
            address: format!("http://{address}"),
            visits,
            server: Some(server),
        }
    }

    /// Everything that was asked for so far, with path and query.
    pub fn requests(&self) -> Vec<String> {
        self.visits.requests.lock().expect("no handler panics").clone()
    }

    /// From now on, addresses with this part get no answer until they are let go.
    pub fn hold_back(&self, part: &'static str) {
        self.visits.held.send_replace(Some(part));
    }

    pub fn let_go(&self) {
        self.visits.held.send_replace(None);
    }

    /// Ends the server and every connection; nothing answers at its address any more.
    pub fn stop(&mut self) {
        if let Some(server) = self.server.take() {
            // Not here, because it blocks, which a runtime does not allow to its own threads.
            let ended = thread::spawn(move || drop(server)).join();
            assert!(ended.is_ok(), "the server ends");
        }
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        self.stop();
    }
}

async fn visit(State(visits): State<Visits>, request: Request, next: Next) -> Response {
    let path = request.uri().to_string();
    visits.requests.lock().expect("no handler panics").push(path.clone());
    let mut held = visits.held.subscribe();
    let let_go = held.wait_for(|held| held.is_none_or(|part| !path.contains(part))).await;
    // The sender is in the state, so it cannot be gone.
    drop(let_go);
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

/// Copies the built site, so that a test may change it.
pub fn copy_to(to: &Path) {
    copy(&folder(), to);
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).expect("the folder can be read") {
        let from = entry.expect("the folder can be read").path();
        let to = to.join(from.file_name().expect("an entry has a name"));
        if from.is_dir() {
            fs::create_dir(&to).expect("a new folder");
            copy(&from, &to);
        } else {
            fs::copy(from, to).expect("the file can be copied");
        }
    }
}
