//! Reads an accept file: its entries with their places, or all of its faults.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use tamarack::Text;
use toml::Spanned;

use super::date::Date;
use super::{Acceptances, Accepted, Entry};

/// A place in an accept file and what is to be said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The file, as the user wrote it.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is to be said.
    pub message: String,
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    accept: Vec<WrittenEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenEntry {
    fingerprint: Spanned<String>,
    reason: Spanned<String>,
    expires: Option<Spanned<String>>,
}

impl Acceptances {
    /// Reads an accept file. Returns all that is wrong with it, not only the
    /// first.
    pub fn parse(text: &Text) -> Result<Self, Vec<Remark>> {
        let written: Written = toml::from_str(&text.content).map_err(|error| {
            let offset = error.span().map_or(0, |span| span.start);
            vec![remark(text, offset, error.message().trim().to_owned())]
        })?;
        let (mut entries, mut wrong) = (Vec::new(), Vec::new());
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        for it in written.accept {
            let fingerprint = it.fingerprint.get_ref().clone();
            let place = remark(text, it.fingerprint.span().start, String::new());
            let say = |message: String| Remark { message, ..place.clone() };
            if !is_fingerprint(&fingerprint) {
                wrong.push(say(format!(
                    "`{fingerprint}` is no fingerprint: write its 16 digits as a report shows them"
                )));
            } else if let Some(line) = seen.insert(fingerprint.clone(), place.line) {
                wrong.push(say(format!("`{fingerprint}` is accepted in line {line} already")));
            }
            if it.reason.get_ref().trim().is_empty() {
                let message = "say why: an empty `reason` accepts nothing".to_owned();
                wrong.push(remark(text, it.reason.span().start, message));
            }
            let mut expires = None;
            if let Some(written) = &it.expires {
                expires = Date::parse(written.get_ref());
                if expires.is_none() {
                    let message = format!("`{}` is no day: write YYYY-MM-DD", written.get_ref());
                    wrong.push(remark(text, written.span().start, message));
                }
            }
            let accepted = Accepted { reason: it.reason.into_inner(), expires };
            entries.push(Entry { fingerprint, accepted, place });
        }
        if wrong.is_empty() { Ok(Self { entries }) } else { Err(wrong) }
    }
}

/// Returns whether a text is what a report shows as a fingerprint.
fn is_fingerprint(text: &str) -> bool {
    text.len() == 16 && text.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'))
}

fn remark(text: &Text, offset: usize, message: String) -> Remark {
    let before = text.content.get(..offset).unwrap_or_default();
    Remark {
        file: text.name.clone(),
        line: before.matches('\n').count() + 1,
        column: before.rsplit('\n').next().unwrap_or_default().chars().count() + 1,
        message,
    }
}
