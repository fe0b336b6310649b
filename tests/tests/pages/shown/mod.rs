//! The code that pages show without what is around it: each fragment stands here, line by line, in a function that is
//! compiled. `code.rs` looks for it. Change the page and the fragment together.

#![allow(dead_code, unused_variables, reason = "it is enough that the compiler reads it")]
#![allow(clippy::print_stdout, reason = "programs of readers print")]

mod calls;
mod errors;
mod formats;
mod plain_http;
mod streams;
mod tokens;
mod validation;
mod webhooks;

type Done = Result<(), Box<dyn std::error::Error>>;
