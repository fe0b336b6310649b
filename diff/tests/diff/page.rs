//! The page of a diff as bytes: the whole of a small one, and what no text of a document can put into it.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use tamarack::render::Texts;
use tamarack::{Input, Model, Text};
use tamarack_diff::render::timeline::{self, TimelineReport};
use tamarack_diff::render::{self, Report};
use tamarack_diff::{self as diff, Acceptances, CrateVersion, Date};

fn lending(version: &str) -> Input {
    let name = format!("{version}.oas.yaml");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/lending");
    let content = fs::read_to_string(folder.join(&name)).expect("a document");
    Input::new(name, content)
}

fn model(input: &Input) -> Model {
    tamarack::read(input).model.expect("an OpenAPI document")
}

fn two(old: &Input, new: &Input) -> String {
    let diff = diff::compare(&model(old), &model(new));
    let (old, new) = (Texts::new(old), Texts::new(new));
    render::html(&Report { diff: &diff, old, new, krate: CrateVersion::parse("0.1.0") })
}

fn along(inputs: &[Input]) -> String {
    let models: Vec<_> = inputs.iter().map(model).collect();
    let timeline = diff::timeline(&models);
    timeline::html(&TimelineReport::new(&timeline, inputs, None).expect("a text for each"))
}

/// Cuts out what is the same on every page: style, script and their hashes.
fn without_frame(page: &str) -> String {
    let (before, rest) = page.split_once("<style>").expect("a style");
    let (_, rest) = rest.split_once("</style>").expect("its end");
    let (body, after) = rest.rsplit_once("<script>").expect("a script");
    let (_, after) = after.split_once("</script>").expect("its end");
    let page = format!("{before}<style></style>{body}<script></script>{after}");
    let parts: Vec<_> = page.split("sha256-").collect();
    let rest = parts[1..].iter().map(|it| it.split_once('&').expect("a quote").1);
    rest.fold(parts[0].to_owned(), |acc, it| acc + "sha256-…&" + it)
}

#[test]
fn the_page_of_two_versions() {
    let page = two(&lending("1.0"), &lending("2.0"));
    insta::assert_snapshot!("two", without_frame(&page));
}

#[test]
fn the_page_of_a_timeline() {
    let page = along(&[lending("1.0"), lending("1.1.beta"), lending("2.0")]);
    insta::assert_snapshot!("timeline", without_frame(&page));
}

#[test]
fn the_same_documents_give_the_same_bytes() {
    let inputs = [lending("1.0"), lending("1.1.beta"), lending("2.0")];
    assert_eq!(along(&inputs), along(&inputs));
}

#[test]
fn a_page_without_changes_says_so() {
    let page = two(&lending("1.0"), &lending("1.0"));
    assert!(page.contains("Nothing has changed."), "{page}");
    assert!(page.contains("<span>1.0</span> \u{2192} <span>1.0 (2)</span>"));
    assert!(!page.contains("id=\"filters\""));
}

#[test]
fn what_is_accepted_is_there_with_its_reason() {
    let (old, new) = (lending("1.0"), lending("2.0"));
    let mut diff = diff::compare(&model(&old), &model(&new));
    let fingerprint = diff.findings[1].fingerprint.clone();
    let content = format!(
        "[[accept]]\nfingerprint = \"{fingerprint}\"\nreason = \"<b>nobody</b> uses it\"\n\
         expires = \"2027-01-31\"\n"
    );
    let file = Text { name: "accept.toml".to_owned(), content };
    let accepted = Acceptances::parse(&file).expect("an accept file");
    accepted.mark([&mut diff], Date::parse("2027-01-01").expect("a date"));
    let (old, new) = (Texts::new(&old), Texts::new(&new));
    let page = render::html(&Report { diff: &diff, old, new, krate: None });
    assert!(page.contains("accepted until 2027-01-31: &lt;b&gt;nobody&lt;/b&gt; uses it"));
    assert_eq!(page.matches("data-review=\"accepted\"").count(), 1);
    assert_eq!(page.matches("data-review=\"open\"").count(), diff.findings.len() - 1);
    assert!(page.contains("data-facet=\"review\""));
}

/// Each text that a document can bring, made of what ends a text in HTML, in
/// an attribute, in a comment, in a script or in a style.
const EVIL: &str = "</script></style></title>--><!--\"'`><img src=x onerror=a()> javascript:a() &lt; ]]> a\u{2028}b";

fn hostile(version: &str, kind: &str) -> Input {
    let evil = serde_json::to_string(EVIL).expect("a text");
    let versioned = serde_json::to_string(&format!("{version}{EVIL}")).expect("a text");
    let path = serde_json::to_string(&format!("/{EVIL}")).expect("a text");
    let component = "Evil";
    let content = format!(
        r##"{{"openapi": "3.0.3", "info": {{"title": {evil}, "version": {versioned}}},
        "servers": [{{"url": {versioned}}}], "tags": [{{"name": {evil}}}],
        "paths": {{{path}: {{"get": {{"operationId": {evil}, "summary": {versioned},
            "tags": [{versioned}],
            "parameters": [{{"name": {evil}, "in": "query", "description": {versioned},
                "schema": {{"type": "{kind}", "default": {versioned}}}}}],
            "responses": {{"200": {{"description": {versioned}, "content": {{
                "application/json": {{"schema": {{"$ref": "#/components/schemas/{component}"}}}}}}}}}}}}}}}},
        "components": {{"schemas": {{
            "{component}": {{"type": "object", "title": {versioned}, "description": {versioned},
                "required": [{versioned}], "properties": {{
                    {versioned}: {{"type": "string", "enum": [{versioned}]}},
                    {evil}: {{"type": "{kind}", "pattern": {versioned}}}}}}},
            {evil}: {{"type": "{kind}"}}}}}}}}"##
    );
    Input::new(EVIL, content)
}

/// Returns each tag and each attribute that a page has, as `tag` and `tag attribute`.
///
/// Reads what is between `<` and `>` as HTML does: an attribute that a text
/// could leave would show up as a name of its own.
fn tags(page: &str) -> BTreeSet<String> {
    let mut acc = BTreeSet::new();
    let mut rest = page;
    while let Some((_, tag)) = rest.split_once('<') {
        let name_end = tag.find([' ', '>']).expect("a tag ends");
        let name = &tag[..name_end];
        acc.insert(name.to_owned());
        rest = &tag[name_end..];
        loop {
            rest = rest.trim_start();
            if let Some(after) = rest.strip_prefix('>') {
                rest = after;
                break;
            }
            let end = rest.find(['=', '>', ' ']).expect("an attribute ends");
            acc.insert(format!("{name} {}", &rest[..end]));
            rest = &rest[end..];
            if let Some(value) = rest.strip_prefix("=\"") {
                rest = value.split_once('"').expect("a value ends").1;
            }
        }
    }
    acc
}

#[test]
fn no_text_of_a_document_becomes_markup() {
    let page = two(&hostile("1", "string"), &hostile("2", "integer"));
    assert!(page.matches("onerror=a()&gt;").count() > 20, "the texts are there");
    // With a change of documentation, which the hostile pair has, too.
    let mut changed = lending("2.0");
    changed.spec.content = changed.spec.content.replacen("description: ", "description: Now, ", 1);
    let tame = two(&lending("1.0"), &changed);
    assert!(tame.contains("data-facet=\"about\""), "{tame}");
    let known = tags(&without_frame(&tame));
    assert!(known.len() > 60 && known.contains("a href"), "{known:?}");
    let more: Vec<_> = tags(&without_frame(&page)).difference(&known).cloned().collect();
    assert!(more.is_empty(), "{more:?}");
    assert_eq!(page.matches("<script").count(), 1);
    assert!(!page.contains('\u{2028}'));
    // Every link stays on the page.
    let links = page.split(" href=\"").skip(1).filter(|it| !it.starts_with('#'));
    assert_eq!(links.collect::<Vec<_>>().len(), 1, "the icon alone");
    assert!(page.contains("<link rel=\"icon\" href=\"data:,\">"));
}

#[test]
fn a_hostile_timeline_is_escaped_too() {
    let tame = along(&[lending("1.0"), lending("1.1.beta"), lending("2.0")]);
    let inputs = [hostile("1", "string"), hostile("2", "integer"), hostile("1", "string")];
    let page = along(&inputs);
    assert!(page.contains("reverted"), "{page}");
    let known = tags(&without_frame(&tame));
    let more: Vec<_> = tags(&without_frame(&page)).difference(&known).cloned().collect();
    assert!(more.is_empty(), "{more:?}");
}

#[test]
fn the_policy_forbids_all_but_the_own_style_and_script() {
    let page = without_frame(&two(&lending("1.0"), &lending("2.0")));
    let policy = page
        .split_once("http-equiv=\"Content-Security-Policy\" content=\"")
        .and_then(|it| it.1.split_once('"'))
        .expect("a policy")
        .0;
    assert_eq!(
        policy.replace("&#39;", "'"),
        "default-src 'none'; connect-src 'none'; img-src data:; style-src 'sha256-…'; \
         script-src 'sha256-…'; base-uri 'none'; form-action 'none'"
    );
    // What a policy cannot see: inline styles and handlers would be refused,
    // so there are none.
    assert!(!page.contains(" style=\"") && !page.contains(" onclick=\""));
}

/// What is named in the page is there: links, labels and what they describe.
#[test]
fn names_are_unique_and_links_lead_somewhere() {
    let page = without_frame(&along(&[
        lending("1.0"),
        lending("1.1.beta"),
        lending("2.0"),
        lending("1.0"),
    ]));
    let values = |attribute: &str| -> Vec<String> {
        let parts = page.split(attribute).skip(1);
        parts.filter_map(|it| it.split_once('"')).map(|it| it.0.to_owned()).collect()
    };
    let ids = values(" id=\"");
    let unique: BTreeSet<_> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len(), "{ids:?}");
    for link in values(" href=\"#").into_iter().chain(values(" aria-labelledby=\"")) {
        assert!(unique.contains(&link), "{link}");
    }
}

/// A collapsed row shows what differs, however much both sides have in common before it.
#[test]
fn a_collapsed_row_shows_the_difference() {
    let input = |last: &str| {
        let words = "some words that both have, ".repeat(8);
        let content = format!(
            "openapi: 3.0.3\ninfo: {{title: Words, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    \
             Word: {{type: object, description: \"{words}{last}\"}}\n"
        );
        Input::new("words.yaml", content)
    };
    let page = two(&input("last one"), &input("another one"));
    let row = page.split("<summary>").nth(1).and_then(|it| it.split("</summary>").next());
    let row = row.expect("a row");
    assert!(row.contains("<del>last</del>") && row.contains("<ins>another</ins>"), "{row}");
}
