//! The public items of both crates as another tool lists them in, the lines that no row of the diff explains out.
//!
//! `cargo public-api` reads what rustdoc says of a crate. Each line that comes
//! or goes needs a row, and each row above `patch` needs such a line.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use tamarack_diff::{Diff, Finding, Kind, Rust};

use crate::judge::{constructs, explains, is_own, placed};
use crate::place::{Place, Places};
use crate::scope::SUBJECT;
use crate::subject::Comparison;
use crate::witness::{Use, Witness};

/// Lists the public items of a package, one a line.
pub(crate) fn list(manifest: &Path, package: &str, target: &Path) -> Result<Vec<String>, String> {
    let output = Command::new("cargo-public-api")
        .args(["public-api", "--omit", "blanket-impls,auto-trait-impls", "--color", "never"])
        .arg("--manifest-path")
        .arg(manifest)
        .args(["--package", package])
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_NET_OFFLINE", "true")
        .output()
        .map_err(|error| format!("cargo public-api does not run: {error}"))?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned());
    }
    let krate = package.replace('-', "_");
    let text = String::from_utf8_lossy(&output.stdout);
    Ok(text.lines().map(|it| it.replace(&format!("{krate}::"), &format!("{SUBJECT}::"))).collect())
}

/// Returns the lines that no row explains, and the rows above `patch` that no
/// line shows.
pub(crate) fn compare(
    it: &Comparison<'_>,
    diff: &Diff,
    (old, new): (&[String], &[String]),
) -> Vec<String> {
    let apis = (&it.old.model.api, &it.new.model.api);
    let places = (Places::of(apis.0, &it.old.code), Places::of(apis.1, &it.new.code));
    let gone = Side::of(lines(old, new), &places.0, apis.1);
    let come = Side::of(lines(new, old), &places.1, apis.1);
    let above = |least: Rust| diff.findings.iter().filter(move |it| it.verdict.rust >= least);
    let mut acc = Vec::new();
    let major: Vec<_> = above(Rust::Major).cloned().collect();
    acc.extend(gone.unexplained(&major).map(|line| format!("- {line}")));
    let mirrored: Vec<_> = above(Rust::Minor).map(mirror).collect();
    // The client sends a constant header by itself: no code has to change, and
    // the row is `none`, though the constant is there to be read.
    let constants = diff.findings.iter().filter(|it| it.kind == Kind::ConstantAdded).map(mirror);
    let rows: Vec<_> = mirrored.iter().cloned().chain(constants).collect();
    acc.extend(come.unexplained(&rows).map(|line| format!("+ {line}")));
    for (row, mirrored) in above(Rust::Minor).zip(&mirrored) {
        // What rustdoc says of a deprecation is no line of the list.
        let shows = gone.shows(row) || come.shows(mirrored) || row.kind == Kind::Deprecated;
        if !shows {
            acc.push(format!("no line shows {} [{}]", row.title(), row.kind.id()));
        }
    }
    acc
}

fn lines<'a>(of: &'a [String], other: &[String]) -> Vec<&'a str> {
    let other: BTreeSet<&str> = other.iter().map(String::as_str).collect();
    of.iter().map(String::as_str).filter(|it| !other.contains(it)).collect()
}

/// The change of the other direction.
fn mirror(it: &Finding) -> Finding {
    let mut acc = it.clone();
    acc.kind = it.kind.mirror();
    std::mem::swap(&mut acc.old, &mut acc.new);
    acc
}

/// The lines that only one of the lists has, with their places in its document.
struct Side<'a>(Vec<(&'a str, Witness, Place)>);

impl<'a> Side<'a> {
    fn of(lines: Vec<&'a str>, places: &Places, new: &tamarack::api::Api) -> Self {
        let read = |line: &'a str| {
            let it = read(line)?;
            let place = placed(places, new, &it);
            Some((line, it, place))
        };
        Self(lines.into_iter().filter_map(read).collect())
    }

    /// A name that came or went takes with it whatever names it.
    fn unexplained<'b>(&'b self, rows: &'b [Finding]) -> impl Iterator<Item = &'b str> {
        let names: BTreeSet<&str> = (self.0.iter())
            .filter(|it| it.1.used == Use::Name)
            .map(|it| it.1.item.as_str())
            .collect();
        let follows = move |it: &Witness| {
            it.used != Use::Name
                && (names.contains(it.item.as_str())
                    || it.named.iter().any(|it| names.contains(it.as_str())))
        };
        (self.0.iter())
            .filter(move |(_, it, place)| {
                !follows(it) && !rows.iter().any(|row| explains_line(row, it, place))
            })
            .map(|it| it.0)
    }

    fn shows(&self, row: &Finding) -> bool {
        self.0.iter().any(|(_, it, place)| is_own(row, it, place) || explains(row, it, place))
    }
}

/// A member that comes or goes does so with its constructor's argument.
fn explains_line(row: &Finding, it: &Witness, place: &Place) -> bool {
    let of_member = matches!(row.kind, Kind::PropertyRemoved | Kind::PropertyAdded);
    explains(row, it, place)
        || (of_member
            && constructs(it, place)
            && place.pointers.iter().any(|at| at.holds(&row.old.pointer)))
}

/// Reads a line as the use of an item.
fn read(line: &str) -> Option<Witness> {
    let own = line.rsplit_once(" for ").map_or(line, |it| it.1);
    let path = paths(own).into_iter().next().or_else(|| paths(line).into_iter().next())?;
    let (item, member) = match path.as_slice() {
        [module, item, member, ..] => (format!("{module}::{item}"), Some(member.clone())),
        [module, item] => (format!("{module}::{item}"), None),
        [item] => (item.clone(), None),
        [] => return None,
    };
    let words: Vec<&str> = line.split_whitespace().collect();
    let is_type = words.iter().any(|it| matches!(*it, "struct" | "enum" | "type" | "use" | "fn"));
    let used = match (line.starts_with("impl"), is_type && member.is_none()) {
        (true, _) => Use::Bound,
        (_, true) => Use::Name,
        _ => Use::Call,
    };
    let member = if used == Use::Bound { words.get(1).map(|it| (*it).to_owned()) } else { member };
    let named = paths(line).iter().map(|it| it[..it.len().min(2)].join("::")).collect();
    Some(Witness { item, member, used, named, code: line.to_owned() })
}

/// Returns the paths of a line that begin in the crate, without it.
fn paths(line: &str) -> Vec<Vec<String>> {
    let before = format!("{SUBJECT}::");
    let rest = line.split(&before).skip(1);
    rest.map(|it| {
        let end = it.find(|c: char| !(c.is_alphanumeric() || "_:#".contains(c)));
        let path = it[..end.unwrap_or(it.len())].trim_end_matches(':');
        path.split("::").map(|it| it.trim_start_matches("r#").to_owned()).collect()
    })
    .collect()
}
