//! Measures the comparison of documents, by stage.

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use serde_yaml::Value;
use tamarack::diagnostic::Sink;
use tamarack::{at_once, load};
use tamarack_diff as diff;

use crate::corpus::{self, Document};
use crate::table::Section;

/// Of each stage the best of so many runs, or until so much time has passed.
const N_RUNS: usize = 9;
const PATIENCE: Duration = Duration::from_secs(3);

/// Milliseconds by stage: load and model of both documents, comparison.
#[derive(Clone, Debug)]
struct Times {
    load: f64,
    model: f64,
    compare: f64,
    n_findings: usize,
}

impl Times {
    fn total(&self) -> f64 {
        self.load + self.model + self.compare
    }

    fn cells(&self) -> [String; 5] {
        let ms = |value: f64| format!("{value:.1}");
        let findings = self.n_findings.to_string();
        [ms(self.load), ms(self.model), ms(self.compare), ms(self.total()), findings]
    }
}

/// Measures each API's every version against each later one, and large documents against changed ones.
pub(crate) fn run(corpus: &Path) -> Section {
    let mut rows = Vec::new();
    let mut pairs = Vec::new();
    for (api, versions) in corpus::pinecone(corpus) {
        for (n, old) in versions.iter().enumerate() {
            for new in &versions[n + 1..] {
                let name = format!("{api} {} to {}", old.name, new.name);
                pairs.extend(measure(old, new).map(|times| (name, times)));
            }
        }
    }
    pairs.sort_by(|(_, a), (_, b)| b.total().total_cmp(&a.total()));
    let n_pairs = pairs.len();
    if let Some((_, slowest)) = pairs.first() {
        let met = if slowest.total() < 50.0 { "met" } else { "MISSED" };
        let sum: f64 = pairs.iter().map(|(_, times)| times.total()).sum();
        let mean = sum / crate::cell::number(n_pairs);
        let total = format!("{mean:.1}");
        let cells = ["all Pinecone pairs, mean", "", "", "", "", &total, "", ""];
        rows.push(cells.map(str::to_owned).to_vec());
        for (n, (name, times)) in pairs.iter().take(3).enumerate() {
            let verdict = if n == 0 { format!("{met} (< 50)") } else { String::new() };
            rows.push(
                [vec![name.clone(), String::new()], times.cells().to_vec(), vec![verdict]].concat(),
            );
        }
    }
    for old in corpus::largest(corpus, 3) {
        let Some(new) = changed(&old) else { continue };
        let Some(times) = measure(&old, &new) else { continue };
        let met = if times.total() < 500.0 { "met (< 500)" } else { "MISSED (< 500)" };
        let name = format!("{} against a changed copy", old.name);
        rows.push([vec![name, old.size()], times.cells().to_vec(), vec![met.to_owned()]].concat());
    }
    let header = [
        "two documents",
        "size",
        "load ms",
        "model ms",
        "compare ms",
        "total ms",
        "findings",
        "target",
    ];
    Section {
        title: "Comparing two documents".to_owned(),
        header: header.map(str::to_owned).to_vec(),
        rows,
        notes: vec![format!(
            "{n_pairs} Pinecone pairs, the three slowest shown; load and model are of both documents, on a thread each as `tamarack diff` reads them; best of up to {N_RUNS} runs."
        )],
    }
}

fn measure(old: &Document, new: &Document) -> Option<Times> {
    let (old, new) = (old.input(), new.input());
    let load =
        best(|| at_once::each([&old, &new], |input| load::load(&input.spec, &mut Sink::default())));
    let models = best(|| at_once::each([&old, &new], |input| tamarack::read(input).model));
    let old = tamarack::read(&old).model?;
    let new = tamarack::read(&new).model?;
    let compare = best(|| diff::compare(&old, &new));
    let n_findings = diff::compare(&old, &new).findings.len();
    Some(Times { load, model: (models - load).max(0.0), compare, n_findings })
}

/// Returns milliseconds. What is made is freed off the clock: `tamarack diff` ends with its report.
pub(crate) fn best<T>(work: impl Fn() -> T) -> f64 {
    let (first, mut least) = (Instant::now(), Duration::MAX);
    for _ in 0..N_RUNS {
        let start = Instant::now();
        let made = black_box(work());
        least = least.min(start.elapsed());
        drop(made);
        if first.elapsed() > PATIENCE {
            break;
        }
    }
    least.as_secs_f64() * 1_000.0
}

/// Returns a later version of a document: some properties and paths are gone, some types and
/// descriptions are others.
fn changed(document: &Document) -> Option<Document> {
    let mut value = load::load(&document.input().spec, &mut Sink::default())?;
    change(&mut value, "", &mut 0);
    let is_json = document.text.trim_start().starts_with('{');
    let text = if is_json {
        serde_json::to_string(&value).ok()
    } else {
        serde_yaml::to_string(&value).ok()
    };
    Some(Document { name: document.name.clone(), text: text? })
}

fn change(value: &mut Value, key: &str, n: &mut usize) {
    match value {
        Value::Mapping(members) => {
            if key == "properties" || key == "paths" {
                members.retain(|_, _| {
                    *n += 1;
                    !n.is_multiple_of(40)
                });
            }
            for (name, member) in members.iter_mut() {
                change(member, name.as_str().unwrap_or_default(), n);
            }
        }
        Value::Sequence(items) => items.iter_mut().for_each(|item| change(item, "", n)),
        Value::String(text) if key == "description" || key == "type" => {
            *n += 1;
            match (key, text.as_str()) {
                ("type", "string") if n.is_multiple_of(50) => "integer".clone_into(text),
                ("description", _) if n.is_multiple_of(10) => text.push_str(" New."),
                _ => {}
            }
        }
        _ => {}
    }
}
