//! Runs the example with two loopback servers: one token for many calls, another after a rejection, none printed.

use std::process::{Command, Output};

use serde_json::json;
use tamarack_tests::server::{Server, json_reply, reply};

fn granted(token: &str) -> Vec<u8> {
    json_reply(200, &json!({"access_token": token, "token_type": "Bearer", "expires_in": 1800}))
}

fn run(oauth: &Server, api: &Server) -> Output {
    Command::new(env!("CARGO_BIN_EXE_call-api"))
        .env("PINECONE_CLIENT_ID", "the-id")
        .env("PINECONE_CLIENT_SECRET", "the-secret")
        .env("PINECONE_OAUTH_URL", oauth.url())
        .env("PINECONE_API_URL", api.url())
        .env("CALLS", "3")
        .output()
        .expect("the program starts")
}

fn printed(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    for hidden in ["the-id", "the-secret", "first-token", "second-token"] {
        assert!(!text.contains(hidden), "{text}");
    }
    text
}

fn bearers(api: &Server) -> Vec<String> {
    api.requests().iter().map(|it| it.header("authorization").concat()).collect()
}

#[test]
fn one_token_serves_every_call() {
    let (oauth, api) =
        (Server::replying(granted("first-token")), Server::replying(reply(200, &[], "{}")));
    let output = run(&oauth, &api);
    let text = printed(&output);
    assert!(output.status.success(), "{text}");
    assert_eq!(text, "call 1: 200 OK\ncall 2: 200 OK\ncall 3: 200 OK\n");
    assert_eq!(oauth.requests().len(), 1);
    assert_eq!(bearers(&api), ["Bearer first-token"; 3]);
}

/// RFC 6750 §3.1: the token is not valid any more, so another is fetched and the call sent again.
#[test]
fn a_rejected_token_is_replaced_once() {
    let oauth = Server::scripted([granted("first-token"), granted("second-token")]);
    let rejected = reply(401, &[("WWW-Authenticate", "Bearer error=\"invalid_token\"")], "");
    let fine = || reply(200, &[], "{}");
    let api = Server::scripted([rejected, fine(), fine(), fine()]);
    let output = run(&oauth, &api);
    assert_eq!(printed(&output), "call 1: 200 OK\ncall 2: 200 OK\ncall 3: 200 OK\n");
    let second = "Bearer second-token".to_owned();
    assert_eq!(
        bearers(&api),
        ["Bearer first-token".to_owned(), second.clone(), second.clone(), second]
    );
}
