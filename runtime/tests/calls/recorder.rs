//! A recording: made over one transport, replayed over another, with no secret in its file.

use tamarack_runtime::bytes::Bytes;
use tamarack_runtime::http::{Method, Response};
use tamarack_runtime::mock::{Mock, Recorder};
use tamarack_runtime::{
    Call, ClientBuilder, ClientCore, Credential, Operation, OperationInfo, RequestBuilder, Secret,
    Status, Transport, declared_errors, json_object,
};

use crate::notes::{AddNote, GetNote, Unlock};
use crate::server::Server;

/// Logs in: what is sent and what comes back is a secret.
#[derive(Clone, Debug)]
struct LogIn {
    pin: Secret,
}

/// A response whose name does not say that it is one.
#[derive(Clone, Debug)]
struct Session {
    ticket: Secret,
    user: String,
}

json_object!(read Session { secret ticket, required user });

impl Operation for LogIn {
    type Success = tamarack_runtime::Json<Session>;
    type Error = LogInError;

    const INFO: OperationInfo = OperationInfo {
        id: "logIn",
        method: Method::POST,
        path: "/sessions",
        success: &[Status::Exact(200)],
        accept: "application/json",
        headers: &[],
        security: &[],
    };

    fn request(&self, request: &mut RequestBuilder) {
        request.query("pin", &self.pin);
    }
}

declared_errors! {
    /// The errors of [`LogIn`].
    pub enum LogInError for "logIn" {}
}

fn core(key: &str, transport: impl Transport + 'static) -> ClientCore {
    let key = ("key", Credential::Token(key.into()));
    let builder = ClientBuilder::new("calls/1").base_url("https://api.example.com/v1");
    builder.credential(key).transport(transport).build().unwrap()
}

fn note(id: &str) -> GetNote {
    GetNote { id: id.to_owned() }
}

/// What stands for the real server.
fn answering(key: &str) -> (Recorder, ClientCore) {
    let mock = Mock::new();
    let recorder = Recorder::new(mock.clone());
    let core = core(key, recorder.clone());
    mock.expect(Call::new(&core, note("1"))).reply(200, &7);
    mock.expect(Call::new(&core, AddNote::new("a"))).reply(201, &8);
    let password = Secret::from("hunter2-password");
    let answer = Response::builder().status(204).header("set-cookie", "hunter2-cookie");
    mock.expect(Call::new(&core, Unlock { password })).response(answer.body(Bytes::new()).unwrap());
    let session = serde_json::json!({"ticket": "hunter2/ticket", "user": "u"});
    mock.expect(Call::new(&core, LogIn { pin: "hunter2 pin".into() })).reply(200, &session);
    (recorder, core)
}

/// Calls what a program would call.
async fn program(core: &ClientCore, password: &str, pin: &str) -> Vec<String> {
    let first = Call::new(core, note("1")).await.unwrap();
    let added = Call::new(core, AddNote::new("a")).await.unwrap();
    Call::new(core, Unlock { password: password.into() }).await.unwrap();
    let session = Call::new(core, LogIn { pin: pin.into() }).await.unwrap().into_body();
    assert!(!session.ticket.expose().is_empty());
    vec![first.body().to_string(), added.body().to_string(), session.user]
}

#[tokio::test]
async fn what_was_recorded_is_replayed_with_other_secrets() {
    let (recorder, real) = answering("hunter2-key");
    let seen = program(&real, "hunter2-password", "hunter2 pin").await;
    let file = recorder.to_json();
    let mock = Mock::new();
    mock.expect_recorded(&file).unwrap();
    let core = core("k", mock.clone());
    assert_eq!(program(&core, "p", "0").await, seen);
    mock.verify().unwrap();
}

#[tokio::test]
async fn no_secret_is_in_the_file() {
    let (recorder, real) = answering("hunter2-key");
    recorder.hide("https://api.example.com");
    program(&real, "hunter2-password", "hunter2 pin").await;
    let file = recorder.to_json();
    for secret in ["hunter2", "ticket\": \"h", "example.com"] {
        assert!(!file.contains(secret), "{secret}: {file}");
    }
    for kept in ["\"operation\": \"logIn\"", "\"user\":\"u\"", "***/v1/sessions?pin=***"] {
        assert!(file.contains(kept), "{kept}: {file}");
    }
    assert!(!format!("{recorder:?}").contains("hunter2"));
}

#[tokio::test]
async fn another_request_than_the_recorded_one_is_told_with_its_differences() {
    let (recorder, real) = answering("hunter2-key");
    program(&real, "hunter2-password", "hunter2 pin").await;
    let mock = Mock::new();
    mock.expect_recorded(&recorder.to_json()).unwrap();
    let core = core("k", mock.clone());
    Call::new(&core, AddNote::new("b")).await.unwrap_err();
    let report = mock.verify().unwrap_err().to_string();
    let expected =
        "not the expected call of `addNote`:\n  body at /text: expected `\"a\"`, found `\"b\"`";
    assert!(report.starts_with(expected), "{report}");
    assert!(report.contains("`logIn` was expected and not called"), "{report}");
}

/// A body of each form comes back byte by byte.
#[tokio::test]
async fn bodies_are_kept_as_they_were() {
    for body in [&b" {\"a\": 1.0}"[..], b"{\"a\":1.0,\"a\":2}", b"null", b"", b"a\nb", b"\xff\0"] {
        let mock = Mock::new();
        let recorder = Recorder::new(mock.clone());
        let real = core("k", recorder.clone());
        let call = |core: &ClientCore| Call::new(core, note("1"));
        mock.expect(call(&real)).bytes(418, "text/plain", body);
        let error = call(&real).await.unwrap_err();
        let replayed = Mock::new();
        replayed.expect_recorded(&recorder.to_json()).unwrap();
        let again = call(&core("k", replayed)).await.unwrap_err();
        assert_eq!((again.bytes(), &error.bytes().unwrap()[..]), (error.bytes(), body));
        assert_eq!(again.headers(), error.headers());
    }
}

#[test]
fn what_is_no_recording_is_refused() {
    for text in ["", "{}", r#"{"exchanges": [{}]}"#] {
        let error = Mock::new().expect_recorded(text).unwrap_err();
        assert!(error.to_string().starts_with("not a recording: "), "{error}");
    }
    let one = r#"{"exchanges": [{"request": {"method": "GET", "url": "/x", "headers": {}, "hex": "abc"},
        "response": {"status": 200, "headers": {}}}]}"#;
    let error = Mock::new().expect_recorded(one).unwrap_err();
    assert_eq!(error.to_string(), "not a recording: `hex` has two digits a byte");
}

/// Over loopback, with a file: the bytes of the server are those of the replay.
#[tokio::test]
async fn a_real_exchange_is_a_file() {
    let server = Server::answering(crate::json(200, "X-Note: n\r\n", "42"));
    let recorder = Recorder::new(tamarack_runtime::reqwest013::Reqwest013::new().unwrap());
    let url = server.url();
    let core = |transport: Box<dyn Transport>| -> ClientCore {
        let builder = ClientBuilder::new("calls/1").base_url(url.as_str());
        builder.transport(transport).build().unwrap()
    };
    assert_eq!(*Call::new(&core(Box::new(recorder.clone())), note("1")).await.unwrap().body(), 42);
    let path = std::env::temp_dir().join(format!("tamarack-recording-{}", std::process::id()));
    recorder.save(&path).unwrap();
    let file = std::fs::read_to_string(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    drop(server);
    let mock = Mock::new();
    mock.expect_recorded(&file).unwrap();
    let reply = Call::new(&core(Box::new(mock.clone())), note("1")).await.unwrap();
    assert_eq!((reply.headers()["x-note"].to_str().unwrap(), *reply.body()), ("n", 42));
    mock.verify().unwrap();
}
