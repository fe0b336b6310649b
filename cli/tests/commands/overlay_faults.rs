//! An overlay that does not take effect as a whole stops the run: nothing is written, nothing compared.
#![expect(clippy::disallowed_methods, reason = "a test sets up its folder by hand")]

use std::fs;
use std::path::PathBuf;
use std::process::Output;

use crate::run;

const PETS: &str = "\
openapi: 3.0.3
info: {title: Pet Shop, version: '1'}
paths: {}
components:
  schemas:
    Pet: {type: object, properties: {key: {type: string}}}
";

/// Marks what is there.
const GOOD: &str =
    "[[secret]]\nat = \"#/components/schemas/Pet/properties/key\"\nreason = \"it opens doors\"\n";

/// Overlays that cannot be read.
const UNREADABLE: [(&str, &[u8]); 5] = [
    ("syntax", b"[[secret]\nat = 1\n"),
    ("an unknown kind", b"[[secrets]]\nat = \"#/info\"\nreason = \"r\"\n"),
    ("an unknown key", b"[[secret]]\nat = \"#/info\"\nreason = \"r\"\ncolour = 1\n"),
    ("no UTF-8", b"[[secret]]\nat = \"\xff\"\nreason = \"r\"\n"),
    ("a key of the wrong kind", b"secret = \"#/components/schemas/Pet/properties/key\"\n"),
];

/// Entries that match nothing, or do not fit what they point at.
const MISFITS: [&str; 8] = [
    "[[secret]]\nat = \"#/components/schemas/Pet/properties/kye\"\nreason = \"r\"\n",
    "[[secret]]\nat = \"#/components/schemas/Pet\"\nreason = \"r\"\n",
    "[[secret]]\nat = \"components/schemas/Pet/properties/key\"\nreason = \"r\"\n",
    "[[ignore-case]]\nat = \"#/components/schemas/Pet\"\nreason = \"r\"\n",
    "[[no-default]]\nat = \"#/servers/0/variables/host\"\nreason = \"r\"\n",
    "[[name]]\nat = \"#/components/schemas/Dog\"\nname = \"Hound\"\nreason = \"r\"\n",
    "[[add]]\nat = \"#/info/title\"\nvalue = 1\nreason = \"r\"\n",
    "[[add]]\nat = \"#/no/such/place\"\nvalue = 1\nreason = \"r\"\n",
];

/// A folder of one test, with the binary run inside of it.
struct Shop(PathBuf);

impl Shop {
    fn new(name: &str) -> Self {
        let dir = run::folder(&format!("overlay_faults/{name}"));
        let shop = Self(dir);
        shop.put("pets.yaml", PETS);
        shop
    }

    fn put(&self, name: &str, text: impl AsRef<[u8]>) {
        fs::write(self.0.join(name), text).expect("a file");
    }

    fn run(&self, args: &str) -> Output {
        let mut command = run::tamarack(&self.0);
        let command = command.args(args.split_whitespace());
        command.output().expect("the binary runs")
    }

    /// Asserts the exit code of every command that takes the overlay `o.toml`,
    /// and that none writes anything.
    fn check(&self, expected: i32, what: &str) {
        for args in [
            "generate pets.yaml --out out --overlay o.toml",
            "generate pets.yaml --out out --overlay o.toml --strict",
            "generate pets.yaml --out out --overlay o.toml --check",
            "diff pets.yaml pets.yaml --out report --old-overlay o.toml",
            "diff pets.yaml pets.yaml --out report --new-overlay o.toml",
            "diff pets.yaml pets.yaml --out report --overlay o.toml --overlay -",
            "diff pets.yaml pets.yaml pets.yaml --out report --overlay - --overlay - --overlay o.toml",
        ] {
            let output = self.run(args);
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert_eq!(output.status.code(), Some(expected), "{what}: {args}: {said}");
            assert!(said.starts_with("error"), "{what}: {args}: {said}");
            assert!(said.contains("o.toml"), "{what}: {args}: {said}");
            assert!(!self.0.join("out").exists(), "{what}: {args} wrote a crate");
            assert!(!self.0.join("report").exists(), "{what}: {args} wrote a report");
        }
    }
}

#[test]
fn an_overlay_that_cannot_be_read_is_3() {
    let shop = Shop::new("unreadable");
    for (what, overlay) in UNREADABLE {
        shop.put("o.toml", overlay);
        shop.check(3, what);
    }
    fs::remove_file(shop.0.join("o.toml")).unwrap();
    shop.check(3, "missing");
    fs::create_dir(shop.0.join("o.toml")).unwrap();
    shop.check(3, "a folder");
}

#[test]
fn an_entry_that_matches_nothing_or_does_not_fit_is_4() {
    let shop = Shop::new("misfit");
    for entry in MISFITS {
        // One good entry does not make up for a bad one.
        shop.put("o.toml", format!("{GOOD}{entry}"));
        shop.check(4, entry);
    }
}

#[test]
fn a_crate_that_was_there_stays_as_it_was() {
    let shop = Shop::new("stays");
    shop.put("o.toml", GOOD);
    let args = "generate pets.yaml --out out --overlay o.toml";
    assert_eq!(shop.run(args).status.code(), Some(0));
    let types = || fs::read_to_string(shop.0.join("out/src/types.rs")).unwrap();
    let with_secret = types();
    assert!(with_secret.contains("Secret"), "{with_secret}");
    shop.put("o.toml", GOOD.replace("properties/key", "properties/kye"));
    assert_eq!(shop.run(args).status.code(), Some(4));
    assert_eq!(types(), with_secret);
    // The document drops the secret property: its entry is left over.
    shop.put("o.toml", GOOD);
    shop.put("pets.yaml", PETS.replace("key: {type: string}", "token: {type: string}"));
    assert_eq!(shop.run(args).status.code(), Some(4));
    assert_eq!(types(), with_secret);
}

#[test]
fn a_document_that_cannot_be_read_weighs_more_than_a_misfit() {
    let shop = Shop::new("both");
    shop.put("o.toml", MISFITS[0]);
    shop.put("broken.yaml", "openapi: [\n");
    let output = shop.run("diff pets.yaml broken.yaml --old-overlay o.toml");
    assert_eq!(output.status.code(), Some(3));
}

#[test]
fn an_acceptance_too_many_is_a_warning_until_strict() {
    let shop = Shop::new("accept");
    let entry = "[[accept]]\ncode = \"OAS312\"\nat = \"#/paths\"\nreason = \"r\"\n";
    shop.put("o.toml", entry);
    let lenient = shop.run("generate pets.yaml --out out --overlay o.toml");
    let said = String::from_utf8_lossy(&lenient.stderr).into_owned();
    assert_eq!(lenient.status.code(), Some(0), "{said}");
    assert!(said.starts_with("warning[OAS501]: "), "{said}");
    let strict = shop.run("generate pets.yaml --out out --overlay o.toml --strict");
    assert_eq!(strict.status.code(), Some(4));
    assert_eq!(shop.run("diff pets.yaml pets.yaml --old-overlay o.toml").status.code(), Some(0));
    // An entry that has to take effect outweighs it.
    fs::remove_dir_all(shop.0.join("out")).unwrap();
    shop.put("o.toml", format!("{entry}{}", MISFITS[0]));
    shop.check(4, "both kinds");
}
