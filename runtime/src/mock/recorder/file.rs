//! The file of a recording: JSON, in which bodies of JSON stand as they were sent.

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::{self, Write as _};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Request, Response};
use serde_json::value::RawValue;

use super::hidden::{HIDDEN, Mask, is_hidden};
use super::{Exchange, SentBy};

struct Recording {
    exchanges: Vec<OneExchange>,
}

crate::json_object!(Recording { required exchanges });

struct OneExchange {
    operation: Option<String>,
    request: OneRequest,
    response: OneResponse,
}

crate::json_object!(OneExchange { optional operation, required request, required response });

struct OneRequest {
    method: String,
    url: String,
    headers: Headers,
    json: Option<Box<RawValue>>,
    text: Option<String>,
    hex: Option<String>,
}

crate::json_object!(OneRequest {
    required method, required url, required headers, optional json, optional text, optional hex
});

struct OneResponse {
    status: u16,
    headers: Headers,
    json: Option<Box<RawValue>>,
    text: Option<String>,
    hex: Option<String>,
}

crate::json_object!(OneResponse {
    required status, required headers, optional json, optional text, optional hex
});

type Headers = BTreeMap<String, Vec<String>>;

/// An exchange of a file: the id of the operation, the request and the response.
type Read = (Option<String>, Request<Bytes>, Response<Bytes>);

/// Why a text is no recording.
#[derive(Debug)]
pub struct RecordingError(String);

impl fmt::Display for RecordingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "not a recording: {}", self.0)
    }
}

impl Error for RecordingError {}

/// Writes exchanges without their secrets.
pub(super) fn write(exchanges: &[Exchange], mask: &Mask) -> String {
    let exchanges = exchanges.iter().map(|it| one(it, mask)).collect();
    let text = serde_json::to_string_pretty(&Recording { exchanges });
    text.unwrap_or_else(|error| unreachable!("texts and numbers have a JSON form: {error}")) + "\n"
}

fn one(exchange: &Exchange, mask: &Mask) -> OneExchange {
    let Exchange { request, response } = exchange;
    let sent = request.extensions().get::<SentBy>();
    let key = sent.and_then(|it| it.key_header);
    let [in_request, in_response] =
        [Body::of(request.body(), mask), Body::of(response.body(), mask)];
    OneExchange {
        operation: sent.map(|it| it.operation.to_owned()),
        request: OneRequest {
            method: request.method().to_string(),
            url: mask.text(&request.uri().to_string()),
            headers: headers(request.headers(), key, mask),
            json: in_request.json,
            text: in_request.text,
            hex: in_request.hex,
        },
        response: OneResponse {
            status: response.status().as_u16(),
            headers: headers(response.headers(), None, mask),
            json: in_response.json,
            text: in_response.text,
            hex: in_response.hex,
        },
    }
}

fn headers(headers: &HeaderMap, key: Option<&str>, mask: &Mask) -> Headers {
    let mut acc = Headers::new();
    for (name, value) in headers {
        let text = if is_hidden(name, value, key) {
            HIDDEN.to_owned()
        } else {
            mask.text(&String::from_utf8_lossy(value.as_bytes()))
        };
        acc.entry(name.to_string()).or_default().push(text);
    }
    acc
}

/// A body in one of its forms; none is empty.
#[derive(Default)]
struct Body {
    json: Option<Box<RawValue>>,
    text: Option<String>,
    hex: Option<String>,
}

impl Body {
    fn of(bytes: &Bytes, mask: &Mask) -> Self {
        if bytes.is_empty() {
            return Self::default();
        }
        let Ok(text) = std::str::from_utf8(bytes) else {
            let hex = bytes.iter().fold(String::new(), |mut acc, it| {
                // A text takes what is written.
                let _ = write!(acc, "{it:02x}");
                acc
            });
            return Self { hex: Some(hex), ..Self::default() };
        };
        let text = mask.text(text);
        match RawValue::from_string(text.clone()) {
            // Of an optional property `null` would be none. What stands around a value would be lost.
            Ok(json) if json.get() != "null" && json.get() == text => {
                Self { json: Some(json), ..Self::default() }
            }
            _ => Self { text: Some(text), ..Self::default() },
        }
    }

    fn into_bytes(self) -> Result<Bytes, RecordingError> {
        match self {
            Self { json: Some(json), text: None, hex: None } => Ok(json.get().to_owned().into()),
            Self { json: None, text: Some(text), hex: None } => Ok(text.into()),
            Self { json: None, text: None, hex: Some(hex) } => from_hex(&hex),
            Self { json: None, text: None, hex: None } => Ok(Bytes::new()),
            _ => Err(RecordingError("a body has several forms".to_owned())),
        }
    }
}

fn from_hex(hex: &str) -> Result<Bytes, RecordingError> {
    let digits = hex.as_bytes().chunks(2);
    let byte = |pair: &[u8]| {
        let text = std::str::from_utf8(pair).ok().filter(|it| it.len() == 2)?;
        u8::from_str_radix(text, 16).ok()
    };
    let bytes: Option<Vec<u8>> = digits.map(byte).collect();
    bytes.map(Bytes::from).ok_or_else(|| RecordingError("`hex` has two digits a byte".to_owned()))
}

/// Reads a file.
pub(super) fn read(json: &str) -> Result<Vec<Read>, RecordingError> {
    let recording: Recording = serde_json::from_str(json).map_err(invalid)?;
    recording.exchanges.into_iter().map(exchange).collect()
}

fn exchange(exchange: OneExchange) -> Result<Read, RecordingError> {
    let OneExchange { operation, request, response } = exchange;
    let body = Body { json: request.json, text: request.text, hex: request.hex };
    let built = Request::builder().method(request.method.as_str()).uri(request.url);
    let mut built = built.body(body.into_bytes()?).map_err(invalid)?;
    *built.headers_mut() = header_map(request.headers)?;
    let body = Body { json: response.json, text: response.text, hex: response.hex };
    let mut answer =
        Response::builder().status(response.status).body(body.into_bytes()?).map_err(invalid)?;
    *answer.headers_mut() = header_map(response.headers)?;
    Ok((operation, built, answer))
}

fn header_map(headers: Headers) -> Result<HeaderMap, RecordingError> {
    let mut acc = HeaderMap::new();
    for (name, values) in headers {
        let name = HeaderName::try_from(name).map_err(invalid)?;
        for value in values {
            acc.append(name.clone(), HeaderValue::try_from(value).map_err(invalid)?);
        }
    }
    Ok(acc)
}

fn invalid(error: impl fmt::Display) -> RecordingError {
    RecordingError(error.to_string())
}
