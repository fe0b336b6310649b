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

/// A way to rewrite a document.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    name: &'static str,
    apply: Apply,
}

/// What a way makes of a document.
#[derive(Clone, Copy, Debug)]
enum Apply {
    /// Another tree; none if there is no place for it.
    Tree(fn(&Value) -> Option<Value>),
    /// Another text of the same tree.
    Text(fn(&Value) -> String),
}

impl Way {
    /// Returns the document written in this way; `None` if it has no place for it.
    pub(crate) fn rewrite(self, document: &Value) -> Option<Rewrite> {
        let text = match self.apply {
            Apply::Tree(apply) => apply(document)?.to_string(),
            Apply::Text(apply) => apply(document),
        };
        Some(Rewrite { name: self.name, text })
    }
}

type OfTree = fn(&Value) -> Option<Value>;

const OF_TREE: &[(&str, OfTree)] = &[
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

/// Returns every way.
pub fn ways() -> Vec<Way> {
    let of_tree = OF_TREE.iter().map(|&(name, apply)| Way { name, apply: Apply::Tree(apply) });
    let apply = Apply::Text(order::members_reversed);
    let turned = Way { name: "members of every object in reverse order", apply };
    of_tree.chain([turned]).collect()
}
