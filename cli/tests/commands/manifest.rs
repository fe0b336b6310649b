//! The manifest of a generated crate, as cargo reads it: hostile names, the path of the runtime, the workspace above.
#![expect(clippy::disallowed_methods, reason = "a test sets up its folder by hand")]

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};

use crate::run;

const PETS: &str = "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\npaths: {}\n";

/// A folder of one test that is below no workspace but those it makes.
struct Yard(PathBuf);

impl Yard {
    fn new(name: &str) -> Self {
        let dir = run::folder(&format!("manifest/{name}"));
        let yard = Self(dir);
        yard.put("pets.yaml", PETS);
        yard
    }

    fn put(&self, name: &str, text: &str) {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.0.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    fn table(&self, name: &str) -> toml::Table {
        toml::from_str(&self.read(name)).expect("TOML")
    }

    fn run(&self, args: &[&str]) -> Output {
        let mut command = run::tamarack(&self.0);
        command.args(args).output().expect("the binary runs")
    }

    fn generate(&self, args: &[&str]) -> String {
        let output = self.run(&[&["generate"], args].concat());
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Returns what cargo says of the crate in a folder.
    fn metadata(&self, folder: &str) -> Result<serde_json::Value, String> {
        let output = Command::new(env!("CARGO"))
            .current_dir(self.0.join(folder))
            .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
            .output()
            .expect("cargo runs");
        if output.status.success() {
            Ok(serde_json::from_slice(&output.stdout).expect("JSON"))
        } else {
            Err(String::from_utf8_lossy(&output.stderr).into_owned())
        }
    }
}

/// Names that would add a dependency, end a comment, or hide something, were
/// they written as they are.
const HOSTILE: [&str; 5] = [
    "a\n[dependencies]\nevil = \"1\"\n#.yaml",
    "a\r\n[patch.crates-io]\n.yaml",
    "a` */ \"\"\" ''' \\ .yaml",
    "a\u{202e}b\u{1b}[31m\u{85}\u{2028}.yaml",
    "#]\n#![no_main]\n//.yaml",
];

/// Returns the code of a file without the comment at its top.
fn items(text: &str) -> String {
    let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    prettyplease::unparse(&syn::File { attrs: Vec::new(), ..file })
}

#[cfg(unix)]
#[test]
fn the_name_of_a_document_is_a_name_and_nothing_else() {
    let yard = Yard::new("hostile");
    yard.generate(&["pets.yaml", "--out", "plain"]);
    let plain = yard.table("plain/Cargo.toml");
    for name in HOSTILE {
        yard.put(name, PETS);
        yard.put("o\n[bin]\n.toml", "");
        // As document and as overlay: both stand in the files.
        yard.generate(&[name, "--out", "out", "--overlay", "o\n[bin]\n.toml"]);
        assert_eq!(yard.table("out/Cargo.toml"), plain, "{name:?}");
        let metadata = yard.metadata("out").expect("cargo reads it");
        assert_eq!(metadata["packages"][0]["dependencies"].as_array().map(Vec::len), Some(3));
        for file in fs::read_dir(yard.0.join("out/src")).expect("a folder").flatten() {
            let text = fs::read_to_string(file.path()).expect("a text");
            let before = yard.read(&format!("plain/src/{}", file.file_name().display()));
            assert_eq!(items(&text), items(&before), "{name:?}");
            assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{name:?}: {text:?}");
        }
        // The crate is known as ours, so that the next run can write it.
        yard.generate(&["pets.yaml", "--out", "out"]);
        fs::remove_dir_all(yard.0.join("out")).expect("the crate goes away");
        fs::remove_file(yard.0.join(name)).expect("the document goes away");
    }
}

#[test]
fn the_title_and_the_version_of_a_document_are_texts() {
    let yard = Yard::new("title");
    for hostile in [
        r#""a\"\n[dependencies]\nevil = \"1""#,
        r#""a'''\n\"\"\"\n[dependencies.evil]\npath = \"..\"""#,
        r#""\\\r\n\u0007 # [workspace]""#,
    ] {
        let spec = format!(
            "openapi: 3.0.3\ninfo: {{title: {hostile}, version: {hostile}}}\npaths: {{}}\n"
        );
        yard.put("pets.yaml", &spec);
        yard.generate(&["pets.yaml", "--out", "out"]);
        let title: String = serde_json::from_str(hostile).expect("a text");
        let table = yard.table("out/Cargo.toml");
        let keys: Vec<_> = table.keys().map(String::as_str).collect();
        assert_eq!(keys, ["dependencies", "dev-dependencies", "features", "package", "workspace"]);
        assert_eq!(table["dependencies"].as_table().map(toml::Table::len), Some(2));
        let description = table["package"]["description"].as_str().expect("a text");
        assert!(description.contains(title.trim()), "{description:?}");
        yard.metadata("out").expect("cargo reads it");
    }
}

/// Writes a crate of that name.
fn package(yard: &Yard, folder: &str, name: &str) {
    let manifest =
        format!("[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n");
    yard.put(&format!("{folder}/Cargo.toml"), &manifest);
    yard.put(&format!("{folder}/src/lib.rs"), "");
}

#[test]
fn the_path_of_the_runtime_is_told_from_the_crate() {
    let yard = Yard::new("runtime");
    package(&yard, "here/runtime", "tamarack-runtime");
    package(&yard, "out/run'time\"", "tamarack-runtime");
    let absolute = yard.0.join("here/runtime").display().to_string();
    for (given, out, expected) in [
        ("here/runtime", "pets", "../here/runtime"),
        ("./here/../here/runtime/", "deep/er/pets", "../../../here/runtime"),
        ("here/runtime", "here/runtime/pets", ".."),
        ("here/runtime", "./gone/../pets2", "../here/runtime"),
        ("out/run'time\"", "out", "run'time\""),
        (&absolute, "pets3", &absolute),
    ] {
        yard.generate(&["pets.yaml", "--out", out, "--runtime-path", given]);
        let table = yard.table(&format!("{out}/Cargo.toml"));
        let runtime = &table["dependencies"]["tamarack-runtime"];
        assert_eq!(runtime["path"].as_str(), Some(expected), "{given} {out}");
        // A path alone cannot be packaged.
        assert_eq!(runtime["version"].as_str(), Some(env!("CARGO_PKG_VERSION")));
        let found = yard.0.join(out).join(expected).join("Cargo.toml");
        assert!(found.is_file(), "{}", found.display());
    }
}

#[test]
fn a_runtime_path_that_is_not_the_runtime_is_2_before_anything_is_written() {
    let yard = Yard::new("no-runtime");
    package(&yard, "other", "tamarack");
    yard.put("text/Cargo.toml", "no TOML [");
    yard.put("file", "");
    fs::create_dir(yard.0.join("empty")).unwrap();
    for (given, message) in [
        ("nowhere", "cannot read `nowhere/Cargo.toml`: "),
        ("/nowhere", "cannot read `/nowhere/Cargo.toml`: "),
        ("empty", "cannot read `empty/Cargo.toml`: "),
        ("file", "cannot read `file/Cargo.toml`: "),
        ("other", "`other/Cargo.toml` is another package"),
        ("text", "`text/Cargo.toml` is another package"),
    ] {
        let args = ["generate", "pets.yaml", "--out", "out", "--runtime-path", given];
        let output = yard.run(&args);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(said.starts_with("error: `--runtime-path` must be the directory of"), "{said}");
        assert!(said.contains(message), "{said}");
        assert!(!yard.0.join("out").exists());
    }
}

#[test]
fn below_a_workspace_the_crate_is_a_member() {
    for (members, note) in [
        ("members = [\"crates/*\"]", None),
        ("members = [\"./crates/pets\"]", None),
        ("members = []", Some("add \"crates/pets\" to its `members`")),
        (
            "members = [\"app\"]\nexclude = [\"bench\"]",
            Some("add \"crates/pets\" to its `members`"),
        ),
    ] {
        let yard = Yard::new("member");
        yard.put("Cargo.toml", &format!("[workspace]\nresolver = \"3\"\n{members}\n"));
        package(&yard, "app", "app");
        let said = yard.generate(&["pets.yaml", "--out", "crates/pets"]);
        assert!(!yard.table("crates/pets/Cargo.toml").contains_key("workspace"), "{members}");
        match note {
            None => {
                assert!(!said.contains("note"), "{said}");
                yard.metadata("crates/pets").expect("cargo takes it");
            }
            Some(note) => {
                assert!(said.contains(note), "{said}");
                assert!(yard.metadata("crates/pets").is_err());
                // What the note asks for is what is needed.
                yard.put(
                    "Cargo.toml",
                    "[workspace]\nresolver = \"3\"\nmembers = [\"crates/pets\"]\n",
                );
                yard.metadata("crates/pets").expect("cargo takes it");
                let said = yard.generate(&["pets.yaml", "--out", "crates/pets"]);
                assert!(said.contains(" 0 files changed") && !said.contains("note"), "{said}");
            }
        }
    }
}

#[test]
fn a_crate_that_no_workspace_wants_is_one_of_its_own() {
    for (manifest, inner) in [
        // Excluded, as a folder and by the folder above.
        ("[workspace]\nresolver = \"3\"\nexclude = [\"crates/pets\"]\n", None),
        ("[workspace]\nresolver = \"3\"\nexclude = [\"crates\"]\nmembers = []\n", None),
        // A package above that is no workspace.
        ("[package]\nname = \"app\"\nversion = \"0.1.0\"\nedition = \"2024\"\n", None),
        // The nearest workspace excludes it, and so does the next.
        (
            "[workspace]\nresolver = \"3\"\nexclude = [\"crates\"]\n",
            Some("[workspace]\nresolver = \"3\"\nexclude = [\"pets\"]\n"),
        ),
    ] {
        let yard = Yard::new("own");
        yard.put("Cargo.toml", manifest);
        yard.put("src/lib.rs", "");
        if let Some(inner) = inner {
            yard.put("crates/Cargo.toml", inner);
        }
        let said = yard.generate(&["pets.yaml", "--out", "crates/pets"]);
        assert!(!said.contains("note"), "{said}");
        assert!(yard.table("crates/pets/Cargo.toml").contains_key("workspace"), "{manifest}");
        yard.metadata("crates/pets").expect("cargo takes it");
    }
}

#[test]
fn a_member_that_is_listed_inside_of_what_is_excluded_is_a_member() {
    let yard = Yard::new("listed");
    yard.put(
        "Cargo.toml",
        "[workspace]\nresolver = \"3\"\nexclude = [\"crates\"]\nmembers = [\"crates/pets\"]\n",
    );
    yard.generate(&["pets.yaml", "--out", "crates/pets"]);
    assert!(!yard.table("crates/pets/Cargo.toml").contains_key("workspace"));
    yard.metadata("crates/pets").expect("cargo takes it");
}

#[cfg(unix)]
#[test]
fn an_output_below_a_folder_that_takes_no_file_is_written() {
    use std::os::unix::fs::PermissionsExt;
    let yard = Yard::new("read-only");
    fs::create_dir_all(yard.0.join("closed/out")).unwrap();
    let closed = yard.0.join("closed");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o555)).unwrap();
    let output = yard.run(&["generate", "pets.yaml", "--out", "closed/out"]);
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(fs::read_dir(closed).unwrap().count(), 1);
}
