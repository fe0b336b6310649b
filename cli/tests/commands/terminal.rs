//! No control sequence of a document, an overlay or a file name reaches a terminal, in any format.
#![expect(clippy::disallowed_methods, reason = "a test sets up its folder by hand")]

use std::fs;
use std::path::Path;
use std::process::Output;

use pulldown_cmark::{Event, Options, Parser, Tag};
use tamarack::codes;
use tamarack::diagnostic::Diagnostic;
use tamarack::pointer::Pointer;
use tamarack::render::{self, Paint, Texts};
use tamarack::{Input, Text};

use crate::run;

/// Colours, a cleared screen, a link (OSC 8), a title (OSC 0), an 8-bit CSI, a
/// bell, a backspace, text from right to left, a line that writes over another.
const NASTY: &str = "\u{1b}[31m\u{1b}[2J\u{1b}]8;;https://evil.example\u{7}x\u{1b}]8;;\u{7}\u{1b}]0;t\u{7}\
                     \u{9b}2J\u{8}\u{8}\u{202e}abc\u{2066}\u{2028}\u{7f}\u{90}q\u{9c}";

/// What ECMA-48 and a terminal obey, line breaks and tabs aside; UAX 9 for the
/// direction of text.
fn obeyed(text: &str) -> Vec<char> {
    let is_bad = |c: &char| {
        let code = u32::from(*c);
        (code < 0x20 && !matches!(c, '\n' | '\t'))
            || (0x7f..=0x9f).contains(&code)
            || (0x2028..=0x202e).contains(&code)
            || (0x2066..=0x2069).contains(&code)
    };
    text.chars().filter(is_bad).collect()
}

/// Writes a text as a YAML scalar in double quotes with every escape needed.
fn yaml(text: &str) -> String {
    let escaped: String = text
        .chars()
        .map(|c| {
            if c.is_ascii_graphic() || c == ' ' {
                c.to_string()
            } else {
                format!("\\u{:04x}", u32::from(c))
            }
        })
        .collect();
    format!("\"{escaped}\"")
}

/// A document with a nasty text in every place that a message or a row names.
fn document(version: &str, kind: &str, nasty: &str) -> String {
    let bad = yaml(nasty);
    let pair = yaml(&format!("{nasty}\n::error::x\n| <b> ` @all ]]>"));
    let path = yaml(&format!("/{nasty}/{{{nasty}}}"));
    format!(
        "openapi: 3.0.3
info: {{title: {bad}, version: {version}}}
{bad}: 1
paths:
  {path}:
    get:
      operationId: {bad}
      summary: {version}
      tags: [{pair}]
      parameters:
      - {{in: path, name: {bad}, required: true, schema: {{type: {kind}, pattern: {pair}}}}}
      - {{in: query, name: {pair}, schema: {{type: {kind}, default: {bad}}}}}
      responses:
        '200':
          description: {pair}
          content:
            application/json: {{schema: {{$ref: '#/components/schemas/A'}}}}
            {bad}: {{schema: {{type: string}}}}
        {bad}: {{description: x}}
components:
  schemas:
    {bad}: {{$ref: {bad}}}
    A:
      type: object
      {bad}: 1
      properties:
        {bad}: {{type: {kind}, enum: [{bad}, {pair}, {version}]}}
        {pair}: {{type: {kind}}}
        kind: {{type: {bad}}}
"
    )
}

fn output(dir: &Path, args: &[&str]) -> Output {
    run::tamarack(dir).args(args).output().expect("the binary runs")
}

#[track_caller]
fn check(dir: &Path, args: &[&str]) -> String {
    let output = output(dir, args);
    let all = [output.stdout, output.stderr].map(|it| String::from_utf8(it).expect("UTF-8"));
    let all = all.concat();
    assert!(!all.contains("bug in tamarack"), "{args:?}: {all:?}");
    assert!(obeyed(&all).is_empty(), "{args:?}: {all:?}");
    all
}

#[test]
fn messages_show_escapes() {
    let dir = run::folder("terminal/messages");
    fs::write(dir.join("a.yaml"), document("'1'", "string", NASTY)).expect("a file");
    for format in ["text", "json"] {
        let args = ["generate", "a.yaml", "--out", "out", "--message-format", format];
        let all = check(&dir, &args);
        assert!(all.contains("u{1b}[2J") || all.contains("\\u001b[2J"), "{all}");
    }
    check(&dir, &["generate", "a.yaml", "--out", "out", "--strict"]);
    check(&dir, &["generate", "a.yaml", "--out", "out", "--check"]);
    // As they are, not as YAML escapes them: an excerpt, and what is no YAML.
    let raw =
        format!("openapi: 3.0.3\ninfo: {{title: T, version: '1'}}\npaths: {{}}\nx: {NASTY}\n");
    for content in [raw, NASTY.to_owned(), format!("a: [{NASTY}")] {
        fs::write(dir.join("b.yaml"), content).expect("a file");
        check(&dir, &["generate", "b.yaml", "--out", "out2"]);
    }
    fs::write(dir.join("o.toml"), format!("[[secret]]\nat = \"#/{NASTY}\"\n[{NASTY}]\n"))
        .expect("a file");
    check(&dir, &["generate", "a.yaml", "--out", "out", "--overlay", "o.toml"]);
}

/// The only HTML is that of the report, and nobody is mentioned outside of code.
#[track_caller]
fn is_plain_markdown(text: &str) {
    let ours = ["<br>", "<details>", "</details>", "<summary>", "</summary>"];
    for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => {
                let rest = ours.iter().fold(html.to_string(), |acc, it| acc.replace(it, ""));
                assert!(!rest.contains('<'), "{html} in {text}");
            }
            Event::Text(text) => assert!(!text.contains("@all"), "{text}"),
            Event::Start(Tag::Link { .. } | Tag::Image { .. }) => panic!("a link in {text}"),
            _ => {}
        }
    }
}

#[test]
fn a_diff_shows_escapes_in_every_format() {
    let dir = run::folder("terminal/diff");
    let old = document("'1'", "string", NASTY);
    let new = document("'2'", "integer", NASTY).replace("summary", "description");
    let last = document("'3'", "string", &NASTY.replace('x', "y"));
    for (name, content) in [("a.yaml", &old), ("b.yaml", &new), ("c.yaml", &last)] {
        fs::write(dir.join(name), content).expect("a file");
    }
    for format in ["text", "markdown", "json", "github", "junit", "html"] {
        for documents in
            [&["a.yaml", "b.yaml"][..], &["b.yaml", "c.yaml"], &["a.yaml", "b.yaml", "c.yaml"]]
        {
            let args = [&["diff", "--format", format], documents].concat();
            let all = check(&dir, &args);
            match format {
                "github" => {
                    for line in all.lines() {
                        let ours = [
                            "::error file=",
                            "::warning file=",
                            "::notice file=",
                            "tamarack diff: ",
                        ];
                        let said = line.starts_with("a.yaml: ")
                            || line.starts_with("b.yaml: ")
                            || line.starts_with("c.yaml: ");
                        assert!(said || ours.iter().any(|it| line.starts_with(it)), "{line}");
                    }
                }
                "markdown" => is_plain_markdown(&all),
                "html" | "junit" => assert!(!all.contains("<b>") && !all.contains("]]>"), "{all}"),
                _ => {}
            }
        }
    }
}

#[test]
fn the_name_of_a_file_is_shown_with_escapes() {
    let dir = run::folder("terminal/names");
    let name = "a\u{1b}[31m\u{9b}2J\n::error::\u{202e}.yaml";
    check(&dir, &["generate", name, "--out", "out"]);
    check(&dir, &["diff", name, name]);
    check(&dir, &["generate", &format!("--{name}")]);
    check(&dir, &["diff", "--fail-on", name, "a", "b"]);
    fs::write(dir.join(name), document("'1'", "string", "a")).expect("a file");
    check(&dir, &["generate", name, "--out", name, "--overlay", "none"]);
    check(&dir, &["generate", name, "--out", &format!("{name}.out")]);
    for format in ["text", "markdown", "json", "github", "junit", "html"] {
        check(&dir, &["diff", "--format", format, name, name]);
    }
}

fn at(pointer: &str) -> Pointer {
    Pointer::parse(pointer).expect("a pointer")
}

/// The caret stands under the key that is shown, and the column is that of the file.
#[test]
fn a_caret_stands_under_what_is_shown() {
    let content = "paths: {\"\u{2066}2J\u{202e}\": 1, b: 2}\n# a\rc: 3\r\nd: 4\r\n";
    let text = |name: &str, content: &str| Text { name: name.into(), content: content.into() };
    let input = Input::of(text("a\u{1b}.yaml", content), None);
    let message = |pointer: &str| {
        let diagnostic =
            Diagnostic::warning(codes::COERCED, at(pointer), "t\u{1b}").label("l\u{9b}").at_key();
        render::text(&[diagnostic], &Texts::new(&input), Paint::Plain)
    };
    assert_eq!(
        message("#/paths/b"),
        "\
warning[OAS105]: t\\u{1b}
 --> a\\u{1b}.yaml:1:20
  |
1 | paths: {\"\\u{2066}2J\\u{202e}\": 1, b: 2}
  |                                  ^ l\\u{9b}
  |
  = note: at #/paths/b

"
    );
    assert_eq!(
        message("#/c"),
        "\
warning[OAS105]: t\\u{1b}
 --> a\\u{1b}.yaml:3:1
  |
3 | c: 3
  | ^ l\\u{9b}
  |
  = note: at #/c

"
    );
    assert!(message("#/d").contains("yaml:4:1\n"), "{}", message("#/d"));
}
