//! Draws a timeline: versions on a line, a mark for each change, an arc for what was reverted.

use std::collections::BTreeMap;

use super::layout::{self, Layout, PITCH};
use super::markup::Markup;
use super::steps;
use super::table;
use super::tone::Tone;
use crate::{Diff, Fate, Row, Step, Timeline};

/// Writes the picture and the table that says the same.
///
/// `anchors` are the names that link to the rows.
pub(super) fn write(acc: &mut Markup, timeline: &Timeline, anchors: &[String]) {
    acc.raw("<section id=\"timeline\" aria-labelledby=\"timeline-title\">\n");
    acc.raw("<h2 id=\"timeline-title\">Timeline</h2>\n<figure>\n");
    acc.raw(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Timeline, drawn\">\n",
    );
    picture(acc, timeline, anchors);
    acc.raw("</div>\n");
    key(acc);
    acc.raw("</figure>\n");
    table::write(acc, timeline, &arcs(timeline));
    acc.raw("</section>\n");
}

/// A finding of a hop with the row it belongs to and the name that links to that.
type Mark<'a> = (Step, &'a Row, &'a str);

/// Returns the marks of each hop: what is left first, then the worst.
fn marks<'a>(timeline: &'a Timeline, anchors: &'a [String]) -> Vec<Vec<Mark<'a>>> {
    let mut acc: Vec<Vec<Mark<'_>>> = vec![Vec::new(); timeline.hops.len()];
    for (row, anchor) in timeline.rows.iter().zip(anchors) {
        for step in &row.steps {
            acc[step.hop].push((*step, row, anchor.as_str()));
        }
    }
    for marks in &mut acc {
        marks.sort_by_key(|(step, row, _)| {
            let tone = Tone::of(timeline.finding(*step).verdict);
            (row.fate, std::cmp::Reverse(tone), step.finding)
        });
    }
    acc
}

fn picture(acc: &mut Markup, timeline: &Timeline, anchors: &[String]) {
    let marks = marks(timeline, anchors);
    let arcs = arcs(timeline);
    let deepest = arcs.keys().map(|(from, to)| to - from).max().unwrap_or_default();
    let layout = Layout::new(&marks.iter().map(Vec::len).collect::<Vec<_>>(), deepest);
    acc.raw("<svg role=\"img\"").attribute("aria-label", &label(timeline));
    acc.attribute("width", &layout.width.to_string());
    acc.attribute("height", &layout.height.to_string());
    acc.attribute("viewBox", &format!("0 0 {} {}", layout.width, layout.height)).raw(">\n");
    for ((from, to), count) in &arcs {
        arc(acc, &layout, (*from, *to), *count);
    }
    axis(acc, timeline, &layout);
    for (hop, marks) in marks.iter().enumerate() {
        for (index, it) in marks.iter().enumerate() {
            mark(acc, timeline, it, layout.cell(hop, index));
        }
    }
    bracket(acc, timeline, &layout);
    acc.raw("</svg>\n");
}

/// How many changes came with one hop and went with another.
pub(super) type Arcs = BTreeMap<(usize, usize), usize>;

fn arcs(timeline: &Timeline) -> Arcs {
    let mut acc = BTreeMap::new();
    for row in timeline.of(Fate::Reverted) {
        if let (Some(first), Some(last)) = (row.steps.first(), row.steps.last()) {
            *acc.entry((first.hop, last.hop)).or_default() += 1;
        }
    }
    acc
}

fn arc(acc: &mut Markup, layout: &Layout, (from, to): (usize, usize), count: usize) {
    let (start, end) = (layout.middle(from), layout.middle(to));
    let (top, peak) = layout.arc(to - from);
    let axis = layout.axis;
    acc.raw("<path class=\"arc\"");
    acc.attribute("d", &format!("M{start} {axis}C{start} {top} {end} {top} {end} {axis}"));
    acc.attribute("stroke-width", &(2 + count.min(16) / 4).to_string()).raw("/>");
    let words = format!("{count} reverted");
    text(acc, "returned", usize::midpoint(start, end), peak - 8, &words);
}

fn axis(acc: &mut Markup, timeline: &Timeline, layout: &Layout) {
    let y = layout.axis;
    line(acc, "axis", [layout.left(), y, layout.right(), y]);
    for (index, x) in layout.versions.iter().enumerate() {
        acc.raw("<circle class=\"stop\"").attribute("cx", &x.to_string());
        acc.attribute("cy", &y.to_string()).raw(" r=\"5\"/>");
        text(acc, "version", *x, y + 24, &layout::shortened(&timeline.label(index)));
    }
    for (hop, diff) in timeline.hops.iter().enumerate() {
        text(acc, "changes", layout.middle(hop), y + 24, &changes(diff));
    }
}

fn mark(acc: &mut Markup, timeline: &Timeline, (step, row, anchor): &Mark<'_>, [x, y]: [usize; 2]) {
    let finding = timeline.finding(*step);
    acc.raw("<a tabindex=\"-1\"").attribute("href", &format!("#{anchor}"));
    acc.raw("><title>").text(&format!("{}: {}. ", finding.subject, finding.kind.title()));
    acc.text(&steps::sentence(timeline, row)).raw("</title>");
    shape(acc, Tone::of(finding.verdict), row.fate, [x, y]);
    acc.raw("</a>\n");
}

/// Writes a mark around a point: the form tells the tone without its colour.
fn shape(acc: &mut Markup, tone: Tone, fate: Fate, [x, y]: [usize; 2]) {
    acc.raw("<path class=\"mark ").raw(tone.class());
    acc.raw(match fate {
        Fate::Net => "\"",
        Fate::Reverted => " ghost\"",
        Fate::Absorbed => " hollow\"",
    });
    let form = match tone {
        Tone::Bad => "m0-6 6 6-6 6-6-6z",
        Tone::Unknown => "m-5-5h10v10h-10z",
        Tone::Careful => "m0-6 6 11h-12z",
        Tone::Fine => "m-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z",
        Tone::Plain | Tone::Quiet => "m-3 0a3 3 0 1 0 6 0a3 3 0 1 0-6 0z",
    };
    acc.attribute("d", &format!("M{x} {y}{form}")).raw("/>");
}

fn bracket(acc: &mut Markup, timeline: &Timeline, layout: &Layout) {
    let (left, right, y) = (layout.left(), layout.right(), layout.bracket);
    let up = y - 8;
    acc.raw("<path class=\"net\"").attribute("d", &format!("M{left} {up}V{y}H{right}V{up}"));
    acc.raw("/>");
    let words = format!("{} from end to end", changes(&timeline.net));
    text(acc, "changes", usize::midpoint(left, right), y + 22, &words);
}

fn line(acc: &mut Markup, class: &'static str, ends: [usize; 4]) {
    acc.raw("<path class=\"").raw(class).raw("\"");
    let [x1, y1, x2, y2] = ends;
    acc.attribute("d", &format!("M{x1} {y1}L{x2} {y2}")).raw("/>");
}

fn text(acc: &mut Markup, class: &'static str, x: usize, y: usize, words: &str) {
    acc.raw("<text class=\"").raw(class).raw("\"").attribute("x", &x.to_string());
    acc.attribute("y", &y.to_string()).raw(">").text(words).raw("</text>\n");
}

/// Writes what the forms mean.
fn key(acc: &mut Markup) {
    const FORMS: [(Tone, Fate, &str); 7] = [
        (Tone::Bad, Fate::Net, "breaking or major"),
        (Tone::Unknown, Fate::Net, "unknown"),
        (Tone::Careful, Fate::Net, "potentially breaking"),
        (Tone::Fine, Fate::Net, "compatible or minor"),
        (Tone::Plain, Fate::Net, "patch or none"),
        (Tone::Fine, Fate::Reverted, "outline: reverted"),
        (Tone::Fine, Fate::Absorbed, "dashed: absorbed"),
    ];
    acc.raw("<figcaption><ul class=\"key\">");
    for (tone, fate, words) in FORMS {
        acc.raw("<li><svg width=\"16\" height=\"16\" aria-hidden=\"true\">");
        shape(acc, tone, fate, [PITCH / 2 + 1, PITCH / 2 + 1]);
        acc.raw("</svg> ").raw(words).raw("</li>");
    }
    acc.raw("</ul></figcaption>\n");
}

/// Returns what the picture shows, in one sentence.
fn label(timeline: &Timeline) -> String {
    let versions: Vec<_> = (0..timeline.versions.len()).map(|it| timeline.label(it)).collect();
    let versions = versions.join(", ");
    let n_reverted = timeline.of(Fate::Reverted).count();
    format!(
        "The versions {versions} with {} between each and the next; {n_reverted} reverted on the \
         way; {} from end to end. The table below says the same.",
        timeline.hops.iter().map(changes).collect::<Vec<_>>().join(", "),
        changes(&timeline.net)
    )
}

/// Returns how many changes there are, in words.
fn changes(diff: &Diff) -> String {
    match diff.findings.len() {
        1 => "1 change".to_owned(),
        n => format!("{n} changes"),
    }
}
