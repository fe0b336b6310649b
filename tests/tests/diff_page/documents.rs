//! Writes the pages that the tests open.

use std::fs;
use std::path::{Path, PathBuf};

use tamarack::render::Texts;
use tamarack::{Input, Text};
use tamarack_diff::render::timeline::{self, TimelineReport};
use tamarack_diff::{self as diff, render};

use super::browser::folder;

/// A page in a folder of its own, which ends with the value.
pub(crate) struct Page {
    folder: PathBuf,
    pub(crate) file: PathBuf,
}

impl Drop for Page {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Returns the document of a lending library in one of its versions.
fn lending(version: &str) -> Text {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../diff/tests/fixtures/lending");
    let name = format!("{version}.oas.yaml");
    let content = fs::read_to_string(folder.join(&name)).expect("a document");
    Text { name, content }
}

/// Writes the page of the first and the last version.
pub(crate) fn two() -> Page {
    page(vec![lending("1.0"), lending("2.0")])
}

/// A pair whose head is as long as that of a large API: title, paths, every verdict, a text, and what is not compared.
pub(crate) fn crowded() -> Page {
    let of = |version: &str, text: &str| {
        let Text { name, content } = lending(version);
        let content = content
            .replacen("title: Lending library", "title: Lending Library Administration API", 1)
            .replacen("description: ", &format!("description: {text}, "), 1)
            .replacen("maxLength: 200", "not: {enum: [x]}, maxLength: 200", 1);
        Text { name: format!("an/uncommonly/deep/folder/of/documents/{name}"), content }
    };
    page(vec![of("1.0", "Before"), of("2.0", "Now")])
}

/// A pair of which one change is about a text for people, and one breaks.
pub(crate) fn documentation() -> Page {
    let old = lending("1.0");
    let content = old.content.replacen("description: ", "description: Now, ", 1);
    let content = content.replacen("type: integer", "type: boolean", 1);
    assert_ne!(content, old.content);
    page(vec![old, Text { name: "lending/1.0 (new).yaml".to_owned(), content }])
}

/// Writes the page of all three versions.
pub(crate) fn timeline() -> Page {
    page(vec![lending("1.0"), lending("1.1.beta"), lending("2.0")])
}

/// Writes the page of two versions whose every text would rather be markup.
pub(crate) fn hostile() -> Page {
    let evil = "</script><script>window.hostile=1</script><!--\\\"'><img src=x onerror=hostile=1>";
    let document = |version: &str, kind: &str| {
        let content = format!(
            "openapi: 3.0.3\n\
             info: {{title: \"{evil}\", version: \"{version}{evil}\"}}\n\
             paths:\n  \"/a{evil}\":\n    get:\n      operationId: \"{evil}\"\n      \
             responses:\n        '200':\n          description: \"{evil}\"\n          \
             content: {{application/json: {{schema: {{$ref: '#/components/schemas/A'}}}}}}\n\
             components:\n  schemas:\n    A:\n      type: object\n      description: \"{version}{evil}\"\n      \
             properties:\n        \"{evil}\": {{type: {kind}, default: \"{version}{evil}\"}}\n"
        );
        Text { name: format!("{evil}.yaml"), content }
    };
    page(vec![document("1", "string"), document("2", "integer")])
}

/// Writes the page of two versions with `n` rows.
pub(crate) fn many(n: usize) -> Page {
    let document = |kind: &str| {
        let paths = (0..n / 100).map(|it| {
            format!(
                "  /things/{it}:\n    get:\n      operationId: get_{it}\n      responses:\n        \
                 '200':\n          description: A thing.\n          content: {{application/json: \
                 {{schema: {{$ref: '#/components/schemas/T{it}'}}}}}}\n"
            )
        });
        let members = (0..100).map(|it| format!("        member_{it}: {{type: {kind}}}\n"));
        let members = members.collect::<Vec<_>>().concat();
        let types = (0..n / 100)
            .map(|it| format!("    T{it}:\n      type: object\n      properties:\n{members}"));
        let content = format!(
            "openapi: 3.0.3\ninfo: {{title: Many, version: '1'}}\npaths:\n{}\
             components:\n  schemas:\n{}",
            paths.collect::<Vec<_>>().concat(),
            types.collect::<Vec<_>>().concat()
        );
        Text { name: "many.yaml".to_owned(), content }
    };
    page(vec![document("string"), document("integer")])
}

/// Two documents are a diff, more are a timeline.
fn page(specs: Vec<Text>) -> Page {
    let inputs: Vec<_> = specs.into_iter().map(|spec| Input::of(spec, None)).collect();
    let models: Vec<_> =
        inputs.iter().map(|it| tamarack::read(it).model.expect("an OpenAPI document")).collect();
    let html = match inputs.as_slice() {
        [old, new] => {
            let diff = diff::compare(&models[0], &models[1]);
            let (old, new) = (Texts::new(old), Texts::new(new));
            render::html(&render::Report { diff: &diff, old, new, krate: None })
        }
        more => {
            let timeline = diff::timeline(&models);
            let report = TimelineReport::new(&timeline, more, None).expect("a text for each");
            timeline::html(&report)
        }
    };
    let folder = folder("page");
    let file = folder.join("index.html");
    fs::write(&file, html).expect("the page is written");
    Page { folder, file }
}
