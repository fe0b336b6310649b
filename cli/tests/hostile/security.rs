//! Security schemes that are none, or that want one name.

use serde_json::{Value, json};

use crate::base::{base, set};
use crate::row::Row;

pub(crate) fn rows() -> Vec<Row> {
    let schemes: [(&str, Value); 14] = [
        ("without a type", json!({})),
        ("of an unknown type", json!({ "type": "magic" })),
        ("of an unknown way of HTTP", json!({ "type": "http", "scheme": "digest" })),
        ("without a way of HTTP", json!({ "type": "http" })),
        ("with a key without a name", json!({ "type": "apiKey", "in": "header" })),
        ("with a key in no place", json!({ "type": "apiKey", "in": "body", "name": "a" })),
        (
            "with a key with a line break",
            json!({ "type": "apiKey", "in": "header", "name": "X\r\nY: z" }),
        ),
        (
            "with a cookie with a separator",
            json!({ "type": "apiKey", "in": "cookie", "name": "a; b" }),
        ),
        ("of OAuth without flows", json!({ "type": "oauth2" })),
        ("of OAuth with flows that are none", json!({ "type": "oauth2", "flows": [null] })),
        ("of OpenID without an address", json!({ "type": "openIdConnect" })),
        ("of certificates", json!({ "type": "mutualTLS" })),
        ("that are a reference to itself", json!({ "$ref": "#/components/securitySchemes/Key" })),
        ("that are a text", json!("Key")),
    ];
    let document = |scheme: Value| {
        let mut acc = base();
        acc["components"]["securitySchemes"]["Key"] = scheme;
        acc["security"] = json!([{ "Key": [] }]);
        acc
    };
    let mut acc: Vec<_> = schemes
        .into_iter()
        .map(|(what, it)| Row::tree(format!("security schemes {what}"), &document(it)))
        .collect();
    let names =
        [("without a letter", "❤️"), ("that is a keyword", "Self"), ("that is ours", "Credential")];
    for (what, name) in names {
        let mut document = base();
        document["components"]["securitySchemes"][name] =
            json!({ "type": "http", "scheme": "bearer" });
        document["security"] = json!([{ name: [] }]);
        acc.push(Row::tree(format!("a security scheme with a name {what}"), &document));
    }
    let requirements: [(&str, Value); 5] = [
        ("of nothing", json!([{ "Missing": [] }])),
        ("of a text", json!("Key")),
        ("of a list", json!([["Key"]])),
        ("with null", json!([null, {}])),
        ("a thousand times", vec![json!({ "Key": [] }); 1_000].into()),
    ];
    for (what, requirement) in requirements {
        let mut document = base();
        set(&mut document, "/security", requirement);
        acc.push(Row::tree(format!("a requirement {what}"), &document));
    }
    let mut two = base();
    two["components"]["securitySchemes"] = json!({
        "my-key": { "type": "apiKey", "in": "header", "name": "A" },
        "myKey": { "type": "apiKey", "in": "header", "name": "B" }
    });
    two["security"] = json!([{ "my-key": [], "myKey": [] }]);
    acc.push(Row::tree("security schemes of one name", &two));
    acc
}
