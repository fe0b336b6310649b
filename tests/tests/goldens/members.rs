//! Properties of objects as fields: required, optional, nullable, patched, secret, free-form.

use serde_json::{Value, json};
use tamarack_goldens::golden::shapes::v1::operations::ChangePerson;
use tamarack_goldens::golden::shapes::v1::types::{Person, PersonChange, PersonTagsItem};
use tamarack_goldens::runtime::{Error, Patch};

use crate::{answered, assert_round_trips, built, json_body, read};

/// What every person has; `nickname` is required and may be null.
fn person() -> Value {
    json!({"id": "7", "type": "t", "self": "s", "nickname": null, "account_id": "a"})
}

fn person_with(member: &str, value: Value) -> Person {
    let mut json = person();
    json[member] = value;
    read(&json)
}

fn sent(change: &PersonChange) -> Value {
    json_body(&built(ChangePerson::new("7", change.clone())).unwrap())
}

/// RFC 7396 tells apart what stays, what is removed and what is set.
#[test]
fn a_change_has_three_states() {
    assert_eq!(sent(&PersonChange::new()), json!({}));
    let change = PersonChange::new().with_nickname(Patch::Null);
    assert_eq!(sent(&change), json!({"nickname": null}));
    let change = PersonChange::new().with_nickname("Al".to_owned()).with_born(None::<String>);
    assert_eq!(sent(&change), json!({"nickname": "Al", "born": null}));
    let change = PersonChange::new().with_born(Patch::Value("2000-01-01T00:00:00Z".to_owned()));
    assert_eq!(sent(&change), json!({"born": "2000-01-01T00:00:00Z"}));
}

#[test]
fn the_three_states_are_read_again() {
    for json in [json!({}), json!({"nickname": null}), json!({"nickname": "", "born": null})] {
        assert_round_trips::<PersonChange>(&json);
    }
    let change: PersonChange = read(&json!({"nickname": null}));
    assert!(change.nickname.is_null() && change.born.is_absent());
}

/// `self` cannot be an identifier of Rust in any spelling, and is a property like others in JSON.
#[test]
fn a_member_called_self() {
    assert_eq!(sent(&PersonChange::new().with_self("me")), json!({"self": "me"}));
    assert_eq!(read::<Person>(&person()).self_, "s");
}

#[test]
fn the_path_and_the_method_of_a_change() {
    let request = built(ChangePerson::new("a/7", PersonChange::new()));
    let request = request.unwrap();
    assert_eq!(request.method(), "PATCH");
    assert_eq!(request.uri(), "https://example.com/base/people/a%2F7");
    assert_eq!(request.headers()["content-type"], "application/json");
}

#[test]
fn absent_and_null_are_both_none() {
    let absent: Person = read(&person());
    let mut json = person();
    for name in ["accountId", "password", "address", "tags", "labels", "free", "born", "flag"] {
        json[name] = Value::Null;
    }
    let null: Person = read(&json);
    for person in [absent, null] {
        assert!(person.nickname.is_none() && person.account_id_2.is_none());
        assert!(person.password.is_none() && person.address.is_none() && person.tags.is_none());
        assert!(person.labels.is_none() && person.free.is_none());
        assert!(person.born.is_none() && person.flag.is_none());
    }
}

/// `required` of a `readOnly` property holds for responses, which this type is for alone
/// (OpenAPI 3.0.3, "Schema Object", `readOnly`).
#[test]
fn what_a_reply_has_to_have() {
    for member in ["id", "type", "self", "account_id"] {
        let mut less = person();
        less.as_object_mut().unwrap().remove(member);
        let error = answered::<ChangePerson>(200, less.to_string()).unwrap_err();
        assert!(matches!(error, Error::Undecodable(_)), "{member}: {error:?}");
        let null = serde_json::from_str::<Person>(&{
            less[member] = Value::Null;
            less.to_string()
        });
        assert!(null.is_err(), "{member} is not nullable");
    }
}

/// Two properties whose names differ in nothing but their style are two.
#[test]
fn alike_names_are_not_mixed_up() {
    let person = person_with("accountId", json!(5));
    assert_eq!((person.account_id.as_str(), person.account_id_2), ("a", Some(5)));
    assert_eq!((person.r#type.as_str(), person.id.as_str()), ("t", "7"));
}

#[test]
fn a_password_is_not_shown() {
    let person = person_with("password", json!("hunter2"));
    assert_eq!(person.password.as_ref().unwrap().expose(), "hunter2");
    for shown in [format!("{person:?}"), format!("{person:#?}")] {
        assert!(!shown.contains("hunter2"), "{shown}");
        assert!(shown.contains("account_id"), "the rest is shown: {shown}");
    }
}

#[test]
fn objects_in_objects() {
    let address = json!({"street": "S", "geo": {"lat": -0.5, "lon": 13}, "more": 1});
    let address = person_with("address", address).address.unwrap();
    let geo = address.geo.unwrap();
    assert_eq!((address.street.as_deref(), geo.lat, geo.lon), (Some("S"), Some(-0.5), Some(13.0)));
    let tags = person_with("tags", json!(["new", "odd", "old"])).tags.unwrap();
    let odd = PersonTagsItem::Unrecognized("odd".to_owned());
    assert_eq!(tags, [PersonTagsItem::New, odd, PersonTagsItem::Old]);
}

/// The values of `labels` are nullable, so a null is a label and not the lack of one.
#[test]
fn a_map_of_what_may_be_null() {
    let labels = person_with("labels", json!({"a": "x", "b": null, "": ""})).labels.unwrap();
    assert_eq!(labels.len(), 3);
    assert_eq!((labels["a"].as_deref(), labels["b"].as_deref()), (Some("x"), None));
    assert_eq!(labels[""].as_deref(), Some(""));
}

/// The empty schema takes any value; an object without properties takes any object.
#[test]
fn free_values_are_kept() {
    for any in [json!(1), json!("x"), json!([null, {"a": 1e300}]), json!(false), json!({})] {
        assert_eq!(person_with("anything", any.clone()).anything, Some(any));
    }
    let free = json!({"z": [1], "a": {"b": null}});
    let kept = person_with("free", free.clone()).free.unwrap();
    assert_eq!(Value::Object(kept), free);
    let mut list = person();
    list["free"] = json!([]);
    assert!(serde_json::from_str::<Person>(&list.to_string()).is_err());
}
