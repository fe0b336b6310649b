//! Turns objects with a discriminator into variants: `Pet`, told apart by `kind`
//! (OpenAPI 3.0.3, "Discriminator Object").

use serde_json::{Value, json};
use tamarack_goldens::golden::unions::v1::client::Client;
use tamarack_goldens::golden::unions::v1::operations::AddPet;
use tamarack_goldens::golden::unions::v1::types::{Bird, Cat, Dog, Horn, Lamp, Pet, Signal};

use crate::{InMemory, answered, assert_round_trips, json_body, ready, written};

#[test]
fn both_tags_of_a_variant_keep_their_text() {
    for tag in ["cat", "kitten"] {
        let pet = assert_round_trips::<Pet>(&json!({"kind": tag, "lives": 9}));
        assert_eq!(pet, Pet::Cat(Cat::new(tag, 9)));
    }
}

/// `Dog` does not declare `kind`, so the union has to write what the type cannot.
#[test]
fn a_type_without_the_tag_is_written_with_it() {
    let json = json!({"kind": "dog", "tricks": ["sit", "roll"]});
    let dog = Dog::new(vec!["sit".to_owned(), "roll".to_owned()]);
    assert_eq!(assert_round_trips::<Pet>(&json), Pet::Dog(dog.clone()));
    assert_eq!(written(&dog), json!({"tricks": ["sit", "roll"]}));
}

/// No entry of `mapping` names `Bird`, so its tag is the name of its schema.
#[test]
fn a_schema_outside_the_mapping_is_tagged_with_its_name() {
    let pet = assert_round_trips::<Pet>(&json!({"kind": "Bird"}));
    assert_eq!(pet, Pet::Bird(Bird::new()));
    // The tag of a schema counts letter by letter.
    let lower = json!({"kind": "bird"});
    assert_eq!(assert_round_trips::<Pet>(&lower), Pet::Unrecognized(lower));
}

#[test]
fn members_beside_the_declared_ones_are_kept() {
    let json = json!({"kind": "Bird", "wings": 2, "song": {"notes": [null, 1.5]}});
    let Pet::Bird(bird) = assert_round_trips(&json) else { panic!("{json}") };
    let names: Vec<_> = bird.additional.keys().map(String::as_str).collect();
    assert_eq!(names, ["song", "wings"], "the tag is a member of its own");
    assert_eq!(bird.additional["song"], json!({"notes": [null, 1.5]}));
}

#[test]
fn what_no_tag_names_is_kept() {
    let cases = [
        json!({"kind": "fish", "lives": 1, "tricks": []}),
        json!({"kind": "", "lives": 1}),
        json!({"lives": 9}),
        json!({"kind": null, "lives": 9}),
        json!({"kind": 1}),
        json!({"kind": ["cat"]}),
        json!({}),
        json!(["cat"]),
        json!("cat"),
        json!(null),
    ];
    for json in cases {
        assert_eq!(assert_round_trips::<Pet>(&json), Pet::Unrecognized(json));
    }
}

/// Byte by byte where the properties come in order: numbers and escapes are not rewritten.
#[test]
fn the_unknown_comes_out_as_it_went_in() {
    let texts = [
        r#"{"deep":{"a":[1,-0.5,1e+300,18446744073709551615]},"kind":"fish","text":"ü\n\"/"}"#,
        r#"[{"kind":"cat"},{}]"#,
        r#"{"nothing":null}"#,
    ];
    for text in texts {
        let pet: Pet = serde_json::from_str(text).unwrap();
        assert!(matches!(pet, Pet::Unrecognized(_)), "{text}");
        assert_eq!(serde_json::to_string(&pet).unwrap(), text);
    }
}

/// The tag alone chooses; what does not fit then is an error and no other variant.
#[test]
fn a_known_tag_with_a_body_that_does_not_fit() {
    let cases = [
        json!({"kind": "cat"}),
        json!({"kind": "cat", "lives": "nine"}),
        json!({"kind": "cat", "lives": 2_147_483_648_i64}),
        json!({"kind": "dog", "lives": 9}),
        json!({"kind": "dog", "tricks": null}),
    ];
    for json in cases {
        assert!(serde_json::from_str::<Pet>(&json.to_string()).is_err(), "{json}");
    }
}

#[test]
fn there_and_back_in_a_call() {
    let json = json!({"kind": "dog", "tricks": ["sit"]});
    let transport = InMemory::replying(200, r#"{"kind":"kitten","lives":1}"#);
    let builder = Client::builder().base_url("https://example.com");
    let client = builder.shared_transport(transport.clone()).build().unwrap();
    let pet = Pet::Dog(Dog::new(vec!["sit".to_owned()]));
    let reply = ready(client.add_pet(pet)).unwrap();
    assert_eq!(*reply.body(), Pet::Cat(Cat::new("kitten", 1)));
    let requests = transport.requests.lock().unwrap();
    assert_eq!(requests[0].method(), "POST");
    assert_eq!(requests[0].uri(), "https://example.com/pets");
    assert_eq!(json_body(&requests[0]), json);
}

#[test]
fn an_unknown_pet_is_no_error_of_a_call() {
    let reply = answered::<AddPet>(200, r#"{"kind":"fish"}"#).unwrap();
    assert_eq!(*reply.body(), Pet::Unrecognized(json!({"kind": "fish"})));
    let error = answered::<AddPet>(200, r#"{"kind":"cat"}"#).unwrap_err();
    assert_eq!(error.status().unwrap(), 200);
    let sent = answered::<AddPet>(200, "null").unwrap();
    assert_eq!(*sent.body(), Pet::Unrecognized(Value::Null));
}

/// The keys of a mapping are texts, whatever the property is (OpenAPI 3.0.4, Discriminator Object).
#[test]
fn an_integer_chooses_the_variant() {
    let json = json!({"version": 1, "color": "red"});
    let lamp = Lamp::new(1).with_color("red");
    assert_eq!(assert_round_trips::<Signal>(&json), Signal::Lamp(lamp));
    let horn = assert_round_trips::<Signal>(&json!({"version": 3, "blasts": 2}));
    assert_eq!(horn, Signal::Horn(Horn::new(3).with_blasts(2)));
    let other = json!({"version": "1"});
    assert_eq!(assert_round_trips::<Signal>(&other), Signal::Unrecognized(other));
}
