//! The legend of the page: its words and keys.

use super::markup::Markup;

const WORDS: &[(&str, &str)] = &[
    (
        "breaking",
        "A request that was valid can be refused, or the server can send something it could not send before.",
    ),
    ("unknown", "It cannot be decided; look at it."),
    ("potentially", "A tolerant reader copes, a strict one may not."),
    (
        "compatible",
        "More is accepted, or less is sent; whoever follows the old document notices nothing.",
    ),
    ("major", "Something of the generated module no longer compiles."),
    ("minor", "Something is added to the generated module."),
    ("patch", "A constant changes, or what a call sends."),
    ("none", "Nothing in that column is affected."),
];

const KEYS: &[(&[&str], &str)] = &[
    (&["/"], "search"),
    (&["j", "\u{2193}"], "next row"),
    (&["k", "\u{2191}"], "previous row"),
    (&["Enter"], "open or close the row"),
    (&["Esc"], "clear the search, then leave it"),
];

/// Writes the foot of the page.
pub(super) fn write(acc: &mut Markup) {
    acc.raw("<footer>\n<div class=\"legend\">\n<h2>Words</h2>\n<dl>\n");
    for (word, meaning) in WORDS {
        acc.raw("<div><dt>").raw(word).raw("</dt><dd>").raw(meaning).raw("</dd></div>\n");
    }
    acc.raw("</dl>\n</div>\n<div class=\"legend keys\">\n<h2>Keys</h2>\n<dl>\n");
    for (keys, meaning) in KEYS {
        acc.raw("<div><dt>");
        for key in *keys {
            acc.raw("<kbd>").raw(key).raw("</kbd> ");
        }
        acc.raw("</dt><dd>").raw(meaning).raw("</dd></div>\n");
    }
    acc.raw("</dl>\n</div>\n<p class=\"maker\">Written by <code>tamarack diff</code>. ");
    acc.raw("This page loads nothing and sends nothing.</p>\n</footer>\n");
}
