//! Formats the parts of a file; the only place where code is laid out.
//!
//! Items are tokens, and `prettyplease` lays them out. The body of a macro is
//! what its author makes of it, which no printer of Rust can know: such an item
//! is written as text, in the same layout.

use proc_macro2::TokenStream;
use syn::{ImplItem, Item};

use super::docs;

/// A part of a file; there is a blank line between two of them.
#[derive(Clone, Debug)]
pub(super) enum Part {
    /// Items as tokens.
    Tokens(TokenStream),
    /// Items as lines of text, each with its end.
    Text(String),
}

impl Part {
    /// Lays the part out.
    pub(super) fn into_text(self) -> String {
        match self {
            Self::Tokens(tokens) => text(&tokens),
            Self::Text(text) => text,
        }
    }
}

impl From<TokenStream> for Part {
    fn from(tokens: TokenStream) -> Self {
        Self::Tokens(tokens)
    }
}

/// The width of a line.
const WIDTH: usize = 100;

/// Writes a file: its own docs, then its parts.
pub(super) fn file(markdown: &str, parts: impl IntoIterator<Item: Into<Part>>) -> String {
    let docs = docs::inner(markdown);
    joined(std::iter::once(docs).chain(parts.into_iter().map(|it| it.into().into_text())))
}

/// Joins texts with a blank line between them.
pub(super) fn joined(texts: impl IntoIterator<Item: AsRef<str>>) -> String {
    ended(texts, "")
}

/// Joins texts with a blank line between them, and adds the end of the last one. The text is allocated once: what is
/// joined is as long as a file.
pub(super) fn ended(texts: impl IntoIterator<Item: AsRef<str>>, end: &str) -> String {
    let texts: Vec<_> = texts.into_iter().collect();
    let len: usize = texts.iter().map(|it| it.as_ref().len() + 1).sum();
    let mut acc = String::with_capacity(len + end.len());
    for text in &texts {
        push(&mut acc, text.as_ref(), Gap::Line);
    }
    acc.push_str(end);
    acc
}

/// Returns what is between the first line of a block and its last one.
pub(super) fn inside(block: &str) -> String {
    let lines = block.split_inclusive('\n').count();
    block.split_inclusive('\n').take(lines - 1).skip(1).collect()
}

/// What is between two items.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    Line,
    Nothing,
}

fn push(acc: &mut String, item: &str, gap: Gap) {
    if !acc.is_empty() && !item.is_empty() && gap == Gap::Line {
        acc.push('\n');
    }
    acc.push_str(item);
}

/// Lays out items that stand alone, with a blank line between two of them and
/// between two methods.
pub(super) fn text(tokens: &TokenStream) -> String {
    let mut file: syn::File = match syn::parse2(tokens.clone()) {
        Ok(file) => file,
        Err(error) => unreachable!("emitters write Rust that parses: {error}: {tokens}"),
    };
    let items = std::mem::take(&mut file.items);
    let mut acc = prettyplease::unparse(&file);
    file.attrs.clear();
    let mut before: Option<std::mem::Discriminant<Item>> = None;
    for item in items {
        let kind = std::mem::discriminant(&item);
        // A list of modules or of imports is one thing.
        let is_listed = matches!(item, Item::Mod(_) | Item::Use(_));
        let gap = if is_listed && before == Some(kind) { Gap::Nothing } else { Gap::Line };
        file.items = vec![spaced(item)];
        push(&mut acc, &opened(&prettyplease::unparse(&file)), gap);
        before = Some(kind);
    }
    acc
}

/// Stands where a blank line is to be: `prettyplease` knows of none.
const BLANK: &str = "blank_line!();";

/// Puts a mark between the items of an `impl`; associated types are one list.
fn spaced(item: Item) -> Item {
    let Item::Impl(mut block) = item else { return item };
    let mut members = Vec::new();
    for member in block.items {
        let together =
            |before| matches!((before, &member), (&ImplItem::Type(_), ImplItem::Type(_)));
        if members.last().is_some_and(|before| !together(before)) {
            members.push(syn::parse_quote!(blank_line!();));
        }
        members.push(member);
    }
    block.items = members;
    Item::Impl(block)
}

/// Puts blank lines in the place of the marks. Nothing else can be such a line:
/// comments and texts begin with signs of their own.
fn opened(text: &str) -> String {
    if !text.contains(BLANK) {
        return text.to_owned();
    }
    let lines = text.lines().map(|line| if line.trim() == BLANK { "\n" } else { line });
    let mut acc = String::with_capacity(text.len());
    for line in lines {
        acc.push_str(line);
        if line != "\n" {
            acc.push('\n');
        }
    }
    acc
}

/// Writes the items of a list on one line behind `before`, or, where that is too
/// long, on lines of their own, as many on each as there is room for.
pub(super) fn list(before: &str, items: &[String], after: &str) -> String {
    let space = if items.is_empty() { "" } else { " " };
    let line = format!("{before}{space}{}{space}{after}\n", items.join(", "));
    if line.trim_end().chars().count() <= WIDTH {
        return line;
    }
    let mut lines = vec![before.to_owned()];
    let mut line = String::new();
    for (index, item) in items.iter().enumerate() {
        let comma = if index + 1 < items.len() { "," } else { "" };
        if !line.is_empty() && line.chars().count() + item.chars().count() + 2 > WIDTH {
            lines.push(std::mem::take(&mut line));
        }
        line.push_str(if line.is_empty() { "    " } else { " " });
        line.extend([item, comma]);
    }
    lines.extend([line, after.to_owned()]);
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn items_and_methods_have_a_blank_line_between_them() {
        let tokens = quote! {
            use a::B;
            use c;
            /// A struct.
            pub struct D { e: u8, f: u8 }
            impl D {
                /// Blank lines of a text are its own: blank_line!();
                fn g() -> &'static str { "blank_line!();" }
                fn h() {}
            }
            impl I for D {
                type J = u8;
                type K = u8;
                const L: u8 = 1;
                fn m() {}
            }
        };
        let expected = "\
//! Docs.

use a::B;
use c;

/// A struct.
pub struct D {
    e: u8,
    f: u8,
}

impl D {
    /// Blank lines of a text are its own: blank_line!();
    fn g() -> &'static str {
        \"blank_line!();\"
    }

    fn h() {}
}

impl I for D {
    type J = u8;
    type K = u8;

    const L: u8 = 1;

    fn m() {}
}

n! { o }

const P: u8 = 0;
";
        let parts = [
            tokens.into(),
            Part::Text("n! { o }\n".to_owned()),
            quote!(
                const P: u8 = 0;
            )
            .into(),
        ];
        assert_eq!(file("Docs.", parts), expected);
        assert_eq!(file("", [quote!()]), "");
    }

    #[test]
    fn a_list_is_filled_line_by_line() {
        let items = |n: usize| vec!["required of_ten".to_owned(); n];
        assert_eq!(list("m!(A {", &items(1), "});"), "m!(A { required of_ten });\n");
        assert_eq!(list("m!(A {", &[], "});"), "m!(A {});\n");
        let text = list("m!(A {", &items(8), "});");
        let line = |n: usize| vec!["required of_ten,"; n].join(" ");
        assert_eq!(
            text,
            format!("m!(A {{\n    {}\n    {}\n}});\n", line(5), line(3).trim_end_matches(','))
        );
    }
}
