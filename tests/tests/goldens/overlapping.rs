//! Keeps values that fit several branches of a union as JSON, and decodes them as the branch that is asked for: `Find`;
//! what one branch of `Locker` declares a secret is never shown.

use serde_json::json;
use tamarack_goldens::golden::unions::v1::client::Client;
use tamarack_goldens::golden::unions::v1::operations::OpenLocker;
use tamarack_goldens::golden::unions::v1::types::{
    Boat, Find, Locker, LockerObjectWithCode, OpenLockerResponse, Wreck,
};

use crate::{InMemory, assert_round_trips, json_body, ready, written};

#[test]
fn nothing_is_lost_whatever_the_branch() {
    let values = [
        json!({"name": "Vasa", "depth": 32, "sails": [1.5, null]}),
        json!({"name": "Vasa"}),
        json!([{"name": "Vasa", "beside": [0.1, 2]}]),
        json!([18_446_744_073_709_551_615_u64]),
        json!({}),
        json!("a bottle"),
        json!(false),
    ];
    for value in values {
        assert_eq!(assert_round_trips::<Find>(&value).json(), &value);
    }
}

#[test]
fn a_value_is_each_branch_that_it_fits() {
    let find: Find = crate::read(&json!({"name": "Vasa", "depth": 32, "flag": "se"}));
    assert_eq!(find.as_boat().expect("a boat"), Boat::new("Vasa"));
    assert_eq!(find.as_wreck().expect("a wreck"), Wreck::new("Vasa", 32));
    assert!(find.as_boat_list().is_err() && find.as_number_list().is_err());
    assert_eq!(find.as_any().expect("anything")["flag"], "se");
    let find: Find = crate::read(&json!({"name": "Fram"}));
    let error = find.as_wreck().expect_err("no depth");
    assert_eq!(error.to_string(), "not the declared JSON: missing field `depth`");
}

#[test]
fn a_branch_becomes_the_union() {
    assert_eq!(written(&Find::from(Wreck::new("Vasa", 32))), json!({"name": "Vasa", "depth": 32}));
    // What is sent is 0.1, not the 64 bits nearest to that of 32 bits.
    assert_eq!(written(&Find::from(vec![0.1_f32])), json!([0.1]));
    let boat = Boat::new("Fram").with_beside(Boat::new("Gjøa"));
    let find = Find::from(boat.clone());
    assert_eq!(find.json(), &json!({"name": "Fram", "beside": {"name": "Gjøa"}}));
    assert_eq!(find.as_boat().expect("a boat"), boat);
    assert_eq!(Find::from(json!({"a": 1})).json(), &json!({"a": 1}));
}

const SECRET: &str = "zq7Xw9";

#[test]
fn a_secret_is_not_shown() {
    for value in
        [json!({"code": SECRET}), json!({"key": SECRET}), json!({"content": {"password": SECRET}})]
    {
        let locker: Locker = crate::read(&value);
        let open = OpenLocker::new(locker.clone());
        let response: OpenLockerResponse = crate::read(&value);
        let shown = format!("{locker:?} {locker:#?} {open:?} {response:?} {response:#?}");
        assert!(!shown.contains(SECRET), "{shown}");
    }
    let wrong: Locker = crate::read(&json!({"code": {"inside": SECRET}, "label": [SECRET]}));
    let error = wrong.as_object_with_code().expect_err("no text");
    assert!(!format!("{error} {error:?}").contains(SECRET), "{error}");
    assert_eq!(wrong.json()["label"][0], SECRET);
}

#[test]
fn there_and_back_in_a_call() {
    let transport =
        InMemory::replying(200, r#"{"content": {"name": "Vasa", "password": "zq7Xw9"}}"#);
    let builder = Client::builder().base_url("https://example.com");
    let client = builder.shared_transport(transport.clone()).build().unwrap();
    let branch = LockerObjectWithCode::new().with_label("7").with_code(SECRET);
    let reply = ready(client.open_locker(Locker::from(branch))).unwrap();
    let content = reply.body().content.as_ref().expect("it is there");
    assert_eq!(content.as_boat().expect("a boat").name, "Vasa");
    let other = content.as_object().expect("the other");
    assert_eq!(other.password.expect("a password").expose(), SECRET);
    let requests = transport.requests.lock().unwrap();
    assert_eq!(json_body(&requests[0]), json!({"label": "7", "code": SECRET}));
}

/// A server may repeat what it was sent, which then is part of no message.
#[test]
fn a_server_that_repeats_the_secret_is_not_quoted() {
    let transport =
        InMemory::replying(400, &json!({"message": format!("no {SECRET}")}).to_string());
    let client = Client::builder().base_url("https://example.com").shared_transport(transport);
    let client = client.build().unwrap();
    let error = ready(client.open_locker(Locker::from(json!({"code": SECRET})))).unwrap_err();
    assert_eq!(error.server_message(), None);
    let error = ready(client.open_locker(Locker::from(json!({"code": "another"})))).unwrap_err();
    assert!(error.server_message().is_some());
}
