//! The library as its callers use it: project files, names, messages, reports, strict mode, writing.

mod files;
mod names;
mod overlay_page;
mod overlay_standard;
mod pagination;
mod project;
mod render;
mod report;
mod retries;
mod strict;
mod subset;
mod sync;
