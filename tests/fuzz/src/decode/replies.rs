//! Responses with any status, headers and body, into the readers of generated operations and of the token source.

use std::future::Future;
use std::task::{Context, Poll, Waker};
use std::time::SystemTime;

use serde_json::{Value, json};
use tamarack_goldens::golden::calls::v1::operations;
use tamarack_runtime::bytes::Bytes;
use tamarack_runtime::http::{HeaderName, HeaderValue, Response, StatusCode};
use tamarack_runtime::token::{ClientCredentials, EndpointError, TokenEndpoint, TokenSource};
use tamarack_runtime::{BoxFuture, Call, RawReply};

use crate::choices::Choices;
use crate::finding::{Finding, holds};
use crate::tables;

/// What no message may show.
const SECRET: &str = "s3cr3t-Of-The-Cl1ent-0123456789";

const STATUSES: &[u16] = &[
    100, 199, 200, 201, 202, 204, 207, 299, 301, 302, 304, 307, 400, 401, 403, 404, 408, 418, 425,
    429, 499, 500, 501, 503, 599, 600, 999,
];
const HEADERS: &[&str] = &[
    "retry-after",
    "date",
    "content-type",
    "www-authenticate",
    "location",
    "content-length",
    "x-a",
];
const HEADER_VALUES: &[&str] = &[
    "120",
    "-1",
    "99999999999999999999999999",
    "0x10",
    "1e3",
    "soon",
    "",
    "Sun, 06 Nov 1994 08:49:37 GMT",
    "Sunday, 06-Nov-94 08:49:37 GMT",
    "Sun Nov  6 08:49:37 1994",
    "Thu, 31 Feb 2400 25:61:61 GMT",
    "Fri, 31 Dec 9999 23:59:59 GMT",
    "application/json",
    "APPLICATION/JSON; charset=\"utf-8",
    ";",
    "text/plain;;;",
    "Bearer error=\"invalid_token\"",
    "Bearer error=\"",
    "Basic realm=\"a, Bearer error=invalid_token\"",
    ",,,",
    "Bearer realm=\"\\\"\", error=invalid_token",
    "//host:99999/",
    "https://[::1",
    "http://a@b:1/x",
    "\u{e4}\u{ff}",
];

fn headers(choices: &mut Choices<'_>) -> Value {
    let n = choices.below(4);
    let pair = |choices: &mut Choices<'_>| {
        let value = if choices.one_in(5) {
            tables::text(choices)
        } else {
            (*choices.pick(HEADER_VALUES)).to_owned()
        };
        json!([choices.pick(HEADERS), value])
    };
    (0..n).map(|_| pair(choices)).collect()
}

/// Makes a response to an operation.
pub(super) fn make(choices: &mut Choices<'_>) -> Value {
    let body = match choices.below(4) {
        0 => tables::text(choices),
        1 => tables::value(choices).to_string(),
        2 => json!([{ "id": 1, "name": tables::text(choices) }]).to_string(),
        _ => json!({ "id": 1, "message": tables::value(choices), "text": "a" }).to_string(),
    };
    json!({ "decoder": "reply", "status": choices.pick(STATUSES), "headers": headers(choices), "body": body })
}

/// Makes a response to a request for a token; often the secret is echoed.
pub(super) fn make_token(choices: &mut Choices<'_>) -> Value {
    let echo = |choices: &mut Choices<'_>| match choices.below(3) {
        0 => json!(format!("you sent {SECRET}")),
        1 => json!(format!("x{}{SECRET}", tables::text(choices))),
        _ => tables::value(choices),
    };
    let mut body = json!({});
    for (name, usual) in [
        ("access_token", json!("2YotnFZFEjr1zCsicMWpAA")),
        ("token_type", json!("Bearer")),
        ("expires_in", json!(3600)),
        ("scope", json!("a b")),
        ("error", json!("invalid_client")),
        ("error_description", json!("no")),
    ] {
        match choices.below(5) {
            0 => body[name] = echo(choices),
            1 => {}
            _ => body[name] = usual,
        }
    }
    let body = if choices.one_in(4) { echo(choices).to_string() } else { body.to_string() };
    json!({ "decoder": "token", "status": choices.pick(STATUSES), "headers": headers(choices), "body": body })
}

/// Returns the response; none where no server could send it.
fn response(input: &Value) -> Option<Response<Bytes>> {
    let status = input["status"].as_u64().and_then(|it| u16::try_from(it).ok())?;
    let mut acc = Response::new(Bytes::from(input["body"].as_str().unwrap_or_default().to_owned()));
    *acc.status_mut() = StatusCode::from_u16(status).ok()?;
    for pair in input["headers"].as_array().into_iter().flatten() {
        let (Some(name), Some(value)) = (pair[0].as_str(), pair[1].as_str()) else { continue };
        let name = HeaderName::from_bytes(name.as_bytes());
        let value = HeaderValue::from_bytes(value.as_bytes());
        if let (Ok(name), Ok(value)) = (name, value) {
            acc.headers_mut().append(name, value);
        }
    }
    Some(acc)
}

/// Reads the response in every way there is.
pub(super) fn run(input: &Value) -> Result<(), Finding> {
    let Some(response) = response(input) else { return Ok(()) };
    let raw = RawReply::new(response);
    let _ = (raw.retry_after(), raw.retry_after_at(SystemTime::UNIX_EPOCH), raw.content_type());
    let shown = format!("{raw:?}{raw}");
    let body = input["body"].as_str().unwrap_or_default();
    // A long text that is not in the names of headers.
    let is_shown = body.len() > 20 && shown.contains(body);
    holds(!is_shown, "a response shows its body", || shown.clone())?;
    let _ = format!("{:?}", Call::<operations::ListThings>::read(raw.clone()));
    let _ = format!("{:?}", Call::<operations::MakeThing>::read(raw.clone()));
    let _ = format!("{:?}", Call::<operations::GetPart>::read(raw.clone()));
    let _ = format!("{:?}", Call::<operations::Grant>::read(raw.clone()));
    let _ = format!("{:?}", Call::<operations::Upload>::read(raw.clone()));
    let _ = format!("{:?}", Call::<operations::Say>::read(raw.clone()));
    if let Err(error) = raw.into_json::<Value>() {
        let shown = format!("{error:?}{error}");
        let is_shown = body.len() > 20 && shown.contains(body);
        holds(!is_shown, "an error shows the body", || shown)?;
    }
    Ok(())
}

/// Answers every request for a token alike.
struct Canned(Response<Bytes>);

impl TokenEndpoint for Canned {
    fn request<'a>(
        &'a self,
        _: &'a ClientCredentials,
    ) -> BoxFuture<'a, Result<RawReply, EndpointError>> {
        let reply = RawReply::new(self.0.clone());
        Box::pin(async { Ok(reply) })
    }
}

/// Asks a token source; what it says shows no secret.
pub(super) fn run_token(input: &Value) -> Result<(), Finding> {
    let Some(response) = response(input) else { return Ok(()) };
    let source = TokenSource::new(Canned(response), ClientCredentials::new("client", SECRET))
        .map_err(|it| Finding::new("a token source is refused", it.to_string()))?;
    let mut future = Box::pin(source.token());
    // What waits before it asks again waits for a clock; the first answer is looked at alone.
    let outcome = match future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(outcome) => outcome,
        Poll::Pending => return Ok(()),
    };
    let shown = match &outcome {
        Ok(token) => format!("{token:?}{source:?}"),
        Err(error) => format!("{error:?}{error}{source:?}"),
    };
    holds(!shown.contains(SECRET), "the secret is shown", || shown.clone())?;
    let token = "2YotnFZFEjr1zCsicMWpAA";
    holds(!shown.contains(token), "the token is shown", || shown.clone())
}
