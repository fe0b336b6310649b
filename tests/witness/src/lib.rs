//! Finds the uses of a generated crate that no longer compile with its next version.
//!
//! The Rust column of a diff is a prediction. Here it is put to the proof:
//! from the code of the old version a crate is written with one function for
//! each use of each public item; it compiles against the old version, and what
//! of it does not compile against the new one must be what the diff calls
//! `major`, no more and no less.

mod bounds;
mod calls;
mod cargo;
mod judge;
mod place;
mod public_api;
mod scope;
mod semver;
mod subject;
mod surface;
mod types;
mod witness;

pub use cargo::{Failed, Files, Pair, Workspace};
pub use judge::{Case, Judgement, judge};
pub use place::{Place, Places};
pub use subject::{Comparison, Subject, compare, compare_lists, compare_releases};
pub use surface::witnesses;
pub use witness::{Use, Witness};
