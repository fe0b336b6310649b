//! Documents in, how often the generated checks and the validator say the same of random values out.
#![allow(clippy::print_stdout, reason = "the lines of a command line")]

use std::collections::BTreeSet;
use std::fmt;
use std::fs;

use serde_json::Value;
use tamarack_reader::document::Document;

use crate::bounds::{Violation, difference};
use crate::broken::broken;
use crate::choices::Choices;
use crate::document::corpora;
use crate::operations;
use crate::pairs::Pair;
use crate::program::{Back, Programs};
use crate::random;
use crate::tagged::with_tags;
use crate::types::Types;
use crate::validity::Validity;

/// What was found.
#[derive(Clone, Copy, Debug, Default)]
pub struct Total {
    /// Values of which both say the same.
    pub same: usize,
    /// Of these, those that violate something.
    pub violating: usize,
    /// Values of which only one says something.
    pub wrong: usize,
    /// Values of a schema of which a diagnostic says that something of it is lost.
    pub reported: usize,
    /// Values that cannot be decoded.
    pub undecoded: usize,
    /// Documents without a value.
    pub valueless: usize,
    /// Documents that are not read, or whose program does not run.
    pub failed: usize,
}

impl Total {
    fn fail(&mut self, name: &str, why: &str) {
        println!("{name}: FAILED: {why}");
        self.failed += 1;
    }

    /// Returns whether the checks and the validator never differ, of all documents and of any values.
    pub fn is_right(&self) -> bool {
        self.wrong + self.failed == 0 && self.same > 0
    }
}

impl fmt::Display for Total {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { same, violating, wrong, reported, undecoded, valueless, failed } = self;
        write!(
            f,
            "both say the same of {same} values, {violating} of which violate something, and not of {wrong}; \
             {reported} more are of schemas of which a diagnostic speaks, {undecoded} cannot be decoded; {failed} \
             documents failed, {valueless} have no value"
        )
    }
}

/// Documents that are built and run at once, since their values are in memory.
const AT_ONCE: usize = 12;

/// A document with the values that are given to its program.
struct Prepared<'n> {
    name: &'n str,
    word: String,
    types: Types,
    asked: Vec<Asked>,
}

/// A value with what the validator says of it.
struct Asked {
    pair: Pair,
    /// The schemas that it is of.
    schemas: Vec<String>,
    /// Nothing where the validator does not judge.
    violations: Option<BTreeSet<Violation>>,
}

/// Which values are checked.
#[derive(Clone, Copy, Debug)]
pub struct Which {
    /// Whether they are operations, and not components.
    pub operations: bool,
    /// How many valid ones of each schema.
    pub each: usize,
    /// The seed.
    pub seed: u64,
}

/// Compares the checks of some documents, and prints the values of which only one says something.
pub fn run(names: &[String], which: Which) -> Result<Total, String> {
    let word = if which.operations { "bounds-operations" } else { "bounds" };
    let programs = Programs::with_checks(word);
    let mut total = Total::default();
    for group in names.chunks(AT_ONCE) {
        let mut prepared = Vec::new();
        for name in group {
            match prepare(name, which) {
                Ok(it) if it.asked.is_empty() => total.valueless += 1,
                Ok(it) => prepared.push(it),
                Err(why) => total.fail(name, &why),
            }
        }
        prepared.retain(|it: &Prepared<'_>| {
            let asked: BTreeSet<usize> = it.asked.iter().map(|it| it.pair.ty).collect();
            let written = if which.operations {
                programs.write_operations(&it.word, &it.types, &asked)
            } else {
                programs.write(&it.word, &it.types, &asked).map_err(|error| error.to_string())
            };
            written.map_err(|why| total.fail(it.name, &why)).is_ok()
        });
        let words: Vec<String> = prepared.iter().map(|it| it.word.clone()).collect();
        if let Err(why) = programs.build(&words) {
            // The others are there; that one is not is said when it is to be run.
            println!("{why}");
        }
        for it in &prepared {
            let pairs: Vec<Pair> = it.asked.iter().map(|it| it.pair.clone()).collect();
            match programs.run(&it.word, &pairs) {
                Ok(back) => {
                    for (asked, back) in it.asked.iter().zip(back) {
                        judge(it, asked, back, &mut total);
                    }
                }
                Err(why) => total.fail(it.name, &why),
            }
        }
    }
    Ok(total)
}

fn prepare(name: &str, which: Which) -> Result<Prepared<'_>, String> {
    let text = fs::read_to_string(corpora().join(name)).map_err(|error| error.to_string())?;
    let types = Types::with_checks(name, &text)?;
    let document = Document::read(&text)?;
    let validity = Validity::of(&judged(document.root().value))?.with_formats();
    let Which { operations, each, seed } = which;
    let asked = if operations {
        let found = operations::asked(&document, &validity, &types.operations, each, seed);
        let of = |it: operations::Asked| Asked {
            pair: Pair {
                ty: it.operation,
                schema: String::new(),
                place: it.place,
                value: it.values,
            },
            schemas: it.schemas,
            violations: Some(it.violations),
        };
        found.into_iter().map(of).collect()
    } else {
        let of = |pair: Pair| Asked {
            schemas: vec![pair.schema.clone()],
            violations: validity.violations(&pair.schema, &pair.value),
            pair,
        };
        pairs(&document, &types, &validity, each, seed).into_iter().map(of).collect()
    };
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|it| !it.is_empty());
    let word = words.fold("values".to_owned(), |acc, it| format!("{acc}_{}", it.to_lowercase()));
    Ok(Prepared { name, word, types, asked })
}

/// Returns a document as its checks mean it.
pub fn judged(root: &Value) -> Value {
    with_tags(&meant(root))
}

/// Lengths of lists are meant for their numbers of items, as the docs of generated fields say, too.
fn meant(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            let is_list = members.get("type").is_some_and(|it| it == "array");
            let members = members.iter().map(|(key, value)| {
                let key = match key.as_str() {
                    "minLength" if is_list => "minItems",
                    "maxLength" if is_list => "maxItems",
                    key => key,
                };
                (key.to_owned(), meant(value))
            });
            Value::Object(members.collect())
        }
        Value::Array(items) => items.iter().map(meant).collect(),
        other => other.clone(),
    }
}

fn pairs(
    document: &Document,
    types: &Types,
    validity: &Validity,
    each: usize,
    seed: u64,
) -> Vec<Pair> {
    let mut acc = Vec::new();
    let mut choices = Choices::of(seed);
    let components = document.find("#/components/schemas").map(|it| it.members());
    for (_, schema) in components.unwrap_or_default() {
        let Some(ty) = types.at.get(&schema.at).filter(|it| !types.aliases.contains(it)) else {
            continue;
        };
        let found = random::of_schema(document, validity, &schema, each, &mut choices);
        for (_, value) in found.values.into_iter().filter(|it| !it.0.contains(" with ")) {
            let broken = broken(document, &schema, &value);
            let all = broken.into_iter().chain([(String::new(), value)]);
            acc.extend(all.map(|(words, value)| {
                let place = format!("{}{words}", schema.at);
                Pair { ty: *ty, schema: schema.at.clone(), place, value }
            }));
        }
    }
    acc
}

fn judge(it: &Prepared<'_>, asked: &Asked, back: Back, total: &mut Total) {
    let checks: Option<Vec<Violation>> = match back {
        Back::Value(said) => serde_json::from_value(said).ok(),
        Back::Read | Back::NoJson | Back::Failed(_) => None,
    };
    let (Some(said), Some(validator)) = (checks, &asked.violations) else {
        total.undecoded += 1;
        return;
    };
    let checks: BTreeSet<Violation> = said.iter().cloned().collect();
    let mut difference = difference(&checks, validator);
    if checks.len() < said.len() {
        difference.push("the checks say something twice".to_owned());
    }
    if difference.is_empty() {
        total.same += 1;
        total.violating += usize::from(!checks.is_empty());
    } else if it.types.is_reported(&asked.schemas) {
        total.reported += 1;
    } else {
        total.wrong += 1;
        let Pair { place, value, .. } = &asked.pair;
        println!("{}{place}: {}: {value}", it.name, difference.join("; "));
    }
}
