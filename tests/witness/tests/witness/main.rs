//! The compiler and the diff agree on what breaks: single changes, and the versions of the project file.

mod cases;
mod formats;
mod oauth;
