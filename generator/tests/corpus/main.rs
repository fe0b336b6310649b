//! Documents of the corpus are read and checked: nothing panics, and the numbers are printed.

mod check;
#[path = "../shared/corpus.rs"]
mod corpus;
mod front;
mod yaml;
