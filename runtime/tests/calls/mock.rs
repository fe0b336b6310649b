//! The transport for tests: what is expected is answered, and what is not is told.

use tamarack_runtime::http::Response;
use tamarack_runtime::mock::Mock;
use tamarack_runtime::{
    Call, ClientBuilder, ClientCore, Credential, Error, Secret, TransportErrorKind,
};

use crate::notes::{AddNote, GetNote, GetNoteError, Problem, Unlock};

fn core(mock: &Mock) -> ClientCore {
    let key = ("key", Credential::Token("hunter2-key".into()));
    let builder = ClientBuilder::new("calls/1").base_url("https://api.example.com/v1");
    builder.credential(key).transport(mock.clone()).build().unwrap()
}

fn note(id: &str) -> GetNote {
    GetNote { id: id.to_owned() }
}

#[tokio::test]
async fn what_is_expected_is_answered_in_any_order() {
    let mock = Mock::new();
    let core = core(&mock);
    mock.expect(Call::new(&core, note("1"))).reply(200, &1);
    mock.expect(Call::new(&core, note("2"))).reply(404, &serde_json::json!({"code": "gone"}));
    mock.expect(Call::new(&core, AddNote::new("a"))).reply(201, &3);
    mock.expect(Call::new(&core, note("4")).header("x-trace", "t")).bytes(200, "text/json", "4");
    mock.expect(Call::new(&core, Unlock { password: "p".into() })).status(204);
    assert_eq!(*Call::new(&core, AddNote::new("a")).await.unwrap().body(), 3, "with another key");
    let error = Call::new(&core, note("2")).await.unwrap_err();
    assert_eq!(error.body(), Some(&Problem { code: "gone".to_owned() }));
    assert!(matches!(error, Error::Declared(GetNoteError::NotFound(_))));
    assert_eq!(*Call::new(&core, note("4")).header("x-trace", "t").await.unwrap().body(), 4);
    assert!(Call::new(&core, Unlock { password: "p".into() }).await.is_ok());
    assert_eq!(mock.verify().unwrap_err().to_string(), "`getNote` was expected and not called");
    assert_eq!(*Call::new(&core, note("1")).await.unwrap().body(), 1);
    mock.verify().unwrap();
}

#[tokio::test]
async fn failures_and_headers_are_answered_too() {
    let mock = Mock::new();
    let core = core(&mock);
    mock.expect(Call::new(&core, note("1"))).fail(TransportErrorKind::Interrupted);
    let error = Call::new(&core, note("1")).retries(0).await.unwrap_err();
    assert!(matches!(&error, Error::Transport(it) if it.kind() == TransportErrorKind::Interrupted));
    let response = Response::builder().status(429).header("retry-after", "7");
    mock.expect(Call::new(&core, note("1"))).response(response.body("{}".into()).unwrap());
    let error = Call::new(&core, note("1")).retries(0).await.unwrap_err();
    assert_eq!(error.retry_after().unwrap().as_secs(), 7);
    // A failure that passes is retried as over any other transport.
    mock.expect(Call::new(&core, note("1"))).fail(TransportErrorKind::Connect);
    mock.expect(Call::new(&core, note("1"))).reply(200, &1);
    assert!(Call::new(&core, note("1")).await.is_ok());
    mock.verify().unwrap();
}

#[tokio::test]
async fn another_request_is_told_with_its_differences() {
    let mock = Mock::new();
    let core = core(&mock);
    mock.expect(Call::new(&core, note("1")).header("x-trace", "one")).reply(200, &1);
    mock.expect(Call::new(&core, AddNote::new("a"))).reply(201, &1);
    for (call, expected) in [(
        Call::new(&core, note("2")).header("x-other", "x"),
        "not the expected call of `getNote`:\n  \
             URL: expected `https://api.example.com/v1/notes/1`, found `https://api.example.com/v1/notes/2`\n  \
             header `x-other`: expected absent, found `x`\n  \
             header `x-trace`: expected `one`, found absent",
    )] {
        let error = call.await.unwrap_err();
        let source = std::error::Error::source(&error).unwrap().to_string();
        assert_eq!(source, expected);
    }
    let error = Call::new(&core, AddNote::new("b")).await.unwrap_err();
    assert_eq!(
        std::error::Error::source(&error).unwrap().to_string(),
        "not the expected call of `addNote`:\n  body at /text: expected `\"a\"`, found `\"b\"`"
    );
    let report = mock.verify().unwrap_err().to_string();
    assert_eq!(report.matches("not the expected call").count(), 2);
    assert_eq!(report.matches("was expected and not called").count(), 2);
    let error = Call::new(&self::core(&Mock::new()), note("1")).await.unwrap_err();
    let source = std::error::Error::source(&error).unwrap().to_string();
    assert_eq!(source, "no call is expected, and there is one: GET");
}

#[tokio::test]
async fn no_report_shows_a_secret() {
    let mock = Mock::new();
    let core = core(&mock);
    let unlock = |password: &str| Unlock { password: Secret::from(password) };
    mock.expect(Call::new(&core, unlock("hunter2-one"))).status(204);
    let other = ("key", Credential::Token("another hunter2".into()));
    let builder = ClientBuilder::<ClientCore>::new("calls/1").transport(mock.clone());
    let builder = builder.base_url("https://api.example.com/v1").credential(other);
    let other = builder.build().unwrap();
    Call::new(&other, unlock("hunter2-two")).await.unwrap_err();
    let report = mock.verify().unwrap_err();
    let shown = format!("{report} {report:?} {mock:?}");
    assert!(shown.contains("header `x-key`: expected ***, found ***"), "{shown}");
    assert!(shown.contains("body at /password: expected ***, found ***"), "{shown}");
    assert!(!shown.contains("hunter2"), "{shown}");
}

#[cfg(feature = "blocking")]
#[test]
fn it_answers_without_async() {
    let mock = Mock::new();
    let core = core(&mock);
    mock.expect(Call::new(&core, note("1"))).reply(200, &1);
    assert_eq!(*Call::new(&core, note("1")).wait().unwrap().body(), 1);
}
