//! Applies the `accept` entries of the overlay to the diagnostics, and decides how the run ends.
//!
//! One node that cannot be generated must not cost the whole document, so a
//! skip is no error by itself. Under [`Mode::Strict`] it is one until the
//! overlay accepts it with a reason; and so is an acceptance that no skip needs
//! any more, so that an overlay never outlives the gaps it was written for.
//! Without strict nothing needs an acceptance and one too many loses nothing:
//! it is a warning. Every other entry changes what is generated, and a secret
//! that is not found would be printed: those stop the run in both modes.

use std::collections::BTreeMap;
use std::iter;

use serde::Deserialize;
use toml::Spanned;

use crate::codes;
use crate::diagnostic::{Diagnostic, Loss, Severity};
use crate::input::Text;
use crate::overlay::{self, Acceptance};
use crate::pointer::Pointer;

/// How to treat a skip that the overlay does not accept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// A skip.
    Lenient,
    /// An error.
    Strict,
}

/// How a run ends. Of several documents, the worst one counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The result can be used.
    Sound,
    /// An overlay entry matches nothing or does not fit; or the mode does not
    /// allow a diagnostic.
    Refused,
    /// The document or the overlay cannot be read.
    Unreadable,
    /// There is a bug in the generator, which a diagnostic reports.
    Bug,
}

/// The diagnostics of a run, divided by the overlay.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Judged {
    /// The diagnostics to print.
    pub open: Vec<Diagnostic>,
    /// The skips that the overlay accepts.
    pub accepted: Vec<Diagnostic>,
}

/// A fault of an overlay that stops a run in both modes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OverlayFault {
    /// It cannot be read.
    Unreadable,
    /// An entry matches nothing, or does not fit its node.
    Misfit,
}

impl Judged {
    /// Returns the fault of the overlay. With one, nothing may be generated or
    /// compared, since a secret might be missing.
    pub fn overlay_fault(&self) -> Option<OverlayFault> {
        let is_error = |it: &&Diagnostic| it.severity == Severity::Error;
        let mut errors = self.open.iter().filter(is_error);
        if errors.clone().any(|it| it.code == codes::OVERLAY_SYNTAX) {
            return Some(OverlayFault::Unreadable);
        }
        errors.any(|it| codes::is_overlay_misfit(it.code)).then_some(OverlayFault::Misfit)
    }

    /// Returns how a run without a model ends.
    pub(crate) fn without_model(&self) -> Verdict {
        match self.overlay_fault() {
            _ if self.reports_a_bug() => Verdict::Bug,
            Some(OverlayFault::Misfit) => Verdict::Refused,
            None if self.open.iter().any(|it| codes::is_of_settings(it.code)) => Verdict::Refused,
            Some(OverlayFault::Unreadable) | None => Verdict::Unreadable,
        }
    }

    /// Returns how a run with a model ends.
    pub(crate) fn with_model(&self, mode: Mode) -> Verdict {
        match mode {
            _ if self.reports_a_bug() => Verdict::Bug,
            Mode::Strict if self.has_errors() => Verdict::Refused,
            Mode::Strict | Mode::Lenient => Verdict::Sound,
        }
    }

    fn reports_a_bug(&self) -> bool {
        self.open.iter().any(|it| it.code == codes::BUG)
    }

    /// Returns whether any open diagnostic is an error.
    pub fn has_errors(&self) -> bool {
        self.open.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// Returns all diagnostics: the open ones, then the accepted ones.
    pub fn all(&self) -> Vec<Diagnostic> {
        self.open.iter().chain(&self.accepted).cloned().collect()
    }
}

/// Divides diagnostics by the `accept` entries of the overlay.
///
/// An overlay that cannot be read accepts nothing; the stage `overlay` reports
/// it.
pub fn judge(diagnostics: Vec<Diagnostic>, overlay: Option<&Text>, mode: Mode) -> Judged {
    let (mut judged, unused) = divide(diagnostics, overlay, mode);
    judged.open.extend(unused);
    judged
}

/// Like [`judge`], of a part of a document: an entry that accepts nothing is not reported, since it can be
/// about the rest.
pub fn judge_part(diagnostics: Vec<Diagnostic>, overlay: Option<&Text>, mode: Mode) -> Judged {
    divide(diagnostics, overlay, mode).0
}

/// Divides diagnostics; returns what is to be said of the entries that accept nothing, too.
fn divide(
    diagnostics: Vec<Diagnostic>,
    overlay: Option<&Text>,
    mode: Mode,
) -> (Judged, Vec<Diagnostic>) {
    let acceptances = overlay.map(acceptances).unwrap_or_default();
    let mut index: BTreeMap<(&str, &Pointer), Vec<usize>> = BTreeMap::new();
    for (number, it) in acceptances.iter().enumerate() {
        if let Some(at) = &it.at {
            index.entry((&it.entry.code, at)).or_default().push(number);
        }
    }
    let covering = |diagnostic: &Diagnostic| {
        let above = iter::successors(Some(diagnostic.at.clone()), Pointer::parent);
        let found = above.filter_map(|at| index.get(&(diagnostic.code.0, &at)).cloned());
        found.flatten().collect::<Vec<usize>>()
    };
    let mut used = vec![false; acceptances.len()];
    // Where the stages stopped early, what the others would have said is not known.
    let stopped =
        [codes::SYNTAX, codes::DUPLICATE_KEY, codes::LIMIT, codes::NOT_OPENAPI, codes::SUBSET];
    let ran_to_the_end = !diagnostics
        .iter()
        .any(|it| codes::is_about_overlay(it.code) || stopped.contains(&it.code));
    let mut judged = Judged::default();
    for diagnostic in diagnostics {
        let help = diagnostic.help.map(|it| overlay::in_format_of(overlay, it));
        let diagnostic = Diagnostic { help, ..diagnostic };
        let mut accepted = false;
        if is_gap(&diagnostic) {
            for number in covering(&diagnostic) {
                accepted = true;
                used[number] = true;
            }
        }
        if accepted {
            judged.accepted.push(diagnostic);
        } else if mode == Mode::Strict && is_gap(&diagnostic) {
            judged.open.push(into_error(diagnostic, overlay));
        } else if mode == Mode::Strict && diagnostic.code == codes::UNUSED_OVERLAY {
            // An action that selects nothing has outlived its document.
            judged.open.push(Diagnostic { severity: Severity::Error, ..diagnostic });
        } else {
            judged.open.push(diagnostic);
        }
    }
    // The first thing that each entry would cover, were it a gap.
    let mut covered: BTreeMap<usize, Covered> = BTreeMap::new();
    for diagnostic in &judged.open {
        for number in covering(diagnostic) {
            let worst = covered.entry(number).or_insert(Covered::Warning);
            if diagnostic.severity == Severity::Error {
                *worst = Covered::Error;
            }
        }
    }
    let unused = acceptances.iter().enumerate().filter(|(number, _)| !used[*number]);
    let unused = unused
        .filter(|_| ran_to_the_end)
        .map(|(number, acceptance)| acceptance.unused(covered.get(&number).copied(), mode))
        .collect();
    (judged, unused)
}

/// Returns whether a strict run refuses a diagnostic until it is accepted: a
/// skip, or a name conflict. In other runs a name conflict is only a warning,
/// since nothing is lost; but the replacement name may change with the document.
fn is_gap(diagnostic: &Diagnostic) -> bool {
    let conflicts = [codes::NAME_COLLISION, codes::DUPLICATE_OPERATION_ID];
    diagnostic.severity == Severity::Skipped || conflicts.contains(&diagnostic.code)
}

/// What is at the place of an entry that accepts nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Covered {
    Warning,
    Error,
}

/// An `accept` entry with its place in the overlay.
struct PlacedAcceptance {
    entry: Acceptance,
    /// `None` if the entry's text is not a pointer; then it covers nothing.
    at: Option<Pointer>,
    line: usize,
}

impl PlacedAcceptance {
    /// Reports that the entry accepts nothing, and why if that is known.
    fn unused(&self, covered: Option<Covered>, mode: Mode) -> Diagnostic {
        let Acceptance { code, at, .. } = &self.entry;
        let title = format!("there is no `{code}` at `{at}`");
        let pointer = self.at.clone().unwrap_or_else(Pointer::root);
        let known = codes::ALL.iter().any(|(known, _)| known.0 == code);
        let help = if self.at.is_none() {
            "write `at` as a JSON pointer, for example `#/paths/~1pets/get`"
        } else if !known {
            "there is no such code"
        } else if covered == Some(Covered::Error) {
            "the diagnostic there is an error; only a skip can be accepted"
        } else if covered.is_some() {
            "the diagnostic there is a warning and needs no acceptance"
        } else {
            "delete the entry: the gap is closed or has moved"
        };
        let severity = match mode {
            Mode::Lenient => Severity::Warning,
            Mode::Strict => Severity::Error,
        };
        Diagnostic::new(codes::UNUSED_OVERLAY, severity, pointer, title)
            .label("accepts nothing")
            .help(help)
            .position(self.line, 1)
    }
}

/// Returns the `accept` entries of an overlay, or none if it cannot be read.
fn acceptances(overlay: &Text) -> Vec<PlacedAcceptance> {
    #[derive(Default, Deserialize)]
    struct Accepts {
        #[serde(default)]
        accept: Vec<Spanned<Acceptance>>,
    }

    if overlay::is_standard(overlay) {
        let placed = |(entry, line): (Acceptance, usize)| PlacedAcceptance {
            at: Pointer::parse(&entry.at),
            entry,
            line,
        };
        return overlay::acceptances(overlay).into_iter().map(placed).collect();
    }
    let accepts: Accepts = toml::from_str(&overlay.content).unwrap_or_default();
    let breaks: Vec<usize> = overlay.content.match_indices('\n').map(|(at, _)| at).collect();
    let placed = |spanned: Spanned<Acceptance>| {
        let start = spanned.span().start;
        let line = breaks.partition_point(|at| *at < start) + 1;
        let entry = spanned.into_inner();
        PlacedAcceptance { at: Pointer::parse(&entry.at), entry, line }
    };
    accepts.accept.into_iter().map(placed).collect()
}

/// Makes a skip an error whose help is the entry that accepts it.
fn into_error(diagnostic: Diagnostic, overlay: Option<&Text>) -> Diagnostic {
    let file = overlay.map_or("the overlay", |overlay| overlay.name.as_str());
    let at = match &diagnostic.loss {
        // The cause can lie elsewhere, in a component; then the entry has to name it.
        Loss::Operation(lost) | Loss::Schema(lost) | Loss::Part(lost)
            if lost.holds(&diagnostic.at) =>
        {
            lost
        }
        _ => &diagnostic.at,
    };
    let accept = format!(
        "to accept the gap, add to {file}:\n[[accept]]\ncode = \"{}\"\nat = \"{at}\"\nreason = \"...\"",
        diagnostic.code.0
    );
    let accept = overlay::in_format_of(overlay, accept);
    let help = match &diagnostic.help {
        Some(help) => format!("{help}\nor, {accept}"),
        None => accept,
    };
    Diagnostic { severity: Severity::Error, ..diagnostic }.help(help)
}
