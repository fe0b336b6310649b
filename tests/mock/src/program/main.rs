//! Calls the operations that a file asks for, and prints what was received and what became of it.
#![allow(warnings)]

use std::sync::{Arc, Mutex};

use api_word::client::Client;
use api_word::{operations, types};
use tamarack_runtime::bytes::Bytes;
use tamarack_runtime::serde_json::{self, Value, json};
use tamarack_runtime::ureq3::Ureq3;
use tamarack_runtime::{
    AsReceived, BoxFuture, Call, Credential, Error, FilePart, JsonLines, Limits, MediaBody, Mode,
    Operation, Patch, RequestBody, Secret, Transport, TransportError, http,
};

/// What passed over the wire.
type Seen = Arc<Mutex<Value>>;

/// A transport that keeps what it sends and receives.
struct Recorder {
    inner: Ureq3,
    seen: Seen,
}

impl Transport for Recorder {
    fn mode(&self) -> Mode {
        self.inner.mode()
    }

    fn send<'a>(
        &'a self,
        request: http::Request<Bytes>,
        limits: &'a Limits,
    ) -> BoxFuture<'a, Result<http::Response<Bytes>, TransportError>> {
        Box::pin(async move {
            let text = |bytes: &Bytes| String::from_utf8_lossy(bytes).into_owned();
            let header = |headers: &http::HeaderMap, name: &str| {
                let value = headers.get(name).map(|it| String::from_utf8_lossy(it.as_bytes()));
                value.map(|it| it.into_owned())
            };
            let mut seen = json!({
                "method": request.method().as_str(),
                "uri": request.uri().to_string(),
                "request": text(request.body()),
            });
            let response = self.inner.send(request, limits).await;
            if let Ok(response) = &response {
                seen["status"] = json!(response.status().as_u16());
                seen["media_type"] = json!(header(response.headers(), "content-type"));
                seen["violations"] = json!(header(response.headers(), "sl-violations"));
                seen["response"] = json!(text(response.body()));
            }
            *self.seen.lock().unwrap() = seen;
            response
        })
    }
}

fn call<O: Operation>(
    client: &Client,
    operation: Result<O, serde_json::Error>,
    asked: &Value,
) -> (&'static str, String) {
    let operation = match operation {
        Ok(operation) => operation,
        Err(error) => return ("not built", error.to_string()),
    };
    let mut call = client.send(operation).retries(0);
    if let Some(prefer) = asked["prefer"].as_str() {
        call = call.header("prefer", prefer);
    }
    match call.wait() {
        Ok(_) => ("success", String::new()),
        Err(Error::Declared(_)) => ("declared", String::new()),
        Err(Error::Undeclared(_)) => ("undeclared", String::new()),
        Err(Error::Undecodable(error)) => ("undecodable", error.to_string()),
        Err(Error::Request(error)) => ("not sent", error.to_string()),
        Err(Error::Transport(error)) => ("no response", error.to_string()),
        Err(_) => ("other", String::new()),
    }
}

type Run = fn(&Client, &Value) -> (&'static str, String);

const OPERATIONS: &[Run] = &[
    // The operations.
];

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (url, file) = (arguments.next().expect("a URL"), arguments.next().expect("a file"));
    let url = url.as_str();
    let seen = Seen::default();
    let client = Client::builder()
        .base_url(url)
        // The settings.
        .transport(Recorder { inner: Ureq3::new(), seen: seen.clone() })
        .blocking()
        .build()
        .expect("a client");
    for line in std::fs::read_to_string(file).expect("a text").lines() {
        let asked: Value = serde_json::from_str(line).expect("a call");
        let index = asked["operation"].as_u64().expect("a number") as usize;
        *seen.lock().unwrap() = json!({});
        let (outcome, why) = OPERATIONS[index](&client, &asked);
        let mut told = std::mem::take(&mut *seen.lock().unwrap());
        told["outcome"] = json!(outcome);
        told["why"] = json!(why);
        println!("{told}");
    }
}
