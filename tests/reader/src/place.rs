//! Places as JSON pointers, and which of them are nodes of OpenAPI: a schema, a parameter, a response, an operation.

/// Returns the place of a property.
pub(crate) fn child(at: &str, key: &str) -> String {
    format!("{at}/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// Returns a token of a pointer as it is meant.
pub(crate) fn unescaped(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

/// Returns the nearest node that holds a place: the place itself where it is one.
pub fn node(at: &str) -> &str {
    nodes(at).last().map_or("#", |end| &at[..*end])
}

/// Returns the node around the nearest one.
pub fn enclosing(at: &str) -> Option<&str> {
    let all = nodes(at);
    all.len().checked_sub(2).map(|index| &at[..all[index]])
}

/// Returns the keyword of the nearest node that a place stands under; `None` where it is the node.
pub fn keyword(at: &str) -> Option<&str> {
    let rest = at[node(at).len()..].strip_prefix('/')?;
    rest.split('/').next()
}

/// The objects of OpenAPI as far as their places matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Object {
    Root,
    PathItem,
    Operation,
    Parameter,
    RequestBody,
    MediaType,
    Response,
    Header,
    Schema,
    Server,
    Components,
    SecurityScheme,
}

/// How the objects stand below a keyword.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    One(Object),
    /// A list of them, or a map.
    Many(Object),
}

/// Returns the lengths of the prefixes of a pointer that are nodes.
fn nodes(at: &str) -> Vec<usize> {
    let mut acc = vec![1.min(at.len())];
    let mut object = Object::Root;
    let mut many = None;
    let mut end = 1;
    for token in at.split('/').skip(1) {
        end += 1 + token.len();
        let next = match many.take() {
            Some(member) => Holds::One(member),
            None => match below(object, &unescaped(token)) {
                Some(holds) => holds,
                None => break,
            },
        };
        match next {
            Holds::One(member) => {
                acc.push(end);
                object = member;
            }
            Holds::Many(member) => many = Some(member),
        }
    }
    acc
}

/// What stands below which keywords (OpenAPI 3.1.1 §4.8, JSON Schema 2020-12 core §10).
const BELOW: &[(Object, &[&str], Holds)] = &[
    (Object::Root, &["paths", "webhooks", "x-webhooks"], Holds::Many(Object::PathItem)),
    (Object::Root, &["components"], Holds::One(Object::Components)),
    (Object::Root, &["servers"], Holds::Many(Object::Server)),
    (Object::Components, &["schemas"], Holds::Many(Object::Schema)),
    (Object::Components, &["parameters"], Holds::Many(Object::Parameter)),
    (Object::Components, &["requestBodies"], Holds::Many(Object::RequestBody)),
    (Object::Components, &["responses"], Holds::Many(Object::Response)),
    (Object::Components, &["headers"], Holds::Many(Object::Header)),
    (Object::Components, &["pathItems"], Holds::Many(Object::PathItem)),
    (Object::Components, &["securitySchemes"], Holds::Many(Object::SecurityScheme)),
    (
        Object::PathItem,
        &["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"],
        Holds::One(Object::Operation),
    ),
    (Object::PathItem, &["parameters"], Holds::Many(Object::Parameter)),
    (Object::PathItem, &["servers"], Holds::Many(Object::Server)),
    (Object::Operation, &["parameters"], Holds::Many(Object::Parameter)),
    (Object::Operation, &["servers"], Holds::Many(Object::Server)),
    (Object::Operation, &["requestBody"], Holds::One(Object::RequestBody)),
    (Object::Operation, &["responses"], Holds::Many(Object::Response)),
    (Object::Parameter, &["schema"], Holds::One(Object::Schema)),
    (Object::Parameter, &["content"], Holds::Many(Object::MediaType)),
    (Object::Header, &["schema"], Holds::One(Object::Schema)),
    (Object::Header, &["content"], Holds::Many(Object::MediaType)),
    (Object::RequestBody, &["content"], Holds::Many(Object::MediaType)),
    (Object::Response, &["content"], Holds::Many(Object::MediaType)),
    (Object::Response, &["headers"], Holds::Many(Object::Header)),
    (Object::MediaType, &["schema", "itemSchema"], Holds::One(Object::Schema)),
    (
        Object::Schema,
        &[
            "properties",
            "patternProperties",
            "$defs",
            "definitions",
            "dependentSchemas",
            "allOf",
            "oneOf",
            "anyOf",
            "prefixItems",
        ],
        Holds::Many(Object::Schema),
    ),
    (
        Object::Schema,
        &[
            "items",
            "additionalProperties",
            "not",
            "if",
            "then",
            "else",
            "contains",
            "propertyNames",
            "unevaluatedItems",
            "unevaluatedProperties",
            "contentSchema",
        ],
        Holds::One(Object::Schema),
    ),
];

/// Returns what stands below a keyword.
fn below(object: Object, keyword: &str) -> Option<Holds> {
    let found = BELOW.iter().find(|(it, keywords, _)| *it == object && keywords.contains(&keyword));
    found.map(|(_, _, holds)| *holds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_are_told_from_their_keywords() {
        let of = |at| (node(at), keyword(at), enclosing(at));
        assert_eq!(of("#"), ("#", None, None));
        let pet = "#/components/schemas/Pet";
        assert_eq!(of(pet), (pet, None, Some("#/components")));
        assert_eq!(
            of("#/components/schemas/Pet/properties/type/enum/0"),
            ("#/components/schemas/Pet/properties/type", Some("enum"), Some(pet))
        );
        assert_eq!(
            of("#/components/schemas/Pet/discriminator/mapping/a"),
            (pet, Some("discriminator"), Some("#/components"))
        );
        let at = "#/paths/~1pets/get/responses/200/content/application~1json/schema";
        assert_eq!(node(at), at);
        let body = "#/paths/~1pets/post/requestBody";
        assert_eq!(
            of(&format!("{body}/required")),
            (body, Some("required"), Some("#/paths/~1pets/post"))
        );
    }
}
