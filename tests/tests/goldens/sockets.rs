//! Calls on a loopback socket: what the HTTP client sends for a valid request.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use tamarack_goldens::golden::calls::v1::client::{Client, Credential};
use tamarack_goldens::golden::calls::v1::operations::{ListThings, MakeThing, MakeThingOutcome};
use tamarack_goldens::golden::calls::v1::types::{Form, GetPartFormat, Note};
use tamarack_goldens::runtime::reqwest013::Reqwest013;
use tamarack_goldens::runtime::{Error, Transport};
use tamarack_tests::server::{Server, reply};

/// Reading the system's certificate authorities takes a while, so once for all.
static TRANSPORT: LazyLock<Arc<dyn Transport>> =
    LazyLock::new(|| Arc::new(Reqwest013::new().unwrap()));

fn client(server: &Server) -> Client {
    let builder = Client::builder().base_url(server.url()).timeout(Duration::from_secs(20));
    let builder = builder.shared_transport(Arc::clone(&TRANSPORT));
    builder.credential(Credential::Key("k-1".into())).build().unwrap()
}

/// An HTTP client reads the URL again and must not write it anew.
#[tokio::test]
async fn the_query_is_sent_as_it_was_built() {
    let server = Server::replying(reply(200, &[], r#"[{"id":1}]"#));
    let list = |texts: [&str; 2]| texts.map(str::to_owned).to_vec();
    let operation = ListThings::new()
        .id(list(["a/b", "'c'"]))
        .comma(vec![1, 2])
        .pipe(list(["x y", "z"]))
        .space(list(["s|t", "u"]))
        .session("abc");
    let things = client(&server).send(operation).await.unwrap();
    assert_eq!(things.body()[0].id, 1);
    let request = server.request();
    let expected = "/things?id=a%2Fb&id=%27c%27&comma=1,2&pipe=x%20y%7Cz&space=s%7Ct%20u";
    assert_eq!((request.method.as_str(), request.path.as_str()), ("GET", expected));
    assert_eq!(request.header("X-Key"), ["k-1"]);
    assert_eq!(request.header("X-Version"), ["2026-04"]);
    assert_eq!(request.header("Cookie"), ["session=abc"]);
    assert!(request.header("Content-Type").is_empty() && request.body.is_empty());
}

/// `x|y` in a list of `x|y` and `z` would arrive as three values.
#[tokio::test]
async fn a_value_that_would_arrive_as_two_is_not_sent() {
    let server = Server::replying(reply(200, &[], "[]"));
    let list = |text: &str| vec![text.to_owned(), "z".to_owned()];
    for operation in [ListThings::new().pipe(list("x|y")), ListThings::new().space(list("s t"))] {
        let error = client(&server).send(operation).await.unwrap_err();
        assert!(error.to_string().contains("delimiter"), "{error}");
    }
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn the_path_is_sent_as_it_was_built() {
    let server = Server::replying(reply(200, &[], b"\x00\xff"));
    let part = vec!["a,b".to_owned(), "c/../d ü?".to_owned()];
    let note = Note::new().with_text("ü");
    let client = client(&server);
    #[expect(deprecated, reason = "a deprecated operation is called all the same")]
    let call = client.get_part(7, GetPartFormat::Xml, part, "b", note);
    let body = call.await.unwrap().into_body();
    assert_eq!(body.bytes().await.unwrap().as_ref(), b"\x00\xff");
    let request = server.request();
    assert_eq!(request.path, "/things/7.xml/parts/a%2Cb,c%2F..%2Fd%20%C3%BC%3F?body=b");
    assert_eq!(request.header("X-Meta"), [r#"{"text":"\u00fc"}"#]);
    assert!(request.header("X-Key").is_empty());
}

#[tokio::test]
async fn no_body_and_no_type_of_one() {
    let server = Server::replying(reply(202, &[], ""));
    let client = client(&server);
    let made = client.make_thing().await.unwrap();
    assert!(matches!(made.body(), MakeThingOutcome::Accepted(())));
    let request = server.request();
    assert_eq!(request.header("Content-Length"), ["0"]);
    assert!(request.header("Content-Type").is_empty() && request.body.is_empty());
    let names = request.header_names();
    assert_eq!(names, ["accept", "content-length", "host", "user-agent"]);
    client.send(MakeThing::new().body(Note::new())).await.unwrap();
    let request = &server.requests()[1];
    assert_eq!(request.header("Content-Type"), ["application/json"]);
    assert_eq!(request.body, b"{}");
}

/// The length in the head is that of a body which does not come (RFC 9110, section 9.3.2).
#[tokio::test]
async fn a_head_is_not_waited_for() {
    let head = |status| {
        format!("HTTP/1.1 {status} X\r\nContent-Length: 9\r\nConnection: close\r\n\r\n")
            .into_bytes()
    };
    let server = Server::scripted([head(200), head(404)]);
    let client = client(&server);
    assert_eq!(client.probe().await.unwrap().headers()["content-length"], "9");
    assert_eq!(server.request().method, "HEAD");
    let error = client.probe().await.unwrap_err();
    assert!(matches!(&error, Error::Undeclared(reply) if reply.bytes().is_empty()));
    assert_eq!(error.status().unwrap(), 404);
}

#[tokio::test]
async fn a_form_arrives() {
    let server = Server::replying(reply(200, &[], ""));
    let form = Form::new("a b").with_tags(vec!["1".to_owned(), "2".to_owned()]);
    client(&server).send_form(form).await.unwrap();
    let request = server.request();
    assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/forms"));
    assert_eq!(request.header("Content-Type"), ["application/x-www-form-urlencoded"]);
    assert_eq!(request.body, b"name=a+b&tags=1&tags=2");
}
