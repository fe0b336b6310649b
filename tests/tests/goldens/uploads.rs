//! Multipart bodies, forms and bodies of several media types on a loopback socket, read back by the parsers of
//! other people: `multer` and `form_urlencoded`.

use std::sync::{Arc, LazyLock};
use std::time::Duration;

use tamarack_goldens::golden::bodies::v1::client::Client;
use tamarack_goldens::golden::bodies::v1::operations::{
    AddEntry, AddEntryBody, AddOrder, AddParts, AddPhoto, AddPicture, AddPictureEncoding, AddPlace,
    AddPlaceEncoding, SetEntry, SetParts, SetPicture, TouchEntry,
};
use tamarack_goldens::golden::bodies::v1::types::{
    AddEntryRequestMultipart, AddOrderRequest, AddOrderRequestCard, AddOrderRequestColor,
    AddOrderRequestItemsItem, AddPhotoRequest, Place, SetPartsRequest,
};
use tamarack_goldens::runtime::bytes::Bytes;
use tamarack_goldens::runtime::reqwest013::Reqwest013;
use tamarack_goldens::runtime::{
    FilePart, MediaBody, Operation, RequestBody, RequestError, Transport,
};
use tamarack_tests::server::{Request, Server, reply};

static TRANSPORT: LazyLock<Arc<dyn Transport>> =
    LazyLock::new(|| Arc::new(Reqwest013::new().unwrap()));

fn client(server: &Server) -> Client {
    let builder = Client::builder().base_url(server.url()).timeout(Duration::from_secs(20));
    builder.shared_transport(Arc::clone(&TRANSPORT)).build().unwrap()
}

/// Sends an operation whose success has no body, and returns the request as the server saw it.
async fn sent<O>(operation: O) -> Request
where
    O: Operation + Send,
    O::Success: Send,
    O::Error: std::fmt::Debug + Send,
    <O::Success as tamarack_goldens::runtime::ReadSuccess>::Body: std::fmt::Debug + Send,
{
    let server = Server::replying(reply(204, &[], ""));
    client(&server).send(operation).await.unwrap();
    let request = server.request();
    assert_eq!(request.header("Content-Type").len(), 1);
    request
}

/// A part: its name, file name, media type and content.
type Part = (String, Option<String>, Option<String>, Bytes);

async fn parts(request: &Request) -> Vec<Part> {
    // The parser takes no other subtype, and all have the syntax of RFC 2046.
    let media_type = request.header("Content-Type")[0].replace("/related", "/form-data");
    let boundary = multer::parse_boundary(media_type).unwrap();
    let mut parsed = multer::Multipart::with_reader(&*request.body, boundary);
    let mut acc = Vec::new();
    while let Some(field) = parsed.next_field().await.unwrap() {
        let name = field.name().unwrap().to_owned();
        let file_name = field.file_name().map(str::to_owned);
        let media_type = field.content_type().map(ToString::to_string);
        acc.push((name, file_name, media_type, field.bytes().await.unwrap()));
    }
    acc
}

fn part(
    name: &str,
    file_name: Option<&str>,
    media_type: Option<&str>,
    content: &'static [u8],
) -> Part {
    let content = Bytes::from_static(content);
    (name.to_owned(), file_name.map(str::to_owned), media_type.map(str::to_owned), content)
}

const OCTETS: Option<&str> = Some("application/octet-stream");

/// OpenAPI 3.0.4, section 4.7.15.1: `contentType` as the document declares it, else octet-stream for what is
/// binary, text for scalars and JSON for objects; a list has a part for each element. A file that has a
/// `contentMediaType` is of that type (3.1.1, section 4.4.3).
#[tokio::test]
async fn a_multipart_body() {
    let photo = FilePart::from(b"\x89PNG\r\n\r\n--\0\xff").file_name("cat \"1\".png");
    let body = AddPhotoRequest::new(photo, "Cat \u{fc}")
        .with_thumbnails(vec![FilePart::from(b"1"), FilePart::from(b"2").content_type("image/gif")])
        .with_size(-4)
        .with_tags(vec!["x".to_owned(), "y".to_owned()])
        .with_place(Place::new("here"))
        .with_key("hunter2")
        .with_mask(FilePart::from(b"m").file_name("m"))
        .with_cover(FilePart::from(b"c").file_name("c"));
    let shown = format!("{body:?}");
    assert!(!shown.contains("hunter2") && !shown.contains("PNG\\r"), "{shown}");
    let request = sent(AddPhoto::new(body)).await;
    assert_eq!(request.header("Content-Length"), [request.body.len().to_string()]);
    let expected = [
        part("photo", Some("cat %221%22.png"), Some("image/png"), b"\x89PNG\r\n\r\n--\0\xff"),
        part("thumbnails", Some("thumbnails"), OCTETS, b"1"),
        part("thumbnails", Some("thumbnails"), Some("image/gif"), b"2"),
        part("title", None, Some("text/plain; charset=utf-8"), "Cat \u{fc}".as_bytes()),
        part("size", None, None, b"-4"),
        part("tags", None, None, b"x"),
        part("tags", None, None, b"y"),
        part("place", None, Some("application/json"), br#"{"name":"here"}"#),
        part("key", None, None, b"hunter2"),
        part("mask", Some("m"), OCTETS, b"m"),
        part("cover", Some("c"), Some("image/webp"), b"c"),
    ];
    assert_eq!(parts(&request).await, expected);
}

/// Optional parts are left out, and so is an optional body with its media type.
#[tokio::test]
async fn what_is_absent_is_not_sent() {
    let request = sent(AddPhoto::new(AddPhotoRequest::new(b"p", "t"))).await;
    let names: Vec<_> = parts(&request).await.into_iter().map(|it| it.0).collect();
    assert_eq!(names, ["photo", "title"]);
    let server = Server::replying(reply(204, &[], ""));
    client(&server).send(AddParts::new()).await.unwrap();
    assert!(server.request().header("Content-Type").is_empty());
    // `required: false` holds although the schema has required properties.
    let server = Server::replying(reply(204, &[], ""));
    client(&server).send(TouchEntry::new()).await.unwrap();
    let request = server.request();
    assert!(request.header("Content-Type").is_empty() && request.body.is_empty());
    let request = sent(TouchEntry::new().body(Place::new("p"))).await;
    assert_eq!(request.body, br#"{"name":"p"}"#);
}

/// Without a schema the caller names the parts.
#[tokio::test]
async fn parts_that_the_document_does_not_name() {
    let body = [("a".to_owned(), FilePart::from("x")), ("b".to_owned(), FilePart::from("y"))];
    let request = sent(AddParts::new().body(body.into())).await;
    let expected = [part("a", Some("a"), OCTETS, b"x"), part("b", Some("b"), OCTETS, b"y")];
    assert_eq!(parts(&request).await, expected);
}

/// A file that is a stream: with the length of all parts the request has a length, without it is chunked.
#[tokio::test]
async fn a_file_that_is_a_stream() {
    for length in [None, Some(6)] {
        let pieces = [Ok::<_, std::io::Error>("abc"), Ok("def")];
        let content = RequestBody::iter(pieces);
        let content = match length {
            Some(length) => content.with_len(length),
            None => content,
        };
        let file = FilePart::new(content).file_name("s");
        let server = Server::replying(reply(204, &[], ""));
        let body = SetPartsRequest::new().with_place(Place::new("p")).with_file(file);
        client(&server).send(SetParts::new(body)).await.unwrap();
        let request = server.request();
        let has_length = !request.header("Content-Length").is_empty();
        assert_eq!(has_length, length.is_some());
        assert!(request.header("Content-Type")[0].starts_with("multipart/related;"));
        if has_length {
            let expected = [
                part("place", None, Some("application/json"), br#"{"name":"p"}"#),
                part("file", Some("s"), OCTETS, b"abcdef"),
            ];
            assert_eq!(parts(&request).await, expected);
        }
    }
}

#[tokio::test]
async fn a_form_with_encoding_objects() {
    let texts = |texts: [&str; 2]| texts.map(str::to_owned).to_vec();
    let mut place = Place::new("p&q");
    place = place.with_level(2);
    let item = |id| AddOrderRequestItemsItem::new().with_id(id);
    let body = AddOrderRequest::new(7)
        .with_ids(texts(["a,b", "c"]))
        .with_words(texts(["x", "y"]))
        .with_cells(vec![1, 2])
        .with_card(AddOrderRequestCard::new().with_number("42").with_owner(place.clone()))
        .with_items(vec![item(1), item(2)])
        .with_meta(place)
        .with_link("https://a.example/?b=c")
        .with_color(AddOrderRequestColor::new().with_r(1).with_g(2));
    let request = sent(AddOrder::new(body)).await;
    assert_eq!(request.header("Content-Type"), ["application/x-www-form-urlencoded"]);
    let text = std::str::from_utf8(&request.body).unwrap();
    // OpenAPI 3.0.4, section 4.7.12.5: the delimiters of the styles as they are sent.
    for pair in ["ids=a%2Cb,c", "words=x%20y", "cells=1%7C2", "link=https://a.example/?b%3Dc"] {
        assert!(text.split('&').any(|it| it == pair), "{pair}: {text}");
    }
    let pairs: Vec<_> = form_urlencoded::parse(&request.body).collect();
    let expected = [
        ("sum", "7"),
        ("ids", "a,b,c"),
        ("words", "x y"),
        ("cells", "1|2"),
        ("card[number]", "42"),
        ("card[owner][name]", "p&q"),
        ("card[owner][level]", "2"),
        ("items[0][id]", "1"),
        ("items[1][id]", "2"),
        ("meta", r#"{"name":"p&q","level":2}"#),
        ("link", "https://a.example/?b=c"),
        ("r", "1"),
        ("g", "2"),
    ];
    assert_eq!(pairs, expected.map(|(name, value)| (name.into(), value.into())));
}

/// Each declared media type can be chosen; where the types differ, the variant has its own.
#[tokio::test]
async fn a_body_in_one_of_several_media_types() {
    let file = AddEntryRequestMultipart::new(b"f");
    let place = || Place::new("p");
    let json = r#"{"name":"p"}"#;
    let vendor = AddEntryBody::ApplicationVndPlaceJsonCharsetUtf8(place());
    for (body, media_type, content) in [
        (AddEntryBody::Json(place()), "application/json", json),
        (vendor, "application/vnd.place+json; charset=utf-8", json),
        ("a,b".to_owned().into(), "text/csv", "a,b"),
        (RequestBody::from("b").into(), "application/octet-stream", "b"),
    ] {
        let request = sent(AddEntry::new(body)).await;
        assert_eq!(request.header("Content-Type"), [media_type]);
        assert_eq!(request.body, content.as_bytes());
    }
    let request = sent(AddEntry::new(file)).await;
    assert_eq!(parts(&request).await, [part("file", Some("file"), OCTETS, b"f")]);
}

#[tokio::test]
async fn a_type_that_all_media_types_share() {
    let with = |encoding| AddPlace::new(Place::new("p q").with_level(1)).encoding(encoding);
    let request = sent(with(AddPlaceEncoding::Form)).await;
    assert_eq!(request.body, b"name=p+q&level=1");
    let request = sent(with(AddPlaceEncoding::Multipart)).await;
    let expected = [part("name", None, None, b"p q"), part("level", None, None, b"1")];
    assert_eq!(parts(&request).await, expected);
    let request = sent(with(AddPlaceEncoding::Json)).await;
    assert_eq!(request.header("Content-Type"), ["application/json"]);
    let picture =
        AddPicture::new("i", Bytes::from_static(b"x")).encoding(AddPictureEncoding::ImageJpeg);
    assert_eq!(sent(picture).await.header("Content-Type"), ["image/jpeg"]);
}

/// RFC 9110, section 8.3: a request has a media type, never a range; of `image/*` the caller names one.
#[tokio::test]
async fn the_caller_names_a_type_of_a_range() {
    let request = sent(SetPicture::new("i", MediaBody::new("image/png", &b"x"[..]))).await;
    assert_eq!(request.header("Content-Type"), ["image/png"]);
    let request = sent(SetEntry::new().body(MediaBody::new("image/webp", "x"))).await;
    assert_eq!(request.header("Content-Type"), ["image/webp"]);
    let request = sent(SetEntry::new().body("<a/>".to_owned())).await;
    assert_eq!(request.header("Content-Type"), ["application/xml"]);
    let server = Server::replying(reply(204, &[], ""));
    let call =
        client(&server).send(SetPicture::new("i", MediaBody::new("image/*", "x"))).into_request();
    assert_eq!(call.unwrap_err(), RequestError::Body { media_type: "image/*".into() });
    assert!(server.requests().is_empty());
}
