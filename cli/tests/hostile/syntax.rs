//! Texts that are no YAML or JSON, or hardly any.

use crate::base::base;
use crate::row::Row;

const HEAD: &str = "openapi: 3.0.3\ninfo: {title: A, version: '1'}\npaths: {}\n";

pub(crate) fn rows() -> Vec<Row> {
    let mut acc = broken();
    acc.extend(encodings());
    acc.extend(odd());
    acc
}

/// What no parser reads.
fn broken() -> Vec<Row> {
    let head = |tail: &str| format!("{HEAD}{tail}");
    let texts = [
        ("nothing", String::new()),
        ("white space", " \n\n ".to_owned()),
        ("an unclosed bracket", head("a: [1, 2\nb: 3\n")),
        ("an unclosed brace", head("a: {b: 1\nc: 2\n")),
        ("an unclosed quote", head("a: \"b\n")),
        ("an unclosed quote of JSON", "{\"openapi\": \"3.0.3".to_owned()),
        ("JSON cut in the middle", base().to_string()[..200].to_owned()),
        ("JSON with a comma too many", "{\"openapi\": \"3.0.3\",}x".to_owned()),
        ("a tab as indent", head("a:\n\tb: 1\n")),
        ("a colon too many", head("a: b: c\n")),
        ("an alias without an anchor", head("a: *b\n")),
        ("two documents", format!("{HEAD}---\n{HEAD}")),
        ("a directive of another version", format!("%YAML 9.9\n---\n{HEAD}")),
        ("a key twice", head("paths: {}\n")),
        ("a key twice in JSON", "{\"openapi\": \"3.0.3\", \"openapi\": \"3.0.3\"}".to_owned()),
        ("a NUL", head("a: \"b\0c\"\n")),
        ("control characters", "\u{1}\u{2}\u{1b}[31m".to_owned()),
        ("a bomb of anchors", bomb()),
        ("brackets 200,000 deep", "[".repeat(200_000)),
        (
            "brackets 200,000 deep and closed",
            format!("{}{}", "[".repeat(200_000), "]".repeat(200_000)),
        ),
        ("braces of JSON 100,000 deep", "{\"a\":".repeat(100_000)),
        ("lists of YAML 20,000 deep", format!("a:\n{}", "- ".repeat(20_000))),
        ("a list", "- openapi: 3.0.3\n".to_owned()),
        ("a text", "openapi\n".to_owned()),
        ("a number", "3.0\n".to_owned()),
        ("null", "null\n".to_owned()),
        ("a bare tag", "!!map\n".to_owned()),
        ("HTML", "<!doctype html><html><body>404</body></html>".to_owned()),
        ("Swagger 2.0", HEAD.replace("openapi: 3.0.3", "swagger: '2.0'")),
        ("OpenAPI 4", HEAD.replace("3.0.3", "4.0.0")),
        ("no version of OpenAPI", HEAD.replace("openapi: 3.0.3\n", "")),
        ("a version that is a list", HEAD.replace("3.0.3", "[3, 0, 3]")),
    ];
    texts.into_iter().map(|(name, text)| Row::unreadable(name, text)).collect()
}

/// Each anchor holds the one before nine times: a few lines, a billion values.
fn bomb() -> String {
    let mut acc = format!("{HEAD}a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for n in 1..12 {
        let below = format!("*a{}", n - 1);
        acc.push_str(&format!("a{n}: &a{n} [{}]\n", [below.as_str(); 9].join(", ")));
    }
    acc
}

/// The same document in other encodings: UTF-8 with and without a mark is read, nothing else is.
fn encodings() -> Vec<Row> {
    let marked = |mark: &[u8]| [mark, HEAD.as_bytes()].concat();
    let utf16 = |order: fn(u16) -> [u8; 2], mark: &[u8]| {
        let text = HEAD.encode_utf16().flat_map(order);
        mark.iter().copied().chain(text).collect::<Vec<u8>>()
    };
    vec![
        Row::generated("a mark of UTF-8", marked(b"\xef\xbb\xbf")).valid(),
        Row::unreadable("UTF-16, little end first", utf16(u16::to_le_bytes, b"\xff\xfe")),
        Row::unreadable("UTF-16, big end first", utf16(u16::to_be_bytes, b"\xfe\xff")),
        Row::unreadable("UTF-16 without a mark", utf16(u16::to_le_bytes, b"")),
        Row::unreadable("bytes that are no UTF-8", marked(b"# \xff\xfe\xfd\n")),
        Row::unreadable("an overlong sequence", marked(b"# \xc0\x80\n")),
        Row::unreadable("a surrogate", marked(b"# \xed\xa0\x80\n")),
        Row::unreadable("Latin-1", marked(b"# caf\xe9\n")),
    ]
}

/// What is read, though it is written in a way that few expect.
fn odd() -> Vec<Row> {
    vec![
        Row::generated("line breaks of Windows", HEAD.replace('\n', "\r\n")).valid(),
        Row::generated("line breaks of old Macs", HEAD.replace('\n', "\r")).valid(),
        Row::generated("comments", format!("# a\n{HEAD}# b\n")).valid(),
        Row::generated("the mark of a document", format!("---\n{HEAD}...\n")).valid(),
        Row::generated("a tag", format!("!x\n{HEAD}")).valid(),
        Row::generated("a merge key", format!("x-a: &a {{b: 1}}\n{HEAD}x-c: {{<<: *a}}\n")).valid(),
        Row::generated(
            "keys that are numbers",
            format!("{HEAD}x-a: {{1: a, true: b, null: c, 1.5: d}}\n"),
        ),
        Row::generated("keys that are lists", format!("{HEAD}x-a: {{? [a, b] : c}}\n")),
        Row::generated(
            "a text of a million characters",
            format!("{HEAD}x-a: {}\n", "a".repeat(1_000_000)),
        )
        .valid(),
        Row::generated(
            "a line of a million brackets",
            format!("{HEAD}x-a: \"{}\"\n", "[".repeat(1_000_000)),
        )
        .valid(),
        Row::generated(
            "numbers without end",
            format!("{HEAD}x-a: [{}, 1e999, -1e999, .inf, .nan]\n", "9".repeat(400)),
        ),
        Row::generated("JSON", base().to_string()).valid(),
        Row::generated(
            "JSON on many lines",
            serde_json::to_string_pretty(&base()).expect("it is JSON"),
        )
        .valid(),
        Row::generated("JSON with white space before it", format!("\n\n  {}", base())).valid(),
    ]
}
