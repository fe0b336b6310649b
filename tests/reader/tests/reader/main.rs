//! The readers find each kind of loss in changed code, find none in ours, and know nothing of the generator.

mod documents;
mod independence;
mod mutations;
