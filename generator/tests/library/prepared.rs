//! A document that is planned first and written down later.

use tamarack::{Input, Mode, Prepared, Settings, prepare};

#[test]
fn the_files_are_the_same_without_the_document_as_it_was_read() {
    let document = "{openapi: 3.0.3, info: {title: Pets, version: '1'}, paths: {/pets: {get: {responses: {'200': \
                    {description: All, content: {application/json: {schema: {type: array, items: {}}}}}}}}}}";
    let input = Input::new("pets.yaml", document);
    let settings = Settings::module("pets.yaml");
    let finish = |it: Prepared| it.finish(&settings.provenance, &settings.layout);
    let kept = finish(prepare(&input, Mode::Lenient));
    let without = finish(prepare(&input, Mode::Lenient).without_raw());
    assert!(kept.model.is_some_and(|it| it.raw.get("paths").is_some()));
    assert!(without.model.is_some_and(|it| it.raw.is_null()));
    assert!(!kept.files.is_empty());
    assert_eq!(kept.files, without.files);
}
