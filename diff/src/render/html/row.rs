//! Writes a row of the list, which expands to the old and the new text.

use super::entry::{Entry, Half};
use super::markup::Markup;
use super::steps;
use super::summary::{about_word, fate_word, review_word};
use super::tone::{Column, Tone};
use super::words::{self, Reading};
use crate::describe::cut_both_to;
use crate::render::acceptance;
use crate::render::said::is_of_many_texts;
use crate::{Fate, Finding, Reach, Side, Timeline};

/// Writes a row below the heading `owner`.
pub(super) fn write(acc: &mut Markup, entry: &Entry<'_>, owner: &str, timeline: Option<&Timeline>) {
    let finding = entry.finding;
    acc.raw("<li class=\"row ").raw(Tone::of(finding.verdict).class()).raw("\"");
    acc.attribute("id", &entry.anchor);
    for column in Column::ALL {
        acc.raw(" data-").raw(column.key()).raw("=\"");
        acc.raw(column.word(finding.verdict).0).raw("\"");
    }
    acc.raw(" data-about=\"").raw(about_word(finding).0).raw("\"");
    acc.raw(" data-review=\"").raw(review_word(finding).0).raw("\"");
    if timeline.is_some() {
        acc.raw(" data-history=\"").raw(fate_word(entry.fate()).0).raw("\"");
    }
    let operations: Vec<_> = entry.operations.iter().map(ToString::to_string).collect();
    acc.attribute("data-operations", &operations.join(" "));
    acc.raw("><details>\n<summary>");
    line(acc, entry, owner);
    acc.raw("</summary>\n<div class=\"body\">\n");
    if let Some(accepted) = acceptance(finding) {
        acc.raw("<p class=\"accepted find\">").text(&accepted).raw("</p>\n");
    }
    if !is_of_many_texts(finding) {
        acc.raw("<div class=\"sides\">\n");
        let (before, after) = (&entry.before, &entry.after);
        side(acc, ("Before", "before"), [before, after], ["<del>", "</del>"]);
        side(acc, ("After", "after"), [after, before], ["<ins>", "</ins>"]);
        acc.raw("</div>\n");
    }
    if let (Some(row), Some(timeline)) = (entry.row, timeline) {
        steps::write(acc, timeline, row);
    }
    places(acc, entry);
    reach(acc, &finding.reach);
    acc.raw("<p class=\"print\"").attribute("data-fingerprint", &finding.fingerprint);
    acc.raw("><a").attribute("href", &format!("#{}", entry.anchor));
    acc.raw(">Link to this row</a> <code class=\"find\">").text(finding.kind.id());
    acc.raw("</code> <code class=\"find\">").text(&finding.fingerprint);
    acc.raw("</code></p>\n</div>\n</details></li>\n");
}

fn line(acc: &mut Markup, entry: &Entry<'_>, owner: &str) {
    let finding = entry.finding;
    acc.raw("<span class=\"what\"><code class=\"subject find\">");
    subject(acc, finding, owner);
    acc.raw("</code> <span class=\"kind find\">").raw(finding.kind.title()).raw("</span>");
    values(acc, entry);
    if entry.fate() != Fate::Net {
        acc.raw(" <span class=\"tag\">").raw(fate_word(entry.fate()).0).raw("</span>");
    }
    if finding.accepted.is_some() {
        acc.raw(" <span class=\"tag\">accepted</span>");
    }
    acc.raw("</span> ");
    for column in Column::ALL {
        let (word, tone) = column.word(finding.verdict);
        acc.raw("<span class=\"verdict ").raw(column.key()).raw("\"><span class=\"label\">");
        acc.raw(column.label()).raw("</span> <span class=\"chip ").raw(tone.class()).raw("\">");
        acc.raw(word).raw("</span></span> ");
    }
    acc.raw("<span class=\"felt\">");
    match finding.reach.as_slice() {
        [] => {}
        [_] => {
            acc.raw("1 operation");
        }
        all => {
            acc.number(all.len()).raw(" operations");
        }
    }
    acc.raw("</span>");
}

/// A collapsed row is one line or two.
const LONGEST: usize = 80;

/// Writes what changed into what; a row whose sides look alike says it when it is open.
fn values(acc: &mut Markup, entry: &Entry<'_>) {
    let [was, is] = &entry.said;
    let ([was, is], reading) = if was.is_empty() && is.is_empty() {
        let rust = |it: &Side| it.rust.clone().unwrap_or_default();
        ([rust(&entry.finding.old), rust(&entry.finding.new)], Reading::Code)
    } else {
        ([was.clone(), is.clone()], Reading::Prose)
    };
    let [was, is] = cut_both_to(LONGEST, &was, &is);
    if was != is {
        let [open, close] = match reading {
            Reading::Prose => ["", ""],
            Reading::Code => ["<code>", "</code>"],
        };
        acc.raw(" <span class=\"values\">").raw(open);
        words::write(acc, &was, Some(&is), reading, ["<del>", "</del>"]);
        acc.raw(close).raw(" \u{2192} ").raw(open);
        words::write(acc, &is, Some(&was), reading, ["<ins>", "</ins>"]);
        acc.raw(close).raw("</span>");
    }
}

/// Writes the subject; what the heading says already is written quietly.
fn subject(acc: &mut Markup, finding: &Finding, owner: &str) {
    // The whole subject is shown as code here.
    let plain = finding.subject.replace('`', "");
    let subject = if finding.places.is_empty() { &finding.subject } else { &plain };
    match subject.strip_prefix(owner).filter(|it| it.starts_with(['.', '[', '{'])) {
        Some(rest) => {
            acc.raw("<span class=\"known\">").text(owner).raw("</span>").text(rest);
        }
        None => {
            acc.text(subject);
        }
    }
}

fn side(
    acc: &mut Markup,
    (title, class): (&'static str, &'static str),
    [this, other]: [&Half<'_>; 2],
    marks: [&'static str; 2],
) {
    let (value, rust) = (this.side.value.as_deref(), this.side.rust.as_deref());
    let (other_value, other_rust) = (other.side.value.as_deref(), other.side.rust.as_deref());
    acc.raw("<div class=\"side ").raw(class).raw("\">\n<p class=\"title\">").raw(title);
    acc.raw(" <span class=\"version\">").text(&this.version).raw("</span></p>\n");
    if let Some(value) = value {
        acc.raw("<p class=\"value find\">");
        words::write(acc, value, other_value, Reading::Prose, marks);
        acc.raw("</p>\n");
    } else if rust.is_none() && (other_value.is_some() || other_rust.is_some()) {
        acc.raw("<p class=\"value absent\">not there</p>\n");
    } else if rust.is_none() {
        // Neither side has a value: the lines show what the row is about.
        acc.raw("<p class=\"value line\"><code class=\"find\">");
        words::write(acc, &this.line, Some(&other.line), Reading::Code, marks);
        acc.raw("</code></p>\n");
    }
    if let Some(rust) = rust {
        acc.raw("<p class=\"rust\"><span class=\"label\">Rust</span> <code class=\"find\">");
        words::write(acc, rust, other_rust, Reading::Code, marks);
        acc.raw("</code></p>\n");
    }
    acc.raw("<p class=\"place find\">").text(&this.place).raw("<br>");
    acc.text(this.side.pointer.as_str()).raw("</p>\n</div>\n");
}

/// Writes the places of a row that folds others, each with the verdicts that are not those of the row.
fn places(acc: &mut Markup, entry: &Entry<'_>) {
    if entry.places.is_empty() {
        return;
    }
    acc.raw("<ul class=\"places\">\n");
    for (it, place) in &entry.places {
        acc.raw("<li><code class=\"find\">").text(&it.subject).raw("</code> ");
        let is_other =
            |column: &Column| column.word(it.verdict) != column.word(entry.finding.verdict);
        for column in Column::ALL.into_iter().filter(is_other) {
            let (word, tone) = column.word(it.verdict);
            acc.raw("<span class=\"chip ").raw(tone.class()).raw("\">").raw(column.label());
            acc.raw(" ").raw(word).raw("</span> ");
        }
        acc.raw("<span class=\"place find\">").text(place).raw("</span>");
        own_values(acc, it, entry.finding);
        acc.raw("</li>\n");
    }
    acc.raw("</ul>\n");
}

/// Writes the values of a place, unless they are those of the row.
fn own_values(acc: &mut Markup, it: &Finding, row: &Finding) {
    let values = |it: &Finding| (it.old.value.clone(), it.new.value.clone());
    let (old, new) = values(it);
    if (old.is_none() && new.is_none()) || values(it) == values(row) {
        return;
    }
    acc.raw("<br><span class=\"values\">");
    if let Some(old) = &old {
        words::write(acc, old, new.as_deref(), Reading::Prose, ["<del>", "</del>"]);
    }
    if old.is_some() && new.is_some() {
        acc.raw(" \u{2192} ");
    }
    if let Some(new) = &new {
        words::write(acc, new, old.as_deref(), Reading::Prose, ["<ins>", "</ins>"]);
    }
    acc.raw("</span>");
}

fn reach(acc: &mut Markup, all: &[Reach]) {
    if all.is_empty() {
        return;
    }
    acc.raw("<details class=\"reach\"><summary>Reaches ").number(all.len());
    acc.raw(if all.len() == 1 { " operation" } else { " operations" });
    acc.raw("</summary>\n<ul>\n");
    for it in all {
        acc.raw("<li><code class=\"find\">").text(&it.operation).raw("</code> ");
        acc.text(&it.positions.join(", ")).raw("</li>\n");
    }
    acc.raw("</ul>\n</details>\n");
}
