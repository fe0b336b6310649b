//! What is put into documents: texts that want out of where they are put, names that are none, values of
//! every kind, keywords of OpenAPI and JSON Schema.

use serde_json::{Value, json};

use crate::choices::Choices;

/// A word that no document of ours has, with letters that no rule for names gives a word.
pub const MARKER: &str = "eViL_mArKeR";

/// Texts that would be code, markup, a command or an end where they are not kept apart.
pub const TEXTS: &[&str] = &[
    "x\"; fn eViL_mArKeR() {} //",
    "x */ fn eViL_mArKeR() {} /*",
    "x\n\nfn eViL_mArKeR() {}\n",
    "x\rfn eViL_mArKeR() {}",
    "x\"#; fn eViL_mArKeR() {} //",
    "x\"]\n#[doc = eViL_mArKeR!()]",
    "x{eViL_mArKeR!()}",
    "```\neViL_mArKeR!()\n```",
    "```rust\neViL_mArKeR!()\n```\n",
    "~~~\n```\n~~~\neViL_mArKeR!()\n",
    "~~~text\nx\n`````\n~~~\n```\neViL_mArKeR!()\n```",
    "````\n```\neViL_mArKeR!()\n",
    "    eViL_mArKeR!();\n    eViL_mArKeR!();",
    "x\n\n    eViL_mArKeR!();\n",
    "> ```\n> eViL_mArKeR!()\n> ```",
    "- x\n\n      eViL_mArKeR!()\n\n1. y\n\n       ```\n       eViL_mArKeR!()\n       ```",
    "\t\teViL_mArKeR!()",
    "<pre><code>eViL_mArKeR!()</code></pre>",
    "<script>eViL_mArKeR()</script>",
    "</script><script>eViL_mArKeR()</script><!--",
    "'><img src=x onerror=eViL_mArKeR()>",
    "\"><svg/onload=eViL_mArKeR()>",
    "]]><eViL_mArKeR/>",
    "javascript:eViL_mArKeR()",
    "[x](javascript:eViL_mArKeR())",
    "\n::error::eViL_mArKeR",
    "::warning file=eViL_mArKeR::x%0A",
    "\u{1b}[31meViL_mArKeR\u{1b}[0m\u{7}",
    "\u{1b}]0;eViL_mArKeR\u{7}",
    "\u{9b}31m eViL_mArKeR",
    "\u{202e}eViL_mArKeR\u{2066}//\u{2069}",
    "\u{200b}\u{200d}\u{feff}",
    "\u{0}eViL_mArKeR",
    "\u{85}\u{2028}\u{2029}eViL_mArKeR",
    "x'\"`\\$(eViL_mArKeR)",
    "\\u{110000}\\x80\\",
    "%s%n{}{0}{:?}{{}}",
    "${jndi:eViL_mArKeR}",
    "../../../eViL_mArKeR",
    "a\r\nX-Evil: eViL_mArKeR",
    "#[cfg(eViL_mArKeR)]",
    "]\n[dependencies]\neViL_mArKeR = \"1\"\n",
    "\"\"\"\n[dependencies]\neViL_mArKeR = '1'\n",
    "| a | b |\n|---|---|\n| eViL_mArKeR",
    "<https://eViL_mArKeR>",
    "&lt;&#x0;&amp;eViL_mArKeR",
    "[`eViL_mArKeR`] [eViL_mArKeR][] [a]: b",
    "\u{fffd}\u{10ffff}\u{e000}",
    "",
    " ",
    "\n",
];

/// Names that are hardly any.
pub const NAMES: &[&str] = &[
    "",
    " ",
    "_",
    "__",
    "-",
    ".",
    "..",
    "/",
    "~",
    "$",
    "$ref",
    "x-",
    "1",
    "007",
    "-1",
    "1a",
    "a b",
    "❤️",
    "\u{200d}",
    "・",
    "℮",
    "日本",
    "ß",
    "İ",
    "ſ",
    "Ǆ",
    "ñ",
    "n\u{303}",
    "\u{202e}cba",
    "self",
    "Self",
    "super",
    "crate",
    "type",
    "r#type",
    "async",
    "dyn",
    "gen",
    "union",
    "true",
    "Option",
    "String",
    "Vec",
    "Box",
    "Result",
    "Some",
    "None",
    "Ok",
    "Err",
    "Error",
    "Client",
    "Default",
    "Clone",
    "Debug",
    "serde",
    "std",
    "core",
    "types",
    "errors",
    "tamarack_runtime",
    "new",
    "body",
    "options",
    "params",
    "raw",
    "reply",
    "request",
    "path",
    "value",
    "additional",
    "Unknown",
    "Unrecognized",
    "Undeclared",
    "Undecodable",
    "Transport",
    "Credential",
    "Server",
    "fooBar",
    "foo_bar",
    "foo-bar",
    "FooBar",
    "FOOBAR",
    "foo.bar",
    "foo/bar",
    "foo~bar",
    "foo%20bar",
    "a\u{0}b",
    "a\nb",
    "a\"b",
    "a'b",
    "a\\b",
    "con",
    "nul",
    "../../x",
    "default",
    "enum",
    "properties",
    "x\"; fn eViL_mArKeR() {} //",
    "{x}",
    "}{",
    "<T>",
    "&a",
    "*",
    "a,b",
    "a;b",
    "a:b",
    "a=b",
    "a&b",
];

/// Values of every kind.
const VALUES: &[&str] = &[
    "null",
    "true",
    "false",
    "0",
    "-1",
    "1.5",
    "1e308",
    "-0.0",
    "18446744073709551615",
    "-9223372036854775808",
    "9223372036854775808",
    "\"\"",
    "\"string\"",
    "\"null\"",
    "\"200\"",
    "[]",
    "{}",
    "[null]",
    "[[]]",
    "[{}]",
    "{\"\":{}}",
    "{\"$ref\":\"#\"}",
    "{\"$ref\":\"\"}",
    "{\"$ref\":\"#/\"}",
    "{\"$ref\":3}",
    "{\"type\":\"object\"}",
    "{\"type\":[\"string\",\"null\"]}",
    "{\"type\":\"array\"}",
    "{\"allOf\":[]}",
    "{\"oneOf\":[{}]}",
    "{\"enum\":[]}",
    "{\"enum\":[null]}",
    "{\"not\":{}}",
    "{\"const\":null}",
];

/// Keywords, each with values that mean something there.
const KEYWORDS: &[(&str, &[&str])] = &[
    (
        "type",
        &[
            "\"object\"",
            "\"array\"",
            "\"string\"",
            "\"integer\"",
            "\"number\"",
            "\"boolean\"",
            "\"null\"",
            "[\"string\",\"integer\"]",
            "[]",
            "\"file\"",
        ],
    ),
    (
        "format",
        &[
            "\"int32\"",
            "\"int64\"",
            "\"binary\"",
            "\"byte\"",
            "\"password\"",
            "\"date-time\"",
            "\"uuid\"",
            "\"float\"",
        ],
    ),
    ("nullable", &["true", "false"]),
    ("x-nullable", &["true", "false", "null"]),
    ("required", &["true", "[]", "[\"id\",\"id\"]", "[\"missing\"]"]),
    ("properties", &["{}", "{\"id\":{\"type\":\"integer\"}}", "{\"a\":true,\"b\":false}"]),
    ("additionalProperties", &["true", "false", "{}", "{\"type\":\"string\"}"]),
    ("items", &["{}", "true", "false", "[{},{}]", "{\"type\":\"string\"}"]),
    (
        "allOf",
        &["[{}]", "[{\"type\":\"string\"},{\"type\":\"integer\"}]", "[{\"required\":[\"id\"]}]"],
    ),
    (
        "oneOf",
        &["[{\"type\":\"string\"},{\"type\":\"integer\"}]", "[{},{}]", "[{\"type\":\"null\"}]"],
    ),
    (
        "anyOf",
        &[
            "[{\"type\":\"object\"},{\"type\":\"array\",\"items\":{}}]",
            "[{\"type\":\"string\",\"enum\":[\"a\"]},{\"type\":\"string\"}]",
        ],
    ),
    ("not", &["{}", "{\"type\":\"string\"}"]),
    ("enum", &["[\"a\",\"b\"]", "[]", "[null]", "[1,\"1\",true]", "[\"a\",\"A\",\"a \",\"\"]"]),
    ("x-enum", &["[\"a\",\"b\"]", "[]", "\"a\"", "[{}]"]),
    ("const", &["\"a\"", "null", "1", "{}"]),
    ("default", &["\"a\"", "null", "1", "{}", "[]"]),
    (
        "discriminator",
        &[
            "{\"propertyName\":\"type\"}",
            "{}",
            "{\"propertyName\":\"\",\"mapping\":{\"a\":\"#/components/schemas/A\",\"b\":\"B\"}}",
        ],
    ),
    ("readOnly", &["true"]),
    ("writeOnly", &["true"]),
    ("deprecated", &["true", "\"yes\""]),
    ("minimum", &["0", "1e300", "-9223372036854775809", "\"0\""]),
    ("maxLength", &["0", "-1", "1.5"]),
    ("pattern", &["\"[\"", "\"^(a+)+$\""]),
    ("patternProperties", &["{\"^x\":{}}"]),
    ("prefixItems", &["[{},{\"type\":\"string\"}]"]),
    ("if", &["{}"]),
    ("unevaluatedProperties", &["false"]),
    ("$defs", &["{\"a\":{}}"]),
    ("$id", &["\"http://x\""]),
    ("$anchor", &["\"a\""]),
    ("$dynamicRef", &["\"#a\""]),
    (
        "$ref",
        &[
            "\"#/components/schemas/Missing\"",
            "\"other.yaml#/x\"",
            "\"#/paths/~1x/get\"",
            "\"#/info\"",
            "\"#/components/schemas/%41\"",
        ],
    ),
    ("in", &["\"path\"", "\"query\"", "\"header\"", "\"cookie\"", "\"body\""]),
    (
        "style",
        &[
            "\"form\"",
            "\"simple\"",
            "\"label\"",
            "\"matrix\"",
            "\"deepObject\"",
            "\"pipeDelimited\"",
            "\"spaceDelimited\"",
        ],
    ),
    ("explode", &["true", "false"]),
    ("allowReserved", &["true"]),
    (
        "content",
        &[
            "{}",
            "{\"application/json\":{}}",
            "{\"a/b\":{\"schema\":{}},\"*/*\":{}}",
            "{\"multipart/form-data\":{\"schema\":{\"type\":\"object\"}}}",
            "{\"application/x-www-form-urlencoded\":{\"schema\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"object\"}}}}}",
            "{\"text/plain; charset=\\\"\":{}}",
        ],
    ),
    ("security", &["[]", "[{}]", "[{\"missing\":[]}]"]),
    ("operationId", &["\"get\"", "\"\"", "\"getPart\""]),
    (
        "servers",
        &[
            "[]",
            "[{\"url\":\"\"}]",
            "[{\"url\":\"https://{a}{b}.x/{c\",\"variables\":{\"a\":{\"default\":\"\"}}}]",
            "[{\"url\":\"https://{v}\",\"variables\":{\"v\":{\"enum\":[],\"default\":\"x\"}}}]",
        ],
    ),
    (
        "responses",
        &[
            "{}",
            "{\"default\":{}}",
            "{\"2XX\":{},\"200\":{},\"99\":{}}",
            "{\"200\":{\"content\":{\"application/x-ndjson\":{}}}}",
        ],
    ),
    ("openapi", &["\"3.0.3\"", "\"3.1.0\"", "\"3.2.0\"", "\"3.1\"", "\"2.0\"", "3.1"]),
];

/// Returns a text to put where a text stands.
pub fn text(choices: &mut Choices<'_>) -> String {
    let text = choices.pick(TEXTS);
    if choices.one_in(40) { text.repeat(1 + choices.below(2_000)) } else { (*text).to_owned() }
}

/// Returns a name to put where a name stands.
pub fn name(choices: &mut Choices<'_>) -> String {
    let name = choices.pick(NAMES);
    match choices.below(12) {
        0 => text(choices),
        1 => format!("{name}{}", choices.pick(NAMES)),
        2 => name.repeat(1 + choices.below(400)),
        _ => (*name).to_owned(),
    }
}

/// Returns a value of any kind.
pub fn value(choices: &mut Choices<'_>) -> Value {
    if choices.one_in(4) {
        return Value::String(text(choices));
    }
    let text = choices.pick(VALUES);
    serde_json::from_str(text).unwrap_or_else(|_| json!(text))
}

/// Returns a keyword with a value.
pub fn keyword(choices: &mut Choices<'_>) -> (String, Value) {
    let (keyword, values) = choices.pick(KEYWORDS);
    let text = choices.pick(values);
    ((*keyword).to_owned(), serde_json::from_str(text).unwrap_or_else(|_| json!(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_of_the_tables_is_json() {
        let keywords = KEYWORDS.iter().flat_map(|(_, values)| values.iter());
        for text in VALUES.iter().chain(keywords) {
            assert!(serde_json::from_str::<Value>(text).is_ok(), "{text}");
        }
    }
}
