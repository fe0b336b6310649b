//! A token endpoint by RFC 6749 and what a document declares: it gives a token for a request that both allow, and tells what is wrong with any other.

use std::collections::BTreeMap;
use std::sync::mpsc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use tamarack_tests::server::{Request, Server, reply};

use crate::declared::{Declared, essence};

/// The id of the one client; with what a form and user names have to encode.
pub(crate) const ID: &str = "a client:1";
/// Its secret.
pub(crate) const SECRET: &str = "s3cr&t+ %";
/// The token it gets.
const TOKEN: &str = "2YotnFZFEjr1zCsicMWpAA";

/// Serves one client, which prints the token that it gets; returns how it asked.
pub(crate) fn serve(
    declared: &Declared,
    client: impl FnOnce(&str) -> Result<String, String>,
) -> Result<String, String> {
    let (tell, told) = mpsc::channel();
    let judge = Judge {
        path: declared.path.clone(),
        media_types: declared.media_types.clone(),
        bodies: declared.bodies.clone(),
        has_a_secret: declared.has_a_secret(),
    };
    let (status, media_type) = declared.success.clone();
    let server = Server::answering(move |request| {
        let judged = judge.judge(request);
        let answer = match &judged {
            Ok(_) => {
                let body =
                    json!({"access_token": TOKEN, "token_type": "Bearer", "expires_in": 3600});
                reply(status, &[("Content-Type", &media_type)], body.to_string())
            }
            Err((status, code, _)) => {
                let body = json!({"error": code}).to_string();
                reply(*status, &[("Content-Type", "application/json")], body)
            }
        };
        // A client that asks again is told so by the number of requests.
        let _ = tell.send(judged);
        answer
    });
    let printed = client(&server.url());
    let judged: Vec<_> = told.try_iter().collect();
    match (printed, judged.as_slice()) {
        (_, [Err((_, code, why)), ..]) => Err(format!("{code}: {why}")),
        (Ok(token), [Ok(how)]) if token == TOKEN => Ok(how.clone()),
        (Ok(token), [Ok(_)]) => Err(format!("another token than the one given: `{token}`")),
        (Err(error), _) => Err(error),
        (_, all) => Err(format!("{} requests for one token", all.len())),
    }
}

/// What decides over a request.
struct Judge {
    path: String,
    media_types: Vec<String>,
    bodies: Vec<crate::declared::Object>,
    has_a_secret: bool,
}

/// A status, a code of RFC 6749 §5.2, and what is wrong.
type Refusal = (u16, &'static str, String);

fn invalid<T>(why: impl Into<String>) -> Result<T, Refusal> {
    Err((400, "invalid_request", why.into()))
}

impl Judge {
    /// Returns how the request asks; an error where RFC 6749 or the document does not allow it.
    fn judge(&self, request: &Request) -> Result<String, Refusal> {
        // §3.2: the client must use POST.
        if request.method != "POST" {
            return invalid(format!("the method is {}", request.method));
        }
        let path = request.path.split('?').next().unwrap_or_default();
        if path != self.path {
            return invalid(format!("the path is `{path}`"));
        }
        let [content_type] = request.header("content-type")[..] else {
            return invalid("not one content type");
        };
        let media_type = essence(content_type);
        if !self.media_types.contains(&media_type) {
            return invalid(format!("the content type is `{content_type}`"));
        }
        let sent = parameters(&media_type, &request.body)?;
        self.judge_body(&sent)?;
        // §4.4.2.
        match sent.get("grant_type").map(String::as_str) {
            Some("client_credentials") => {}
            other => {
                return Err((400, "unsupported_grant_type", format!("the grant is {other:?}")));
            }
        }
        self.judge_client(request, &sent).map(|by| format!("{media_type} {by}"))
    }

    /// The body is one of the objects that the document declares: with all that it requires, and nothing
    /// that it does not know.
    fn judge_body(&self, sent: &BTreeMap<String, String>) -> Result<(), Refusal> {
        let allows = |it: &&crate::declared::Object| {
            sent.keys().all(|name| it.properties.contains(name))
                && it.required.iter().all(|name| sent.contains_key(name))
        };
        if self.bodies.iter().any(|it| allows(&it)) {
            return Ok(());
        }
        let names: Vec<_> = sent.keys().cloned().collect();
        invalid(format!("the document declares no body of {}", names.join(", ")))
    }

    /// §2.3: the client proves itself in one way; §2.3.1: by HTTP Basic, or in the body where the document
    /// has a place for it.
    fn judge_client(
        &self,
        request: &Request,
        sent: &BTreeMap<String, String>,
    ) -> Result<String, Refusal> {
        let refused = |why: String| Err((401, "invalid_client", why));
        let in_body = sent.get("client_secret");
        match (request.header("authorization")[..].first(), in_body) {
            (Some(_), Some(_)) => invalid("two ways to prove the client"),
            (None, None) => refused("nothing proves the client".to_owned()),
            (None, Some(secret)) => {
                let id = sent.get("client_id").map(String::as_str);
                if id == Some(ID) && secret == SECRET {
                    Ok("with id and secret in the body".to_owned())
                } else {
                    refused(format!("wrong id or secret: {id:?} {secret:?}"))
                }
            }
            (Some(_), None) if self.has_a_secret => {
                refused("the document wants the secret in the body".to_owned())
            }
            (Some(header), None) => match user_and_password(header) {
                Some((id, secret)) if id == ID && secret == SECRET => {
                    Ok("with HTTP Basic".to_owned())
                }
                other => refused(format!("wrong id or secret: {other:?}")),
            },
        }
    }
}

/// Reads the parameters of a body; none of them may be repeated (§3.2).
fn parameters(media_type: &str, body: &[u8]) -> Result<BTreeMap<String, String>, Refusal> {
    let mut acc = BTreeMap::new();
    if media_type == "application/x-www-form-urlencoded" {
        for (name, value) in form_urlencoded::parse(body) {
            if acc.insert(name.to_string(), value.to_string()).is_some() {
                return invalid(format!("`{name}` is repeated"));
            }
        }
        return Ok(acc);
    }
    let Ok(Value::Object(members)) = serde_json::from_slice(body) else {
        return invalid("the body is no JSON object");
    };
    for (name, value) in members {
        let Value::String(text) = value else { return invalid(format!("`{name}` is no text")) };
        acc.insert(name, text);
    }
    Ok(acc)
}

/// Reads user and password of HTTP Basic (RFC 7617 §2), each encoded as in a form (RFC 6749 §2.3.1).
fn user_and_password(header: &str) -> Option<(String, String)> {
    let (scheme, pair) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let pair = String::from_utf8(STANDARD.decode(pair).ok()?).ok()?;
    let (user, password) = pair.split_once(':')?;
    let decoded = |text: &str| {
        let mut pairs = form_urlencoded::parse(text.as_bytes());
        pairs.next().map(|(text, _)| text.into_owned())
    };
    Some((decoded(user)?, decoded(password)?))
}
