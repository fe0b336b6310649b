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
use crate::pairs::Pair;
use crate::program::{Back, Programs};
use crate::random;
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

    /// Returns whether the checks and the validator never differ, of all documents and of values of both kinds.
    pub fn is_right(&self) -> bool {
        self.wrong + self.failed == 0 && 0 < self.violating && self.violating < self.same
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
    validity: Validity,
    pairs: Vec<Pair>,
}

/// Compares the checks of some documents, and prints the values of which only one says something.
pub fn run(names: &[String], each: usize, seed: u64) -> Result<Total, String> {
    let programs = Programs::with_checks("bounds");
    let mut total = Total::default();
    for group in names.chunks(AT_ONCE) {
        let mut prepared = Vec::new();
        for name in group {
            match prepare(name, each, seed) {
                Ok(it) if it.pairs.is_empty() => total.valueless += 1,
                Ok(it) => prepared.push(it),
                Err(why) => total.fail(name, &why),
            }
        }
        for it in &prepared {
            let asked: BTreeSet<usize> = it.pairs.iter().map(|it| it.ty).collect();
            programs.write(&it.word, &it.types, &asked).map_err(|error| error.to_string())?;
        }
        let words: Vec<String> = prepared.iter().map(|it| it.word.clone()).collect();
        if let Err(why) = programs.build(&words) {
            // The others are there; that one is not is said when it is to be run.
            println!("{why}");
        }
        for it in &prepared {
            match programs.run(&it.word, &it.pairs) {
                Ok(back) => {
                    for (pair, back) in it.pairs.iter().zip(back) {
                        judge(it, pair, back, &mut total);
                    }
                }
                Err(why) => total.fail(it.name, &why),
            }
        }
    }
    Ok(total)
}

fn prepare(name: &str, each: usize, seed: u64) -> Result<Prepared<'_>, String> {
    let text = fs::read_to_string(corpora().join(name)).map_err(|error| error.to_string())?;
    let types = Types::with_checks(name, &text)?;
    let document = Document::read(&text)?;
    let validity = Validity::of(&meant(document.root().value))?.with_formats();
    let pairs = pairs(&document, &types, &validity, each, seed);
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|it| !it.is_empty());
    let word = words.fold("values".to_owned(), |acc, it| format!("{acc}_{}", it.to_lowercase()));
    Ok(Prepared { name, word, types, validity, pairs })
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

fn judge(it: &Prepared<'_>, pair: &Pair, back: Back, total: &mut Total) {
    let Prepared { name, types, validity, .. } = it;
    let checks: Option<BTreeSet<Violation>> = match back {
        Back::Value(said) => serde_json::from_value(said).ok(),
        Back::Read | Back::NoJson | Back::Failed(_) => None,
    };
    let validator = validity.violations(&pair.schema, &pair.value);
    let (Some(checks), Some(validator)) = (checks, validator) else {
        total.undecoded += 1;
        return;
    };
    let difference = difference(&checks, &validator);
    if difference.is_empty() {
        total.same += 1;
        total.violating += usize::from(!checks.is_empty());
    } else if types.is_reported(std::slice::from_ref(&pair.schema)) {
        total.reported += 1;
    } else {
        total.wrong += 1;
        println!("{name}{}: {}: {}", pair.place, difference.join("; "), pair.value);
    }
}
