//! The page `docs/support.md`.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::counts::{Counts, Uses};
use super::parameters::{self, SHAPES};
use super::{bodies, codes_of_messages};
use crate::document::table::{Fate, Kind, Member, OPENAPI, Object, OpenApiVersion};
use crate::provenance;

/// Returns the page, in Markdown; `command` is what writes it, and `counting` what writes the counts.
pub fn page(counts: &Counts, command: &str, counting: &str) -> String {
    let mut acc = format!(
        "<!-- {} -->\n\n# What is supported\n\n\
         Each keyword, media type and kind of parameter, and what the generator makes of it. What is not \
         expressed in code is reported at its place, never dropped silently; the codes are those of \
         [diagnostics.md](diagnostics.md). The counts are of {} documents of real providers \
         (`{counting}`), read without overlays.\n",
        provenance::line(&[], command),
        counts.documents
    );
    keywords(counts, &mut acc);
    acc.push_str(
        "\n## Bodies\n\nWhat a body is sent or read as, for a schema of an object, a text and a binary string. \
         OAS317 says that the schema has no effect on the code.\n\n",
    );
    table(&["media type", "schema", "request", "response"], &bodies::rows(), &mut acc);
    acc.push_str(
        "\n## Parameters\n\nWhat comes of a value in each style, of a document of OpenAPI 3.2.\n\n",
    );
    let shapes = SHAPES.map(|(name, _)| name);
    let head = [&["in", "style", "explode"][..], &shapes].concat();
    table(&head, &parameters::rows(), &mut acc);
    acc.push_str("\n## Messages\n\nHow often each message was given for these documents.\n\n");
    let rows: Vec<_> = codes_of_messages()
        .map(|(code, sentence)| {
            let uses = counts.messages.get(code).copied().unwrap_or_default();
            let link = format!("[{code}](diagnostics.md#{})", code.to_ascii_lowercase());
            [link, sentence.to_owned(), uses.documents.to_string(), uses.places.to_string()]
        })
        .collect();
    table(&["code", "meaning", "documents", "messages"], &rows, &mut acc);
    acc
}

fn keywords(counts: &Counts, acc: &mut String) {
    acc.push_str(
        "\n## Keywords\n\n\
         | what | meaning |\n| --- | --- |\n\
         | handled | Code comes of it. Where it cannot, it is reported: OAS317, or the code of what is skipped. |\n\
         | reported | No code comes of it: OAS316 for a part that a client does not need, else OAS317. |\n\
         | annotation | For people, or the code is the same with it and without it. |\n\
         | definition | It has an effect only where something refers to it. |\n\n\
         `unused` counts the places where nothing in the code depends on the keyword.\n",
    );
    for object in objects() {
        if object.members.is_empty() {
            continue;
        }
        let _ = write!(acc, "\n### {}\n\n", object.title);
        let rows: Vec<_> = object.members.iter().map(|it| row(object, it, counts)).collect();
        table(&["keyword", "since", "what", "documents", "places", "unused"], &rows, acc);
    }
}

fn row(object: &Object, member: &Member, counts: &Counts) -> [String; 6] {
    let name = (object.title.to_owned(), member.name.to_owned());
    let Uses { documents, places, unused } =
        counts.keywords.get(&name).copied().unwrap_or_default();
    let since = match member.since {
        OpenApiVersion::V30 => "3.0",
        OpenApiVersion::V31 => "3.1",
        OpenApiVersion::V32 => "3.2",
    };
    [
        format!("`{}`", member.name),
        since.to_owned(),
        what(member).to_owned(),
        documents.to_string(),
        places.to_string(),
        unused.to_string(),
    ]
}

fn what(member: &Member) -> &'static str {
    match (member.fate, member.kind) {
        (Fate::Definition, _) => "definition",
        (Fate::Note | Fate::Annotation, _) => "annotation",
        (Fate::Part, Kind::Unread(_)) => "reported (OAS316)",
        (Fate::Assertion | Fate::Wire, Kind::Unread(_)) => "reported (OAS317)",
        (Fate::Part | Fate::Assertion | Fate::Wire, _) => "handled",
    }
}

/// Returns the objects whose keywords the stages read, each once, those nearer to the root first.
fn objects() -> Vec<&'static Object> {
    let mut acc: Vec<&'static Object> = vec![&OPENAPI];
    let mut titles = BTreeSet::from([OPENAPI.title]);
    let mut next = 0;
    while let Some(object) = acc.get(next).copied() {
        next += 1;
        let kinds = object.members.iter().map(|it| it.kind).chain(object.others);
        for found in kinds.filter_map(below) {
            if titles.insert(found.title) {
                acc.push(found);
            }
        }
    }
    acc
}

fn below(kind: Kind) -> Option<&'static Object> {
    match kind {
        Kind::List(inner) | Kind::Map(inner) => below(*inner),
        Kind::Unread(_) => None,
        other => other.object(),
    }
}

fn table<R: AsRef<[String]>>(head: &[&str], rows: &[R], acc: &mut String) {
    let _ = writeln!(acc, "| {} |\n|{}", head.join(" | "), " --- |".repeat(head.len()));
    for row in rows {
        let _ = writeln!(acc, "| {} |", row.as_ref().join(" | "));
    }
}

#[cfg(test)]
mod tests {
    use super::{Counts, page};

    /// Cells of tables that other tests hold: the page shows what the stages do.
    #[test]
    fn rows_show_what_the_stages_do() {
        let page = page(&Counts::default(), "c", "d");
        for row in [
            "| `not` | 3.0 | reported (OAS317) | 0 | 0 | 0 |",
            "| `properties` | 3.0 | handled | 0 | 0 | 0 |",
            "| `application/json` | object | JSON | JSON |",
            "| `application/xml` | object | text, OAS317 | text, OAS317 |",
            "| query | `spaceDelimited` | true | sent | sent | skipped, OAS314 | skipped, OAS314 |",
        ] {
            assert!(page.contains(row), "{row}\n{page}");
        }
    }
}
