//! Schemas that extend others: a property that several parts of `allOf` declare holds what all of them say
//! (JSON Schema 2020-12 core §10.2.1.1), and where a base with a discriminator is used, the value is one of those
//! that extend it (OpenAPI 3.0.4 §4.7.25). Nothing of a value is lost in either direction.

use serde_json::{Value, json};
use tamarack_goldens::golden::extends::v1::types::{
    CarFerry, Ferry, FerryBase, Firm, FirmState, FirmUpdate, FirmUpdateSeat, FirmUpdateState,
    FirmView, Harbour, Kind, Vessel, VesselBase,
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

/// Each kind of vessel, one inside of another, one that the document does not list, and one without a kind.
fn harbour() -> Value {
    json!({
        "vessels": [
            {"kind": "car-ferry", "name": "Ole", "decks": 2, "cars": 40, "tows": {"kind": "ferry", "decks": 1}},
            {"kind": "ferry", "decks": 3},
            {"kind": "Tug", "name": "Tom"},
            {"kind": "Vessel"},
            {"kind": "raft", "logs": 12},
            {"name": "Nameless"},
        ],
        "flagship": {"kind": "car-ferry", "decks": 9, "cars": 200},
    })
}

#[test]
fn a_base_is_read_as_the_child_that_its_tag_names_and_written_back() {
    let read: Harbour = serde_json::from_value(harbour()).unwrap();
    let Vessel::CarFerry(first) = &read.vessels[0] else { panic!("{:?}", read.vessels[0]) };
    assert_eq!(first.cars, Some(40));
    assert_eq!(first.decks, 2);
    let Some(Vessel::Ferry(towed)) = first.tows.as_deref() else { panic!("{:?}", first.tows) };
    assert_eq!(towed.decks, 1);
    assert!(matches!(&read.vessels[1], Vessel::Ferry(it) if it.decks == 3));
    assert!(matches!(&read.vessels[2], Vessel::Tug(it) if it.name.as_deref() == Some("Tom")));
    assert!(matches!(&read.vessels[3], Vessel::Base(_)));
    assert!(matches!(&read.vessels[4], Vessel::Unrecognized(it) if it["logs"] == 12));
    assert!(matches!(&read.vessels[5], Vessel::Unrecognized(it) if it["name"] == "Nameless"));
    assert!(matches!(&read.flagship, Some(Ferry::CarFerry(it)) if it.cars == Some(200)));
    assert_eq!(serde_json::to_value(&read).unwrap(), harbour());
}

#[test]
fn a_child_and_the_base_alone_are_sent() {
    let towed = Vessel::from(FerryBase::new("ferry", 1));
    let child = CarFerry::new("car-ferry", 2).with_cars(7).with_tows(towed);
    let sent = Harbour::new(vec![child.into(), VesselBase::new("canoe").into()]);
    assert_eq!(
        serde_json::to_value(&sent).unwrap(),
        json!({"vessels": [
            {"kind": "car-ferry", "decks": 2, "cars": 7, "tows": {"kind": "ferry", "decks": 1}},
            {"kind": "canoe"},
        ]})
    );
}
