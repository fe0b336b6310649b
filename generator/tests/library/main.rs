//! The library as its callers use it: project files, names, messages, reports, strict mode, writing.

mod checks;
#[path = "../../../tests/src/fences.rs"]
#[allow(dead_code, unreachable_pub, reason = "it is part of a library, too")]
mod fences;
mod files;
mod large;
mod names;
mod overlay_page;
mod overlay_standard;
mod pagination;
mod prepared;
mod project;
mod render;
mod replacements;
mod report;
mod retries;
mod strict;
mod subset;
mod sync;
