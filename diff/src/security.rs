//! The security requirements of an operation in both versions in, which credentials and scopes come and go out.

use std::collections::BTreeSet;

use tamarack::api::Need;

use super::at::At;
use super::kind::Kind;
use super::verdict::{Rust, Wire};
use super::walk::{Version, Walk};

/// A credential that an operation needs, by the name of its scheme: the models have ids of their own.
struct Named<'a> {
    scheme: &'a str,
    scopes: &'a [String],
}

/// Schemes that are needed together.
type Alternative<'a> = [Named<'a>];

fn named<'a>(version: Version<'a>, all: &'a [Vec<Need>]) -> Vec<Vec<Named<'a>>> {
    let one =
        |it: &'a Need| Named { scheme: &version.api.scheme(it.scheme).name, scopes: &it.scopes };
    all.iter().map(|needs| needs.iter().map(one).collect()).collect()
}

/// Compares the alternatives by their schemes, then by the scopes of those that both have.
pub(super) fn compare(walk: &mut Walk<'_>, at: &At, old: &[Vec<Need>], new: &[Vec<Need>]) {
    let (old, new) = (&named(walk.old, old), &named(walk.new, new));
    let open = |all: &[Vec<Named<'_>>]| all.is_empty() || all.iter().any(Vec::is_empty);
    // Of a scheme that only one model holds nothing is known: the other
    // document may ask for it all the same.
    let known = |it: &Vec<Named<'_>>| it.iter().all(|need| walk.holds_scheme(need.scheme));
    let sure = old.iter().chain(new).all(known);
    let row = |kind: Kind, sent: Wire| {
        let (kind, sent) = if sure { (kind, sent) } else { (Kind::Unknown, Wire::Unknown) };
        at.change(kind).wire(sent, Wire::None).rust(Rust::Patch)
    };
    let (was, is) = (distinct(old), distinct(new));
    match (old.is_empty(), new.is_empty()) {
        (true, true) => return,
        (true, false) => {
            let sent = if open(new) { Wire::Compatible } else { Wire::Breaking };
            return walk.push(row(Kind::SecurityAdded, sent).is(all(&is)));
        }
        (false, true) => {
            return walk.push(row(Kind::SecurityRemoved, Wire::Compatible).was(all(&was)));
        }
        (false, false) => {}
    }
    let missing = |of: &[&Alternative<'_>], from: &[&Alternative<'_>]| -> Vec<String> {
        let is_new = |it: &&&Alternative<'_>| from.iter().all(|other| key(other) != key(it));
        of.iter().filter(is_new).map(|it| text(it)).collect()
    };
    for is in missing(&is, &was) {
        walk.push(row(Kind::AlternativeAdded, Wire::Compatible).is(is));
    }
    for was in missing(&was, &is) {
        walk.push(row(Kind::AlternativeRemoved, Wire::Breaking).was(was));
    }
    for one in &is {
        compare_scopes(walk, at, (with_schemes(old, one), with_schemes(new, one)));
    }
}

/// A token that had enough scopes may lack one now; with further scopes it is as good.
fn compare_scopes(
    walk: &mut Walk<'_>,
    at: &At,
    (old, new): (Vec<&Alternative<'_>>, Vec<&Alternative<'_>>),
) {
    let suffices = |token: &Alternative<'_>, needs: &Alternative<'_>| {
        needs.iter().all(|need| {
            let own = token.iter().filter(|it| it.scheme == need.scheme);
            let scopes: Vec<_> = own.flat_map(|it| it.scopes).collect();
            need.scopes.iter().all(|it| scopes.contains(&it))
        })
    };
    let fails = |tokens: &[&Alternative<'_>], needs: &[&Alternative<'_>]| {
        tokens.iter().any(|token| !needs.iter().any(|it| suffices(token, it)))
    };
    if old.is_empty() {
        return;
    }
    let mut push = |kind: Kind, sent: Wire| {
        let change = at.change(kind).wire(sent, Wire::None);
        walk.push(change.values(scopes(&old), scopes(&new)));
    };
    if fails(&old, &new) {
        push(Kind::ScopeAdded, Wire::Breaking);
    }
    if fails(&new, &old) {
        push(Kind::ScopeRemoved, Wire::Compatible);
    }
}

/// The order of schemes means nothing.
fn key<'a>(it: &Alternative<'a>) -> BTreeSet<&'a str> {
    it.iter().map(|need| need.scheme).collect()
}

fn with_schemes<'a>(all: &'a [Vec<Named<'a>>], one: &Alternative<'_>) -> Vec<&'a Alternative<'a>> {
    all.iter().filter(|it| key(it) == key(one)).map(Vec::as_slice).collect()
}

/// Returns the alternatives, those that differ in scopes alone once.
fn distinct<'a>(all: &'a [Vec<Named<'a>>]) -> Vec<&'a Alternative<'a>> {
    let mut acc: Vec<&Alternative<'a>> = Vec::new();
    for it in all {
        if acc.iter().all(|known| key(known) != key(it)) {
            acc.push(it);
        }
    }
    acc
}

fn all(alternatives: &[&Alternative<'_>]) -> String {
    alternatives.iter().map(|it| text(it)).collect::<Vec<_>>().join(" or ")
}

fn text(it: &Alternative<'_>) -> String {
    if it.is_empty() {
        return "none".to_owned();
    }
    it.iter().map(|need| need.scheme).collect::<Vec<_>>().join(" and ")
}

fn scopes(alternatives: &[&Alternative<'_>]) -> String {
    let one = |need: &Named<'_>| {
        let scopes =
            if need.scopes.is_empty() { "no scope".to_owned() } else { need.scopes.join(", ") };
        format!("{}: {scopes}", need.scheme)
    };
    let text = |it: &&Alternative<'_>| it.iter().map(one).collect::<Vec<_>>().join(" and ");
    alternatives.iter().map(text).collect::<Vec<_>>().join(" or ")
}
