//! What the modules and features of a crate of several APIs may be called.

use std::collections::BTreeMap;

use super::ModuleSpec;
use super::fault::FaultKind;
use super::table::Faults;

/// The features that are written into each crate.
const OWN_FEATURES: [&str; 9] =
    ["blocking", "default", "gzip", "http2", "reqwest013", "tokio", "tower", "tracing", "ureq3"];

/// The modules at the root of each crate, and the crates that generated code names there.
const OWN_MODULES: [&str; 2] = ["runtime", "tamarack_runtime"];

/// The words that no name of Rust can be, not even written with `r#`.
const NO_NAMES: [&str; 3] = ["crate", "self", "super"];

/// Reports names that cannot be, are used twice, or lie one in the other. Each entry has its offset.
pub(super) fn check(entries: &[(usize, ModuleSpec)], faults: &mut Faults<'_>) {
    let mut seen: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (index, (offset, spec)) in entries.iter().enumerate() {
        // A module that is absent is reported as such.
        if spec.module.is_empty() {
            continue;
        }
        for kind in misspellings(spec) {
            faults.push(*offset, kind);
        }
        let unique = [("module", &spec.module), ("feature", &spec.feature)];
        for (key, value) in unique {
            let first = *seen.entry((key, value)).or_insert(*offset);
            if first != *offset {
                let (value, first_line) = (value.clone(), faults.position(first).line);
                faults.push(*offset, FaultKind::Twice { key, value, first_line });
            }
        }
        let earlier = entries[..index].iter().find(|(_, it)| are_nested(&spec.module, &it.module));
        if let Some((first, other)) = earlier {
            let first_line = faults.position(*first).line;
            let (module, other) = (spec.module.clone(), other.module.clone());
            faults.push(*offset, FaultKind::Nested { module, other, first_line });
        }
    }
}

/// Returns whether one module lies inside of another: the folder of an API holds its files alone.
fn are_nested(one: &str, other: &str) -> bool {
    let inside = |inner: &str, outer: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with("::"))
    };
    inside(one, other) || inside(other, one)
}

/// Returns what is wrong with the entry by itself.
fn misspellings(spec: &ModuleSpec) -> Vec<FaultKind> {
    let mut acc = Vec::new();
    let is_module = spec.module.split("::").all(|word| is_word(word, '_'));
    if !is_module {
        acc.push(FaultKind::Module(spec.module.clone()));
    }
    let is_own = spec.module.split("::").next().is_some_and(|it| OWN_MODULES.contains(&it))
        || spec.module.split("::").any(|it| NO_NAMES.contains(&it));
    if is_own {
        acc.push(FaultKind::OwnModule(spec.module.clone()));
    }
    // A feature that is made from the name of a module is as right as that.
    if is_module && !is_word(&spec.feature, '-') {
        acc.push(FaultKind::Feature(spec.feature.clone()));
    }
    if OWN_FEATURES.contains(&spec.feature.as_str()) {
        acc.push(FaultKind::OwnFeature(spec.feature.clone()));
    }
    acc
}

/// Returns whether `text` starts with a letter and has lower case letters,
/// digits and `joint` only.
fn is_word(text: &str, joint: char) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == joint)
}
