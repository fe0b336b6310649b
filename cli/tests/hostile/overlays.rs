//! Overlays that cannot be read, or that speak of places that are not there: nothing is written without what they ask for.

use crate::base::base;
use crate::row::Row;

pub(crate) fn rows() -> Vec<Row> {
    let unreadable = [
        ("is no TOML", "[[secret"),
        ("has an unknown key", "[[secrets]]\nat = \"#/info\"\nreason = \"a\"\n"),
        ("has no place", "[[secret]]\nreason = \"a\"\n"),
        ("has no reason", "[[secret]]\nat = \"#/components/schemas/Subject/properties/a\"\n"),
        ("has a place that is a number", "[[secret]]\nat = 3\nreason = \"a\"\n"),
        ("has a key twice", "secret = []\nsecret = []\n"),
    ];
    let misplaced = [
        ("nowhere", "#/components/schemas/Missing/properties/a"),
        ("in a text that is no pointer", "components.schemas.Subject"),
        ("beyond the end of a list", "#/paths/~1pets~1{id}/put/parameters/9"),
    ];
    let of = |name: String, overlay: String, code: i32| {
        let row = Row::tree(name, &base());
        Row { overlay: Some(overlay), generate: code, strict: Some(code), diff: code, ..row }
    };
    let mut acc: Vec<_> = unreadable
        .into_iter()
        .map(|(what, text)| of(format!("an overlay that {what}"), text.to_owned(), 3))
        .collect();
    acc.extend(misplaced.into_iter().map(|(what, at)| {
        let text = format!("[[secret]]\nat = \"{at}\"\nreason = \"It is one.\"\n");
        of(format!("a secret {what}"), text, 4)
    }));
    acc.push(of("an overlay of nothing".to_owned(), String::new(), 0));
    let right =
        "[[secret]]\nat = \"#/components/schemas/Subject/properties/a\"\nreason = \"It is one.\"\n";
    acc.push(of("an overlay that is right".to_owned(), right.to_owned(), 0));
    acc
}
