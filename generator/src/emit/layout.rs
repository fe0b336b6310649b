//! Divides the code of a module into files: one, or a folder of them if it would be too long.
//!
//! Where an item stands changes nothing for who uses it: a folder's root exports what its
//! files have. So an API that grows renames nothing.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use quote::{format_ident, quote};

use super::docs;
use super::format::{self, Part};
use super::scope::{Scope, Standing, Uses};
use crate::file_word::file_word;
use crate::plan::Group;

/// Above this many lines of code a file is split. With its docs and imports it stays below 5,000.
const MOST_LINES: usize = 4_700;

/// Below this many lines a resource has no file of its own.
const LEAST_LINES: usize = 300;

/// Below this many lines for each, tags have files as resources do: what has a tag for each operation would be a file for
/// each.
const CRUMB_LINES: usize = 50;

/// The file of what belongs to several groups begins with this word.
const COMMON: &str = "common";

/// The code of one module.
#[derive(Default)]
pub(super) struct Code {
    /// What `before` and `after` use.
    pub uses: Uses,
    /// Code before the pieces.
    pub before: String,
    /// What is one entry's alone, in the order of the document.
    pub pieces: Vec<Piece>,
    /// Code after the pieces.
    pub after: String,
    /// How the block begins that the pieces stand in; without it they are items, which the
    /// root of a folder exports.
    pub block: Option<String>,
    /// Whether the items have no names that could be exported.
    pub is_nameless: bool,
}

/// The code of one entry of the document.
pub(super) struct Piece {
    ident: String,
    group: Group,
    uses: Uses,
    text: String,
    lines: usize,
}

impl Piece {
    /// Makes a piece of what was written in a scope of its own.
    pub(super) fn new(ident: &str, group: &Group, parts: Vec<Part>, scope: Scope<'_>) -> Self {
        let text = format::joined(parts.into_iter().map(Part::into_text));
        let lines = text.lines().count() + 1;
        Self { ident: ident.to_owned(), group: group.clone(), uses: scope.into_uses(), text, lines }
    }
}

/// Writes the files of a module, named relative to the folder it stands in. `docs` says what a
/// file has, of the group with this name if it is one of several.
pub(super) fn files(
    name: &str,
    code: Code,
    docs: impl Fn(Option<&str>) -> String,
) -> BTreeMap<String, String> {
    let Code { mut uses, before, pieces, after, block, is_nameless } = code;
    let once = before.lines().count() + after.lines().count();
    let mut groups: BTreeMap<String, Vec<Piece>> = BTreeMap::new();
    if once + lines(&pieces) <= MOST_LINES {
        groups.insert(String::new(), pieces);
    } else {
        divide(pieces, "", 0, &mut groups);
    }
    let at_root = groups.remove("").unwrap_or_default();
    add_uses(&mut uses, &at_root);
    let head = root(&docs(None), groups.keys(), block.is_none() && !is_nameless);
    let text = file(head, &uses.imports(Standing::Root), &before, &at_root, &after);
    let root = if groups.is_empty() { format!("{name}.rs") } else { format!("{name}/mod.rs") };
    let mut acc = BTreeMap::from([(root, text)]);
    for (group, pieces) in groups {
        let mut uses = Uses::default();
        add_uses(&mut uses, &pieces);
        let items = pieces.iter().map(|it| it.ident.as_str()).collect();
        // The items of a block are methods; the type they are for stands in the root.
        let items: BTreeSet<&str> = if block.is_some() { BTreeSet::new() } else { items };
        let head = [docs::inner(&docs(Some(&group)))];
        let (before, after) = match &block {
            Some(block) => (block.as_str(), "}\n"),
            None => ("", ""),
        };
        let text = file(head, &uses.imports(Standing::Part(&items)), before, &pieces, after);
        acc.insert(format!("{name}/{group}.rs"), text);
    }
    acc
}

fn add_uses(uses: &mut Uses, pieces: &[Piece]) {
    for piece in pieces {
        uses.add(&piece.uses);
    }
}

/// Returns whether pieces are short enough for one file, or nothing is left to divide.
fn is_one_file(pieces: &[Piece]) -> bool {
    pieces.len() < 2 || lines(pieces) <= MOST_LINES
}

fn lines(pieces: &[Piece]) -> usize {
    pieces.iter().map(|it| it.lines).sum()
}

/// Writes what the first file of a module begins with: its docs, and its other files if there are some.
fn root<'a>(
    docs: &str,
    groups: impl Iterator<Item = &'a String> + Clone,
    exports: bool,
) -> [String; 3] {
    let modules = groups.clone().map(|it| {
        let module = format_ident!("{it}");
        quote!(mod #module;)
    });
    let exported = groups.filter(|_| exports).map(|it| {
        let module = format_ident!("{it}");
        quote!(pub use self::#module::*;)
    });
    [docs::inner(docs), format::text(&quote!(#(#modules)*)), format::text(&quote!(#(#exported)*))]
}

fn file(
    head: impl IntoIterator<Item = String>,
    imports: &[proc_macro2::TokenStream],
    before: &str,
    pieces: &[Piece],
    after: &str,
) -> String {
    let imports = imports.iter().map(format::text);
    let mut parts: Vec<Cow<'_, str>> = head.into_iter().chain(imports).map(Cow::Owned).collect();
    let mut texts = pieces.iter().map(|it| it.text.as_str()).filter(|it| !it.is_empty());
    // The first piece follows the line that opens a block, and what stands alone is a part of its own.
    if before.ends_with("{\n") {
        parts.push(Cow::Owned(format!("{before}{}", texts.next().unwrap_or_default())));
    } else if before.is_empty() && texts.clone().next().is_none() {
        return format::joined(parts.into_iter().chain([Cow::Borrowed(after)]));
    } else {
        parts.push(Cow::Borrowed(before));
    }
    parts.extend(texts.map(Cow::Borrowed));
    format::ended(parts, after)
}

/// Divides pieces by the next word of their groups, until each file is short enough. The file
/// of the group that all belong to has the name `prefix`.
fn divide(pieces: Vec<Piece>, prefix: &str, depth: usize, acc: &mut BTreeMap<String, Vec<Piece>>) {
    if is_one_file(&pieces) {
        acc.entry(prefix.to_owned()).or_default().extend(pieces);
        return;
    }
    let mut words: BTreeMap<String, usize> = BTreeMap::new();
    for piece in &pieces {
        if let Some(word) = piece.group.get(depth) {
            *words.entry(word.clone()).or_default() += piece.lines;
        }
    }
    // Each tag has its file, and each resource that is worth one.
    let are_crumbs = words.values().sum::<usize>() < words.len() * CRUMB_LINES;
    let has_each = depth == 0 && !are_crumbs;
    words.retain(|_, lines| has_each || *lines >= LEAST_LINES);
    let mut here = Vec::new();
    let mut below: BTreeMap<String, Vec<Piece>> = BTreeMap::new();
    for piece in pieces {
        match piece.group.get(depth).filter(|it| words.contains_key(*it)) {
            Some(word) => below.entry(word.clone()).or_default().push(piece),
            None => here.push(piece),
        }
    }
    // A word that all have in common tells nothing.
    let tells = !here.is_empty() || below.len() > 1;
    for (word, pieces) in below {
        let name = if tells { joined(prefix, &word) } else { prefix.to_owned() };
        divide(pieces, &name, depth + 1, acc);
    }
    alphabetically(here, (prefix, 0), acc);
}

/// Divides what no word of a group tells apart, by the first letters of its names.
fn alphabetically(
    pieces: Vec<Piece>,
    (prefix, letters): (&str, usize),
    acc: &mut BTreeMap<String, Vec<Piece>>,
) {
    let beginning = |it: &Piece| it.ident.chars().take(letters).collect::<String>();
    let longest = pieces.iter().map(|it| it.ident.chars().count()).max().unwrap_or_default();
    if is_one_file(&pieces) || letters > longest {
        let name = match (pieces.first(), letters) {
            (None, _) => return,
            (Some(_), 0) => prefix.to_owned(),
            (Some(first), _) => {
                let prefix = if prefix.is_empty() { COMMON } else { prefix };
                joined(prefix, &file_word(&beginning(first)))
            }
        };
        acc.entry(name).or_default().extend(pieces);
        return;
    }
    let mut rows: BTreeMap<String, Vec<Piece>> = BTreeMap::new();
    for piece in pieces {
        let row = piece.ident.chars().take(letters + 1).collect();
        rows.entry(row).or_default().push(piece);
    }
    for pieces in rows.into_values() {
        alphabetically(pieces, (prefix, letters + 1), acc);
    }
}

fn joined(prefix: &str, word: &str) -> String {
    match prefix.trim_end_matches('_') {
        "" => word.to_owned(),
        prefix => format!("{prefix}_{word}"),
    }
}
