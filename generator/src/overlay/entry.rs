//! The entry that a message tells to add, in the format of the overlay that is there: our own TOML, or the extension of
//! an OpenAPI Overlay.

use std::path::Path;

use super::standard::{EXTENSION, is_standard};
use crate::input::Text;
use crate::shown;

/// Rewrites the entry at the end of a help, which is in TOML, in the format of an overlay.
pub(crate) fn in_format_of(overlay: Option<&Text>, help: String) -> String {
    let Some(overlay) = overlay.filter(|it| is_standard(it)) else { return help };
    let Some((before, entry)) = split(&help) else { return help };
    let is_json = Path::new(&overlay.name).extension().is_some_and(|it| it == "json");
    let written = if is_json { entry.json() } else { entry.yaml() };
    format!("{before}{written}")
}

/// An entry: its name, and its keys with their values in JSON.
struct Entry<'a> {
    name: &'a str,
    pairs: Vec<(String, String)>,
}

/// Splits a help before its entry; none if it has none.
fn split(help: &str) -> Option<(&str, Entry<'_>)> {
    let start = if help.starts_with("[[") { 0 } else { help.find("\n[[")? + 1 };
    let (before, entry) = help.split_at(start);
    let mut lines = entry.lines();
    let name = lines.next()?.strip_prefix("[[")?.strip_suffix("]]")?;
    // Line by line, so that the order of the keys stays.
    let pairs = lines.map(|line| {
        let (key, value) = toml::from_str::<toml::Table>(line).ok()?.into_iter().next()?;
        let value = serde_json::to_string(value.as_str()?).ok()?;
        Some((key, shown::json(&value).into_owned()))
    });
    Some((before, Entry { name, pairs: pairs.collect::<Option<_>>()? }))
}

impl Entry<'_> {
    /// A text in JSON is a double-quoted one in YAML.
    fn yaml(&self) -> String {
        let mut acc = format!("{EXTENSION}:\n  {}:", self.name);
        for (index, (key, value)) in self.pairs.iter().enumerate() {
            let start = if index == 0 { "- " } else { "  " };
            acc.extend(["\n  ", start, key, ": ", value]);
        }
        acc
    }

    fn json(&self) -> String {
        let pairs = self.pairs.iter().map(|(key, value)| format!("\"{key}\": {value}"));
        let pairs: Vec<String> = pairs.collect();
        format!("\"{EXTENSION}\": {{\"{}\": [{{{}}}]}}", self.name, pairs.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HELP: &str = "to accept the gap, add to the overlay:\n[[accept]]\ncode = \"OAS301\"\n\
        at = \"#/paths/~1a \\\"b\\\" \\u202E/get\"\nreason = \"...\"";

    fn written(name: &str) -> String {
        in_format_of(Some(&Text::new(name, "")), HELP.to_owned())
    }

    #[test]
    fn an_entry_of_toml_stays_one() {
        assert_eq!(written("a.overlay.toml"), HELP);
        assert_eq!(in_format_of(None, HELP.to_owned()), HELP);
        let other = "see `[[accept]]`".to_owned();
        assert_eq!(in_format_of(Some(&Text::new("a.yaml", "")), other.clone()), other);
    }

    #[test]
    fn an_entry_of_yaml_means_the_same() {
        let help = written("a.overlay.yaml");
        let (_, yaml) = help.split_once('\n').unwrap();
        assert_eq!(
            yaml,
            "x-tamarack:\n  accept:\n  - code: \"OAS301\"\n    \
             at: \"#/paths/~1a \\\"b\\\" \\u202e/get\"\n    reason: \"...\""
        );
        let (_, toml) = HELP.split_once('\n').unwrap();
        let yaml: serde_json::Value = serde_yaml::from_str(yaml).unwrap();
        let toml: serde_json::Value = toml::from_str(toml).unwrap();
        assert_eq!(yaml["x-tamarack"], toml);
    }

    #[test]
    fn an_entry_of_json_means_the_same() {
        let help = written("a.overlay.json");
        let (_, json) = help.split_once('\n').unwrap();
        let json: serde_json::Value = serde_json::from_str(&format!("{{{json}}}")).unwrap();
        assert_eq!(json["x-tamarack"]["accept"][0]["at"], "#/paths/~1a \"b\" \u{202e}/get");
    }
}
