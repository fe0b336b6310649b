//! Catalogs that are right and wrong, with the whole message asserted.

use tamarack::catalog::Catalog;

const GOOD: &str = r#"crate = { name = "clients", description = "Clients", publish = false }
[[spec]]
provider = "acme"
api = "oauth"
version = "2026-01.alpha"
file = "acme/2026-01.alpha/oauth.oas.yaml"
module = "acme::oauth::v2026_01_alpha"
feature = "acme-oauth-2026-01-alpha"
default = true
"#;

fn messages(text: &str) -> Vec<String> {
    let errors = Catalog::parse("catalog.toml", text).expect_err("the catalog is wrong");
    errors.iter().map(ToString::to_string).collect()
}

#[test]
fn the_overlay_stands_beside_the_document() {
    let catalog = Catalog::parse("catalog.toml", GOOD).unwrap();
    assert_eq!(catalog.entries.len(), 1);
    assert_eq!(catalog.entries[0].overlay_file(), "acme/2026-01.alpha/oauth.overlay.toml");
}

#[test]
fn every_misspelling_is_reported_with_its_line() {
    let text = GOOD
        .replace("acme::oauth::v2026_01_alpha", "acme::OAuth")
        .replace("acme-oauth-2026-01-alpha", "2026-oauth")
        .replace("acme/2026-01.alpha/oauth.oas.yaml", "../oauth.oas.yaml");
    assert_eq!(
        messages(&text),
        [
            "catalog.toml:2: `acme::OAuth` is not a module path: write lower case words joined by \
             `::`, for example `acme::oauth::v1`",
            "catalog.toml:2: `2026-oauth` is not a feature name: write lower case words joined by \
             `-`, for example `acme-oauth-1`",
            "catalog.toml:2: `../oauth.oas.yaml` is not a document: write \
             `<folders>/<api>.oas.yaml`",
        ]
    );
}

#[test]
fn a_feature_of_every_crate_is_taken() {
    let text = GOOD.replace("acme-oauth-2026-01-alpha", "blocking");
    let expected = "catalog.toml:2: `blocking` is a feature that every crate has: write another, \
                    for example `acme-oauth-1`";
    assert_eq!(messages(&text), [expected]);
}

#[test]
fn a_module_of_every_crate_or_a_word_of_rust_is_taken() {
    for module in ["runtime::oauth::v1", "tamarack_runtime", "acme::self::v1", "acme::super"] {
        let text = GOOD.replace("acme::oauth::v2026_01_alpha", module);
        let expected = format!(
            "catalog.toml:2: `{module}` is a module that every crate has, or a keyword of Rust: \
             write another, for example `acme::oauth::v1`"
        );
        assert_eq!(messages(&text), [expected]);
    }
    // Below the root, and a keyword that can be written `r#type`.
    for module in ["acme::runtime::v1", "acme::type::v1"] {
        let text = GOOD.replace("acme::oauth::v2026_01_alpha", module);
        assert!(Catalog::parse("catalog.toml", &text).is_ok(), "{module}");
    }
}

/// The folder of an API holds `types`, `operations` and `client`; another API in it would
/// overwrite its `mod.rs`.
#[test]
fn a_module_inside_of_another_names_the_first_line() {
    let entry = GOOD.split_once('\n').unwrap().1;
    let other = |module: &str| {
        entry
            .replace("acme::oauth::v2026_01_alpha", module)
            .replace("acme/2026", "acme/v2026")
            .replace("acme-oauth", "acme-oauth-b")
    };
    for module in ["acme::oauth::v2026_01_alpha::types", "acme::oauth", "acme"] {
        assert_eq!(
            messages(&format!("{GOOD}{}", other(module))),
            [format!(
                "catalog.toml:10: the modules `{module}` and `acme::oauth::v2026_01_alpha` of line \
                 2 are nested"
            )]
        );
    }
    let beside = format!("{GOOD}{}", other("acme::oauth::v2026_01"));
    assert!(Catalog::parse("catalog.toml", &beside).is_ok());
}

#[test]
fn what_stands_twice_names_the_first_line() {
    let other = GOOD.replace("acme/2026", "acme/v2026").replace("acme-oauth", "acme-oauth-b");
    assert_eq!(
        messages(&format!("{GOOD}{}", other.split_once('\n').unwrap().1)),
        ["catalog.toml:10: the module `acme::oauth::v2026_01_alpha` is already used in line 2"]
    );
}

#[test]
fn what_is_no_toml_or_lacks_a_member_is_a_syntax_error() {
    assert_eq!(messages("[[spec]\n").len(), 1);
    let lacking = GOOD.replace("default = true\n", "");
    assert_eq!(messages(&lacking), ["catalog.toml:2: missing field `default`"]);
    let unknown = format!("{GOOD}colour = 1\n");
    let message = &messages(&unknown)[0];
    assert!(message.starts_with("catalog.toml:10: unknown field `colour`"), "{message}");
}

#[test]
fn the_catalog_of_this_repository_is_right() {
    let catalog = Catalog::parse("specs/catalog.toml", include_str!("../../../specs/catalog.toml"));
    assert_eq!(catalog.unwrap().entries.len(), 7);
}

#[test]
fn a_version_with_the_word_of_a_pre_release_is_not_stable() {
    let entry = |version: &str| tamarack::catalog::Entry {
        provider: "acme".to_owned(),
        api: "oauth".to_owned(),
        version: version.to_owned(),
        file: "oauth.oas.yaml".to_owned(),
        module: "acme::oauth::v1".to_owned(),
        feature: "acme-oauth-1".to_owned(),
        default: true,
    };
    assert_eq!(entry("1").api_name(), "acme/oauth");
    for stable in ["2025-10", "v1", "1.0", "march-2026"] {
        assert!(entry(stable).is_stable(), "{stable}");
    }
    for early in ["2026-01.alpha", "v2beta3", "1.0-rc.1", "1.0RC1", "preview"] {
        assert!(!entry(early).is_stable(), "{early}");
    }
}
