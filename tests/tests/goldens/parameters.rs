//! Turns parameters into queries, headers and cookies: each style, exactly (OpenAPI 3.0.3, "Style
//! Values"; RFC 3986).

use serde_json::json;
use tamarack_goldens::golden::calls::v1::operations::{
    self, GetLevel, GetPart, ListThings, SetMany, SetManyRequired,
};
use tamarack_goldens::golden::calls::v1::types::{GetLevelXMode, ListThingsSort, Note, Thing};
use tamarack_goldens::runtime::RequestError;
use tamarack_goldens::runtime::bytes::Bytes;
use tamarack_goldens::runtime::http::{HeaderName, Request};

use crate::{built, header};

fn listed(operation: ListThings) -> Request<Bytes> {
    built(operation).unwrap()
}

fn query(operation: ListThings) -> String {
    listed(operation).uri().query().unwrap_or("none").to_owned()
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|&text| text.to_owned()).collect()
}

#[test]
fn nothing_is_added_that_nobody_set() {
    let request = listed(ListThings::new());
    assert_eq!(request.method(), "GET");
    assert_eq!(request.uri(), "https://example.com/base/things");
    let mut names: Vec<_> = request.headers().keys().map(HeaderName::as_str).collect();
    names.sort_unstable();
    // The server's default of `limit` is not sent: it is the server's to change.
    assert_eq!(names, ["accept", "user-agent", "x-key", "x-version"]);
    assert!(request.body().is_empty());
}

/// What the overlay calls a constant no caller needs to know.
#[test]
fn the_constant_header() {
    assert_eq!(operations::X_VERSION, "2026-04");
    let request = listed(ListThings::new().limit(1));
    assert_eq!(header(&request, "X-Version"), ["2026-04"]);
}

/// A required header is sent with its default unless the caller sets another value; what can have one
/// value alone is sent always. Other defaults are the server's.
#[test]
fn defaults_of_required_headers() {
    let headers = |operation: GetLevel| {
        let request = built(operation).unwrap();
        ["x-level", "x-mode", "x-kept", "x-kind", "x-calls"].map(|it| {
            let values = header(&request, it);
            assert!(values.len() < 2, "{it} is sent twice");
            values.first().map_or("none".to_owned(), ToString::to_string)
        })
    };
    assert_eq!(headers(GetLevel::new(1)), ["3", "safe", "none", "level", "1"]);
    let set = GetLevel::new(1).x_level(0).x_mode(GetLevelXMode::Fast).x_kept("a");
    assert_eq!(headers(set), ["0", "fast", "a", "level", "1"]);
}

#[test]
fn scalars() {
    let options = ListThings::new;
    assert_eq!(query(options().limit(-5)), "limit=-5");
    assert_eq!(query(options().sort("desc")), "sort=desc");
    assert_eq!(query(options().sort(ListThingsSort::Asc)), "sort=asc");
    assert_eq!(query(options().sort("by name & ü")), "sort=by%20name%20%26%20%C3%BC");
    assert_eq!(query(options().sort("")), "sort=");
    #[expect(deprecated, reason = "a deprecated parameter is sent all the same")]
    let old = options().old(false);
    assert_eq!(query(old), "old=false");
}

/// The tables of the specification have `blue,black,brown` in each style; a delimiter inside a value
/// is encoded, or the value would be two. `|` is no character of a query (RFC 3986, appendix A).
#[test]
fn lists_by_style() {
    let colors = || texts(&["blue", "black", "brown"]);
    let options = ListThings::new;
    assert_eq!(query(options().id(colors())), "id=blue&id=black&id=brown");
    assert_eq!(query(options().pipe(colors())), "pipe=blue%7Cblack%7Cbrown");
    assert_eq!(query(options().space(colors())), "space=blue%20black%20brown");
    assert_eq!(query(options().comma(vec![1, -2, 3])), "comma=1,-2,3");
    assert_eq!(query(options().id(texts(&["a&b=c", "", "d,e"]))), "id=a%26b%3Dc&id=&id=d%2Ce");
    assert_eq!(query(options().comma(vec![7])), "comma=7");
    assert_eq!(query(options().id(Vec::new())), "none");
}

#[test]
fn json_in_the_query() {
    let filter = json!({"a": [1, "x&y"], "ü": null});
    let options = ListThings::new().filter(filter.as_object().unwrap().clone());
    assert_eq!(
        query(options),
        "filter=%7B%22a%22%3A%5B1%2C%22x%26y%22%5D%2C%22%C3%BC%22%3Anull%7D"
    );
}

#[test]
fn parameters_come_in_the_documents_order() {
    let options = ListThings::new()
        .space(texts(&["s"]))
        .pipe(texts(&["p"]))
        .id(texts(&["i"]))
        .sort("asc")
        .limit(2);
    assert_eq!(query(options), "limit=2&sort=asc&id=i&pipe=p&space=s");
}

#[test]
fn headers_and_cookies() {
    let options = ListThings::new().x_trace("t 1").x_list(texts(&["a", "b c"])).session("s=1");
    let request = listed(options);
    assert_eq!(header(&request, "X-Trace"), ["t 1"]);
    assert_eq!(header(&request, "X-List"), ["a,b c"]);
    assert_eq!(header(&request, "Cookie"), ["session=s=1"]);
    assert_eq!(request.uri().query(), None);
}

/// None of these has an encoding that a server would undo.
#[test]
fn what_no_header_can_hold_is_refused() {
    let refused = |operation: ListThings| built(operation).unwrap_err();
    for text in ["a\r\nX-Key: other", "a\nb", "ü"] {
        let error = refused(ListThings::new().x_trace(text));
        assert_eq!(error, RequestError::Header { name: "x-trace".into() });
    }
    let error = refused(ListThings::new().x_list(texts(&["a,b"])));
    assert_eq!(error, RequestError::Header { name: "x-list".into() });
    for text in ["a;b", "a b", "a\"", "ü"] {
        let error = refused(ListThings::new().session(text));
        assert_eq!(error, RequestError::Cookie { name: "session".into() });
    }
}

/// A header holds ASCII; JSON has escapes for the rest (RFC 8259, section 7).
#[test]
fn json_in_a_header() {
    let sent = |note: &Note| {
        #[expect(deprecated, reason = "a deprecated operation is built all the same")]
        let operation = GetPart::new(1, "json", texts(&["p"]), "b", note.clone());
        header(&built(operation).unwrap(), "X-Meta").join("\n")
    };
    assert_eq!(sent(&Note::new()), "{}");
    assert_eq!(sent(&Note::new().with_text("a, b")), r#"{"text":"a, b"}"#);
    assert_eq!(sent(&Note::new().with_text("ü\n")), r#"{"text":"\u00fc\n"}"#);
}

#[test]
fn many_required_parameters() {
    let required = SetManyRequired {
        a: "x y".to_owned(),
        b: i64::MIN,
        c: true,
        d: texts(&["1", "2"]),
        e: "h".to_owned(),
        f: 0.5,
        body: Thing::new(3).with_name("n"),
    };
    let request = built(SetMany::new(required)).unwrap();
    let expected = "/base/many/x%20y?b=-9223372036854775808&c=true&d=1&d=2&f=0.5";
    assert_eq!(request.uri().path_and_query().unwrap(), expected);
    assert_eq!((request.method().as_str(), header(&request, "e")), ("PUT", vec!["h"]));
    assert_eq!(*request.body(), r#"{"id":3,"name":"n"}"#);
}
