//! The text of a reference in, the file that it names out.

use crate::pointer::{Pointer, percent_decoded};

/// A file: its path, as the caller is asked for it. The document itself is `None`.
pub(super) type FileId = Option<String>;

/// What a reference names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Location {
    /// A place in a file.
    File { file: FileId, fragment: String },
    /// A path that does not begin in the folder of the file.
    Absolute,
    /// A URL, an `$id`, a name: nothing that is read here.
    Other,
}

/// What the names of the files end with that are read. A name without such an ending is hardly meant as a file,
/// and no document makes us read a file of another kind.
const ENDINGS: [&str; 3] = [".yaml", ".yml", ".json"];

/// Returns what a reference in a file names.
pub(super) fn location(text: &str, from: &FileId, document: &str) -> Location {
    let (path, fragment) = text.split_once('#').unwrap_or((text, ""));
    // Some write `#/` for a whole file.
    let fragment = if fragment == "/" { String::new() } else { fragment.to_owned() };
    if path.is_empty() {
        return Location::File { file: from.clone(), fragment };
    }
    let is_url = path.split_once(':').is_some_and(|(scheme, _)| !scheme.contains('/'));
    if is_url || !is_file(path) || path.contains('?') {
        return Location::Other;
    }
    if path.starts_with('/') || path.contains('\\') {
        return Location::Absolute;
    }
    let path = joined(from.as_deref().unwrap_or(document), &percent_decoded(path));
    let file = Some(path).filter(|path| *path != normal(document));
    Location::File { file, fragment }
}

fn is_file(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    ENDINGS.iter().any(|it| path.ends_with(it))
}

/// Returns a path that begins in the folder of a file.
fn joined(from: &str, path: &str) -> String {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    if folder.is_empty() && !from.starts_with('/') {
        return normal(path);
    }
    normal(&format!("{folder}/{path}"))
}

/// Returns a path without `.`, and without what `..` takes back.
fn normal(path: &str) -> String {
    let mut acc: Vec<&str> = Vec::new();
    for (index, part) in path.split('/').enumerate() {
        match part {
            "." => {}
            "" if index > 0 => {}
            ".." if acc.last().is_some_and(|it| !["..", ""].contains(it)) => {
                acc.pop();
            }
            _ => acc.push(part),
        }
    }
    acc.join("/")
}

/// Returns whether a text may have a reference to another file: an answer without reading it as a tree, since
/// hardly a document has one.
pub(super) fn may_refer_to_files(content: &str) -> bool {
    // Of one character, a search looks at many bytes at once.
    content.match_indices('$').any(|(index, _)| {
        let Some(rest) = content[index..].strip_prefix("$ref") else { return false };
        let rest = rest.trim_start_matches(['"', '\'']).trim_start();
        let Some(value) = rest.strip_prefix(':') else { return false };
        let value = value.trim_start();
        // A text that is folded stands in the next line.
        let value = value.trim_start_matches(['>', '|', '-', '+']).trim_start();
        let value = value.trim_start_matches(['"', '\'']);
        let end = value.find(['#', '"', '\'', '\n', ',', '}']).unwrap_or(value.len());
        is_file(value[..end].trim_end())
    })
}

/// Returns the pointer of a fragment; `None` for an anchor.
pub(super) fn pointer(fragment: &str) -> Option<Pointer> {
    Pointer::parse(&percent_decoded(fragment))
}

/// Returns the name of a file without folder and ending: `pet` of `schemas/pet.v1.yaml`.
pub(super) fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.split('.').find(|it| !it.is_empty()).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_begins_in_the_folder_of_its_file() {
        let root = "specs/v1/api.yaml";
        let common = Some("specs/common/a.yaml".to_owned());
        for (text, from, expected) in [
            ("b.json", None, Some("specs/v1/b.json")),
            ("./b.YAML#/x", None, Some("specs/v1/b.YAML")),
            ("../common/a.yaml#/A", None, Some("specs/common/a.yaml")),
            ("a%20b.yml", common.clone(), Some("specs/common/a b.yml")),
            ("../../../b.yaml", common.clone(), Some("../b.yaml")),
            ("../v1/api.yaml#/x", common.clone(), None),
            ("#/x", common.clone(), Some("specs/common/a.yaml")),
            ("#/x", None, None),
        ] {
            let Location::File { file, .. } = location(text, &from, root) else { panic!("{text}") };
            assert_eq!(file.as_deref(), expected, "{text}");
        }
        for text in
            ["https://a.example/b.yaml", "urn:x.json", "Pet", "a.py", "b.yaml?x", "C:/a.txt"]
        {
            assert_eq!(location(text, &None, root), Location::Other, "{text}");
        }
        for text in ["/etc/a.yaml#/x", "a\\b.yaml", "//a.example/b.yaml"] {
            assert_eq!(location(text, &None, root), Location::Absolute, "{text}");
        }
        let Location::File { file, .. } = location("b.yaml", &None, "/abs/api.yaml") else {
            panic!()
        };
        assert_eq!(file.as_deref(), Some("/abs/b.yaml"));
    }

    #[test]
    fn a_text_without_a_file_name_behind_ref_refers_to_none() {
        for text in [
            "{\"$ref\": \"b.json#/A\"}",
            "$ref: b.yaml",
            "a: {$ref: './b.yml'}",
            "$ref: >-\n  ../b.yaml#/components/schemas/A",
            "\"$ref\" : 'a/b.JSON'",
        ] {
            assert!(may_refer_to_files(text), "{text}");
        }
        for text in [
            "{\"$ref\": \"#/components/schemas/a.json\"}",
            "$ref: Pet",
            "properties: {$ref: {type: string}}",
            "$ref: https://a.example/users/1",
            "$ref: a.py",
            "$ref:",
        ] {
            assert!(!may_refer_to_files(text), "{text}");
        }
    }

    #[test]
    fn the_stem_of_a_file() {
        assert_eq!(["a/pet.v1.yaml", "pet.json", "../.x.yml"].map(stem), ["pet", "pet", "x"]);
    }
}
