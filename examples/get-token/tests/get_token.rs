//! Runs the example with a loopback server: what it prints, what it never prints, how it exits.
//!
//! The test stands in the package of the program because Cargo builds a
//! package's binaries before its integration tests and says where they are.

use std::process::{Command, Output};

use serde_json::json;
use tamarack_tests::server::{Server, json_reply, nobody, reply};

const ID: &str = "PINECONE_CLIENT_ID";
const SECRET: &str = "PINECONE_CLIENT_SECRET";
const URL: &str = "PINECONE_OAUTH_URL";

/// What reqwest looks at, in either case.
const PROXIES: [&str; 8] = [
    "http_proxy",
    "HTTP_PROXY",
    "https_proxy",
    "HTTPS_PROXY",
    "all_proxy",
    "ALL_PROXY",
    "no_proxy",
    "NO_PROXY",
];

/// Runs the program with these variables and none of its own that the machine may have.
fn run(variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_get-token"));
    for name in [ID, SECRET, URL].iter().chain(&PROXIES) {
        command.env_remove(name);
    }
    command.envs(variables.iter().copied()).output().expect("the program starts")
}

fn run_against(url: &str) -> Output {
    run(&[(ID, "the-id"), (SECRET, "the-secret"), (URL, url)])
}

/// Returns stdout and stderr, after a look that neither holds what it must not.
fn printed(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("the program prints UTF-8");
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    for hidden in ["the-id", "the-secret", "the-token"] {
        assert!(!stdout.contains(hidden), "{stdout}");
        assert!(!stderr.contains(hidden), "{stderr}");
    }
    (stdout, stderr)
}

#[test]
fn a_token_is_announced_and_not_shown() {
    let token = json!({"access_token": "the-token", "token_type": "Bearer", "expires_in": 1800});
    let server = Server::replying(json_reply(200, &token));
    let output = run_against(&server.url());
    let (stdout, stderr) = printed(&output);
    assert!(output.status.success(), "{stderr}");
    assert!(stdout.contains("1800"), "{stdout}");
    assert_eq!(stderr, "");
    let body: serde_json::Value =
        serde_json::from_slice(&server.request().body).expect("the program sends JSON");
    assert_eq!(
        (&body["client_id"], &body["client_secret"]),
        (&json!("the-id"), &json!("the-secret"))
    );
}

#[test]
fn a_refusal_fails() {
    let refusal = json!({"error": "access_denied", "error_description": "the-id the-secret"});
    let output = run_against(&Server::replying(json_reply(401, &refusal)).url());
    let (stdout, stderr) = printed(&output);
    assert_eq!((output.status.code(), stdout.as_str()), (Some(1), ""));
    assert!(stderr.contains("401"), "{stderr}");
}

#[test]
fn a_missing_variable_is_named() {
    let url = nobody();
    for (variables, missing) in
        [(&[(SECRET, "the-secret"), (URL, &*url)], ID), (&[(ID, "the-id"), (URL, &*url)], SECRET)]
    {
        let output = run(variables);
        let (stdout, stderr) = printed(&output);
        assert_eq!((output.status.code(), stdout.as_str()), (Some(1), ""));
        assert!(stderr.contains(missing), "{stderr}");
    }
}

#[test]
fn a_server_that_cannot_be_reached_fails() {
    for url in [nobody(), "http://login.example.com".to_owned(), "no URL".to_owned()] {
        let output = run_against(&url);
        let (stdout, stderr) = printed(&output);
        assert_eq!((output.status.code(), stdout.as_str()), (Some(1), ""));
        assert!(stderr.starts_with("no token: "), "{stderr}");
    }
}

/// Credentials in plain `http` are for this machine; a proxy would be another.
#[test]
fn a_proxy_is_for_https_alone() {
    let token = json!({"access_token": "the-token", "token_type": "Bearer", "expires_in": 1800});
    let server = Server::replying(json_reply(200, &token));
    let proxy = Server::replying(reply(502, &[], ""));
    let proxy_url = proxy.url();
    let run_behind = |variable: &str, url: &str| {
        run(&[(ID, "the-id"), (SECRET, "the-secret"), (URL, url), (variable, &proxy_url)])
    };
    for variable in ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"] {
        let output = run_behind(variable, &server.url());
        assert!(output.status.success(), "{variable}: {:?}", printed(&output));
    }
    assert_eq!((server.connections(), proxy.connections()), (4, 0));
    let output = run_behind("HTTPS_PROXY", "https://login.example.com");
    assert!(!output.status.success(), "{:?}", printed(&output));
    // Nothing was sent but the question for a tunnel, so the call is tried again.
    let tunnel = &proxy.requests()[0];
    assert_eq!((&*tunnel.method, &*tunnel.path), ("CONNECT", "login.example.com:443"));
}
