//! Writes the summary: the worst verdict of each column and its number of rows.

use super::markup::Markup;
use super::page::Page;
use super::tone::{Column, Tone};
use crate::{Fate, Finding, Kind};

/// Writes the totals and one card for each column; where it makes a difference
/// one for what became of the changes and one for what is accepted.
pub(super) fn write(acc: &mut Markup, page: &Page<'_>, bump: &str) {
    acc.raw("<section id=\"summary\" aria-labelledby=\"summary-title\">\n");
    acc.raw("<h2 id=\"summary-title\">Summary</h2>\n<p class=\"totals\">");
    let n_left = page.entries().filter(|it| it.fate() == Fate::Net).count();
    acc.raw("<strong>").number(n_left).raw(if n_left == 1 { " change" } else { " changes" });
    acc.raw("</strong> <span class=\"bump\">").text(bump).raw("</span></p>\n");
    acc.raw("<div class=\"cards\">\n");
    for column in Column::ALL {
        let (word, tone) = column.word(page.verdict);
        let count = |word: &str| {
            let left = page.entries().filter(|it| it.fate() == Fate::Net);
            left.filter(|it| column.word(it.finding.verdict).0 == word).count()
        };
        let counts: Vec<_> =
            column.words().into_iter().map(|(word, tone)| (word, tone, count(word))).collect();
        let card = Card {
            key: column.key(),
            title: column.title(),
            note: column.question(),
            headline: (word, tone),
            counts,
            chosen: None,
        };
        card.write(acc);
    }
    if page.timeline.is_some() {
        fates(page).write(acc);
    }
    if page.entries().any(|it| it.finding.accepted.is_some()) {
        reviews(page).write(acc);
    }
    if page.entries().any(|it| about_word(it.finding).0 == DOCUMENTATION.0) {
        subjects(page).write(acc);
    }
    acc.raw("</div>\n</section>\n");
}

const API: (&str, Tone) = ("API", Tone::Plain);
const DOCUMENTATION: (&str, Tone) = ("documentation", Tone::Quiet);

/// Returns the card that shows and hides the rows about texts for people.
fn subjects(page: &Page<'_>) -> Card {
    let count = |word: &str| {
        let left = page.entries().filter(|it| it.fate() == Fate::Net);
        left.filter(|it| about_word(it.finding).0 == word).count()
    };
    let counts = [API, DOCUMENTATION].map(|(word, tone)| (word, tone, count(word)));
    // A page of nothing else shows it.
    let is_all = counts[0].2 == 0;
    Card {
        key: "about",
        title: "About",
        note: "Is it the API that changed, or a text about it?",
        headline: if is_all { DOCUMENTATION } else { API },
        counts: counts.to_vec(),
        chosen: (!is_all).then_some(API.0),
    }
}

/// Returns what a change is about, as a word.
pub(super) fn about_word(finding: &Finding) -> (&'static str, Tone) {
    if finding.kind == Kind::DocsChanged { DOCUMENTATION } else { API }
}

/// Returns the card of what became of the changes.
fn fates(page: &Page<'_>) -> Card {
    let counts = [Fate::Net, Fate::Reverted, Fate::Absorbed].map(|fate| {
        let (word, tone) = fate_word(fate);
        (word, tone, page.entries().filter(|it| it.fate() == fate).count())
    });
    let headline = match counts[1].2 {
        0 => ("none reverted", Tone::Quiet),
        _ => ("some reverted", Tone::Plain),
    };
    Card {
        key: "history",
        title: "On the way",
        note: "Is the change still there in the last version?",
        headline,
        counts: counts.to_vec(),
        chosen: Some("net"),
    }
}

/// Returns the card of what is accepted.
fn reviews(page: &Page<'_>) -> Card {
    let count = |word: &str| {
        let left = page.entries().filter(|it| it.fate() == Fate::Net);
        left.filter(|it| review_word(it.finding).0 == word).count()
    };
    let counts = [("open", Tone::Plain), ("accepted", Tone::Quiet)];
    let counts: Vec<_> = counts.into_iter().map(|(word, tone)| (word, tone, count(word))).collect();
    Card {
        key: "review",
        title: "Review",
        note: "Has somebody accepted the change, with a reason?",
        headline: if counts[0].2 == 0 {
            ("all accepted", Tone::Fine)
        } else {
            ("some open", Tone::Plain)
        },
        counts,
        chosen: None,
    }
}

/// Returns whether somebody has accepted a change, as a word.
pub(super) fn review_word(finding: &Finding) -> (&'static str, Tone) {
    match finding.accepted {
        Some(_) => ("accepted", Tone::Quiet),
        None => ("open", Tone::Plain),
    }
}

/// Returns the word of a fate.
pub(super) fn fate_word(fate: Fate) -> (&'static str, Tone) {
    match fate {
        Fate::Net => ("net", Tone::Plain),
        Fate::Reverted => ("reverted", Tone::Quiet),
        Fate::Absorbed => ("absorbed", Tone::Quiet),
    }
}

struct Card {
    key: &'static str,
    title: &'static str,
    note: &'static str,
    headline: (&'static str, Tone),
    counts: Vec<(&'static str, Tone, usize)>,
    /// The word that is filtered by when nothing else is chosen.
    chosen: Option<&'static str>,
}

impl Card {
    fn write(&self, acc: &mut Markup) {
        acc.raw("<div class=\"card\">\n<h3 id=\"facet-").raw(self.key).raw("\">");
        acc.raw(self.title).raw("</h3>\n<p class=\"headline ").raw(self.headline.1.class());
        acc.raw("\">").raw(self.headline.0).raw("</p>\n<p class=\"note\">").raw(self.note);
        acc.raw("</p>\n");
        bar(acc, &self.counts);
        acc.raw("<ul class=\"counts\" data-facet=\"").raw(self.key).raw("\"");
        if let Some(word) = self.chosen {
            acc.raw(" data-default=\"").raw(word).raw("\"");
        }
        acc.raw(" aria-labelledby=\"facet-").raw(self.key).raw("\">\n");
        for (word, tone, count) in &self.counts {
            acc.raw("<li class=\"").raw(tone.class());
            acc.raw(if *count == 0 { " zero" } else { "" }).raw("\" data-word=\"").raw(word);
            acc.raw("\"><span class=\"word\">").raw(word);
            acc.raw("</span> <span class=\"count\">").number(*count).raw("</span></li>\n");
        }
        acc.raw("</ul>\n</div>\n");
    }
}

/// Writes the counts as parts of one line; the numbers stand below it.
fn bar(acc: &mut Markup, counts: &[(&'static str, Tone, usize)]) {
    const WIDTH: usize = 1000;
    let total: usize = counts.iter().map(|it| it.2).sum();
    if total == 0 {
        return;
    }
    acc.raw("<svg class=\"bar\" viewBox=\"0 0 1000 8\" preserveAspectRatio=\"none\"");
    acc.raw(" aria-hidden=\"true\">");
    let mut before = 0;
    for (_, tone, count) in counts {
        let (start, end) = (before * WIDTH / total, (before + count) * WIDTH / total);
        before += count;
        if end > start {
            acc.raw("<rect class=\"").raw(tone.class()).raw("\" x=\"").number(start);
            acc.raw("\" width=\"").number(end - start).raw("\" height=\"8\"/>");
        }
    }
    acc.raw("</svg>\n");
}
