//! No rendering of a client shows a secret, even with a server that echoes.
//!
//! What shows on purpose is left out: the decoded body of an error, which the
//! caller asks for by `body()`, and an `http::Request`, which is the request.

use std::collections::BTreeSet;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use serde_json::{Value, json};
use tamarack_clients::runtime::encode;
use tamarack_tests::api::{Api, Failure, Fate};
use tamarack_tests::leak::Shown;
use tamarack_tests::server::{Server, nobody};
use tamarack_tests::{on_every_api, spec};

use crate::builder;

/// With characters that each encoding changes, and long enough not to appear by chance.
const ID: &str = "cl1ent/id+&=ü%";
const SECRET: &str = "s3cr&t=\"+/ü%\\ 7???>>>";
const TOKEN: &str = "t0k.en/+==|expected `x`";

on_every_api!(nothing_shows_a_secret);

async fn nothing_shows_a_secret<A: Api>() {
    let mut shown = Shown::default();
    shown.debug("request", &A::request(ID, SECRET));
    settings::<A>(&mut shown);

    let mut fates = BTreeSet::new();
    for (what, reply) in replies::<A>() {
        let server = Server::replying(reply);
        let client = builder::<A>(server.url()).max_body(100_000).build().unwrap();
        shown.debug("client", &client);
        fates.insert(answered::<A>(&mut shown, what, &client).await);
    }
    let (granting, silent) = (Server::replying(granted::<A>()), Server::silent());
    for (what, builder) in [
        ("too large", builder::<A>(granting.url()).max_body(10)),
        ("too late", builder::<A>(silent.url()).timeout(Duration::from_millis(100))),
        ("nobody", builder::<A>(nobody())),
        ("too long", builder::<A>(format!("{}/{}", granting.url(), "long".repeat(20_000)))),
    ] {
        fates.insert(answered::<A>(&mut shown, what, &builder.build().unwrap()).await);
    }

    let mut expected = BTreeSet::from(["Ok", "Request", "Transport", "Undeclared", "Undecodable"]);
    expected.extend(A::DECLARED.iter().map(|(_, variant)| *variant));
    assert_eq!(fates, expected, "each outcome has to be among those that were searched");
    assert!(shown.len() > 200, "only {} renderings", shown.len());
    for secret in [ID, SECRET, TOKEN] {
        assert_eq!(shown.leaks(secret), [] as [String; 0]);
    }
}

/// A base URL is the one setting that takes text; a password in it is refused.
fn settings<A: Api>(shown: &mut Shown) {
    shown.debug("builder", &A::builder());
    for base_url in [
        format!("https://{}:{SECRET}@example.com", encode::component(&ID)),
        format!("http://{TOKEN}"),
        format!("https://x {TOKEN}"),
        format!("https://example.com/{SECRET}"),
        format!("https://example.com?{}", encode::component(&TOKEN)),
    ] {
        let builder = builder::<A>(base_url);
        shown.debug("builder", &builder);
        shown.error("build error", &builder.build().unwrap_err());
    }
}

/// Calls `get_token` and renders whatever comes; returns the name of what it was.
async fn answered<A: Api>(shown: &mut Shown, what: &str, client: &A::Client) -> &'static str {
    let error = match A::call(client, &A::request(ID, SECRET)).await {
        Ok(reply) => {
            assert_eq!(A::token(reply.body()).0.expose(), TOKEN);
            shown.debug(what, &reply);
            shown.debug(what, reply.body());
            return "Ok";
        }
        Err(error) => error,
    };
    shown.error(what, &error);
    shown.error(what, &A::Error::from(error.clone()));
    if let Some(raw) = error.raw_reply() {
        shown.debug(what, raw);
    }
    let fate = A::fate(&error);
    match &fate {
        Fate::Undecodable(error) => {
            shown.error(what, *error);
            shown.error(what, error.error());
        }
        Fate::Request(error) => shown.error(what, *error),
        Fate::Transport(error) => shown.error(what, *error),
        Fate::Declared(..) | Fate::Undeclared(_) => {}
    }
    fate.name()
}

/// Returns every kind of response, each full of what the server was sent and of what it issues.
fn replies<A: Api>() -> Vec<(&'static str, Vec<u8>)> {
    let mut acc = vec![("granted", granted::<A>()), ("not HTTP", SECRET.into())];
    for (status, variant) in A::DECLARED {
        acc.push((variant, echo(*status, &echoes().to_string())));
        acc.push(("declared, not JSON", echo(*status, &format!("<p>{SECRET}{ID}{TOKEN}</p>"))));
    }
    acc.push(("undeclared", echo(418, &echoes().to_string())));
    acc.push(("redirect", echo(307, "")));
    let cut = granted::<A>();
    acc.push(("cut short", cut[..cut.len() - 20].to_vec()));
    acc.push(("head cut short", cut[..200].to_vec()));
    for member in ["access_token", "token_type", "expires_in"] {
        for wrong in [json!([SECRET, TOKEN]), json!({ID: TOKEN}), json!(1), Value::Null] {
            acc.push(("wrong type", echo(200, &body_with::<A>(member, wrong).to_string())));
        }
    }
    acc.push(("wrong type", echo(200, &body_with::<A>("expires_in", json!(SECRET)).to_string())));
    acc.push(("wrong type", echo(200, &body_with::<A>("expires_in", json!(TOKEN)).to_string())));
    acc.push(("a text", echo(200, &json!(TOKEN).to_string())));
    let whole = body_with::<A>("access_token", json!(TOKEN)).to_string();
    acc.push(("broken", echo(200, &whole[..whole.len() - 1])));
    acc.push(("broken", echo(200, &format!("{whole}{SECRET}"))));
    acc.push(("twice", echo(200, &whole.replacen('{', "{\"access_token\":\"x\",", 1))));
    acc
}

fn granted<A: Api>() -> Vec<u8> {
    echo(200, &body_with::<A>("access_token", json!(TOKEN)).to_string())
}

/// The example with the echoes beside it and another value for one property.
fn body_with<A: Api>(member: &str, value: Value) -> Value {
    let mut body = spec::example(A::SPEC, "TokenResponse");
    body["access_token"] = json!(TOKEN);
    body["echo"] = echoes();
    body[member] = value;
    body
}

/// The three in every encoding; the names are those that error bodies have.
fn echoes() -> Value {
    let all = [ID, SECRET, TOKEN].join(" ");
    let standard = [ID, SECRET, TOKEN].map(|secret| STANDARD.encode(secret));
    let url_safe = [ID, SECRET, TOKEN].map(|secret| URL_SAFE.encode(secret));
    json!({
        "error": all,
        "error_description": encode::component(&all),
        "standard": standard,
        "url_safe": url_safe,
        ID: SECRET,
    })
}

/// A response with an echo in every place that a head has.
fn echo(status: u16, body: &str) -> Vec<u8> {
    let length = body.len();
    let (id, secret) = (encode::component(&ID), encode::component(&SECRET));
    let token = STANDARD.encode(TOKEN);
    format!(
        "HTTP/1.1 {status} {SECRET}\r\n\
         Content-Type: text/{secret}; {TOKEN}\r\n\
         Location: http://{id}:{secret}@127.0.0.1/?{token}\r\n\
         Retry-After: {TOKEN}\r\n\
         Set-Cookie: {ID}={SECRET}\r\n\
         WWW-Authenticate: Basic {token}\r\n\
         Content-Length: {length}\r\n\
         Connection: close\r\n\r\n{body}"
    )
    .into_bytes()
}
