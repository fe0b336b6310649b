//! The licences of all dependencies are those that `deny.toml` allows, also where `cargo-deny` is not installed.

use std::collections::BTreeSet;
use std::fs;

use crate::outside::root;
use crate::packages::metadata;

/// Returns the licences that are allowed.
fn allowed() -> Vec<String> {
    let text = fs::read_to_string(root().join("deny.toml")).expect("deny.toml");
    let config: toml::Table = toml::from_str(&text).expect("TOML");
    let list = config["licenses"]["allow"].as_array().expect("a list");
    list.iter().filter_map(toml::Value::as_str).map(str::to_owned).collect()
}

/// Returns whether an SPDX expression can be met: `AND` binds more than `OR`, and `/` is an old `OR`.
fn is_met(expression: &str, is_allowed: &dyn Fn(&str) -> bool) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let mut words = spaced.split_whitespace().peekable();
    any(&mut words, is_allowed)
}

type Words<'a> = std::iter::Peekable<std::str::SplitWhitespace<'a>>;

fn any(words: &mut Words<'_>, is_allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut acc = all(words, is_allowed);
    while words.next_if_eq(&"OR").is_some() {
        acc |= all(words, is_allowed);
    }
    acc
}

fn all(words: &mut Words<'_>, is_allowed: &dyn Fn(&str) -> bool) -> bool {
    let mut acc = one(words, is_allowed);
    while words.next_if_eq(&"AND").is_some() {
        acc &= one(words, is_allowed);
    }
    acc
}

fn one(words: &mut Words<'_>, is_allowed: &dyn Fn(&str) -> bool) -> bool {
    if words.next_if_eq(&"(").is_some() {
        let acc = any(words, is_allowed);
        assert_eq!(words.next(), Some(")"), "a bracket that is not closed");
        return acc;
    }
    let name = words.next().expect("a licence").to_owned();
    match words.next_if_eq(&"WITH") {
        Some(_) => is_allowed(&format!("{name} WITH {}", words.next().expect("an exception"))),
        None => is_allowed(&name),
    }
}

#[test]
fn expressions_are_read_as_spdx_says() {
    let mit = |expression| is_met(expression, &|it| it == "MIT");
    for (expression, expected) in [
        ("MIT", true),
        ("ISC", false),
        ("ISC OR MIT", true),
        ("MIT/Apache-2.0", true),
        ("MIT AND ISC", false),
        ("MIT OR ISC AND Zlib", true),
        ("(MIT OR ISC) AND Zlib", false),
        ("Apache-2.0 WITH LLVM-exception OR MIT", true),
        ("MIT WITH LLVM-exception", false),
    ] {
        assert_eq!(mit(expression), expected, "{expression}");
    }
}

#[test]
fn every_dependency_has_a_licence_that_is_allowed_and_each_of_those_is_needed() {
    let allowed = allowed();
    let metadata = metadata(&["--all-features"]);
    let packages = metadata["packages"].as_array().expect("a list");
    let mut expressions = BTreeSet::new();
    for package in packages {
        let licence = package["license"].as_str();
        let licence = licence.unwrap_or_else(|| panic!("{} has no licence", package["name"]));
        assert!(
            is_met(licence, &|it| allowed.iter().any(|other| other == it)),
            "{}: {licence}",
            package["name"]
        );
        // From the registry, or from here.
        let source = package["source"].as_str();
        assert!(source.is_none_or(|it| it.ends_with("crates.io-index")), "{}", package["name"]);
        expressions.insert(licence);
    }
    for unneeded in &allowed {
        let without = |it: &str| allowed.iter().any(|other| other == it && other != unneeded);
        let is_needed = expressions.iter().any(|it| !is_met(it, &without));
        assert!(is_needed || unneeded == "MIT", "{unneeded} is allowed and not needed");
    }
}
