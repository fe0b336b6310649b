//! What an error of a call tells a program, and its people, over loopback.

use std::error::Error as _;

use tamarack_runtime::token::StaticToken;
use tamarack_runtime::{ApiError, Call, Credential, Operation};

use crate::notes::{GetNote, GetNoteError, Problem, Unlock};
use crate::server::Server;
use crate::{client, json};

const KEY: &str = "2YotnFZFEjr1zCsicMWpAA";
const PASSWORD: &str = "correct horse battery staple";

/// Returns the error of an operation, sent with the credentials.
async fn error<O: Operation>(server: &Server, operation: O, credential: Credential) -> ApiError {
    let scheme = if matches!(credential, Credential::Provider { .. }) { "bearer" } else { "key" };
    let core = client(server).credential((scheme, credential)).build().unwrap();
    let call = Call::new(&core, operation).header("x-session", "session-0123456789");
    match call.await {
        Ok(_) => panic!("a response with an error"),
        Err(error) => error.into(),
    }
}

fn key() -> Credential {
    Credential::Token(KEY.into())
}

/// One line reads the common body, whether the status is declared or not.
#[tokio::test]
async fn the_common_body_is_one_line_whatever_the_status() {
    for status in [400, 404, 409, 418, 500] {
        let server = Server::answering(json(status, "X-Request-Id: r-7\r\n", r#"{"code":"c"}"#));
        let error = error(&server, GetNote::new(), key()).await;
        assert_eq!(error.decode_body::<Problem>(), Some(Problem { code: "c".to_owned() }));
        assert_eq!(error.body::<Problem>().is_some(), status == 404, "decoded as declared");
        assert_eq!(error.status().unwrap().as_u16(), status);
        assert_eq!(error.request_id(), Some("r-7"));
        assert_eq!(error.decode_body::<u64>(), None);
    }
    let server = Server::answering("nonsense");
    let error = error(&server, GetNote::new(), key()).await;
    assert!(error.decode_body::<Problem>().is_none() && error.request_id().is_none());
}

#[tokio::test]
async fn the_message_is_told_on_request_only() {
    let server = Server::answering(json(404, "", r#"{"code":"c","message":"no such note"}"#));
    let error = error(&server, GetNote::new(), key()).await;
    assert_eq!(error.server_message().as_deref(), Some("no such note"));
    assert!(!format!("{error} {error:?}").contains("note\""));
    assert!(!format!("{error} {error:?}").contains("no such note"));
}

/// The key, the token, a header of the caller, the secret in the body: whatever the server echoes.
#[tokio::test]
async fn no_message_shows_a_secret_of_the_request() {
    const TOKEN: &str = "SlAV32hkKG-aV9-2";
    let unlock = || Unlock { password: PASSWORD.into() };
    let provider = || Credential::provider(StaticToken::new(TOKEN).unwrap());
    for (credential, echo, is_shown) in [
        (key(), "no", true),
        (key(), KEY, false),
        (key(), &KEY[3..12], false),
        (key(), PASSWORD, false),
        (key(), "session-0123456789", false),
        (key(), TOKEN, true),
        (provider(), TOKEN, false),
        (provider(), KEY, true),
    ] {
        let body = format!(r#"{{"code":"c","message":"you sent {echo}"}}"#);
        for status in [403, 418] {
            let server = Server::answering(json(status, "", &body));
            let error = error(&server, unlock(), credential.clone()).await;
            let expected = is_shown.then(|| format!("you sent {echo}"));
            assert_eq!(error.server_message(), expected, "{status} {echo}");
        }
    }
}

/// What `anyhow` and its like ask of an error, and that a chain says nothing twice.
#[tokio::test]
async fn an_error_is_one_of_the_standard_library_with_its_causes() {
    async fn program(server: &Server) -> Result<u64, Box<dyn std::error::Error + Send + Sync>> {
        let core = client(server).build()?;
        let reply = Call::new(&core, GetNote::new()).await?;
        Ok(reply.into_body())
    }

    let server = Server::answering(json(404, "", r#"{"wrong":1}"#));
    let error = program(&server).await.unwrap_err();
    assert_eq!(error.to_string(), "getNote: 404 Not Found: the body could not be decoded");
    let mut texts = Vec::new();
    let mut cause: Option<&dyn std::error::Error> = error.source();
    while let Some(it) = cause {
        texts.push(it.to_string());
        cause = it.source();
    }
    assert!(texts.len() == 1 && texts[0].contains("missing field `code`"), "{texts:?}");
    let original = error.downcast_ref::<tamarack_runtime::Error<GetNoteError>>().unwrap();
    assert!(original.source().is_some());
}
