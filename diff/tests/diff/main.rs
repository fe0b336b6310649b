//! The comparison of documents: rules on small documents, pairs and timelines of the corpus, the page.

mod behind;
#[path = "../../../generator/tests/shared/corpus.rs"]
mod corpus;
mod expected;
mod faults;
mod folded;
mod not_compared;
mod oauth;
mod overlays;
mod page;
mod pairs;
mod replaced;
mod rings;
mod rules;
mod rust;
mod timeline;
mod unsaid;
