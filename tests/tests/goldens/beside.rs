//! Reads and writes objects with properties beside a union: `Parcel`, `Cargo`, `Sum`, and `Ferry`, which each of its
//! branches extends.

use serde_json::json;
use tamarack_goldens::golden::unions::v1::types::{
    Cargo, CargoVariantObjectWithGas, Crate, Ferry, Letter, LetterNote, Parcel, ParcelVariant,
    SteamFerry, Sum, SumVariant,
};
use tamarack_goldens::runtime::Secret;

use crate::{assert_round_trips, written};

#[test]
fn the_properties_and_those_of_the_branch_are_one_object() {
    let values = [
        json!({"kind": "Letter", "weight": 20, "sheets": 2}),
        json!({"weight": 20, "kind": "Letter", "sheets": 2, "note": "urgent"}),
        json!({"weight": 20, "kind": "Letter", "sheets": 2, "note": "later"}),
        json!({"weight": 1, "kind": "Crate", "height": 0.1, "inside": [
            {"weight": 1, "kind": "Letter", "sheets": 1},
        ], "first": {"weight": 2, "kind": "Crate"}}),
        // No branch has this tag, and nothing of it is lost.
        json!({"weight": 1, "kind": "Tube", "length": [3, null]}),
        json!({"weight": 1, "sheets": 3}),
    ];
    for value in &values {
        assert_round_trips::<Parcel>(value);
    }
    for value in [json!({"owner": "Ada", "tons": 3, "gas": true, "x": [1]}), json!({})] {
        assert_round_trips::<Cargo>(&value);
    }
    assert_round_trips::<Sum>(&json!({"currency": "EUR", "cents": 18_446_744_073_i64}));
    assert_round_trips::<Ferry>(&json!({"name": "Ane", "engine": "steam", "coal": 4}));
}

#[test]
fn a_branch_is_read_from_its_own_properties() {
    let parcel: Parcel = crate::read(&json!({
        "weight": 20, "kind": "Letter", "sheets": 2, "note": "urgent", "code": "s3cret",
    }));
    assert_eq!((parcel.weight, parcel.note.as_deref()), (20, Some("urgent")));
    let ParcelVariant::Letter(letter) = *parcel.variant else { panic!("a letter") };
    assert_eq!(letter, Letter::new(2).with_note(LetterNote::Urgent));
    let cargo: Cargo = crate::read(&json!({"owner": "Ada", "tons": 3, "gas": true}));
    assert_eq!(cargo.variant.json(), &json!({"tons": 3, "gas": true}));
    let gas = cargo.variant.as_object_with_gas().expect("gas");
    assert_eq!(gas, CargoVariantObjectWithGas::new().with_tons(3).with_gas(true));
    let missing = serde_json::from_str::<Sum>(r#"{"currency": "EUR"}"#).expect_err("no cents");
    assert!(missing.to_string().starts_with("missing field `cents`"), "{missing}");
}

#[test]
fn what_is_made_is_one_object() {
    let letter = Parcel::new(20, ParcelVariant::from(Letter::new(2)));
    // The tag is that of the branch.
    assert_eq!(written(&letter), json!({"weight": 20, "kind": "Letter", "sheets": 2}));
    let crate_ = Crate::new().with_height(0.1).with_first(letter);
    let parcel = Parcel::new(30, ParcelVariant::from(crate_)).with_code(Secret::new("s3cret"));
    assert_eq!(
        serde_json::to_string(&parcel).expect("JSON"),
        r#"{"weight":30,"code":"s3cret","kind":"Crate","height":0.1,"first":{"weight":20,"kind":"Letter","sheets":2}}"#,
    );
    // What both declare is what the object says.
    let letter = Letter::new(1).with_note(LetterNote::Urgent);
    let parcel = Parcel::new(1, ParcelVariant::from(letter)).with_note("later");
    assert_eq!(written(&parcel)["note"], "later");
    assert_eq!(written(&Sum::new(SumVariant::new(5))), json!({"cents": 5}));
    let ferry = Ferry::from(SteamFerry::new("Ane", 4).with_engine("steam"));
    assert_eq!(written(&ferry), json!({"name": "Ane", "engine": "steam", "coal": 4}));
}
