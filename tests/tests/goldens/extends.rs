//! Schemas that extend others: a property that several parts of `allOf` declare holds what all of them say
//! (JSON Schema 2020-12 core §10.2.1.1), so nothing of a value is lost.

use serde_json::{Value, json};
use tamarack_goldens::golden::extends::v1::types::{
    Firm, FirmState, FirmUpdate, FirmUpdateSeat, FirmUpdateState, FirmView, Kind,
};

/// Each property as both of its schemas allow it.
fn update() -> Value {
    json!({
        "id": "f1",
        "address": null,
        "size": 3,
        "seat": {"city": "Bergen", "post": {"code": "5003", "box": 7}, "open": true},
        "kind": "bank",
        "state": "closed",
        "tags": ["old"],
        "rooms": [{"floor": 2, "door": "oak"}],
        "owner": {"name": "Solveig"},
        "code": "tok-1",
        "parent": {"id": "f0", "since": 1921, "address": "quay", "parent": {"id": "f-1"}},
    })
}

#[test]
fn a_property_of_two_parts_keeps_what_both_declare() {
    let read: FirmUpdate = serde_json::from_value(update()).unwrap();
    assert_eq!(read.id, "f1");
    let seat: &FirmUpdateSeat = read.seat.as_ref().unwrap();
    assert_eq!(seat.city, "Bergen");
    assert_eq!(seat.open, Some(true));
    assert_eq!(seat.post.as_ref().unwrap().r#box, Some(7));
    assert_eq!(read.kind, Some(Kind::Bank));
    assert_eq!(read.rooms.as_ref().unwrap()[0].door.as_deref(), Some("oak"));
    assert_eq!(read.owner.as_ref().unwrap().name, "Solveig");
    assert_eq!(read.parent.as_ref().unwrap().since, Some(1921));
    assert_eq!(serde_json::to_value(&read).unwrap(), update());
}

#[test]
fn what_one_part_hides_is_hidden_in_all() {
    let read: FirmUpdate = serde_json::from_value(update()).unwrap();
    assert!(!format!("{read:?}").contains("tok-1"));
}

#[test]
fn listed_values_are_those_that_every_part_lists() {
    // `new` and `sold` are each in one list alone; the names are those of the list that counts.
    assert_eq!(FirmUpdateState::from("closed"), FirmUpdateState::Closed);
    assert_eq!(FirmUpdateState::from("open"), FirmUpdateState::Open);
    for only_once in ["new", "sold"] {
        assert_eq!(
            FirmUpdateState::from(only_once),
            FirmUpdateState::Unrecognized(only_once.to_owned())
        );
    }
    assert_eq!(FirmState::from("new"), FirmState::Fresh);
}

#[test]
fn docs_alone_make_no_new_type() {
    let read: FirmView = serde_json::from_value(update()).unwrap();
    let seat: FirmUpdateSeat = read.seat.unwrap();
    assert_eq!(seat.open, Some(true));
}

#[test]
fn the_base_is_as_it_was() {
    let base: Firm = serde_json::from_value(json!({"id": "f2", "owner": {"x": 1}})).unwrap();
    assert_eq!(base.owner.unwrap()["x"], 1);
}
