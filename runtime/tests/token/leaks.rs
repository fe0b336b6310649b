//! Every error of rows 1 to 50 and everything that is logged meanwhile, with the secrets echoed in
//! every form wherever a server has room for a text.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use tamarack_runtime::TransportErrorKind::{
    BodyTooLarge, Connect, Interrupted, Other, Timeout, Tls,
};
use tamarack_runtime::token::{OAuthErrorCode, SendError};

use crate::shown::{Hidden, forms, logs, parts, renderings};
use crate::support::{Act, Rig, SECRET, after, ms, reply, token, typed};

const ID: &str = "client-of-the-tests";
const TOKEN: &str = "t0k3n~?>/of+~?>~the=tests";

/// One row, and what the server does each time that it is asked.
type Fault = (u8, Act);

/// The rows that one answer makes, with a text of the server's choice in each answer.
fn answers(text: &str) -> Vec<Fault> {
    let json = format!("{text:?}");
    let escaped = text.escape_default().to_string();
    let header = |status, name, value: &str| {
        Act::Reply(status, vec![(name, value.to_owned())], text.as_bytes().to_vec())
    };
    let error = |code: &str| format!(r#"{{"error":{code},"error_description":{json}}}"#);
    let token = |rest: &str| format!(r#"{{"access_token":{json}{rest}}}"#);
    let page = format!("<h1>you sent {text}</h1>");
    let mut faults = vec![
        (1, header(307, "Location", &format!("http://{escaped}@127.0.0.1:1/?{escaped}"))),
        (3, header(307, "Location", &format!("http://login.example/{escaped}"))),
        (4, typed(200, "text/html", page.clone())),
        (4, typed(200, &format!("text/{escaped}"), page.clone())),
        (5, typed(502, "text/html", page.clone())),
        (7, header(429, "Retry-After", &escaped)),
        (8, header(429, "Retry-After", "3600")),
        (9, header(503, "Retry-After", &format!("{escaped} 1"))),
        (10, reply(401, error(r#""invalid_client""#))),
        (11, reply(401, format!(r#"{{"message":{json}}}"#))),
        (12, header(401, "WWW-Authenticate", &escaped)),
        (13, reply(403, error(r#""access_denied""#))),
        (14, reply(400, error(&json))),
        (15, reply(400, error("7"))),
        (15, reply(400, error("null"))),
        (16, reply(500, error(r#""invalid_client""#))),
        (17, reply(200, error(r#""invalid_client""#))),
        (17, reply(200, error(&json))),
        (18, reply(200, format!(r#"{{"x":{json},"token_type":"Bearer"}}"#))),
        (18, reply(200, format!(r#"{{"access_token":"\r\n{text}"}}"#))),
        (20, reply(200, token(&format!(r#","token_type":"bearer","expires_in":{json}"#)))),
        (20, reply(200, token(r#","token_type":"bearer","expires_in":0"#))),
        (23, reply(200, token(r#","token_type":"mac""#))),
        (23, reply(200, token(&format!(r#","token_type":{json}"#)))),
        (23, reply(200, token(""))),
        (24, reply(200, format!("[{json}]"))),
        (24, reply(200, json.clone())),
        (25, reply(200, [token("").as_bytes(), b"\xff"].concat())),
        (26, reply(200, token(&format!(r#","access_token":{json}"#)))),
        (27, reply(200, format!("{}{json}", "[".repeat(10_000)))),
        (29, Act::Reply(200, vec![("Content-Encoding", "gzip".to_owned())], text.into())),
        (43, reply(503, page)),
        (45, after(9_500, token_act(text, 10))),
    ];
    for status in [301, 302, 303, 308] {
        faults.push((2, header(status, "Location", &format!("//evil.example/{escaped}"))));
        faults.push((2, header(status, "Location", &format!("//{escaped}.example"))));
    }
    faults
}

/// The rows whose answers are large, or where there is none.
fn others(text: &str) -> Vec<Fault> {
    let large = text.repeat(4_000);
    let mut faults = vec![
        (15, reply(400, format!(r#"{{"error":{large:?},"error_description":{large:?}}}"#))),
        (28, reply(200, large.clone())),
        (28, reply(502, large)),
        (32, Act::Hang),
        (50, Act::Panic),
    ];
    for (row, kind) in [
        (28, BodyTooLarge),
        (30, Interrupted),
        (31, Interrupted),
        (33, Timeout),
        (34, Connect),
        (35, Tls),
        (35, Other),
    ] {
        faults.push((row, Act::Fail(kind)));
    }
    faults
}

fn token_act(text: &str, seconds: u64) -> Act {
    reply(
        200,
        format!(r#"{{"access_token":{text:?},"token_type":"Bearer","expires_in":{seconds}}}"#),
    )
}

/// Meets one fault at first, and again while there is a token that an answer could echo; returns all
/// that anybody could be shown.
fn met(fault: &Act, secret: &str) -> Vec<String> {
    let mut shown = Vec::new();
    // A token that the source does not have is to it a text like any other.
    for n_tokens in usize::from(secret == TOKEN)..=1 {
        let fault = fault.clone();
        let script = move |n| if n < n_tokens { token_act(TOKEN, 3_600) } else { fault.clone() };
        let events = Arc::new(Mutex::new((Vec::new(), Vec::new())));
        let seen = Arc::clone(&events);
        let rig = Rig::with(script, |builder| {
            builder.observer(move |event| {
                let mut seen = seen.lock().unwrap();
                seen.0.push(format!("{event:?} {event:#?}"));
                seen.1.extend(event.error.cloned());
            })
        });
        if n_tokens > 0 {
            rig.read().unwrap();
            rig.clock.advance(ms(2_950_000));
            rig.read_at_once().unwrap();
            rig.run(rig.source.drive());
        }
        // The failure, and what is said at once after it.
        for _ in 0..2 {
            if let Err(error) = rig.read() {
                shown.extend(renderings(&error));
                let error = SendError::Token(error);
                shown.push(format!("{error} {error:?} {error:#?}"));
            }
        }
        shown.push(format!("{:?} {:#?}", rig.source, rig.source));
        let (texts, errors) = std::mem::take(&mut *events.lock().unwrap());
        shown.extend(texts);
        shown.extend(errors.iter().flat_map(renderings));
    }
    shown
}

#[test]
pub(crate) fn fault_53_no_error_and_no_log_shows_a_secret() {
    logs::keep();
    let hidden = Hidden::new(&[SECRET, ID, TOKEN]);
    let mut texts = BTreeSet::new();
    for secret in [SECRET, ID, TOKEN] {
        let parts = parts(secret).iter().map(|(_, text)| (*text).to_owned());
        let answers = forms(secret).into_iter().chain(parts).flat_map(|form| answers(&form));
        for (row, fault) in answers.chain(others(secret)) {
            let shown = met(&fault, secret);
            assert!(shown.len() > 4, "row {row} makes no error");
            texts.extend(shown);
        }
    }
    assert!(texts.len() > 200, "{}", texts.len());
    hidden.assert_absent(&texts);
    let lines = logs::lines();
    assert!(lines.iter().any(|line| line.contains("outcome=\"oauth\"")), "nothing is logged");
    assert!(lines.iter().any(|line| line.contains("refresh ahead failed")));
    hidden.assert_absent(&lines);
}

#[test]
pub(crate) fn fault_53_nothing_else_shows_a_secret() {
    let rig = Rig::new(|n| token(n, 60));
    let got = rig.read().unwrap();
    let shown = format!("{got:?} {got:#?} {:?} {:?}", got.authorization(), rig.source);
    assert!(!shown.contains(SECRET) && !shown.contains("token-0"), "{shown}");
}

/// What becomes of a description with this text, in the answer to a source that has a token.
fn described(text: &str) -> Option<String> {
    let body = format!(r#"{{"error":"invalid_client","error_description":{text:?}}}"#);
    let refused = reply(401, body);
    let script = move |n| if n == 0 { token_act(TOKEN, 3_600) } else { refused.clone() };
    let rig = Rig::new(script);
    rig.read().unwrap();
    rig.clock.advance(ms(2_950_000));
    rig.read_at_once().unwrap();
    rig.run(rig.source.drive());
    let errors = rig.errors();
    let [error] = errors.as_slice() else { panic!("{errors:?}") };
    assert_eq!(error.oauth_code(), Some(&OAuthErrorCode::InvalidClient), "{text}");
    error.description().map(str::to_owned)
}

#[test]
pub(crate) fn fault_53_a_part_of_a_secret_is_withheld_and_less_is_shown() {
    for secret in [SECRET, TOKEN] {
        for (what, part) in parts(secret) {
            assert_eq!(described(&format!("you sent {part}, I think")), None, "{what}");
        }
    }
    // Seven characters of the secret, in a row or before another that is not its next.
    for text in ["you sent s3cr3t~", "you sent e-tests", "s3cr3t~!", "in the tests"] {
        assert_eq!(described(text).as_deref(), Some(text));
    }
    // By chance as much in common with the id, `client-of-the-tests`; and not as much.
    assert_eq!(described("a client-oriented text"), None);
    assert_eq!(described("a client_oriented text").as_deref(), Some("a client_oriented text"));
}
