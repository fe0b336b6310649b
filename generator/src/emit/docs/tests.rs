//! What is written of Markdown, line by line.

use super::{comment, lines, outer, shown};

#[test]
fn prose_flows_and_is_escaped() {
    assert_eq!(
        lines("  A key `a<b>`\n    of <type> [x], see https://example.com/a.  \n\nNext.\n"),
        ["A key `a<b>` of \\<type\\> \\[x\\], see <https://example.com/a>.", "", "Next."]
    );
    assert_eq!(lines("a ` b"), ["a \\` b"]);
    assert_eq!(
        lines("[Docs](https://example.com/x) and [none](#anchor)"),
        ["[Docs](<https://example.com/x>) and \\[none\\](#anchor)"]
    );
}

#[test]
fn lists_keep_their_shape_and_code_is_text() {
    assert_eq!(
        lines("Values:\n- one\n  more\n- two\nAfter"),
        ["Values:", "", "- one more", "- two After"]
    );
    assert_eq!(
        lines("```json\n{\"a\": 1}\n```\nAfter"),
        ["```text", "{\"a\": 1}", "```", "", "After"]
    );
    assert_eq!(lines("```\nnever closed"), ["```text", "never closed", "```"]);
}

#[test]
fn long_lines_wrap_without_making_a_list() {
    let text = format!("{} - dash {}", "word ".repeat(18).trim(), "more ".repeat(10).trim());
    for line in lines(&text) {
        assert!(!line.starts_with("- "), "{line}");
    }
}

#[test]
fn a_fence_is_longer_than_any_run_inside() {
    assert_eq!(
        lines("~~~\n```\nfn main() { panic!() }\n~~~"),
        ["````text", "```", "fn main() { panic!() }", "````"]
    );
    assert_eq!(lines("````\na ```` b\n`````\nc"), ["`````text", "a ```` b", "`````", "", "c"]);
    // A fence of tildes is not closed by backticks, nor by fewer tildes.
    assert_eq!(lines("~~~~\n~~~\n```\n~~~~"), ["````text", "~~~", "```", "````"]);
    // What has backticks behind its backticks is a code span.
    assert_eq!(lines("```a```\n\nb"), ["`a`", "", "b"]);
}

#[test]
fn code_stays_in_the_container_it_is_in() {
    assert_eq!(
        lines("> ~~~rust\n> panic!()\n\nafter"),
        ["> ```text", "> panic!()", "> ```", "", "after"]
    );
    assert_eq!(
        lines("1. one\n\n   ```\n   code\n   ```\n2. two"),
        ["1. one", "", "   ```text", "   code", "   ```", "", "2. two"]
    );
    // Indented code is no code here.
    assert_eq!(lines("a\n\n    panic!()"), ["a", "", "panic!()"]);
    assert_eq!(lines("- a\n\n\n      panic!()"), ["- a", "", "  panic!()"]);
}

#[test]
fn a_quote_is_wrapped_with_its_marker() {
    let text = format!("> {}", "word ".repeat(40).trim());
    let lines = lines(&text);
    assert!(lines.len() > 1);
    for line in lines {
        assert!(line.starts_with("> word") && line.chars().count() <= 92, "{line}");
    }
}

#[test]
fn nested_lists_are_indented_by_their_markers() {
    assert_eq!(
        lines("1. a\n   - b\n     1. c\n        more\n2. d"),
        ["1. a", "   - b", "     1. c more", "2. d"]
    );
    let long = "word ".repeat(30);
    let written = lines(&format!("10. {long}\n    * {long}"));
    assert!(written.iter().all(|it| it.starts_with("10. ") || it.starts_with("    ")));
    assert!(written.iter().any(|it| it.starts_with("    * ")));
    assert!(written.iter().any(|it| it.starts_with("      word")));
    // Three markers and nothing else would be a thematic break, and code below it.
    assert_eq!(lines("* + *\n\n       x"), ["*", "  +", "    * x"]);
    assert_eq!(lines("- + -\n      > x"), ["-", "  +", "    -", "      > x"]);
}

#[test]
fn what_rustc_refuses_is_shown_as_an_escape() {
    assert_eq!(lines("a\rb\u{202e}c\u{2066}\u{1b}\0"), [r"a\rb\u{202e}c\u{2066}\u{1b}\u{0}"]);
    assert_eq!(lines("a\r\nb\tc"), ["a b c"]);
    assert_eq!(lines("```\na\r\u{202a}\tb\n```"), ["```text", r"a\r\u{202a}    b", "```"]);
}

#[test]
fn escapes_of_the_document_are_kept_and_free_nothing() {
    assert_eq!(lines(r"\[a\] \<b\> \\[c]"), [r"\[a\] \<b\> \\\[c\]"]);
    assert_eq!(lines(r"\<pre>"), [r"\<pre\>"]);
    assert_eq!(lines("| `a|<pre>` |"), ["| \\`a|\\<pre\\>\\` |"]);
}

#[test]
fn nothing_at_all_has_no_comment() {
    assert!(lines(" \n\t\n").is_empty());
    assert!(outer("").is_empty());
    assert_eq!(comment("a\n\n*b*", "  "), "  /// a\n  ///\n  /// *b*\n");
}

#[test]
fn a_text_that_is_no_code_between_backticks_is_told() {
    for plain in ["asc", "a b", "<b>", "[x]", "é", "\\", "*"] {
        assert_eq!(shown(plain), None, "{plain}");
    }
    for (odd, expected) in
        [("", "` `"), ("a`b", "``a`b``"), ("a\n\n<b>", r"`a\n\n<b>`"), ("\u{202e}", r"`\u{202e}`")]
    {
        assert_eq!(shown(odd).as_deref(), Some(expected));
    }
}
