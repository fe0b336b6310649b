//! A server for the operation of a document: it answers what the document allows with what the document declares.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::net::Ipv4Addr;
use std::pin::Pin;
use std::sync::{Arc, mpsc};
use std::task::{Context, Poll};
use std::thread;

use bytes::Bytes;
use futures_core::Stream;
use http::{Request, Response};
use http_body_util::combinators::BoxBody;
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use serde_json::{Value, json};
use sse_stream::{BodyError, Sse, SseBody};
use tokio::net::TcpListener;

use crate::document::Operation;
use crate::judge::judge;

/// What passed between a client and the server.
#[derive(Debug)]
pub(crate) struct Seen {
    /// What the server read of the request, or why the document does not allow it.
    pub(crate) request: Result<Value, String>,
    /// The values that it sent.
    pub(crate) sent: Vec<Value>,
}

/// Serves a client, and returns what it returns and what the server saw of each request.
pub(crate) fn serve<T>(
    operation: Operation,
    client: impl FnOnce(&str) -> T,
) -> Result<(T, Vec<Seen>), String> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)));
    let listener = listener.map_err(|error| error.to_string())?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    let (tell, told) = mpsc::channel();
    // It ends with the program.
    thread::spawn(move || runtime.block_on(accept(listener, Arc::new(operation), tell)));
    let returned = client(&format!("http://{address}"));
    Ok((returned, told.try_iter().collect()))
}

async fn accept(listener: TcpListener, operation: Arc<Operation>, tell: mpsc::Sender<Seen>) {
    while let Ok((stream, _)) = listener.accept().await {
        let (operation, tell) = (Arc::clone(&operation), tell.clone());
        let service = service_fn(move |request| {
            let (operation, tell) = (Arc::clone(&operation), tell.clone());
            async move { Ok::<_, Infallible>(answer(&operation, request, &tell).await) }
        });
        let connection = hyper::server::conn::http1::Builder::new();
        let connection = connection.serve_connection(TokioIo::new(stream), service);
        // A client may hang up first.
        tokio::spawn(async move { connection.await.is_ok() });
    }
}

type Body = BoxBody<Bytes, BodyError>;

async fn answer(
    operation: &Operation,
    request: Request<Incoming>,
    tell: &mpsc::Sender<Seen>,
) -> Response<Body> {
    let (head, body) = request.into_parts();
    let accept = head.headers.get("accept").and_then(|it| it.to_str().ok()).map(str::to_owned);
    let request = match body.collect().await {
        Ok(body) => judge(operation, Request::from_parts(head, body.to_bytes())).await,
        Err(error) => Err(error.to_string()),
    };
    let success = operation.success();
    let (response, sent) = match (&request, success) {
        (Ok(_), Some((status, media_types))) => {
            respond(operation, status, &media_types, accept.as_deref().unwrap_or("*/*"))
        }
        (Err(why), _) => (whole(400, "text/plain", why.clone()), Vec::new()),
        (_, None) => (whole(500, "text/plain", "no success".to_owned()), Vec::new()),
    };
    // Nobody listens after the client is done.
    let _ = tell.send(Seen { request, sent });
    response
}

/// Responds in the declared media type that the request names first.
fn respond(
    operation: &Operation,
    status: u16,
    media_types: &[(&str, &Value)],
    accept: &str,
) -> (Response<Body>, Vec<Value>) {
    let accepted = accept.split(',').map(|it| it.split(';').next().unwrap_or_default().trim());
    let mut chosen = accepted.filter_map(|it| {
        media_types.iter().find(|(name, _)| it == "*/*" || name.eq_ignore_ascii_case(it))
    });
    match (chosen.next(), media_types) {
        (Some(("text/event-stream", schema)), _) => {
            let sent = operation.samples(schema);
            let events = sent.iter().enumerate().map(|(n, it)| event(n, it)).collect();
            let body = SseBody::new(Events(events)).boxed();
            (with(status, Some("text/event-stream"), body), sent)
        }
        (Some((media_type, schema)), _) => {
            let sent = operation.samples(schema).swap_remove(0);
            (whole(status, media_type, sent.to_string()), vec![sent])
        }
        (None, []) => (with(status, None, empty()), Vec::new()),
        (None, _) => (whole(406, "text/plain", format!("no media type of `{accept}`")), Vec::new()),
    }
}

/// An event whose data has several lines, with what else an event can have.
fn event(n: usize, value: &Value) -> Sse {
    let data = serde_json::to_string_pretty(value).unwrap_or_default();
    let event = Sse::default().data(data);
    match n % 3 {
        0 => event.id(format!("id {n}")).retry(2000),
        1 => event.event("chunk"),
        _ => event,
    }
}

/// What a client reads of the events of these values: the id stays until another comes.
pub(crate) fn as_read(sent: &[Value]) -> Vec<Value> {
    let mut id = String::new();
    let mut acc = Vec::new();
    for (n, value) in sent.iter().enumerate() {
        let event = event(n, value);
        id = event.id.unwrap_or(id);
        let name = event.event.unwrap_or_else(|| "message".to_owned());
        acc.push(json!({"event": name, "id": id, "data": value}));
    }
    acc
}

struct Events(VecDeque<Sse>);

impl Stream for Events {
    type Item = Result<Sse, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front().map(Ok))
    }
}

fn empty() -> Body {
    Full::default().map_err(|never: Infallible| match never {}).boxed()
}

fn whole(status: u16, media_type: &str, text: String) -> Response<Body> {
    let body = Full::new(Bytes::from(text)).map_err(|never| match never {}).boxed();
    with(status, Some(media_type), body)
}

fn with(status: u16, media_type: Option<&str>, body: Body) -> Response<Body> {
    let mut response = Response::builder().status(status);
    if let Some(media_type) = media_type {
        response = response.header("Content-Type", media_type);
    }
    response.body(body).unwrap_or_else(|error| unreachable!("status and media type: {error}"))
}
