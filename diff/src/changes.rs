//! Writes the pages of `docs/changes/`: what each version of an API changed.
//!
//! A pre-release is a step of its own, and the stable versions around it are
//! compared as well, for those who skip it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use tamarack::Input;
use tamarack::Model;
use tamarack::provenance;
use tamarack::render::Texts;

use super::render::timeline::{self, TimelineReport};
use super::render::{self, Report, totals};

/// An API with all its versions.
#[derive(Debug)]
pub struct Api {
    /// Its name, for example `acme/oauth`; the folder of its pages.
    pub name: String,
    /// Its versions, in order.
    pub versions: Vec<Version>,
}

/// A version of an API.
#[derive(Debug)]
pub struct Version {
    /// What it is called, for example `2026-01.alpha`.
    pub name: String,
    /// Whether it is a release.
    pub is_stable: bool,
    /// The document; places are given by its name.
    pub input: Input,
    /// What was read from it.
    pub model: Model,
}

/// Returns the pages by path: one for each two versions that follow each
/// other, and a `README.md` that leads to them; `command` is what makes them.
pub fn files(apis: &[Api], command: &str) -> BTreeMap<String, String> {
    let mut acc = BTreeMap::new();
    let mut index = format!(
        "<!-- {} -->\n\n# What each version changed\n\n\
         A page for each two versions that follow each other. Around a pre-release\n\
         there are three: to it, from it, and past it.\n",
        provenance::line(&[], command)
    );
    for api in apis {
        let _ = write!(index, "\n## {}\n\n", api.name);
        if let [only] = api.versions.as_slice() {
            let _ = writeln!(index, "One version: {}.", only.name);
        }
        let is_stable: Vec<_> = api.versions.iter().map(|it| it.is_stable).collect();
        for (old, new) in pairs(&is_stable) {
            let (old, new) = (&api.versions[old], &api.versions[new]);
            let path = format!("{}/{}--{}.md", folder(&api.name), slug(&old.name), slug(&new.name));
            let (totals, page) = page(api, old, new, command);
            let _ = writeln!(index, "- [{} -> {}]({path}): {totals}", old.name, new.name);
            acc.insert(path, page);
        }
        index.push_str(&whole(api));
    }
    acc.insert("README.md".to_owned(), index);
    acc
}

/// Returns what changed along all versions; empty when there are fewer than
/// three, since a page of its own reports it then.
fn whole(api: &Api) -> String {
    if api.versions.len() < 3 {
        return String::new();
    }
    let models: Vec<_> = api.versions.iter().map(|it| it.model.clone()).collect();
    let inputs: Vec<_> = api.versions.iter().map(|it| it.input.clone()).collect();
    let timeline = super::timeline(&models);
    let report = TimelineReport::new(&timeline, &inputs, None);
    report.map_or_else(String::new, |it| format!("\n{}", timeline::markdown(&it)))
}

/// Returns the indices of versions that follow each other, and of stable ones
/// with nothing but pre-releases between them.
fn pairs(is_stable: &[bool]) -> BTreeSet<(usize, usize)> {
    let all: Vec<_> = (0..is_stable.len()).collect();
    let stable: Vec<_> = all.iter().copied().filter(|it| is_stable[*it]).collect();
    let neighbours = |of: &[usize]| of.windows(2).map(|it| (it[0], it[1])).collect::<Vec<_>>();
    neighbours(&all).into_iter().chain(neighbours(&stable)).collect()
}

/// Returns the totals of a pair and its page.
fn page(api: &Api, old: &Version, new: &Version, command: &str) -> (String, String) {
    let diff = super::compare(&old.model, &new.model).folded();
    let (from, to) = (&old.input.spec.name, &new.input.spec.name);
    let mut acc = format!(
        "<!-- {} -->\n\n# {}: {} -> {}\n\n",
        provenance::line(&[from, to], command),
        api.name,
        old.name,
        new.name
    );
    let (old, new) = (Texts::new(&old.input), Texts::new(&new.input));
    acc.push_str(&render::markdown(&Report { diff: &diff, old, new, krate: None }));
    (totals(&diff), acc)
}

fn folder(name: &str) -> String {
    name.split('/').map(slug).collect::<Vec<_>>().join("/")
}

/// Returns a name with nothing in it that a path or a link reads.
fn slug(name: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    let plain: String = name.chars().map(|c| if is_plain(c) { c } else { '-' }).collect();
    // A name of dots alone would lead elsewhere.
    if plain.starts_with('.') { format!("-{plain}") } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pre_releases_are_steps_and_are_skipped() {
        let check = |is_stable: &[bool], expected: &[(usize, usize)]| {
            assert_eq!(pairs(is_stable).into_iter().collect::<Vec<_>>(), expected);
        };
        check(&[], &[]);
        check(&[true], &[]);
        check(&[true, true, true], &[(0, 1), (1, 2)]);
        check(&[true, false, false, true], &[(0, 1), (0, 3), (1, 2), (2, 3)]);
        check(&[false, true, false], &[(0, 1), (1, 2)]);
    }

    #[test]
    fn no_name_leads_out_of_the_folder() {
        assert_eq!(folder("acme/oauth"), "acme/oauth");
        assert_eq!(folder("../.."), "-../-..");
        assert_eq!(slug("2026-01.alpha"), "2026-01.alpha");
        assert_eq!(slug("1/../x (y)"), "1-..-x--y-");
    }
}
