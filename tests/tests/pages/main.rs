//! What people read: each link of a page leads somewhere, its code is compiled, its data is parsed, and the book has
//! every page. The commands of the pages are typed by `cargo test -p tamarack-cli --test commands typed`.

mod book;
mod code;
mod comparison;
mod links;
mod markdown;
mod shown;
