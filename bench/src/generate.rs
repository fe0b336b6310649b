//! Measures the generation of Rust, beside progenitor where it accepts the document.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use openapiv3::OpenAPI;
use tamarack::{Settings, Verdict};

use crate::compare::best;
use crate::corpus::{self, Document};
use crate::table::Section;

/// Measures all of Pinecone's documents and the largest others.
pub(crate) fn run(corpus: &Path) -> Section {
    // progenitor panics on what it does not know; that is an answer here.
    std::panic::set_hook(Box::new(|_| {}));
    let documents: Vec<Document> = corpus::pinecone(corpus).into_values().flatten().collect();
    let all: Vec<(f64, Option<f64>)> = documents.iter().map(times).collect();
    let both: Vec<(f64, f64)> =
        all.iter().filter_map(|(ours, peer)| Some((*ours, (*peer)?))).collect();
    let sum: f64 = all.iter().map(|(ours, _)| ours).sum();
    let (ours, peer) = both.iter().fold((0.0, 0.0), |(a, b), (ours, peer)| (a + ours, b + peer));
    let mut rows = vec![
        line(&format!("Pinecone, all {} documents", all.len()), "", sum, None),
        line(&format!("Pinecone, the {} that both accept", both.len()), "", ours, Some(peer)),
    ];
    for document in corpus::largest(corpus, 3) {
        let (ours, peer) = times(&document);
        rows.push(line(&document.name, &document.size(), ours, peer));
    }
    let _ = std::panic::take_hook();
    let header = ["generating from", "size", "tamarack ms", "progenitor 0.15 ms", "ratio"];
    Section {
        title: "Generating Rust".to_owned(),
        header: header.map(str::to_owned).to_vec(),
        rows,
        notes: vec![
            "From the text of the document to formatted Rust, both as a library.".to_owned(),
        ],
    }
}

fn line(name: &str, size: &str, ours: f64, peer: Option<f64>) -> Vec<String> {
    let (time, ratio) = match peer {
        Some(peer) => (format!("{peer:.0}"), format!("{:.2}", ours / peer)),
        None => ("n/a: it refuses a document or panics".to_owned(), String::new()),
    };
    vec![name.to_owned(), size.to_owned(), format!("{ours:.0}"), time, ratio]
}

fn times(document: &Document) -> (f64, Option<f64>) {
    let ours = best(|| ours(document));
    let accepted =
        catch_unwind(AssertUnwindSafe(|| progenitor(document).is_some())).unwrap_or(false);
    (ours, accepted.then(|| best(|| progenitor(document))))
}

fn ours(document: &Document) -> Option<BTreeMap<String, String>> {
    let outcome = tamarack::generate(&document.input(), &Settings::module(&document.name));
    (outcome.verdict == Verdict::Sound).then_some(outcome.files)
}

fn progenitor(document: &Document) -> Option<String> {
    let is_json = document.text.trim_start().starts_with('{');
    let spec: OpenAPI = if is_json {
        serde_json::from_str(&document.text).ok()?
    } else {
        serde_yaml::from_str(&document.text).ok()?
    };
    let tokens = progenitor_impl::Generator::default().generate_tokens(&spec).ok()?;
    Some(prettyplease::unparse(&syn::parse2(tokens).ok()?))
}
