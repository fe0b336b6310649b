//! Probes whether errors show anything sensitive, in any rendering.

use std::error::Error;

use tamarack_runtime::TransportError;

use crate::Finding;
use crate::server::MARKS;

pub(crate) fn check(errors: &[TransportError]) -> Finding {
    for error in errors {
        for text in renderings(error) {
            let shown = MARKS.into_iter().chain(["http://"]).find(|mark| text.contains(mark));
            if let Some(mark) = shown {
                return Err(format!("an error of the kind {:?} shows `{mark}`", error.kind()));
            }
        }
    }
    Ok(())
}

fn renderings(error: &TransportError) -> Vec<String> {
    let mut acc = Vec::new();
    let mut next: Option<&(dyn Error + 'static)> = Some(error);
    while let Some(error) = next {
        acc.extend([format!("{error}"), format!("{error:?}"), format!("{error:#?}")]);
        next = error.source();
    }
    acc
}
