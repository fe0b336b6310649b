//! What a server sends in, the decoders of generated code and of the runtime: a value or an error, and a value that is
//! written and read again is the same.

mod instance;
mod replies;
mod types;
mod urls;

use serde_json::{Value, json};

use crate::choices::Choices;
use crate::finding::Finding;
use crate::mutate;
use crate::seeds::Seeds;
use crate::stage;
use crate::tables;

/// Makes an object that names a decoder and holds what it reads.
pub fn make(_: &Seeds, choices: &mut Choices<'_>) -> Vec<u8> {
    let input = match choices.below(6) {
        0 => replies::make(choices),
        1 => replies::make_token(choices),
        2 => urls::make(choices),
        _ => {
            let (name, schema) = types::pick(choices);
            let mut wrapped = json!({ "body": schema });
            if !choices.one_in(3) {
                mutate::mutate(&mut wrapped, &json!({ "a": [null, 1, "a"] }), choices);
            }
            let mut text = wrapped.get("body").map(Value::to_string).unwrap_or_default();
            if choices.one_in(16) {
                text.insert_str(char_boundary(&text, choices), &tables::text(choices));
            }
            json!({ "decoder": name, "body": text })
        }
    };
    input.to_string().into_bytes()
}

/// Returns a place between two characters.
fn char_boundary(text: &str, choices: &mut Choices<'_>) -> usize {
    let mut at = choices.below(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Runs the decoder that the input names.
pub fn run(input: &[u8]) -> Result<(), Finding> {
    let Ok(input) = serde_json::from_slice::<Value>(input) else { return Ok(()) };
    let Some(decoder) = input["decoder"].as_str() else { return Ok(()) };
    stage::enter(decoder);
    match decoder {
        "reply" => replies::run(&input),
        "token" => replies::run_token(&input),
        "base URL" => urls::run(&input),
        name => types::run(name, input["body"].as_str().unwrap_or_default()),
    }
}
