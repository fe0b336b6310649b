//! Marks the changes that an accept file lists and that have not expired.

use std::path::Path;
use std::time::{SystemTime, UNIX_EPOCH};

use tamarack_diff::{Acceptances, Date, Diff};

use crate::{Exit, input, say};

/// Reads an accept file and says all that is wrong with it.
pub(crate) fn read(path: Option<&Path>) -> Result<Acceptances, Exit> {
    let Some(path) = path else { return Ok(Acceptances::default()) };
    let text = input::read(path)?;
    Acceptances::parse(&text).map_err(|wrong| {
        for remark in wrong {
            say::err(&format!("error: {remark}\n"));
        }
        Exit::Unreadable
    })
}

/// Marks what is accepted today and says which entries do nothing.
pub(crate) fn mark<'a>(accepted: &Acceptances, diffs: impl IntoIterator<Item = &'a mut Diff>) {
    for remark in accepted.mark(diffs, today()) {
        say::err(&format!("warning: {remark}\n"));
    }
}

/// Returns the day in UTC, so that it is the same for all who look at once.
fn today() -> Date {
    const SECONDS_OF_A_DAY: u64 = 24 * 60 * 60;
    let now = SystemTime::now();
    // A clock that is set before 1970 lets nothing expire.
    let seconds = now.duration_since(UNIX_EPOCH).map_or(0, |it| it.as_secs());
    Date::of_days(seconds / SECONDS_OF_A_DAY).unwrap_or(Date::LAST)
}
