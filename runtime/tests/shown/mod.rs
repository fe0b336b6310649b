//! Turns errors and logs into texts, and looks in them for secrets in every form that servers and
//! programs write one in. Shared by the tests of the token source with and without sockets.

pub(crate) mod logs;
mod parts;

use std::collections::BTreeSet;
use std::error::Error;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use tamarack_runtime::token::TokenError;

pub(crate) use parts::parts;

/// The forms of a secret: plain, lists of bytes, hex, percent, JSON, base64 in three alignments and two
/// alphabets, UTF-16, and backwards.
pub(crate) fn forms(secret: &str) -> Vec<String> {
    let each = |write: fn(u8) -> String| secret.bytes().map(write).collect::<Vec<_>>();
    let list = each(|byte| byte.to_string());
    let wide = |order: fn(u8) -> [u8; 2]| secret.bytes().flat_map(order).collect::<Vec<_>>();
    let (little, big) = (wide(|byte| [byte, 0]), wide(|byte| [0, byte]));
    let backwards = |bytes: &[u8]| bytes.iter().rev().copied().collect::<Vec<_>>();
    let mut forms = vec![
        secret.to_owned(),
        format!("[{}]", list.join(", ")),
        list.join(","),
        each(|byte| format!("{byte:02x}")).concat(),
        each(|byte| format!("{byte:02X}")).concat(),
        each(|byte| format!("%{byte:02X}")).concat(),
        tamarack_runtime::encode::component(&secret),
        secret.chars().rev().collect(),
    ];
    for bytes in [backwards(&little), backwards(&big), little, big] {
        forms.push(String::from_utf8(bytes).expect("the secrets of these tests are ASCII"));
    }
    for before in ["", "i", "id"] {
        let text = format!("{before}{secret}");
        forms.push(STANDARD_NO_PAD.encode(&text));
        forms.push(URL_SAFE_NO_PAD.encode(&text));
    }
    forms
}

/// Every way in which an error can be shown.
pub(crate) fn renderings(error: &TokenError) -> Vec<String> {
    let mut shown = Vec::new();
    let first: &dyn Error = error;
    for cause in std::iter::successors(Some(first), |&cause| cause.source()) {
        shown.extend([format!("{cause}"), format!("{cause:#}")]);
        shown.extend([format!("{cause:?}"), format!("{cause:#?}")]);
    }
    let kept = [error.description(), error.snippet(), error.content_type()];
    shown.extend(kept.into_iter().flatten().map(str::to_owned));
    shown.extend(error.oauth_code().map(|code| format!("{code} {code:?} {}", code.as_str())));
    shown.push(format!("{:?} {:#?}", error.kind(), error.kind()));
    shown
}

/// What no text may hold.
pub(crate) struct Hidden(Vec<String>);

impl Hidden {
    pub(crate) fn new(secrets: &[&str]) -> Self {
        let forms = secrets.iter().flat_map(|secret| forms(secret));
        // As it is, as it reads where it is escaped, and in the `Debug` of that.
        let escaped = |text: &str| text.escape_debug().to_string();
        let forms = forms.flat_map(|form| {
            let (once, twice) = (escaped(&form), escaped(&escaped(&form)));
            BTreeSet::from([form, once, twice])
        });
        // Without the ends, where base64 depends on the neighbours; and without regard to case, in
        // which escapes differ.
        let inner = |form: String| form[4..form.len() - 4].to_lowercase();
        let mut hidden: Vec<_> = forms.map(inner).collect();
        for secret in secrets {
            // Eight characters in a row are as good as the whole, and so are the parts written out.
            let runs = secret.as_bytes().windows(8).map(String::from_utf8_lossy);
            let parts = parts(secret).iter().map(|(_, text)| text.trim_end_matches('=').into());
            hidden.extend(runs.chain(parts).map(|text| text.to_lowercase()));
        }
        Self(hidden)
    }

    /// Returns the first form that a text holds.
    pub(crate) fn found_in(&self, text: &str) -> Option<&str> {
        let text = text.to_lowercase();
        self.0.iter().map(String::as_str).find(|form| text.contains(form))
    }

    #[track_caller]
    pub(crate) fn assert_absent<'a>(&self, texts: impl IntoIterator<Item = &'a String>) {
        for text in texts {
            let found = self.found_in(text);
            assert!(found.is_none(), "`{}` in {text}", found.unwrap_or_default());
        }
    }
}

/// The check itself: every form is found, wherever it stands.
#[test]
fn fault_53_every_form_is_found() {
    for secret in ["s3cr3t~?>/of+~?>~the-tests", "t0k3n~?>/of+~?>~the=tests"] {
        let hidden = Hidden::new(&[secret]);
        for form in forms(secret) {
            assert!(hidden.found_in(&format!("you sent {form}, I think")).is_some(), "{form}");
        }
        assert!(hidden.found_in(&format!("{:?}", secret.as_bytes())).is_some());
        for (what, part) in parts(secret) {
            assert!(hidden.found_in(&format!("you sent {part}, I think")).is_some(), "{what}");
        }
        assert!(hidden.found_in("the token request failed on the wire").is_none());
    }
}
