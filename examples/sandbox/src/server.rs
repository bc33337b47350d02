//! Sockets, start and stop.

use std::convert::Infallible;
use std::fmt;
use std::net::{SocketAddr, TcpListener as StdListener};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};
use tokio::sync::oneshot;

use crate::app::App;
use crate::config::Config;
use crate::error::StartError;
use crate::gate::Reached;
use crate::reply::Hangup;
use crate::router::router;

/// How long open requests may take to finish once the server is told to stop.
const GRACE: Duration = Duration::from_secs(2);
const HEADER_TIMEOUT: Duration = Duration::from_secs(30);
/// After a failed `accept` (no file descriptors left): long enough not to spin, short enough not to notice.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// A running server. It stops when this is dropped.
pub struct Sandbox {
    url: String,
    control_token: String,
    stop: Option<oneshot::Sender<Infallible>>,
    thread: Option<JoinHandle<()>>,
}

/// Starts a server on its own threads; it answers from the moment this returns.
///
/// ```
/// # use enrollkit_sandbox::{Config, start};
/// let sandbox = start(Config::default())?;
/// # Ok::<(), enrollkit_sandbox::StartError>(())
/// ```
pub fn start(config: Config) -> Result<Sandbox, StartError> {
    config.check()?;
    let wanted = SocketAddr::new(config.bind, config.port);
    let bound = StdListener::bind(wanted).and_then(|listener| {
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        Ok((listener, address))
    });
    let (listener, address) = bound.map_err(|error| StartError::Bind(wanted, error))?;
    let app = Arc::new(App::new(config, address)?);
    let (url, control_token) = (app.url.clone(), app.control_token.clone());

    let system = |error: std::io::Error| StartError::System(error.to_string());
    let runtime = Builder::new_multi_thread().worker_threads(2).enable_all().build().map_err(system)?;
    let (stop, stopped) = oneshot::channel();
    let thread = thread::Builder::new()
        .name("enrollkit-sandbox".to_owned())
        .spawn(move || run(&app, listener, stopped, runtime))
        .map_err(system)?;
    Ok(Sandbox { url, control_token, stop: Some(stop), thread: Some(thread) })
}

impl Sandbox {
    /// `http://127.0.0.1:PORT`, without a slash at the end.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Goes into `Authorization: Bearer …` of every `/control` request. Another one at every start.
    #[must_use]
    pub fn control_token(&self) -> &str {
        &self.control_token
    }

    /// Stops listening, lets open requests finish for up to two seconds, and waits for it all.
    pub fn stop(self) {
        drop(self);
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // The server stops when this end of the channel is gone.
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Without the token.
impl fmt::Debug for Sandbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sandbox").field("url", &self.url).finish_non_exhaustive()
    }
}

/// The server thread's whole life.
fn run(app: &Arc<App>, listener: StdListener, stopped: oneshot::Receiver<Infallible>, runtime: Runtime) {
    runtime.block_on(async {
        match TcpListener::from_std(listener) {
            Ok(listener) => accept(app, listener, stopped).await,
            Err(error) => app.log.line(app.clock.now_ms(), &format!("cannot listen: {error}")),
        }
    });
    // Callbacks that are still being retried are given up.
    runtime.shutdown_background();
}

async fn accept(app: &Arc<App>, listener: TcpListener, mut stopped: oneshot::Receiver<Infallible>) {
    let router = router(app);
    let open = GracefulShutdown::new();
    loop {
        tokio::select! {
            _ = &mut stopped => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => connect(stream, router.clone(), &open),
                Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
            },
        }
    }
    drop(listener);
    let _ = tokio::time::timeout(GRACE, open.shutdown()).await;
}

/// Drives one connection by hand, so that it can be closed without an answer.
fn connect(stream: TcpStream, router: Router, open: &GracefulShutdown) {
    let Ok(reached) = stream.local_addr() else { return };
    let _ = stream.set_nodelay(true);
    let router = TowerToHyperService::new(router);
    let service = service_fn(move |request| answer(router.clone(), reached, request));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIMEOUT)
        .serve_connection(TokioIo::new(stream), service);
    let connection = open.watch(connection);
    tokio::spawn(async move {
        // A client that goes away, or one that we hang up on, is no news.
        let _ = connection.await;
    });
}

#[derive(Debug)]
struct HungUp;

impl fmt::Display for HungUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("closed without an answer, as ordered")
    }
}

impl std::error::Error for HungUp {}

async fn answer(
    router: TowerToHyperService<Router>,
    reached: SocketAddr,
    mut request: Request<Incoming>,
) -> Result<Response<Body>, HungUp> {
    request.extensions_mut().insert(Reached(reached));
    // On a task of its own: a client that gives up does not undo what the service is doing.
    let Ok(Ok(response)) = tokio::spawn(async move { router.call(request).await }).await else {
        return Err(HungUp);
    };
    // hyper closes the connection when a service fails, and writes nothing.
    if response.extensions().get::<Hangup>().is_some() { Err(HungUp) } else { Ok(response) }
}
