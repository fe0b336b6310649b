//! Responses that no document declares become errors that keep what had arrived.

use serde_json::json;
use tamarack_clients::runtime::{DecodeErrorKind, RequestError, TransportErrorKind};
use tamarack_tests::api::{Api, Failure, Fate};
use tamarack_tests::leak::Shown;
use tamarack_tests::server::{Server, json_reply, nobody, reply};
use tamarack_tests::{on_every_api, spec};

use crate::{builder, call, client};

const HTML: &str = "<html><body>Bad gateway</body></html>";

on_every_api!(
    a_status_that_is_not_declared,
    html_from_a_proxy,
    an_empty_body_where_json_is_declared,
    a_member_that_is_missing,
    json_that_is_broken,
    a_body_that_ends_too_early,
    a_redirect_is_not_followed,
    nobody_answers,
    a_reply_that_never_comes,
    a_request_that_cannot_be_built,
    plain_http_stays_on_this_machine,
);

async fn a_status_that_is_not_declared<A: Api>() {
    // 201 is a success that the documents do not have; 204 has no body at all.
    for (status, body) in [(418, "{\"error\":\"tea\"}"), (404, ""), (201, "{}"), (504, "x")] {
        let server = Server::replying(reply(status, &[("X-Id", "r-3")], body));
        let error = call::<A>(&server).await.unwrap_err();
        let Fate::Undeclared(raw) = A::fate(&error) else { panic!("{status}: {error:?}") };
        assert_eq!((raw.status().as_u16(), raw.bytes().as_ref()), (status, body.as_bytes()));
        assert_eq!(raw.headers()["x-id"], "r-3");
        assert_eq!(error.received_status(), Some(status));
    }
}

async fn html_from_a_proxy<A: Api>() {
    let html = [("Content-Type", "text/html")];
    let error = call::<A>(&Server::replying(reply(502, &html, HTML))).await.unwrap_err();
    let Fate::Undeclared(raw) = A::fate(&error) else { panic!("{error:?}") };
    assert_eq!((raw.status().as_u16(), raw.bytes().as_ref()), (502, HTML.as_bytes()));
    assert_eq!(raw.content_type(), Some("text/html"));
    for (status, variant) in A::DECLARED {
        let error = call::<A>(&Server::replying(reply(*status, &html, HTML))).await.unwrap_err();
        // Without a declared body there is nothing that could not be decoded.
        let expected = if spec::declares_body(A::SPEC, *status) { "Undecodable" } else { variant };
        assert_eq!(A::fate(&error).name(), expected);
        let raw = error.raw_reply().unwrap();
        assert_eq!((raw.status().as_u16(), raw.bytes().as_ref()), (*status, HTML.as_bytes()));
    }
}

async fn an_empty_body_where_json_is_declared<A: Api>() {
    let declared = A::DECLARED.iter().map(|(status, _)| *status);
    let with_body = declared.filter(|status| spec::declares_body(A::SPEC, *status));
    for status in with_body.chain([200]) {
        let error = call::<A>(&Server::replying(reply(status, &[], ""))).await.unwrap_err();
        let Fate::Undecodable(undecodable) = A::fate(&error) else { panic!("{error:?}") };
        assert_eq!(undecodable.error().kind(), DecodeErrorKind::Eof);
        assert_eq!(
            (undecodable.status().as_u16(), undecodable.bytes().as_ref()),
            (status, &b""[..])
        );
        assert_eq!(error.received_status(), Some(status));
    }
}

async fn a_member_that_is_missing<A: Api>() {
    for member in ["access_token", "token_type", "expires_in"] {
        let mut body = spec::example(A::SPEC, "TokenResponse");
        body.as_object_mut().unwrap().remove(member);
        let error = call::<A>(&Server::replying(json_reply(200, &body))).await.unwrap_err();
        let Fate::Undecodable(undecodable) = A::fate(&error) else { panic!("{error:?}") };
        let reason = undecodable.error();
        assert_eq!(reason.kind(), DecodeErrorKind::Data);
        assert!(reason.to_string().contains(member), "{reason}");
        assert_eq!(undecodable.status().as_u16(), 200);
        assert_eq!(undecodable.bytes(), body.to_string().as_bytes());
        // A report that follows the causes names the property, whichever error it starts from.
        let cause = std::error::Error::source(&error).unwrap().to_string();
        assert!(cause.contains(member), "{cause}");
    }
}

async fn json_that_is_broken<A: Api>() {
    let whole = spec::example(A::SPEC, "TokenResponse").to_string();
    let cases = [
        (whole.replace(':', "="), DecodeErrorKind::Syntax),
        (whole.clone() + "}", DecodeErrorKind::Syntax),
        (whole[..whole.len() - 1].to_owned(), DecodeErrorKind::Eof),
        (json!([whole]).to_string(), DecodeErrorKind::Data),
    ];
    for (body, kind) in cases {
        let error = call::<A>(&Server::replying(reply(200, &[], &body))).await.unwrap_err();
        let Fate::Undecodable(error) = A::fate(&error) else { panic!("{error:?}") };
        assert_eq!((error.error().kind(), error.bytes().as_ref()), (kind, body.as_bytes()));
    }
}

async fn a_body_that_ends_too_early<A: Api>() {
    let half = br#"{"access_token":"half","token_type":"Bearer","expires_in":18"#;
    let half = &half[..58];
    for status in [200, 401, 418] {
        let mut bytes = format!("HTTP/1.1 {status} X\r\nContent-Length: 500\r\n\r\n").into_bytes();
        bytes.extend_from_slice(half);
        let error = call::<A>(&Server::replying(bytes)).await.unwrap_err();
        let Fate::Transport(failure) = A::fate(&error) else { panic!("{status}: {error:?}") };
        assert_eq!(failure.kind(), TransportErrorKind::Interrupted);
        let partial = failure.partial().unwrap();
        assert_eq!((partial.status().as_u16(), partial.bytes().as_ref()), (status, half));
        assert_eq!(error.received_status(), Some(status));
    }
}

async fn a_redirect_is_not_followed<A: Api>() {
    let target = Server::replying(json_reply(200, &spec::example(A::SPEC, "TokenResponse")));
    for status in [301, 302, 303, 307, 308] {
        let location = format!("{}/oauth/token", target.url());
        let server = Server::replying(reply(status, &[("Location", &location)], ""));
        let error = call::<A>(&server).await.unwrap_err();
        let Fate::Undeclared(raw) = A::fate(&error) else { panic!("{status}: {error:?}") };
        assert_eq!(raw.status().as_u16(), status);
        assert_eq!(raw.headers()["location"], *location);
        assert_eq!((server.requests().len(), target.connections()), (1, 0));
    }
    // The other server was there to be found.
    call::<A>(&target).await.unwrap();
    assert_eq!(target.connections(), 1);
}

async fn nobody_answers<A: Api>() {
    let client = builder::<A>(nobody()).build().unwrap();
    let error = A::call(&client, &A::request("id", "secret")).await.unwrap_err();
    let Fate::Transport(failure) = A::fate(&error) else { panic!("{error:?}") };
    assert_eq!(failure.kind(), TransportErrorKind::Connect);
    assert_eq!(error.received_status(), None);
    // A URL belongs to the request; the error is for logs.
    let mut shown = Shown::default();
    shown.error("nobody", &error);
    assert_eq!(shown.leaks(&spec::operation(A::SPEC).0), [] as [String; 0]);
}

async fn a_reply_that_never_comes<A: Api>() {
    let server = Server::silent();
    let soon = std::time::Duration::from_millis(200);
    let client = builder::<A>(server.url()).timeout(soon).build().unwrap();
    let error = A::call(&client, &A::request("id", "secret")).await.unwrap_err();
    let Fate::Transport(failure) = A::fate(&error) else { panic!("{error:?}") };
    assert_eq!(failure.kind(), TransportErrorKind::Timeout);
}

/// The type `http::Uri` ends at 65534 bytes, so no server could be asked either.
async fn a_request_that_cannot_be_built<A: Api>() {
    let server = Server::replying(reply(200, &[], ""));
    let base_url = format!("{}/{}", server.url(), "long".repeat(20_000));
    let client = builder::<A>(base_url).build().unwrap();
    let error = A::call(&client, &A::request("id", "secret")).await.unwrap_err();
    let Fate::Request(failure) = A::fate(&error) else { panic!("{error:?}") };
    assert_eq!(*failure, RequestError::Url);
    assert_eq!((error.received_status(), server.connections()), (None, 0));
}

async fn plain_http_stays_on_this_machine<A: Api>() {
    for far in ["http://login.example.com", "http://192.0.2.1", "http://localhost.example.com"] {
        let error = A::builder().base_url(far).build().unwrap_err();
        let cause = std::error::Error::source(&error).unwrap().to_string();
        assert!(cause.contains("this machine"), "{far}: {cause}");
    }
    let near = Server::replying(reply(418, &[], ""));
    let _ = A::call(&client::<A>(&near), &A::request("id", "secret")).await;
    assert_eq!(near.connections(), 1);
}
