//! Project files that are right and wrong, with the whole message asserted.

use tamarack::project::{ModuleSpec, Project};

const GOOD: &str = r#"[[crate]]
name = "clients"
[[crate.spec]]
file = "acme/2026-01.alpha/oauth.oas.yaml"
module = "acme::oauth::v2026_01_alpha"
feature = "acme-oauth-2026-01-alpha"
"#;

fn parsed(text: &str) -> Project {
    Project::parse("tamarack.toml", text).unwrap_or_else(|errors| panic!("{errors:?}"))
}

fn messages(text: &str) -> Vec<String> {
    let errors = Project::parse("tamarack.toml", text).expect_err("the project file is wrong");
    errors.iter().map(ToString::to_string).collect()
}

#[test]
fn what_is_not_said_has_a_default() {
    let project = parsed("[[spec]]\nfile = \"a.yaml\"\n");
    let spec = &project.specs[0];
    assert_eq!((&spec.overlay, &spec.out, &spec.name, &spec.report), (&None, &None, &None, &None));
    assert!(!spec.strict && !spec.standalone);
    let project = parsed(&GOOD.replace("feature = \"acme-oauth-2026-01-alpha\"\n", ""));
    let krate = &project.crates[0];
    assert_eq!((krate.out.as_str(), krate.publish), ("clients", true));
    assert_eq!(krate.specs[0].feature, "acme-oauth-v2026-01-alpha");
    assert!(krate.specs[0].default);
}

#[test]
fn strict_is_for_all_unless_an_entry_says_otherwise() {
    let specs = "[[spec]]\nfile = \"a.yaml\"\n[[spec]]\nfile = \"b.yaml\"\nstrict = false\n";
    let project = parsed(&format!("strict = true\n{specs}{GOOD}"));
    let strict: Vec<bool> = project.specs.iter().map(|it| it.strict).collect();
    assert_eq!((strict, project.crates[0].strict), (vec![true, false], true));
}

#[test]
fn the_overlay_stands_beside_the_document() {
    for (file, expected) in [
        ("pets.yaml", "pets.overlay.toml"),
        ("a/pets.oas.yaml", "a/pets.overlay.toml"),
        ("a/pets.openapi.json", "a/pets.overlay.toml"),
        ("a.b/pets", "a.b/pets.overlay.toml"),
        ("../pets.v1.yml", "../pets.v1.overlay.toml"),
    ] {
        let project = parsed(&format!("[[spec]]\nfile = \"{file}\"\n"));
        assert_eq!(project.specs[0].overlay_beside(), expected);
    }
}

#[test]
fn an_unknown_key_is_an_error_with_its_place() {
    let text = "# é\n\n[[spec]]\nfile = \"a.yaml\"\n  overlai = \"b\"\ncolour = 1\n";
    assert_eq!(
        messages(text),
        [
            "tamarack.toml:5:3: unknown key `overlai` in `[[spec]]`: did you mean `overlay`?".to_owned(),
            "tamarack.toml:6:1: unknown key `colour` in `[[spec]]`: its keys are `file`, `overlay`, \
             `name`, `out`, `strict`, `standalone`, `report`, `include`, `exclude`, `with`, `derive`, \
             `replace`"
                .to_owned(),
        ]
    );
    assert_eq!(
        messages("[[specs]]\nfile = \"a.yaml\"\n"),
        ["tamarack.toml:1:3: unknown key `specs` in the file: did you mean `spec`?"]
    );
}

#[test]
fn every_value_of_another_kind_is_reported_at_the_value() {
    for (text, expected) in [
        ("[[spec]]\nfile = 1\n", "2:8: `file` must be a text"),
        ("[[spec]]\nfile = \"\"\n", "2:8: `file` is empty"),
        ("[[spec]]\nfile = \"a\"\nstrict = \"yes\"\n", "3:10: `strict` must be `true` or `false`"),
        ("[[spec]]\nout = \"a\"\n", "1:1: `[[spec]]` has no `file`"),
        ("[[crate]]\nname = \"a\"\n", "1:1: `[[crate]]` has no `spec`"),
        (
            "[spec]\nfile = \"a\"\n",
            "1:1: `spec` must be a list of tables, each with two brackets around its name",
        ),
        (
            "spec = [1]\n",
            "1:9: `spec` must be a list of tables, each with two brackets around its name",
        ),
        (
            "[[spec]]\nfile = \"a\"\nname = \"a b\"\n",
            "3:8: `a b` is no name of a crate: write letters, digits, `-` and `_`, a letter first",
        ),
        ("strict = true\n", "1:1: the file has neither `[[spec]]` nor `[[crate]]`"),
        ("", "1:1: the file has neither `[[spec]]` nor `[[crate]]`"),
    ] {
        assert_eq!(messages(text), [format!("tamarack.toml:{expected}")], "{text}");
    }
    assert_eq!(messages("[[spec]\n").len(), 1);
    assert!(
        messages("[[spec]]\nfile = \"a\"\nfile = \"b\"\n")[0].starts_with("tamarack.toml:3:1: ")
    );
}

#[test]
fn every_misspelling_is_reported_with_its_place() {
    let text = GOOD
        .replace("acme-oauth-2026-01-alpha", "2026-oauth")
        .replace("acme::oauth::v2026_01_alpha", "acme::oauth");
    let bad = "[[crate.spec]]\nfile = \"b.yaml\"\nmodule = \"acme::OAuth\"\n";
    assert_eq!(
        messages(&format!("{text}{bad}")),
        [
            "tamarack.toml:3:1: `2026-oauth` is not a feature name: write lower case words joined by \
             `-`, for example `acme-oauth-1`",
            "tamarack.toml:7:1: `acme::OAuth` is not a module path: write lower case words joined by \
             `::`, for example `acme::oauth::v1`",
        ]
    );
}

#[test]
fn a_feature_of_every_crate_is_taken() {
    let text = GOOD.replace("acme-oauth-2026-01-alpha", "blocking");
    let expected = "tamarack.toml:3:1: `blocking` is a feature that every crate has: write another, \
                    for example `acme-oauth-1`";
    assert_eq!(messages(&text), [expected]);
}

#[test]
fn a_module_of_every_crate_or_a_word_of_rust_is_taken() {
    for module in ["runtime::oauth::v1", "tamarack_runtime", "acme::self::v1", "acme::super"] {
        let text = GOOD.replace("acme::oauth::v2026_01_alpha", module);
        let expected = format!(
            "tamarack.toml:3:1: `{module}` is a module that every crate has, or a keyword of Rust: \
             write another, for example `acme::oauth::v1`"
        );
        assert_eq!(messages(&text), [expected]);
    }
    // Below the root, and a keyword that can be written `r#type`.
    for module in ["acme::runtime::v1", "acme::type::v1"] {
        parsed(&GOOD.replace("acme::oauth::v2026_01_alpha", module));
    }
}

/// The folder of an API holds `types`, `operations` and `client`; another API in it would
/// overwrite its `mod.rs`.
#[test]
fn a_module_inside_of_another_names_the_first_line() {
    let other =
        |module: &str| format!("[[crate.spec]]\nfile = \"b.yaml\"\nmodule = \"{module}\"\n");
    for module in ["acme::oauth::v2026_01_alpha::types", "acme::oauth", "acme"] {
        assert_eq!(
            messages(&format!("{GOOD}{}", other(module))),
            [format!(
                "tamarack.toml:7:1: the modules `{module}` and `acme::oauth::v2026_01_alpha` of line \
                 3 are nested"
            )]
        );
    }
    parsed(&format!("{GOOD}{}", other("acme::oauth::v2026_01")));
}

#[test]
fn what_stands_twice_names_the_first_line() {
    let other = "[[crate.spec]]\nfile = \"b.yaml\"\nmodule = \"acme::oauth::v2026_01_alpha\"\n";
    assert_eq!(
        messages(&format!("{GOOD}{other}")),
        ["tamarack.toml:7:1: the module `acme::oauth::v2026_01_alpha` is already used in line 3"]
    );
}

#[test]
fn the_project_file_of_this_repository_is_right() {
    let project = parsed(include_str!("../../../tamarack.toml"));
    assert_eq!(project.crates[0].specs.len(), 7);
}

#[test]
fn a_version_with_the_word_of_a_pre_release_is_not_stable() {
    let spec = |version: &str| ModuleSpec {
        choices: tamarack::Choices::default(),
        version: version.to_owned(),
        ..parsed(GOOD).crates[0].specs[0].clone()
    };
    for stable in ["2025-10", "v1", "1.0", "march-2026"] {
        assert!(spec(stable).is_stable(), "{stable}");
    }
    for early in ["2026-01.alpha", "v2beta3", "1.0-rc.1", "1.0RC1", "preview"] {
        assert!(!spec(early).is_stable(), "{early}");
    }
}
