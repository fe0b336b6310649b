//! Every error of the source, rendered in every way, with secrets echoed in every encoding.

use std::error::Error;

use tamarack_runtime::TransportErrorKind;
use tamarack_runtime::token::TokenError;

use crate::support::{Act, Rig, SECRET, ms, token};

const TOKEN: &str = "t0k3n/of+the=tests";

/// The forms of a secret that the table names, and some more.
fn forms(secret: &str) -> Vec<String> {
    let list: Vec<String> = secret.bytes().map(|byte| byte.to_string()).collect();
    let hex = |prefix: &str| {
        let digits: Vec<String> = secret.bytes().map(|b| format!("{prefix}{b:02X}")).collect();
        digits.concat()
    };
    let wide: Vec<u8> = secret.bytes().rev().flat_map(|byte| [0, byte]).collect();
    vec![
        secret.to_owned(),
        format!("[{}]", list.join(", ")),
        list.join(","),
        hex(""),
        hex("%"),
        base64(format!("{secret}xx").as_bytes()),
        base64(format!("i:{secret}xx").as_bytes()),
        secret.chars().rev().collect(),
        String::from_utf8(wide).unwrap(),
    ]
}

/// What of a form must not be shown: without its ends, where the neighbours matter.
fn core_of(form: &str) -> &str {
    &form[4..form.len() - 4]
}

/// Whole groups of three, another implementation than the crate's.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits: Vec<String> = bytes.iter().map(|byte| format!("{byte:08b}")).collect();
    let bits = bits.concat();
    let sextets = (0..bits.len() / 24 * 4).map(|n| &bits[n * 6..n * 6 + 6]);
    sextets.map(|bits| char::from(ALPHABET[usize::from_str_radix(bits, 2).unwrap()])).collect()
}

fn renderings(error: &TokenError) -> Vec<String> {
    let mut shown = Vec::new();
    let first: &dyn Error = error;
    for cause in std::iter::successors(Some(first), |&cause| cause.source()) {
        shown.extend([format!("{cause}"), format!("{cause:#}")]);
        shown.extend([format!("{cause:?}"), format!("{cause:#?}")]);
    }
    let kept = [error.description(), error.snippet(), error.content_type()];
    shown.extend(kept.into_iter().flatten().map(str::to_owned));
    shown.extend(error.oauth_code().map(|code| format!("{code} {code:?} {}", code.as_str())));
    shown
}

/// Puts a text wherever a server can.
fn echoes(text: &str) -> Vec<Act> {
    let json = format!("{text:?}");
    let header = |name| vec![(name, text.escape_default().to_string())];
    let mut acts = Vec::new();
    for status in [200, 302, 400, 401, 403, 429, 500, 502, 503] {
        for body in [
            text.to_owned(),
            format!("<p>you sent {text}</p>"),
            format!(r#"{{"error":{json}}}"#),
            format!(r#"{{"error":"invalid_client","error_description":"bad: {text}"}}"#),
            format!(r#"{{"access_token":{json}}}"#),
            format!(r#"{{"access_token":{json},"token_type":"mac"}}"#),
            format!(r#"{{"access_token":{json},"token_type":"bearer","expires_in":{json}}}"#),
            format!(r#"{{"access_token":{json},"access_token":{json}}}"#),
            format!(r#"["{text}"#),
        ] {
            acts.push(Act::Reply(status, header("X-Echo"), body.clone().into()));
            acts.push(Act::Reply(status, header("Content-Type"), body.into()));
        }
        for name in ["Location", "Retry-After", "WWW-Authenticate"] {
            acts.push(Act::Reply(status, header(name), Vec::new()));
        }
    }
    acts
}

#[test]
fn fault_53_no_error_shows_a_secret() {
    let mut n_errors = 0;
    for secret in [SECRET, "client-of-the-tests", TOKEN] {
        let hidden: Vec<String> = forms(secret).iter().map(|form| form.to_lowercase()).collect();
        for form in forms(secret) {
            for act in echoes(&form) {
                // The first request has a token, so that there is a current one to echo.
                let body = format!(
                    r#"{{"access_token":"{TOKEN}","token_type":"Bearer","expires_in":3600}}"#
                );
                let first = crate::support::reply(200, body);
                let rig = Rig::new(move |n| if n == 0 { first.clone() } else { act.clone() });
                rig.read().unwrap();
                rig.clock.advance(ms(2_950_000));
                rig.read_at_once().unwrap();
                rig.run(rig.source.drive());
                for shown in rig.errors().iter().flat_map(renderings) {
                    n_errors += 1;
                    let shown = shown.to_lowercase();
                    for form in &hidden {
                        assert!(!shown.contains(core_of(form)), "`{form}` in {shown}");
                    }
                }
            }
        }
    }
    assert!(n_errors > 10_000, "{n_errors}");
}

#[test]
fn fault_53_nothing_else_shows_a_secret() {
    let rig = Rig::new(|n| token(n, 60));
    let got = rig.read().unwrap();
    let failing = Rig::new(|_| Act::Fail(TransportErrorKind::Tls));
    let error = failing.read().unwrap_err();
    let mut shown = renderings(&error);
    shown.push(format!("{got:?} {got:#?} {:?} {:?}", got.authorization(), rig.source));
    for shown in shown {
        assert!(!shown.contains(SECRET) && !shown.contains("token-0"), "{shown}");
    }
}
