//! The report of the probes: which duties are honoured, and what was observed otherwise.

use std::collections::BTreeSet;
use std::fmt;

/// A duty of [`Transport`](tamarack_runtime::Transport).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Duty {
    /// The request goes out as it is, the response comes back as it is, once.
    AsItIs,
    /// Its futures are run as it says ([`Transport::mode`](tamarack_runtime::Transport::mode)).
    Mode,
    /// A status of 4xx or 5xx is not an error.
    StatusIsNoError,
    /// No redirect is followed.
    NoRedirect,
    /// The deadline is total.
    TotalDeadline,
    /// The body is capped while it is read.
    BodyCap,
    /// The head and what stands around the body are capped while they are read.
    HeadCap,
    /// Nothing is retried.
    SentOnce,
    /// Nothing is decompressed, and `Accept-Encoding` is not added.
    NoDecompression,
    /// Nothing is added that names the caller or another request.
    NothingAdded,
    /// A short body is an error, which carries what was read.
    ShortBody,
    /// Errors show no URL and no body.
    SilentErrors,
    /// A streamed response is read as it comes, and no faster than it is asked for.
    ReadAsItComes,
    /// The deadlines of a stream: of the head, of a pause, and the total one.
    IdleDeadline,
    /// A streamed response that is cut ends with an error, after what arrived.
    CutStream,
    /// A streamed response that is dropped closes its connection.
    Cancelled,
    /// A streamed request body goes out as it comes, with its length or in chunks.
    SentAsItComes,
    /// A streamed request body that fails aborts the request.
    Aborted,
}

impl Duty {
    /// Every duty, in the order of the report.
    pub const ALL: [Self; 18] = [
        Self::AsItIs,
        Self::Mode,
        Self::StatusIsNoError,
        Self::NoRedirect,
        Self::TotalDeadline,
        Self::BodyCap,
        Self::HeadCap,
        Self::SentOnce,
        Self::NoDecompression,
        Self::NothingAdded,
        Self::ShortBody,
        Self::SilentErrors,
        Self::ReadAsItComes,
        Self::IdleDeadline,
        Self::CutStream,
        Self::Cancelled,
        Self::SentAsItComes,
        Self::Aborted,
    ];

    /// The duties of [`Transport::stream`](tamarack_runtime::Transport::stream).
    pub const STREAMS: [Self; 6] = [
        Self::ReadAsItComes,
        Self::IdleDeadline,
        Self::CutStream,
        Self::Cancelled,
        Self::SentAsItComes,
        Self::Aborted,
    ];
}

impl fmt::Display for Duty {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::AsItIs => "requests and responses pass unchanged",
            Self::Mode => "futures run in the declared mode",
            Self::StatusIsNoError => "a status of 4xx or 5xx is not an error",
            Self::NoRedirect => "no redirect is followed",
            Self::TotalDeadline => "the deadline is total",
            Self::BodyCap => "the size of the body is limited while reading",
            Self::HeadCap => "the sizes of head, trailers and chunk extensions are limited",
            Self::SentOnce => "nothing is retried",
            Self::NoDecompression => "nothing is decompressed",
            Self::NothingAdded => "nothing is added that names the caller or another request",
            Self::ShortBody => "a short body is an error with what was read",
            Self::SilentErrors => "errors show no URL and no body",
            Self::ReadAsItComes => "a stream is read as it comes",
            Self::IdleDeadline => "the deadlines of a stream hold",
            Self::CutStream => "a stream that is cut ends with an error",
            Self::Cancelled => "a stream that is dropped closes its connection",
            Self::SentAsItComes => "a streamed request body goes out as it comes",
            Self::Aborted => "a streamed request body that fails aborts the request",
        })
    }
}

/// One sign that a duty is not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Breach {
    /// The duty.
    pub duty: Duty,
    /// What the server did.
    pub probe: &'static str,
    /// What the transport made of it.
    pub found: String,
}

/// Which duties a transport keeps. `Display` gives a line for each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConformanceReport {
    breaches: Vec<Breach>,
}

impl ConformanceReport {
    pub(crate) fn add(&mut self, duty: Duty, probe: &'static str, finding: Result<(), String>) {
        self.breaches.extend(finding.err().map(|found| Breach { duty, probe, found }));
    }

    /// Returns whether every duty is kept, as far as could be seen.
    pub fn is_kept(&self) -> bool {
        self.breaches.is_empty()
    }

    /// Returns the duties that are not kept.
    pub fn failed(&self) -> BTreeSet<Duty> {
        self.breaches.iter().map(|breach| breach.duty).collect()
    }

    /// Returns each sign that a duty is not kept.
    pub fn breaches(&self) -> &[Breach] {
        &self.breaches
    }

    /// Ends a test whose transport does not keep every duty.
    ///
    /// # Panics
    ///
    /// With the report, where a duty is not kept.
    #[track_caller]
    pub fn assert_kept(&self) {
        assert!(self.is_kept(), "the transport does not keep its duties\n{self}");
    }
}

impl fmt::Display for ConformanceReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for duty in Duty::ALL {
            let mut breaches = self.breaches.iter().filter(|breach| breach.duty == duty).peekable();
            if breaches.peek().is_none() {
                writeln!(f, "kept    {duty}")?;
                continue;
            }
            let seen: Vec<_> =
                breaches.map(|breach| format!("{}: {}", breach.probe, breach.found)).collect();
            writeln!(f, "broken  {duty} ({})", seen.join("; "))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_for_each_duty() {
        let mut report = ConformanceReport::default();
        report.add(Duty::SentOnce, "a server that hangs up", Ok(()));
        assert!(report.is_kept());
        report.add(Duty::SentOnce, "a server that hangs up", Err("3 requests".to_owned()));
        report.add(Duty::SentOnce, "a status of 503", Err("2 requests".to_owned()));
        assert_eq!(report.failed(), BTreeSet::from([Duty::SentOnce]));
        let text = report.to_string();
        assert_eq!(text.lines().count(), Duty::ALL.len());
        let line = "broken  nothing is retried \
                    (a server that hangs up: 3 requests; a status of 503: 2 requests)";
        assert!(text.lines().any(|it| it == line), "{text}");
    }
}
