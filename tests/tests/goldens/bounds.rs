//! What `validate` says of values of the golden module `bounds`; what it takes for a violation,
//! `tests/values` compares with a validator of JSON Schema.

use serde_json::json;
use tamarack_goldens::golden::bounds::v1::{Validate, operations, types};

use super::read;

const SECRET: &str = "zq7Xw9";

#[test]
fn an_error_has_no_part_of_a_secret() {
    let login = types::Login::new(SECRET);
    let violations = login.validate().unwrap_err();
    assert_eq!(violations.to_string(), "`/password` is shorter than 8 characters (minLength)");
    assert!(!format!("{violations:?}").contains(SECRET));
}

#[test]
fn all_violations_are_told_with_their_pointers() {
    let order: types::Order = read(&json!({
        "id": "a1",
        "lines": [{"sku": "x"}],
        "limits": {"a/b~c": 6, "d": 0, "e": 0},
        "pay": {"kind": "cash", "notes": 0},
        "choice": {"far": 9},
        "parent": {"id": "A1", "lines": []},
        "type": "x",
    }));
    let violations = order.validate().unwrap_err();
    let found: Vec<_> = violations.iter().map(|it| (it.pointer(), it.rule().keyword())).collect();
    assert_eq!(
        found,
        [
            ("/lines/0", "minProperties"),
            ("/lines/0/sku", "minLength"),
            ("/type", "pattern"),
            ("/limits", "maxProperties"),
            ("/limits/a~1b~0c", "maximum"),
            ("/pay/notes", "minimum"),
            ("/choice/far", "minimum"),
            ("/parent/id", "pattern"),
            ("/parent/lines", "minItems"),
        ]
    );
}

#[test]
fn what_is_beyond_a_hundred_is_not_looked_for() {
    let line = json!({"sku": "", "price": 0.001, "count": 1, "weight": 1});
    let order = json!({"id": "a1", "lines": vec![line; 100_000]});
    let order: types::Order = read(&order);
    let violations = order.validate().unwrap_err();
    assert_eq!(violations.iter().count(), 100);
    assert!(violations.to_string().starts_with("at least 100 values are not as declared: "));
}

#[test]
fn a_list_of_itself_and_an_object_beside_a_union_are_checked() {
    let forest: types::Forest = read(&json!([[], [[], [], []]]));
    let violations = forest.validate().unwrap_err();
    assert_eq!(violations.to_string(), "`/1` has more than 2 items (maxItems)");
    let shape: types::Shape = read(&json!({"color": "red", "width": 0.5}));
    let violations = shape.validate().unwrap_err();
    assert_eq!(
        violations.to_string(),
        "2 values are not as declared: `/color` does not match `^#[0-9a-f]{6}$` (pattern); \
         `/width` is less than 1 (minimum)"
    );
}

/// JSON Schema Validation §6: each keyword stands by itself, so `enum` beside `pattern` takes nothing from it.
#[test]
fn the_text_of_an_enum_is_checked_whether_it_is_declared_or_not() {
    for (grade, expected) in [
        ("low", None),
        ("other", None),
        ("x", Some("the value is shorter than 2 characters (minLength)")),
        ("No", Some("the value does not match `^[a-z]*$` (pattern)")),
        // It is declared.
        ("So-So", Some("the value does not match `^[a-z]*$` (pattern)")),
    ] {
        let found = types::Grade::from(grade).validate().err().map(|it| it.to_string());
        assert_eq!(found.as_deref(), expected, "{grade}");
    }
    assert!(types::Unit::from("tons").validate().is_err());
    let order = types::Order::new("a1", vec![read(&json!({"sku": "ab", "price": 1}))]);
    let order = order.with_mood("so").with_moods(vec!["up".into(), "ahead".into()]);
    assert_eq!(
        order.validate().unwrap_err().to_string(),
        "2 values are not as declared: `/mood` is shorter than 3 characters (minLength); \
         `/moods/1` is longer than 4 characters (maxLength)"
    );
}

/// Each keyword speaks of one kind of value, whatever branch that is of.
#[test]
fn what_stands_beside_a_union_is_checked() {
    for (code, expected) in [
        (json!("abc"), None),
        (json!("abcd"), Some("the value is longer than 3 characters (maxLength)")),
        (json!(2), Some("the value is less than 3 (minimum)")),
        (json!([1, 2]), Some("the value has more than 1 item (maxItems)")),
        (json!({"a": 1, "b": 2}), Some("the value has more than 1 property (maxProperties)")),
    ] {
        let found = read::<types::Code>(&code).validate().err().map(|it| it.to_string());
        assert_eq!(found.as_deref(), expected, "{code}");
    }
    let loose: types::Loose = read(&json!({"width": 1, "any": true, "more": true}));
    assert_eq!(
        loose.validate().unwrap_err().to_string(),
        "the value has more than 2 properties (maxProperties)"
    );
}

/// Of an object with a union inside, each branch is the whole object.
#[test]
fn a_branch_counts_the_properties_beside_it() {
    let sail: types::Boat = read(&json!({"name": "a", "rig": "sail", "masts": 2}));
    assert_eq!(sail.validate(), Ok(()));
    let motor = json!({"name": "a", "rig": "motor", "power": 2, "tank": 3});
    assert_eq!(
        read::<types::Boat>(&motor).validate().unwrap_err().to_string(),
        "the value has more than 3 properties (maxProperties)"
    );
    let motor: types::Motor = read(&motor);
    assert_eq!(motor.validate(), Ok(()));
}

#[test]
fn a_rule_of_an_object_is_told_once() {
    let order = types::Order::new("a1", vec![read(&json!({"sku": "ab", "price": 1}))]);
    let order = order.with_extra(types::OrderExtra::new());
    let violations = order.validate().unwrap_err();
    assert_eq!(violations.to_string(), "`/extra` has no property (minProperties)");
}

/// JSON Schema Validation §6.4.3 and Core §4.2.2: numbers are equal by their value, objects whatever the order.
#[test]
fn equal_items_are_found() {
    for (pairs, is_right) in [
        (json!([{"text": "a"}, {"text": "b"}, {"flag": true}, {}]), true),
        (json!([{"text": "a", "flag": true}, {"flag": true, "text": "a"}]), false),
        (json!([{}, {}]), false),
    ] {
        let value: types::Pairs = read(&json!({"pairs": pairs}));
        assert_eq!(value.validate().is_ok(), is_right, "{pairs}");
    }
}

#[test]
fn nothing_is_checked_unasked() {
    let order = types::Order::new("no id", Vec::new()).with_discount(5.0);
    let text = serde_json::to_string(&order).unwrap();
    assert_eq!(serde_json::from_str::<types::Order>(&text).unwrap(), order);
}

/// Parameters are told by their location and name, and so is the body.
#[test]
fn operations_are_values() {
    let listing = operations::ListOrders::new("Shop");
    let listing =
        listing.limit(101).x_limit(10).sort_by(["id", "x", "to"].map(String::from).to_vec());
    let listing = listing.like(types::Cash::new().with_notes(0)).placed("today");
    let violations = listing.validate().unwrap_err();
    let found: Vec<_> = violations.iter().map(|it| (it.pointer(), it.rule().keyword())).collect();
    assert_eq!(
        found,
        [
            ("/path/shop", "pattern"),
            ("/query/limit", "maximum"),
            ("/header/X~0Limit", "maximum"),
            ("/query/sort~1by", "maxItems"),
            ("/query/sort~1by/1", "minLength"),
            ("/query/like/notes", "minimum"),
            ("/cookie/placed", "format"),
        ]
    );
    assert!(operations::ListOrders::new("shop").limit(100).validate().is_ok());
    let login = operations::LogIn::new(types::Login::new(SECRET));
    assert_eq!(login.validate().unwrap_err().iter().next().unwrap().pointer(), "/body/password");
}
