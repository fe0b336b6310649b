//! `tamarack diff` as it is run: every format of a timeline, accepted changes, snapshots, exit codes.
#![expect(clippy::disallowed_methods, reason = "a test sets up its folder by hand")]

mod accept;
mod page;
#[path = "../shared/run.rs"]
mod run;
#[path = "../shared/schema.rs"]
mod schema;
mod timeline;

use std::fs;
use std::path::PathBuf;

const PETS: &str = "\
openapi: 3.0.3
info: {title: Pet Shop, version: '1'}
paths:
  /pets:
    get:
      operationId: list_pets
      responses:
        '200':
          description: All pets.
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Pets'}
components:
  schemas:
    Pets: {type: object, properties: {names: {type: array, items: {type: string}}}}
";

/// The name of the only property that these documents change.
const NAMES: &str = "names: {type: array, items: {type: string}}";

/// A folder of one test, with the binary run inside of it.
struct Shop(PathBuf);

/// What a run printed and how it ended.
struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Shop {
    /// Three versions: the second breaks `names`, the third takes that back
    /// and adds `total`.
    fn new(name: &str) -> Self {
        let dir = run::folder(&format!("diff_cli/{name}"));
        let shop = Self(dir);
        shop.put("1.yaml", PETS);
        shop.put("2.yaml", &version("2").replace(NAMES, "names: {type: integer}"));
        shop.put(
            "3.yaml",
            &version("3").replace(NAMES, &format!("{NAMES}, total: {{type: integer}}")),
        );
        shop
    }

    fn put(&self, name: &str, text: &str) {
        fs::write(self.0.join(name), text).expect("a file");
    }

    /// Runs `tamarack diff` with arguments that hold no space.
    fn diff(&self, args: &str) -> Run {
        let mut command = run::tamarack(&self.0);
        let command = command.arg("diff").args(args.split_whitespace());
        let output = command.output().expect("the binary runs");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        Run { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) }
    }

    /// Returns the fingerprint of the change of `names` from 1 to 2.
    fn fingerprint(&self) -> String {
        let report: serde_json::Value =
            serde_json::from_str(&self.diff("1.yaml 2.yaml --format json").out).expect("JSON");
        let findings = report["findings"].as_array().expect("findings");
        let it = findings.iter().find(|it| it["kind"] == "type-changed").expect("the change");
        it["fingerprint"].as_str().expect("a text").to_owned()
    }
}

/// With types of a library a format is one of Rust's, in both versions, also between commits.
#[test]
fn formats_are_types_of_the_libraries_that_are_named() {
    let shop = Shop::new("with");
    let dates = |it: &str| {
        version(it).replace(NAMES, "names: {type: array, items: {type: string, format: date}}")
    };
    shop.put("4.yaml", &dates("4"));
    shop.put("5.yaml", &dates("5").replace("format: date", "format: date-time"));
    assert_eq!(shop.diff("4.yaml 5.yaml --fail-on rust").code, Some(0));
    let run = shop.diff("4.yaml 5.yaml --fail-on rust --with jiff");
    assert_eq!(run.code, Some(6), "{}", run.err);
    let shown = "Option<Vec<Typed<jiff1::Timestamp>>>";
    assert!(run.out.contains(shown), "{}", run.out);
    let run = shop.diff("4.yaml 5.yaml --with jiff --with time");
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("`jiff` and `time` both have a type"), "{}", run.err);
    assert_eq!(shop.diff("4.yaml 5.yaml --with joda").code, Some(2));
}

fn version(version: &str) -> String {
    PETS.replace("version: '1'", &format!("version: '{version}'"))
}
