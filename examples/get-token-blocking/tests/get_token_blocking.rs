//! Runs the example with a loopback server: what it prints, what it never prints, how it exits.

use std::process::{Command, Output};

use serde_json::json;
use tamarack_tests::server::{Server, json_reply, reply};

const PROXIES: [&str; 6] =
    ["http_proxy", "HTTP_PROXY", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"];

fn run(url: &str, more: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_get-token-blocking"));
    for name in PROXIES {
        command.env_remove(name);
    }
    command
        .env("PINECONE_CLIENT_ID", "the-id")
        .env("PINECONE_CLIENT_SECRET", "the-secret")
        .env("PINECONE_OAUTH_URL", url)
        .envs(more.iter().copied())
        .output()
        .expect("the program starts")
}

/// Returns stdout and stderr, after a look that neither holds what it must not.
fn printed(output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("the program prints UTF-8");
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    for hidden in ["the-id", "the-secret", "the-token"] {
        assert!(!stdout.contains(hidden) && !stderr.contains(hidden), "{stdout}{stderr}");
    }
    (stdout, stderr)
}

fn granted() -> Server {
    let token = json!({"access_token": "the-token", "token_type": "Bearer", "expires_in": 1800});
    Server::replying(json_reply(200, &token))
}

#[test]
fn a_token_is_got_and_not_shown() {
    let server = granted();
    let output = run(&server.url(), &[]);
    let (stdout, stderr) = printed(&output);
    assert!(output.status.success(), "{stderr}");
    // `Bearer the-token`
    assert!(stdout.contains("16 bytes"), "{stdout}");
    let body: serde_json::Value =
        serde_json::from_slice(&server.request().body).expect("the program sends JSON");
    assert_eq!(body["client_secret"], "the-secret");
}

#[test]
fn a_refusal_fails() {
    let refusal = json!({"error": "invalid_client", "error_description": "the-id the-secret"});
    let output = run(&Server::replying(json_reply(401, &refusal)).url(), &[]);
    let (stdout, stderr) = printed(&output);
    assert_eq!((output.status.code(), stdout.as_str()), (Some(1), ""));
    assert!(stderr.contains("401"), "{stderr}");
}

/// Credentials in plain `http` are for this machine; a proxy would be another.
#[test]
fn a_proxy_is_for_https_alone() {
    let (server, proxy) = (granted(), Server::replying(reply(502, &[], "")));
    for variable in PROXIES {
        let output = run(&server.url(), &[(variable, &proxy.url())]);
        assert!(output.status.success(), "{variable}: {:?}", printed(&output));
    }
    assert_eq!((server.connections(), proxy.connections()), (PROXIES.len(), 0));
    let output = run("https://login.example.com", &[("HTTPS_PROXY", &proxy.url())]);
    assert!(!output.status.success(), "{:?}", printed(&output));
    let tunnel = &proxy.requests()[0];
    assert_eq!((&*tunnel.method, &*tunnel.path), ("CONNECT", "login.example.com:443"));
}
