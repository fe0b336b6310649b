//! The library as its callers use it: catalogs, names, messages, reports, strict mode, writing.

mod catalog;
mod names;
mod overlay_page;
mod pagination;
mod render;
mod report;
mod strict;
mod sync;
