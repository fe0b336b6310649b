//! Whatever a document says, an independent reader of Markdown finds no code to run in what is written of it.

use std::time::{Duration, Instant};

use proptest::prelude::*;
use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag};

use super::lines;

/// What begins, ends and hides blocks and spans in Markdown, and what rustc refuses.
const FRAGMENTS: &[&str] = &[
    "```",
    "````",
    "~~~",
    "~~~~",
    "```rust",
    "~~~rust,no_run",
    "```a`",
    "`",
    "``",
    "\\`",
    "\\",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    " ",
    "    ",
    "        ",
    "\t",
    "> ",
    ">",
    ">>>",
    "- ",
    "* ",
    "+ ",
    "-",
    "*",
    "_",
    "1. ",
    "2) ",
    "100. ",
    "123456789. ",
    "# ",
    "#",
    "======",
    "---",
    "- - -",
    "***",
    "|",
    "| a | b |",
    "\n|---|---|\n",
    "\\|",
    "[",
    "]",
    "[a](https://b.example/c)",
    "](https://a.example)",
    "[a]: https://b.example",
    "[^1]",
    "[^1]: ",
    "(",
    ")",
    "<",
    ">",
    "<pre>",
    "</pre>",
    "<!--",
    "-->",
    "<div>",
    "<script>",
    "<?",
    "<![CDATA[",
    "https://a.example/",
    "http://",
    "panic!()",
    "fn main() {}",
    "word",
    "a long line of words that must be wrapped as it \
     is wider than a line of a comment may be, which it is",
    "\u{202e}",
    "\u{2066}",
    "\u{1b}[2J",
    "\0",
    "\u{3000}",
    "\u{a0}",
    "\u{2028}",
    "\u{feff}",
    "é",
    "❤️",
    "&lt;",
    "&#91;",
    "!",
    "~~",
    "$",
    "{",
    "}",
    "=",
    ":",
    "\"",
    "'",
];

/// Reads Markdown as rustdoc does.
fn events(markdown: &str) -> Vec<Event<'_>> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    // Rustdoc takes every reference that leads nowhere for the name of an item.
    let broken = |_: BrokenLink<'_>| Some((CowStr::from(""), CowStr::from("")));
    Parser::new_with_broken_link_callback(markdown, options, Some(broken)).collect()
}

/// Returns what is wrong with a comment.
fn wrong(lines: &[String]) -> Option<String> {
    for line in lines {
        if let Some(c) = line.chars().find(|c| crate::shown::is_obeyed(*c)) {
            return Some(format!("holds {c:?}: {line:?}"));
        }
        if line.ends_with(' ') {
            return Some(format!("ends in a space: {line:?}"));
        }
    }
    let text = lines.join("\n");
    for event in events(&text) {
        let is_wrong = match &event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => info.as_ref() != "text",
            Event::Start(
                Tag::CodeBlock(CodeBlockKind::Indented)
                | Tag::HtmlBlock
                | Tag::FootnoteDefinition(_),
            )
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_) => true,
            Event::Start(Tag::Link { link_type, .. } | Tag::Image { link_type, .. }) => {
                !matches!(link_type, LinkType::Inline | LinkType::Autolink)
            }
            _ => false,
        };
        if is_wrong {
            return Some(format!("{event:?} in\n{text}"));
        }
    }
    None
}

fn markdown() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(FRAGMENTS), 1..40).prop_map(|it| it.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4096, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_comment_holds_no_code_but_text_no_html_and_no_link_of_rustdoc(text in markdown()) {
        let written = lines(&text);
        prop_assert_eq!(wrong(&written), None, "of {:?}", text);
    }

    #[test]
    fn nothing_of_a_plain_text_is_lost(text in "[a-z0-9 \n>*#.`~|<\\[\\]-]{0,80}") {
        let letters = |it: &str| it.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
        let written = lines(&text).join("\n");
        prop_assert!(wrong(&lines(&text)).is_none());
        if !letters(&text).is_empty() {
            // The info string of a fence is replaced, so that it is left out here.
            let fenced = text.contains("```") || text.contains("~~~");
            prop_assert!(fenced || letters(&written) == letters(&text), "{written:?} of {text:?}");
        }
    }
}

#[test]
fn the_reader_sees_what_the_writer_must_not_write() {
    for bad in ["```\na\n```", "    a\n", "a\n\n    b", "<pre>", "[a]", "a <b> c", "> ~~~rust\n> a"]
    {
        let lines: Vec<_> = bad.lines().map(str::to_owned).collect();
        assert!(wrong(&lines).is_some(), "{bad:?}");
    }
}

#[test]
fn the_cost_grows_with_the_text_alone() {
    let n = 200_000;
    let nasty = [
        "[", "](", "[a](", "<", "<http://", "http://", "`", "`a``", "> ", ">", "- ", "* ", "\\",
        "|", "| `", "- \n", ">\n", "1. ", "~~~\n", "```\n", "- - ", "a\n", "h", "_ ", "#", "# ",
    ];
    for fragment in nasty {
        let text = fragment.repeat(n / fragment.len());
        #[expect(clippy::disallowed_methods, reason = "a test measures")]
        let start = Instant::now();
        let written = lines(&text);
        // Ten times what a debug build needs; quadratic, it would be minutes.
        assert!(start.elapsed() < Duration::from_secs(5), "{fragment:?}: {:?}", start.elapsed());
        assert!(written.iter().map(String::len).sum::<usize>() < 40 * n, "{fragment:?}");
    }
    // Backticks of every length, none of which is closed.
    let runs: Vec<_> = (1..600).map(|length| "`".repeat(length)).collect();
    assert_eq!(wrong(&lines(&runs.join(" "))), None);
}
