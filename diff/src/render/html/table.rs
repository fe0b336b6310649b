//! Writes a timeline as a table with the content of its picture.

use super::chart::Arcs;
use super::markup::Markup;
use super::tone::Column;
use crate::{Diff, Timeline};

/// Writes one line for each hop and one for the net.
pub(super) fn write(acc: &mut Markup, timeline: &Timeline, arcs: &Arcs) {
    acc.raw("<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"Timeline, as a table\">\n");
    acc.raw("<table>\n<thead><tr><th scope=\"col\">Step</th><th scope=\"col\">Changes</th>");
    for column in Column::ALL {
        acc.raw("<th scope=\"col\">").raw(column.title()).raw("</th>");
    }
    acc.raw("<th scope=\"col\">Reverted later</th><th scope=\"col\">Reverts</th></tr></thead>\n<tbody>\n");
    for (hop, diff) in timeline.hops.iter().enumerate() {
        let sum = |is_it: &dyn Fn(&(usize, usize)) -> bool| -> usize {
            arcs.iter().filter(|(ends, _)| is_it(ends)).map(|(_, n)| n).sum()
        };
        let name = format!("{} \u{2192} {}", timeline.label(hop), timeline.label(hop + 1));
        step(acc, &name, diff, Some([sum(&|it| it.0 == hop), sum(&|it| it.1 == hop)]));
    }
    let last = timeline.versions.len().saturating_sub(1);
    let name = format!("{} \u{2192} {}, end to end", timeline.label(0), timeline.label(last));
    step(acc, &name, &timeline.net, None);
    acc.raw("</tbody>\n</table>\n</div>\n");
}

/// Writes a line of the table; the net has no numbers of what was reverted.
fn step(acc: &mut Markup, name: &str, diff: &Diff, reverted: Option<[usize; 2]>) {
    acc.raw(if reverted.is_some() { "<tr>" } else { "<tr class=\"net\">" });
    acc.raw("<th scope=\"row\">").text(name).raw("</th><td>");
    acc.number(diff.findings.len()).raw("</td>");
    for column in Column::ALL {
        let (word, tone) = column.word(diff.verdict());
        acc.raw("<td><span class=\"chip ").raw(tone.class()).raw("\">").raw(word);
        acc.raw("</span></td>");
    }
    match reverted {
        Some(both) => {
            for count in both {
                acc.raw("<td>").number(count).raw("</td>");
            }
        }
        None => {
            acc.raw("<td></td><td></td>");
        }
    }
    acc.raw("</tr>\n");
}
