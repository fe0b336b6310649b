//! Writes structs and their methods as lines of text, in the layout of `prettyplease`; what is too wide for a line
//! goes through it.
//!
//! They are most of the code and all alike. To make tokens of them, a tree of the tokens, and text of the tree
//! costs several times what the text alone does.

use std::fmt::Write as _;

use super::docs;
use super::format::{self, Part};

/// The width to which `prettyplease` fills a line.
const WIDTH: usize = 89;

/// The width to which it fills the fields of a literal, from the name of the struct to the last brace.
const LITERAL: usize = 35;

/// A struct with public fields.
pub(super) struct Struct {
    text: String,
    has_fields: bool,
}

impl Struct {
    /// Begins a struct with its doc comment; each of `attributes` has a line of its own.
    pub(super) fn new(
        comment: &str,
        attributes: impl IntoIterator<Item: AsRef<str>>,
        ident: &str,
    ) -> Self {
        let mut text = comment.to_owned();
        for attribute in attributes {
            let _ = writeln!(text, "#[{}]", attribute.as_ref());
        }
        let _ = write!(text, "pub struct {ident} {{");
        Self { text, has_fields: false }
    }

    /// Adds a field.
    pub(super) fn field(&mut self, markdown: &str, ident: &str, ty: &str) {
        if !self.has_fields {
            self.text.push('\n');
            self.has_fields = true;
        }
        self.text.push_str(&docs::comment(markdown, "    "));
        let _ = writeln!(self.text, "    pub {ident}: {ty},");
    }

    /// Ends the struct.
    pub(super) fn into_part(mut self) -> Part {
        self.text.push_str("}\n");
        items(self.text)
    }
}

/// Writes the methods of a type, one after the other.
pub(super) fn methods(ident: &str, methods: impl IntoIterator<Item = String>) -> Part {
    let methods = format::joined(methods);
    let gap = if methods.is_empty() { "" } else { "\n" };
    items(format!("impl {ident} {{{gap}{methods}}}\n"))
}

/// Writes a public method: what is before it, its name, arguments, result and body.
pub(super) fn method(
    before: &str,
    name: &str,
    arguments: &[String],
    result: &str,
    body: &str,
) -> String {
    let (open, close) = (format!("    pub fn {name}("), format!(") -> {result} {{"));
    let head = list(&open, "", arguments, &close, WIDTH);
    format!("{before}{head}{body}    }}\n")
}

/// Writes a method that sets a field.
pub(super) fn setter(
    before: &str,
    name: &str,
    parameter: String,
    field: &str,
    value: &str,
) -> String {
    let body = format!("        self.{field} = {value};\n        self\n");
    method(before, name, &["mut self".to_owned(), parameter], "Self", &body)
}

/// Writes a field of a literal: `Self { a: a }` is written `Self { a }`.
pub(super) fn value(field: &str, value: &str) -> String {
    if field == value { value.to_owned() } else { format!("{field}: {value}") }
}

/// Writes the body of a constructor.
pub(super) fn struct_of(values: &[String]) -> String {
    if values.is_empty() {
        return "        Self {}\n".to_owned();
    }
    list("        Self {", " ", values, "}", "        ".len() + LITERAL)
}

/// Writes a list on one line, or, where that is too wide, with a line for each of its items.
fn list(before: &str, space: &str, items: &[String], after: &str, width: usize) -> String {
    let line = format!("{before}{space}{}{space}{after}", items.join(", "));
    if items.is_empty() || fits(&line, width) {
        return line + "\n";
    }
    let indent = " ".repeat(before.len() - before.trim_start().len());
    let mut acc = format!("{before}\n");
    for item in items {
        let _ = writeln!(acc, "{indent}    {item},");
    }
    let _ = writeln!(acc, "{indent}{after}");
    acc
}

/// Makes a part of items in the layout of `prettyplease`, whose lines may be too wide.
pub(super) fn items(text: String) -> Part {
    let is_doc = |line: &str| line.trim_start().starts_with("///");
    if text.lines().all(|line| is_doc(line) || fits(line, WIDTH)) {
        return Part::Text(text);
    }
    parsed(&text)
}

/// Makes a part of items that are laid out by `prettyplease` alone.
pub(super) fn parsed(text: &str) -> Part {
    match text.parse() {
        Ok(tokens) => Part::Tokens(tokens),
        Err(_) => unreachable!("emitters write Rust that parses: {text}"),
    }
}

fn fits(line: &str, width: usize) -> bool {
    // Counting characters is for the few lines where it matters.
    line.len() <= width || line.chars().count() <= width
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(part: Part) -> String {
        part.into_text()
    }

    /// What `prettyplease` makes of it.
    fn laid_out(text: &str) -> String {
        format::text(&text.parse().unwrap())
    }

    /// From narrow to wide, each is what `prettyplease` writes.
    #[test]
    fn lines_are_those_of_prettyplease() {
        for width in 1..70 {
            let word = "x".repeat(width);
            for n in 0..4 {
                let names: Vec<String> = (0..n).map(|it| format!("{word}{it}")).collect();
                let mut item = Struct::new("/// Docs.\n", ["derive(Clone)"], "A");
                for name in &names {
                    item.field("", name, &format!("Option<Vec<{name}>>"));
                }
                let item = text(item.into_part());
                assert_eq!(item, laid_out(&item));
                let arguments: Vec<_> =
                    names.iter().map(|it| format!("{it}: impl Into<{it}>")).collect();
                let new = method("    /// New.\n", "new", &arguments, "Self", &struct_of(&names));
                let parameter = format!("{word}: impl Into<String>");
                let value = format!("Some({word}.into())");
                let set = setter("    #[must_use]\n", &word, parameter, &word, &value);
                let block = text(methods("A", [new, set]));
                assert_eq!(block, laid_out(&block));
            }
        }
    }

    #[test]
    fn what_is_empty_has_no_lines() {
        assert_eq!(text(Struct::new("", [""; 0], "A").into_part()), "pub struct A {}\n");
        assert_eq!(text(methods("A", [])), "impl A {}\n");
        let new = method("", "new", &[], "Self", &struct_of(&[]));
        assert_eq!(new, "    pub fn new() -> Self {\n        Self {}\n    }\n");
    }
}
