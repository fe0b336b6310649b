//! Documents written differently that mean the same.

mod order;
mod schema;
mod structure;

use serde_json::Value;

/// A document that means what another one means.
#[derive(Clone, Debug)]
pub struct Rewrite {
    /// What was rewritten, for messages.
    pub name: &'static str,
    /// The text of the document as it is then.
    pub text: String,
}

/// A way to rewrite a document; `None` if it has no place for it.
type Way = fn(&Value) -> Option<Value>;

const WAYS: &[(&str, Way)] = &[
    ("branches of unions in reverse order", order::branches_reversed),
    ("entries of `required` in reverse order", order::required_reversed),
    ("parameters of an operation in reverse order", order::parameters_reversed),
    ("parameters moved to the path item", structure::parameters_to_the_path),
    ("parameters as components", structure::parameters_as_components),
    ("responses as components", structure::responses_as_components),
    ("request bodies as components", structure::bodies_as_components),
    ("references to parameters, responses and bodies written out", structure::written_out),
    ("security of the document at each operation", structure::security_at_operations),
    (
        "default values of `style`, `explode` and `required` written out",
        structure::defaults_written,
    ),
    ("`additionalProperties: {}` written out", schema::open_objects_written),
    ("every reference to a schema as the only part of `allOf`", schema::references_in_all_of),
    ("whole numbers of bounds with a fraction of zero", schema::bounds_with_fraction),
    ("`type` left out beside `enum`", schema::enums_without_type),
    ("`[T, null]` as a union with null", schema::null_as_branch),
    ("properties of an object in two parts of `allOf`", schema::objects_in_two_parts),
];

/// Returns every rewritten document.
pub fn rewrites(document: &Value) -> Vec<Rewrite> {
    let made = WAYS.iter().filter_map(|(name, way)| {
        let text = way(document)?.to_string();
        Some(Rewrite { name, text })
    });
    let turned = order::members_reversed(document);
    let turned = Rewrite { name: "members of every object in reverse order", text: turned };
    made.chain([turned]).collect()
}
