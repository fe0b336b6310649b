//! The compiler and the diff agree on what breaks: single changes, and the versions of the catalog.

mod cases;
mod oauth;
