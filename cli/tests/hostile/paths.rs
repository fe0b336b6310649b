//! Paths and servers that no request can be sent to, or that want out of their place.

use serde_json::{Value, json};

use crate::base::{base, with};
use crate::row::Row;

pub(crate) fn rows() -> Vec<Row> {
    let paths = [
        ("", "is empty"),
        ("pets", "has no slash"),
        ("/", "is a slash"),
        ("//", "is two slashes"),
        ("//evil.example/a", "begins with a host"),
        ("https://evil.example/a", "is a URL"),
        ("/{}", "has an empty parameter"),
        ("/{a}{b}", "has parameters side by side"),
        ("/{a", "is not closed"),
        ("/a}", "is not opened"),
        ("/{{a}}", "has two braces"),
        ("/{a}/{a}", "has a parameter twice"),
        ("/a?b=c", "has a query"),
        ("/a#b", "has a fragment"),
        ("/../a", "leads up"),
        ("/a/./b", "stays"),
        ("/%2e%2e/a", "leads up in escapes"),
        ("/%zz", "has bad escapes"),
        ("/a b", "has a space"),
        ("/a\r\nHost: evil.example", "has a line break"),
        ("/\u{e4}/日本", "has letters beyond ASCII"),
        ("/a\0", "has a NUL"),
        ("/a\\b", "has a backslash"),
        ("/self/{self}", "has a keyword"),
    ];
    let operation = json!({ "responses": { "204": { "description": "Done." } } });
    let of_path = |path: &str| {
        let mut acc = base();
        acc["paths"] = json!({ path: { "get": operation } });
        acc
    };
    let mut acc: Vec<_> = paths
        .into_iter()
        .map(|(path, what)| Row::tree(format!("a path that {what}"), &of_path(path)))
        .collect();
    let alike = |one: &str, two: &str| {
        let mut acc = base();
        acc["paths"] = json!({ one: { "get": operation }, two: { "get": operation } });
        acc
    };
    acc.push(Row::tree("paths that differ in a parameter", &alike("/a/{b}", "/a/{c}")));
    acc.push(Row::tree("paths that differ in a slash", &alike("/a", "/a/")));
    acc.push(Row::tree("paths that differ in case", &alike("/A", "/a")));
    acc.extend(servers());
    acc
}

fn servers() -> Vec<Row> {
    let urls = [
        ("", "is empty"),
        ("/v1", "is a path"),
        ("//evil.example", "has no scheme"),
        ("ftp://a.example", "has another scheme"),
        ("javascript:alert(1)", "is a script"),
        ("http://a.example", "is not encrypted"),
        ("https://user:hunter2@a.example", "has a password"),
        ("https://a.example/?b=c#d", "has a query"),
        ("https://a.example/../b", "leads up"),
        ("https://{}", "has an empty variable"),
        ("https://{a", "is not closed"),
        ("https://{a}{b}", "has variables side by side"),
        ("https://a.example:99999", "has no port"),
        ("https://a.example\r\nHost: b", "has a line break"),
        ("https://\u{202e}a.example", "turns the direction"),
    ];
    let of_url = |url: &str| with("/servers", json!([{ "url": url }]));
    let urls = urls
        .into_iter()
        .map(|(url, what)| Row::tree(format!("a server that {what}"), &of_url(url)));
    let variables: [(&str, Value); 7] = [
        ("without a letter", json!({ "❤️": { "default": "a" } })),
        ("that are keywords", json!({ "self": { "default": "a" }, "type": { "default": "b" } })),
        ("that are null", json!({ "v": null })),
        ("without a default", json!({ "v": {} })),
        ("with a default that is no value", json!({ "v": { "default": "a", "enum": ["b"] } })),
        ("with no values", json!({ "v": { "default": "a", "enum": [] } })),
        ("with defaults that choose a host", json!({ "v": { "default": "evil.example/" } })),
    ];
    let of_variables = |variables: Value| {
        let names = variables.as_object().into_iter().flat_map(|it| it.keys());
        let url: String = names.map(|it| format!("{{{it}}}.")).collect();
        with(
            "/servers",
            json!([{ "url": format!("https://{url}example.com"), "variables": variables }]),
        )
    };
    let variables = variables
        .into_iter()
        .map(|(what, it)| Row::tree(format!("variables of a server {what}"), &of_variables(it)));
    urls.chain(variables).collect()
}
