//! Compares two models: one row for each root cause, with its effect on requests, responses and Rust code.
//!
//! Models are compared, never text: `$ref` and inline copy are equal, order
//! means nothing, and a type is the set of values it allows. A request breaks
//! when an old value is not in the new set; a response breaks when a new value
//! is not in the old one.
//!
//! ```
//! use tamarack::Input;
//! use tamarack_diff::{Wire, compare};
//!
//! let old = "\
//! openapi: 3.0.3
//! info: {title: Petstore, version: '1'}
//! paths:
//!   /pets:
//!     get:
//!       operationId: list_pets
//!       parameters: [{name: limit, in: query, schema: {type: integer}}]
//!       responses: {'204': {description: They are there.}}
//! ";
//! let new = old.replace("in: query", "in: query, required: true");
//! let model = |text: &str| tamarack::read(&Input::new("petstore.yaml", text)).model;
//! let diff = compare(&model(old).expect("a model"), &model(&new).expect("a model"));
//! assert_eq!(diff.verdict().request, Wire::Breaking);
//! ```
//!
//! The crate reads no document: [`tamarack::read`] makes the models. [`render`] writes what is found.

mod accept;
mod alike;
mod at;
mod beside;
mod body;
mod bump;
pub mod changes;
mod constraint;
mod describe;
mod documentation;
mod enumeration;
mod finding;
mod flow;
mod fold;
mod folded;
mod gap;
mod keyed;
mod kind;
mod left_over;
mod member;
mod named;
mod naming;
mod object;
mod operation;
mod pages;
mod pairing;
mod parameter;
mod reach;
pub mod render;
mod response;
mod rust;
mod security;
mod surroundings;
mod timeline;
mod types;
mod union;
mod unmatched;
mod untold_rust;
mod uses;
mod value;
mod verdict;
mod walk;
mod webhook;
mod within;

pub use accept::{Acceptances, Accepted, Date, Remark};
pub use bump::CrateVersion;
pub use finding::{Diff, Finding, Reach, Side};
pub use gap::{NotCompared, Spot};
pub use kind::Kind;
pub use timeline::{Fate, Row, Step, Timeline, timeline};
pub use verdict::{Rust, Verdict, Wire};

use tamarack::diagnostic::Sink;
use tamarack::{Model, at_once, plan};

/// Compares two versions of a document.
pub fn compare(old: &Model, new: &Model) -> Diff {
    // What the planning has to say was said when the code was generated.
    let plan = |it: &Model| plan::of_api(&it.api, &mut Sink::default());
    let (old_code, new_code) = at_once::both(old, new, plan);
    let mut walk = walk::Walk::new(
        walk::Version { api: &old.api, code: &old_code },
        walk::Version { api: &new.api, code: &new_code },
    );
    surroundings::compare(&mut walk);
    operation::compare_all(&mut walk);
    left_over::compare_document(&mut walk);
    webhook::meet_types(&mut walk);
    types::compare_met(&mut walk);
    types::compare_unreached(&mut walk);
    untold_rust::compare(&mut walk);
    naming::compare(&mut walk);
    Diff {
        title: new.api.title.clone(),
        versions: (old.api.version.clone(), new.api.version.clone()),
        findings: fold::findings(&walk),
        not_compared: gap::gaps(&[old, new]),
    }
}

/// Runs the example of `README.md` as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
