//! The built binary and the files it leaves: `generate`, its messages and exit codes, manifests, the README.

mod crate_version;
#[path = "../../../tests/src/fences.rs"]
#[allow(dead_code, unreachable_pub, reason = "it is part of a library, too")]
mod fences;
mod first_run;
mod generate;
#[cfg(unix)]
mod inputs;
mod licences;
mod manifest;
mod mutations;
mod outside;
mod overlay_faults;
mod packages;
mod pages;
mod project;
mod project_page;
mod report_shape;
#[path = "../shared/run.rs"]
mod run;
mod server;
mod terminal;
#[cfg(unix)]
mod typed;
mod ways;
