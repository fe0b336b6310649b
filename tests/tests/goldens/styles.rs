//! Sends a value of each shape in each style over a socket and compares it with `styles.toml`, which says what the
//! texts of OpenAPI and RFC 6570 make of it; what they leave undefined has to be reported.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use serde::Deserialize;
use tamarack::Input;
use tamarack::api::{ObjectStyle as DeclaredStyle, Style};
use tamarack_goldens::golden::styles::v1::client::Client;
use tamarack_goldens::golden::styles::v1::operations::*;
use tamarack_goldens::golden::styles::v1::types::{
    Color, Filter, FilterEither, FilterRange, Painted, PaintedList, PaintedObject, Partial,
};
use tamarack_goldens::runtime::http::Request;
use tamarack_goldens::runtime::reqwest013::Reqwest013;
use tamarack_goldens::runtime::{Call, Operation, RequestError, Transport};
use tamarack_tests::server::{Request as Received, Server, reply};

/// The whole table.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    row: Vec<Row>,
    undefined: Vec<Undefined>,
}

/// What is sent of a value.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    operation: String,
    location: String,
    style: String,
    explode: bool,
    shape: String,
    sent: String,
    /// Where it is written.
    #[expect(dead_code, reason = "for people; each row must have one")]
    source: String,
}

/// What has no meaning.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Undefined {
    location: String,
    style: String,
    explode: bool,
    shape: String,
}

impl Undefined {
    /// The media type of a body of which it is a property.
    fn media_type(&self) -> Option<&'static str> {
        match self.location.as_str() {
            "form" => Some("application/x-www-form-urlencoded"),
            "multipart" => Some("multipart/form-data"),
            _ => None,
        }
    }

    /// The style is reported at its place, and the property is sent as if there were none.
    fn is_reported_in_a_body(&self, media_type: &str, schema: &str) {
        let encoding = format!("{{color: {{style: {}, explode: {}}}}}", self.style, self.explode);
        let text = format!(
            "openapi: 3.1.1\ninfo: {{title: t, version: '1'}}\npaths: {{/a: {{post: {{operationId: a, requestBody: {{required: true, content: {{{media_type}: {{schema: {{type: object, properties: {{color: {schema}}}}}, encoding: {encoding}}}}}}}, responses: {{'204': {{description: d}}}}}}}}}}\n",
        );
        let read = tamarack::read(&Input::new("spec", text));
        let said: Vec<_> = read.diagnostics.open.iter().map(|it| it.at.to_string()).collect();
        let are_at_it = said.iter().all(|it| it.contains("/encoding/color/"));
        assert!(are_at_it && !said.is_empty(), "{} {}: {said:?}", self.location, self.style);
        assert_eq!(read.model.unwrap().api.operations.len(), 1);
    }
}

fn table() -> Table {
    toml::from_str(include_str!("styles.toml")).unwrap()
}

/// Reading the system's certificate authorities takes a while, so once for all.
static TRANSPORT: LazyLock<Arc<dyn Transport>> =
    LazyLock::new(|| Arc::new(Reqwest013::new().unwrap()));

const TEXT: &str = "blue";

fn list() -> Vec<String> {
    ["blue", "black", "brown"].map(str::to_owned).to_vec()
}

fn color() -> Color {
    Color::new(100, 200, 150)
}

/// Sends an operation and returns what arrived.
async fn arrived<O: Operation + Send + Sync + 'static>(operation: O) -> Received {
    let server = Server::replying(reply(204, &[], ""));
    let builder = Client::builder().base_url(server.url()).timeout(Duration::from_secs(20));
    let client = builder.shared_transport(Arc::clone(&TRANSPORT)).build().unwrap();
    let request = Call::new(client.core(), operation).into_request().unwrap();
    client.core().send(request).await.unwrap();
    server.request()
}

/// The parts of a multipart body, a line for each.
async fn parts(request: &Received) -> String {
    let boundary = multer::parse_boundary(request.header("content-type")[0]).unwrap();
    let mut parsed = multer::Multipart::with_reader(&*request.body, boundary);
    let mut acc = Vec::new();
    while let Some(field) = parsed.next_field().await.unwrap() {
        let name = field.name().unwrap().to_owned();
        assert_eq!(field.content_type(), None);
        acc.push(format!("{name}={}", field.text().await.unwrap()));
    }
    acc.join("\n")
}

/// Sends the operation of a row.
async fn sent(operation: &str) -> Received {
    match operation {
        "path_matrix_primitive" => arrived(PathMatrixPrimitive::new(TEXT)).await,
        "path_matrix_list" => arrived(PathMatrixList::new(list())).await,
        "path_matrix_object" => arrived(PathMatrixObject::new(color())).await,
        "path_matrix_exploded_primitive" => arrived(PathMatrixExplodedPrimitive::new(TEXT)).await,
        "path_matrix_exploded_list" => arrived(PathMatrixExplodedList::new(list())).await,
        "path_matrix_exploded_object" => arrived(PathMatrixExplodedObject::new(color())).await,
        "path_label_primitive" => arrived(PathLabelPrimitive::new(TEXT)).await,
        "path_label_list" => arrived(PathLabelList::new(list())).await,
        "path_label_object" => arrived(PathLabelObject::new(color())).await,
        "path_label_exploded_primitive" => arrived(PathLabelExplodedPrimitive::new(TEXT)).await,
        "path_label_exploded_list" => arrived(PathLabelExplodedList::new(list())).await,
        "path_label_exploded_object" => arrived(PathLabelExplodedObject::new(color())).await,
        "path_simple_primitive" => arrived(PathSimplePrimitive::new(TEXT)).await,
        "path_simple_list" => arrived(PathSimpleList::new(list())).await,
        "path_simple_object" => arrived(PathSimpleObject::new(color())).await,
        "path_simple_exploded_primitive" => arrived(PathSimpleExplodedPrimitive::new(TEXT)).await,
        "path_simple_exploded_list" => arrived(PathSimpleExplodedList::new(list())).await,
        "path_simple_exploded_object" => arrived(PathSimpleExplodedObject::new(color())).await,
        "query_form_primitive" => arrived(QueryFormPrimitive::new(TEXT)).await,
        "query_form_list" => arrived(QueryFormList::new(list())).await,
        "query_form_object" => arrived(QueryFormObject::new(color())).await,
        "query_form_exploded_primitive" => arrived(QueryFormExplodedPrimitive::new(TEXT)).await,
        "query_form_exploded_list" => arrived(QueryFormExplodedList::new(list())).await,
        "query_form_exploded_object" => arrived(QueryFormExplodedObject::new(color())).await,
        "query_spaceDelimited_list" => arrived(QuerySpaceDelimitedList::new(list())).await,
        "query_spaceDelimited_object" => arrived(QuerySpaceDelimitedObject::new(color())).await,
        "query_pipeDelimited_list" => arrived(QueryPipeDelimitedList::new(list())).await,
        "query_pipeDelimited_object" => arrived(QueryPipeDelimitedObject::new(color())).await,
        "query_deepObject_exploded_object" => {
            arrived(QueryDeepObjectExplodedObject::new(color())).await
        }
        "header_simple_primitive" => arrived(HeaderSimplePrimitive::new(TEXT)).await,
        "header_simple_list" => arrived(HeaderSimpleList::new(list())).await,
        "header_simple_object" => arrived(HeaderSimpleObject::new(color())).await,
        "header_simple_exploded_primitive" => {
            arrived(HeaderSimpleExplodedPrimitive::new(TEXT)).await
        }
        "header_simple_exploded_list" => arrived(HeaderSimpleExplodedList::new(list())).await,
        "header_simple_exploded_object" => arrived(HeaderSimpleExplodedObject::new(color())).await,
        "cookie_form_primitive" => arrived(CookieFormPrimitive::new(TEXT)).await,
        "cookie_form_list" => arrived(CookieFormList::new(list())).await,
        "cookie_form_object" => arrived(CookieFormObject::new(color())).await,
        "cookie_form_exploded_primitive" => arrived(CookieFormExplodedPrimitive::new(TEXT)).await,
        "cookie_cookie_primitive" => arrived(CookieCookiePrimitive::new(TEXT)).await,
        "cookie_cookie_list" => arrived(CookieCookieList::new(list())).await,
        "cookie_cookie_object" => arrived(CookieCookieObject::new(color())).await,
        "cookie_cookie_exploded_primitive" => {
            arrived(CookieCookieExplodedPrimitive::new(TEXT)).await
        }
        "cookie_cookie_exploded_list" => arrived(CookieCookieExplodedList::new(list())).await,
        "cookie_cookie_exploded_object" => arrived(CookieCookieExplodedObject::new(color())).await,
        other => sent_in_body(other).await,
    }
}

/// Sends the operation of a row whose value is a property of a body.
async fn sent_in_body(operation: &str) -> Received {
    match operation {
        "form_form_primitive" => arrived(FormFormPrimitive::new(Painted::new(TEXT))).await,
        "form_form_list" => arrived(FormFormList::new(PaintedList::new(list()))).await,
        "form_form_object" => arrived(FormFormObject::new(PaintedObject::new(color()))).await,
        "form_form_exploded_primitive" => {
            arrived(FormFormExplodedPrimitive::new(Painted::new(TEXT))).await
        }
        "form_form_exploded_list" => {
            arrived(FormFormExplodedList::new(PaintedList::new(list()))).await
        }
        "form_form_exploded_object" => {
            arrived(FormFormExplodedObject::new(PaintedObject::new(color()))).await
        }
        "form_spaceDelimited_list" => {
            arrived(FormSpaceDelimitedList::new(PaintedList::new(list()))).await
        }
        "form_spaceDelimited_object" => {
            arrived(FormSpaceDelimitedObject::new(PaintedObject::new(color()))).await
        }
        "form_pipeDelimited_list" => {
            arrived(FormPipeDelimitedList::new(PaintedList::new(list()))).await
        }
        "form_pipeDelimited_object" => {
            arrived(FormPipeDelimitedObject::new(PaintedObject::new(color()))).await
        }
        "form_deepObject_exploded_object" => {
            arrived(FormDeepObjectExplodedObject::new(PaintedObject::new(color()))).await
        }
        "multipart_form_primitive" => {
            arrived(MultipartFormPrimitive::new(Painted::new(TEXT))).await
        }
        "multipart_form_list" => arrived(MultipartFormList::new(PaintedList::new(list()))).await,
        "multipart_form_object" => {
            arrived(MultipartFormObject::new(PaintedObject::new(color()))).await
        }
        "multipart_form_exploded_primitive" => {
            arrived(MultipartFormExplodedPrimitive::new(Painted::new(TEXT))).await
        }
        "multipart_form_exploded_list" => {
            arrived(MultipartFormExplodedList::new(PaintedList::new(list()))).await
        }
        "multipart_form_exploded_object" => {
            arrived(MultipartFormExplodedObject::new(PaintedObject::new(color()))).await
        }
        "multipart_spaceDelimited_list" => {
            arrived(MultipartSpaceDelimitedList::new(PaintedList::new(list()))).await
        }
        "multipart_spaceDelimited_object" => {
            arrived(MultipartSpaceDelimitedObject::new(PaintedObject::new(color()))).await
        }
        "multipart_pipeDelimited_list" => {
            arrived(MultipartPipeDelimitedList::new(PaintedList::new(list()))).await
        }
        "multipart_pipeDelimited_object" => {
            arrived(MultipartPipeDelimitedObject::new(PaintedObject::new(color()))).await
        }
        "multipart_deepObject_exploded_object" => {
            arrived(MultipartDeepObjectExplodedObject::new(PaintedObject::new(color()))).await
        }
        other => panic!("no operation `{other}`"),
    }
}

#[tokio::test]
async fn every_style_is_sent_as_the_texts_say() {
    for row in table().row {
        let request = sent(&row.operation).await;
        let body = match request.header("content-type").first() {
            Some(it) if it.starts_with("multipart/") => parts(&request).await,
            _ => String::from_utf8(request.body.clone()).unwrap(),
        };
        let arrived = (
            request.path.as_str(),
            request.header("color"),
            request.header("cookie"),
            body.as_str(),
        );
        let at = format!("/{}", row.operation);
        let (in_path, in_query) = (format!("{at}/{}", row.sent), format!("{at}?{}", row.sent));
        let sent = row.sent.as_str();
        let expected = match row.location.as_str() {
            "path" => (in_path.as_str(), vec![], vec![], ""),
            "query" => (in_query.as_str(), vec![], vec![], ""),
            "header" => (at.as_str(), vec![sent], vec![], ""),
            "cookie" => (at.as_str(), vec![], vec![sent], ""),
            "form" | "multipart" => (at.as_str(), vec![], vec![], sent),
            other => panic!("no location `{other}`"),
        };
        assert_eq!(arrived, expected, "{}", row.operation);
    }
}

/// A style, a location or a shape that is forgotten in the table would not be tested.
#[test]
fn the_table_is_complete() {
    let table = table();
    let styles = [
        ("path", "simple"),
        ("path", "label"),
        ("path", "matrix"),
        ("query", "form"),
        ("query", "spaceDelimited"),
        ("query", "pipeDelimited"),
        ("query", "deepObject"),
        ("header", "simple"),
        ("cookie", "form"),
        ("cookie", "cookie"),
        ("form", "form"),
        ("form", "spaceDelimited"),
        ("form", "pipeDelimited"),
        ("form", "deepObject"),
        ("multipart", "form"),
        ("multipart", "spaceDelimited"),
        ("multipart", "pipeDelimited"),
        ("multipart", "deepObject"),
    ];
    for (location, style) in styles {
        for explode in [false, true] {
            let is_row = |it: &&Row| {
                (it.location.as_str(), it.style.as_str(), it.explode) == (location, style, explode)
            };
            let rows: Vec<_> =
                table.row.iter().filter(is_row).map(|it| it.shape.as_str()).collect();
            let is_undefined = |it: &&Undefined| {
                (it.location.as_str(), it.style.as_str(), it.explode) == (location, style, explode)
            };
            let undefined = table.undefined.iter().filter(is_undefined).map(|it| it.shape.as_str());
            let known: Vec<_> = rows.into_iter().chain(undefined).collect();
            // Of the other combinations of these three the table of OpenAPI says "n/a".
            let shapes: &[&str] = match style {
                "deepObject" => &["object"],
                "spaceDelimited" | "pipeDelimited" if explode => &["object"],
                "spaceDelimited" | "pipeDelimited" => &["list", "object"],
                _ => &["primitive", "list", "object"],
            };
            for shape in shapes {
                assert!(known.contains(shape), "{location} {style} {explode} {shape}");
            }
        }
    }
}

#[test]
fn what_the_texts_leave_undefined_is_reported() {
    for it in table().undefined {
        let schema = match it.shape.as_str() {
            "list" => "{type: array, items: {type: string}}",
            "object" => "{type: object, properties: {a: {type: string}}}",
            "nested" => {
                "{type: object, properties: {a: {type: object, properties: {b: {type: string}}}}}"
            }
            other => panic!("no shape `{other}`"),
        };
        if let Some(media_type) = it.media_type() {
            it.is_reported_in_a_body(media_type, schema);
            continue;
        }
        let path = if it.location == "path" { "/a/{color}" } else { "/a" };
        let text = format!(
            "openapi: 3.1.1\ninfo: {{title: t, version: '1'}}\npaths: {{'{path}': {{get: {{operationId: a, parameters: [{{name: color, in: {}, required: true, style: {}, explode: {}, schema: {schema}}}], responses: {{'204': {{description: d}}}}}}}}}}\n",
            it.location, it.style, it.explode
        );
        let read = tamarack::read(&Input::new("spec", text));
        let said: Vec<_> =
            read.diagnostics.open.iter().map(|it| (it.code.0, it.title.as_str())).collect();
        assert!(matches!(said.as_slice(), [("OAS314", _)]), "{} {}: {said:?}", it.style, it.shape);
        assert!(read.model.unwrap().api.operations.is_empty());
    }
}

/// Where the table of OpenAPI says "n/a", RFC 6570 has no such operator either: a value is sent as in the style
/// `form`, since one value has no delimiters, and what has no such reading is reported.
#[test]
fn what_the_styles_do_not_apply_to_costs_no_operation() {
    let list = "{type: array, items: {type: string}}";
    let text = "{type: string}";
    for (style, explode, schema, expected, is_reported) in [
        ("spaceDelimited", false, text, Style::Plain, false),
        ("spaceDelimited", true, text, Style::Plain, false),
        ("spaceDelimited", true, list, Style::Repeated, false),
        ("pipeDelimited", false, text, Style::Plain, false),
        ("pipeDelimited", true, text, Style::Plain, false),
        ("pipeDelimited", true, list, Style::Repeated, false),
        ("deepObject", false, text, Style::Plain, false),
        ("deepObject", true, text, Style::Plain, false),
        ("deepObject", false, list, Style::Object(DeclaredStyle::Deep), true),
        ("deepObject", true, list, Style::Object(DeclaredStyle::Deep), true),
    ] {
        let document = format!(
            "openapi: 3.1.1\ninfo: {{title: t, version: '1'}}\npaths: {{/a: {{get: {{operationId: a, parameters: [{{name: color, in: query, style: {style}, explode: {explode}, schema: {schema}}}], responses: {{'204': {{description: d}}}}}}}}}}\n",
        );
        let read = tamarack::read(&Input::new("spec", document));
        let said: Vec<_> = read.diagnostics.open.iter().map(|it| it.code.0).collect();
        assert_eq!(said.contains(&"OAS314"), is_reported, "{style} {explode} {schema}: {said:?}");
        let api = read.model.unwrap().api;
        assert_eq!(api.operations[0].parameters[0].style, expected, "{style} {explode} {schema}");
    }
}

fn built<O: Operation>(operation: O) -> Result<Request<Vec<u8>>, RequestError> {
    let builder = Client::builder().shared_transport(Arc::clone(&TRANSPORT));
    let request = Call::new(builder.build().unwrap().core(), operation).into_request()?;
    Ok(request.map(|_| Vec::new()))
}

fn query<O: Operation>(operation: O) -> Option<String> {
    built(operation).unwrap().uri().query().map(str::to_owned)
}

/// RFC 6570 section 2.3: a list or an object without members is undefined, and so is a member that is `null`.
#[test]
fn what_is_absent_or_empty_is_not_sent() {
    assert_eq!(query(Optional::new()), None);
    assert_eq!(query(Optional::new().list(vec![]).object(Partial::new())), None);
    let request = built(Optional::new().x_object(Partial::new())).unwrap();
    assert!(!request.headers().contains_key("x-object"));
    let object = Partial::new().with_b(true);
    assert_eq!(query(Optional::new().object(object)).as_deref(), Some("object=b,true"));
    for error in [
        built(PathSimpleList::new(vec![])).unwrap_err(),
        built(PathMatrixList::new(vec![])).unwrap_err(),
        built(PathLabelPrimitive::new("")).unwrap_err(),
    ] {
        assert_eq!(error, RequestError::PathParameter { name: "color".into() });
    }
}

/// The column `empty` of the table, and RFC 6570 section 3.2.7: an empty text has no `=` in a matrix.
#[test]
fn an_empty_text_is_sent_where_the_style_has_a_form_for_it() {
    assert_eq!(query(QueryFormPrimitive::new("")).as_deref(), Some("color="));
    let path =
        |request: Result<Request<Vec<u8>>, RequestError>| request.unwrap().uri().path().to_owned();
    assert_eq!(path(built(PathMatrixPrimitive::new(""))), "/path_matrix_primitive/;color");
    let texts = vec![String::new(), "a".to_owned()];
    let exploded = "/path_matrix_exploded_list/;color;color=a";
    assert_eq!(path(built(PathMatrixExplodedList::new(texts))), exploded);
}

/// A delimiter inside a text is encoded, or the text would be two.
#[test]
fn a_delimiter_is_encoded() {
    let path =
        |request: Result<Request<Vec<u8>>, RequestError>| request.unwrap().uri().path().to_owned();
    let texts = || vec!["a,b".to_owned(), "c.d;e=/f".to_owned()];
    let expected = "/path_label_exploded_list/.a%2Cb.c.d%3Be%3D%2Ff";
    assert_eq!(path(built(PathLabelExplodedList::new(texts()))), expected);
    let expected = "/path_matrix_exploded_list/;color=a%2Cb;color=c.d%3Be%3D%2Ff";
    assert_eq!(path(built(PathMatrixExplodedList::new(texts()))), expected);
    for refused in [
        built(CookieFormList::new(texts())).unwrap_err(),
        built(CookieCookieExplodedList::new(texts())).unwrap_err(),
    ] {
        assert_eq!(refused, RequestError::Cookie { name: "color".into() });
    }
}

/// The brackets that servers read, at every level; what can be a text or an object is both.
#[test]
fn a_deep_object_is_as_deep_as_its_value() {
    let inner = Filter::new().with_name("b&c");
    let range = FilterRange::new().with_gte(1);
    let filter = Filter::new().with_name("a").with_range(range).with_and(vec![inner]);
    let sent = query(Optional::new().filter(filter.clone().with_either(color())));
    let expected = "filter%5Bname%5D=a&filter%5Brange%5D%5Bgte%5D=1&filter%5Band%5D%5B0%5D%5Bname%5D=b%26c&filter%5Beither%5D%5BR%5D=100&filter%5Beither%5D%5BG%5D=200&filter%5Beither%5D%5BB%5D=150";
    assert_eq!(sent.as_deref(), Some(expected));
    let either = Filter::new().with_either(FilterEither::from("t".to_owned()));
    assert_eq!(query(Optional::new().filter(either)).as_deref(), Some("filter%5Beither%5D=t"));
}

/// RFC 6570 section 3.2.3, without `[`, `]`, `#`, `&` and `+` (OpenAPI 3.0.4, `allowReserved`).
#[test]
fn reserved_characters_stay_where_the_document_allows_them() {
    let operation =
        Reserved::new().url("https://a.example/?b=c&d[e]").urls(vec!["/a,b".into(), "%2F%".into()]);
    let expected = "url=https://a.example/?b=c%26d%5Be%5D&urls=/a%2Cb,%2F%25";
    assert_eq!(query(operation).as_deref(), Some(expected));
    // OpenAPI 3.2.0: RFC 6570 section 3.2.3, without what ends a path.
    let path = built(ReservedPath::new("a/b;c=1?d#e f%2F%")).unwrap().uri().path().to_owned();
    assert!(path.ends_with("/reserved/a/b;c=1%3Fd%23e%20f%2F%25"), "{path}");
    let all = [("a/b".to_owned(), "c/d&".to_owned())].into();
    assert_eq!(query(Reserved::new().all(all)).as_deref(), Some("a%2Fb=c/d%26"));
}

#[test]
fn json_is_one_text() {
    let operation = AsJson::new(color()).tint(color()).x_color(color());
    let request = built(operation).unwrap();
    let json = "%7B%22R%22%3A100%2C%22G%22%3A200%2C%22B%22%3A150%7D";
    assert_eq!(request.uri().path(), format!("/json/{json}"));
    assert_eq!(request.uri().query(), Some(format!("tint={json}").as_str()));
    assert_eq!(request.headers()["x-color"], r#"{"R":100,"G":200,"B":150}"#);
}
