//! The harness of the fuzzers: inputs that failed once hold, and the compiler is asked about large and deep crates.

mod compile;
mod deep;
mod fixtures;
mod large;
