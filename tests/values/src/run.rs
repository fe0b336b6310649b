//! Documents and what values to take in, a line for each that is lost and the figure out.
#![allow(clippy::print_stdout, reason = "the lines of a command line")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::thread;

use serde_json::Value;
use tamarack_reader::document::Document;

use crate::choices::Choices;
use crate::document::corpora;
use crate::pairs::{Pair, pairs};
use crate::program::{Back, Programs};
use crate::random;
use crate::same::{Lost, lost};
use crate::sites::sites;
use crate::types::Types;
use crate::validity::Validity;

/// Schemas can refer to each other as deep as a document is long.
const STACK_BYTES: usize = 256 << 20;

/// Which values are taken.
#[derive(Clone, Copy, Debug)]
pub enum Values {
    /// The examples of the document.
    Examples,
    /// Random ones, so many for each component, of this seed.
    Random {
        /// How many valid values each component gets; as many again are spoilt.
        each: usize,
        /// The seed.
        seed: u64,
    },
}

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Total {
    /// Values that came back as they were.
    pub kept: usize,
    /// Values that were decoded by a type that is only read.
    pub read: usize,
    /// Values of which something was lost.
    pub lost: usize,
    /// Values of which something was lost where a diagnostic says so.
    pub reported: usize,
    /// Values that are not valid by their own schema.
    pub invalid: usize,
    /// Values whose schema the validator does not understand.
    pub unjudged: usize,
    /// Values without a type of their own.
    pub untyped: usize,
    /// Values whose type is no JSON.
    pub no_json: usize,
    /// Documents without types, or whose program failed.
    pub failed: usize,
}

impl Total {
    fn add(&mut self, it: &Self) {
        self.kept += it.kept;
        self.read += it.read;
        self.lost += it.lost;
        self.reported += it.reported;
        self.invalid += it.invalid;
        self.unjudged += it.unjudged;
        self.untyped += it.untyped;
        self.no_json += it.no_json;
        self.failed += it.failed;
    }
}

/// A document with the values that are given to its program.
struct Prepared {
    name: String,
    word: String,
    document: Document,
    types: Types,
    pairs: Vec<Pair>,
    total: Total,
}

/// Takes the values of some documents, and prints what is lost. The documents are built and run in groups, since
/// their values are in memory.
pub fn run(names: &[String], values: Values, programs: &Programs) -> Result<Total, String> {
    let mut total = Total::default();
    for group in names.chunks(12) {
        let prepared = all_prepared(group, values, &mut total);
        for it in &prepared {
            let asked: BTreeSet<usize> = it.pairs.iter().map(|it| it.ty).collect();
            programs.write(&it.word, &it.types, &asked).map_err(|error| error.to_string())?;
        }
        let words: Vec<String> = prepared.iter().map(|it| it.word.clone()).collect();
        if let Err(error) = programs.build(&words) {
            println!("{error}");
            total.failed += 1;
        }
        for it in prepared {
            total.add(&judged(it, programs));
        }
    }
    Ok(total)
}

/// Prepares documents on two threads, in their order.
fn all_prepared(names: &[String], values: Values, total: &mut Total) -> Vec<Prepared> {
    let (mut acc, mut failed) = (Vec::new(), 0);
    thread::scope(|scope| {
        let of = |parity: usize| {
            let work = move || {
                let own = names.iter().enumerate().filter(|(index, _)| index % 2 == parity);
                own.map(|(index, name)| (index, prepared(name, values))).collect::<Vec<_>>()
            };
            thread::Builder::new().stack_size(STACK_BYTES).spawn_scoped(scope, work)
        };
        let threads = [of(0), of(1)];
        let mut all = BTreeMap::new();
        for thread in threads {
            match thread.map(thread::ScopedJoinHandle::join) {
                Ok(Ok(found)) => all.extend(found),
                _ => failed += 1,
            }
        }
        for (index, it) in all {
            match it {
                Ok(it) => acc.push(it),
                Err(why) => {
                    println!("{}: FAILED: {why}", names[index]);
                    failed += 1;
                }
            }
        }
    });
    total.failed += failed;
    acc.into_iter().flatten().collect()
}

/// Returns nothing where the document is none, or has no values.
fn prepared(name: &str, values: Values) -> Result<Option<Prepared>, String> {
    let text = fs::read_to_string(corpora().join(name)).map_err(|error| error.to_string())?;
    let types = Types::of(name, &text)?;
    let document = Document::read(&text)?;
    let validity = Validity::of(document.root().value)?;
    let mut total = Total::default();
    let pairs = match values {
        Values::Examples => of_examples(&document, &types, &validity, &mut total),
        Values::Random { each, seed } => {
            let seed = name.bytes().fold(seed, |acc, it| acc.wrapping_mul(31) ^ u64::from(it));
            random(&document, &types, &validity, each, seed, &mut total)
        }
    };
    let words = name.split(|c: char| !c.is_ascii_alphanumeric()).filter(|it| !it.is_empty());
    let word = words.fold("values".to_owned(), |acc, it| format!("{acc}_{}", it.to_lowercase()));
    Ok(Some(Prepared { name: name.to_owned(), word, document, types, pairs, total }))
}

fn of_examples(
    document: &Document,
    types: &Types,
    validity: &Validity,
    total: &mut Total,
) -> Vec<Pair> {
    let mut acc = Vec::new();
    let mut seen = BTreeSet::new();
    for site in sites(document) {
        // An example that several places refer to counts once for each schema.
        if !seen.insert((site.schema.at.clone(), site.example.at.clone())) {
            continue;
        }
        match validity.is_valid(&site.schema.at, site.example.value) {
            Some(true) => {
                let example = (site.example.at.as_str(), site.example.value);
                if !pairs(document, types, &site.schema, example, &mut acc) {
                    total.untyped += 1;
                }
            }
            Some(false) => total.invalid += 1,
            None => total.unjudged += 1,
        }
    }
    acc
}

fn random(
    document: &Document,
    types: &Types,
    validity: &Validity,
    each: usize,
    seed: u64,
    total: &mut Total,
) -> Vec<Pair> {
    let mut acc = Vec::new();
    let mut choices = Choices::of(seed);
    let components = document.find("#/components/schemas").map(|it| it.members());
    for (_, schema) in components.unwrap_or_default() {
        let Some(ty) = types.at.get(&schema.at) else { continue };
        let found = random::of_schema(document, validity, &schema, each, &mut choices);
        total.invalid += found.invalid;
        total.unjudged += usize::from(found.unjudged);
        acc.extend(found.values.into_iter().map(|(words, value)| {
            let place = format!("{}{words}", schema.at);
            Pair { ty: *ty, schema: schema.at.clone(), place, value }
        }));
    }
    acc
}

fn judged(it: Prepared, programs: &Programs) -> Total {
    let Prepared { name, word, document, types, pairs, mut total } = it;
    if pairs.is_empty() {
        return total;
    }
    let back = match programs.run(&word, &pairs) {
        Ok(back) => back,
        Err(why) => {
            println!("{name}: FAILED: {why}");
            total.failed += 1;
            return total;
        }
    };
    let mut shown = Shown::default();
    for (pair, back) in pairs.iter().zip(back) {
        let Some(schema) = document.find(&pair.schema) else { continue };
        let found = match back {
            Back::Value(after) => lost(&document, schema.into(), &pair.value, &after),
            Back::Read => {
                total.read += 1;
                continue;
            }
            Back::NoJson => {
                total.no_json += 1;
                continue;
            }
            Back::Failed(why) => {
                Some(Lost { path: String::new(), what: why, schemas: vec![pair.schema.clone()] })
            }
        };
        match found {
            None => total.kept += 1,
            Some(lost) if types.is_reported(&lost.schemas) => {
                total.reported += 1;
                shown.print(&name, pair, &types, &lost, "reported");
            }
            Some(lost) => {
                total.lost += 1;
                shown.print(&name, pair, &types, &lost, "LOST");
            }
        }
    }
    total
}

/// How often each loss of a document was printed: a type that loses something does so in all its values.
#[derive(Debug, Default)]
struct Shown(BTreeMap<(usize, String), usize>);

impl Shown {
    const MOST: usize = 2;

    fn print(&mut self, name: &str, pair: &Pair, types: &Types, lost: &Lost, word: &str) {
        let n = self.0.entry((pair.ty, lost.path.clone())).or_default();
        *n += 1;
        if *n > Self::MOST {
            return;
        }
        let shown = shortened(&pair.value);
        println!(
            "{word}: {name}{} as {} at `{}`: {}\n    {shown}",
            pair.place, types.names[pair.ty], lost.path, lost.what
        );
    }
}

fn shortened(value: &Value) -> String {
    const MOST: usize = 400;
    let text = value.to_string();
    if text.chars().count() <= MOST {
        text
    } else {
        text.chars().take(MOST).chain(['…']).collect()
    }
}
