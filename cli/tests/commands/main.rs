//! The built binary and the files it leaves: `generate`, its messages and exit codes, manifests, the README.

mod crate_version;
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
#[cfg(unix)]
mod readme;
mod report_shape;
#[path = "../shared/run.rs"]
mod run;
mod server;
mod terminal;
mod ways;
