//! Turns path parameters into segments that reach the path meant and no other (RFC 3986, sections 2.1
//! and 3.3; OpenAPI 3.0.3, style `simple`).

use tamarack_goldens::golden::calls::v1::operations::{
    FindType, GetPart, SetMany, SetManyRequired,
};
use tamarack_goldens::golden::calls::v1::types::{GetPartFormat, Note, Thing};
use tamarack_goldens::runtime::RequestError;

use crate::{built, header};

fn part_path(id: i64, format: &str, part: &[&str]) -> Result<String, RequestError> {
    let part: Vec<_> = part.iter().map(|&text| text.to_owned()).collect();
    #[expect(deprecated, reason = "a deprecated operation is built all the same")]
    let operation = GetPart::new(id, format, part, "b", Note::new());
    Ok(built(operation)?.uri().path().to_owned())
}

fn type_path(name: &str, note: &Note) -> Result<String, RequestError> {
    let request = built(FindType::new(name, note.clone()))?;
    Ok(request.uri().path().to_owned())
}

#[test]
fn two_parameters_in_one_segment() {
    assert_eq!(part_path(7, "json", &["a"]).unwrap(), "/base/things/7.json/parts/a");
    assert_eq!(part_path(-1, "xml", &["a"]).unwrap(), "/base/things/-1.xml/parts/a");
    assert_eq!(part_path(0, "tar.gz", &["a"]).unwrap(), "/base/things/0.tar.gz/parts/a");
    assert_eq!(part_path(0, "a/b", &["a"]).unwrap(), "/base/things/0.a%2Fb/parts/a");
}

/// `simple` separates by commas, so one inside a value is encoded.
#[test]
fn a_list_in_a_segment() {
    let path = |part: &[&str]| part_path(1, "json", part).unwrap();
    assert_eq!(path(&["a", "b", "c"]), "/base/things/1.json/parts/a,b,c");
    assert_eq!(path(&["a,b", "c/d"]), "/base/things/1.json/parts/a%2Cb,c%2Fd");
    assert_eq!(path(&["..", "a"]), "/base/things/1.json/parts/..,a", "a segment of its own kind");
    for part in [&[][..], &[""], &["."], &[".."]] {
        let error = part_path(1, "json", part).unwrap_err();
        assert_eq!(error, RequestError::PathParameter { name: "part".into() }, "{part:?}");
    }
}

#[test]
fn what_has_a_meaning_in_a_url_is_encoded() {
    let cases = [
        ("a/b", "a%2Fb"),
        ("a?b", "a%3Fb"),
        ("a#b", "a%23b"),
        ("a b", "a%20b"),
        ("ü", "%C3%BC"),
        ("€", "%E2%82%AC"),
        ("a%2Fb", "a%252Fb"),
        ("a+b;c=d,e", "a%2Bb%3Bc%3Dd%2Ce"),
        ("a\\b", "a%5Cb"),
        ("\r\n", "%0D%0A"),
        ("-._~", "-._~"),
        ("../..", "..%2F.."),
        ("...", "..."),
        ("%2e%2e", "%252e%252e"),
    ];
    for (text, encoded) in cases {
        let path = type_path(text, &Note::new()).unwrap();
        assert_eq!(path, format!("/base/types/{encoded}/%7B%7D"), "{text}");
    }
}

/// RFC 3986, section 5.2.4 removes dot segments, and an empty one is another path.
#[test]
fn what_would_reach_another_path_is_refused() {
    for text in ["", ".", ".."] {
        let error = type_path(text, &Note::new()).unwrap_err();
        assert_eq!(error, RequestError::PathParameter { name: "type".into() }, "{text:?}");
        let required = SetManyRequired {
            a: text.to_owned(),
            b: 0,
            c: false,
            d: Vec::new(),
            e: String::new(),
            f: 0.0,
            body: Thing::new(0),
        };
        let error = built(SetMany::new(required)).unwrap_err();
        assert_eq!(error, RequestError::PathParameter { name: "a".into() }, "{text:?}");
    }
    assert!(part_path(1, "", &["a"]).is_err());
}

#[test]
fn json_in_a_segment() {
    let path = type_path("t", &Note::new().with_text("a/b ü")).unwrap();
    assert_eq!(path, "/base/types/t/%7B%22text%22%3A%22a%2Fb%20%C3%BC%22%7D");
}

/// A query parameter called `body` is a parameter, whatever the field is called.
#[test]
fn a_parameter_called_body() {
    let part = vec!["p".to_owned()];
    #[expect(deprecated, reason = "a deprecated operation is built all the same")]
    let operation = GetPart::new(1, GetPartFormat::Xml, part, "x&y", Note::new());
    let request = built(operation).unwrap();
    assert_eq!(request.method(), "GET");
    assert_eq!(request.uri().query(), Some("body=x%26y"));
    assert!(request.body().is_empty());
    // `security: []` takes away what the document asks for everywhere else.
    assert!(header(&request, "X-Key").is_empty());
}
