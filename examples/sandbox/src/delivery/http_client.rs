//! One POST over plain HTTP. Redirects are never followed: they would carry the signature away.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Request, Uri, header};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

/// Documented: an answer is wanted within 35 s.
const TIMEOUT: Duration = Duration::from_secs(35);

/// The answer's status, or nothing when there was none.
pub(crate) async fn post(url: &Uri, headers: &HeaderMap, body: String) -> Option<u16> {
    tokio::time::timeout(TIMEOUT, exchange(url, headers, body)).await.ok().flatten()
}

async fn exchange(url: &Uri, headers: &HeaderMap, body: String) -> Option<u16> {
    let stream = connect(url).await?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.ok()?;
    let driver = tokio::spawn(connection);
    let target = url.path_and_query().map_or("/", |path| path.as_str());
    let mut request = Request::post(target).body(Body::from(body)).ok()?;
    *request.headers_mut() = headers.clone();
    let host = HeaderValue::from_str(url.authority()?.as_str()).ok()?;
    request.headers_mut().insert(header::HOST, host);
    request.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
    request.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    let response = sender.send_request(request).await.ok();
    driver.abort();
    response.map(|response| response.status().as_u16())
}

/// `localhost` means this machine here, whatever a name server says.
async fn connect(url: &Uri) -> Option<TcpStream> {
    let port = url.port_u16().unwrap_or(80);
    let host = url.host()?.trim_start_matches('[').trim_end_matches(']');
    if host == "localhost" {
        let local = [IpAddr::V4(Ipv4Addr::LOCALHOST), IpAddr::V6(Ipv6Addr::LOCALHOST)];
        return TcpStream::connect(local.map(|ip| SocketAddr::new(ip, port)).as_slice()).await.ok();
    }
    TcpStream::connect((host, port)).await.ok()
}
