//! Forms, checked against the WHATWG URL standard.

use super::*;
use crate::Secret;
use proptest::prelude::*;
use std::collections::BTreeMap;

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Grant {
    ClientCredentials,
}

#[derive(Serialize)]
struct Text(String);

fn exposed<S: Serializer>(secret: &Secret, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(secret.expose())
}

#[derive(Serialize)]
struct Login {
    grant_type: Grant,
    #[serde(serialize_with = "exposed")]
    client_secret: Secret,
    audience: Option<Text>,
    scope: Option<&'static str>,
    resource: Vec<&'static str>,
    #[serde(rename = "max age")]
    max_age: i64,
    ratio: f64,
    active: bool,
    #[serde(flatten)]
    more: BTreeMap<String, u8>,
}

fn encoded(value: &impl Serialize) -> Result<String, RequestError> {
    encode(value).map(|body| String::from_utf8(body.as_ref().to_vec()).unwrap())
}

#[test]
fn a_flat_struct() {
    let login = Login {
        grant_type: Grant::ClientCredentials,
        client_secret: "a b+c&d=e%\u{e4}*-._~".into(),
        audience: Some(Text("https://x/".to_owned())),
        scope: None,
        resource: vec!["a", "", "b c"],
        max_age: -5,
        ratio: 1.5,
        active: true,
        more: BTreeMap::from([("z".to_owned(), 255)]),
    };
    // The WHATWG URL standard, application/x-www-form-urlencoded percent-encode set.
    let expected = "grant_type=client_credentials\
        &client_secret=a+b%2Bc%26d%3De%25%C3%A4*-._%7E\
        &audience=https%3A%2F%2Fx%2F&resource=a&resource=&resource=b+c\
        &max+age=-5&ratio=1.5&active=true&z=255";
    assert_eq!(encoded(&login).unwrap(), expected);
}

/// What `json_object!` writes is the form that the derive writes.
#[test]
fn an_object_of_the_macro() {
    struct Lean {
        client_secret: Secret,
        scope: Option<&'static str>,
        audience: Option<String>,
        resource: Vec<&'static str>,
        max_age: i64,
        more: BTreeMap<String, u8>,
    }
    crate::json_object!(@write Lean {
        secret client_secret, optional scope, nullable audience, required resource,
        required max_age as "max age"; rest more
    });
    struct Nested {
        list: Vec<Vec<u8>>,
    }
    crate::json_object!(@write Nested { required list });
    let lean = Lean {
        client_secret: "a b+c".into(),
        scope: None,
        audience: None,
        resource: vec!["a", "b c"],
        max_age: -5,
        more: BTreeMap::from([("z".to_owned(), 255)]),
    };
    let expected = "client_secret=a+b%2Bc&resource=a&resource=b+c&max+age=-5&z=255";
    assert_eq!(encoded(&lean).unwrap(), expected);

    let error = encoded(&Nested { list: vec![Vec::new()] }).unwrap_err();
    assert_eq!(error, RequestError::FormField { name: "list".into() });
}

#[test]
fn nothing_is_an_empty_form() {
    assert_eq!(encoded(&()).unwrap(), "");
    assert_eq!(encoded(&None::<Login>).unwrap(), "");
    assert_eq!(encoded(&BTreeMap::from([("a", None::<u8>)])).unwrap(), "");
    assert_eq!(encoded(&BTreeMap::from([("a", Vec::<u8>::new())])).unwrap(), "");
}

#[test]
fn what_is_not_flat_is_named_and_not_quoted() {
    #[derive(Serialize)]
    struct Outer<T> {
        inner: T,
    }
    let refused = RequestError::FormField { name: "inner".into() };
    let nested = Outer { inner: Outer { inner: 1 } };
    assert_eq!(encoded(&nested).unwrap_err(), refused);
    assert_eq!(encoded(&Outer { inner: vec![vec![1]] }).unwrap_err(), refused);
    assert_eq!(encoded(&Outer { inner: BTreeMap::from([(1, 2)]) }).unwrap_err(), refused);
    assert_eq!(encoded(&Outer { inner: f64::NAN }).unwrap_err(), refused);
    let body = RequestError::Body { media_type: MEDIA_TYPE.into() };
    assert_eq!(encoded(&"hunter2").unwrap_err(), body);
    assert_eq!(encoded(&vec![1]).unwrap_err(), body);
    assert_eq!(encoded(&BTreeMap::from([((1, 2), 3)])).unwrap_err(), body);
}

proptest! {
    #[test]
    fn a_server_reads_back_what_was_written(
        pairs in proptest::collection::btree_map(".{0,8}", proptest::collection::vec(".{0,8}", 1..3), 0..4)
    ) {
        let body = encode(&pairs).unwrap();
        let mut read = BTreeMap::<String, Vec<String>>::new();
        for (name, value) in form_urlencoded::parse(body.as_ref()) {
            read.entry(name.into_owned()).or_default().push(value.into_owned());
        }
        prop_assert_eq!(read, pairs);
    }
}
