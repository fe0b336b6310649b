//! What was received of Prism and what the client made of it in, whose fault it is where something is wrong out.

use serde_json::Value;
use tamarack_reader::document::Node;
use tamarack_reader::document::operation::{Operation, Response};

use crate::calls::Source;

/// What came of a call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The request is what the document declares, and the response came out as what it declares.
    Right,
    /// The request was not sent, or Prism says what is wrong with it.
    Refused(String),
    /// The response fits the document and was not decoded.
    Undecoded(String),
    /// The response, an example of the document in most cases, does not fit its own schema.
    Unfit,
    /// Prism has no response.
    Prism(String),
}

/// Judges a call by what the program told of it.
pub(crate) fn judge(source: Source<'_>, operation: &Operation<'_>, told: &Value) -> Verdict {
    let text = |key: &str| told[key].as_str().unwrap_or_default();
    let outcome = text("outcome");
    let why = || format!("{outcome}: {}", text("why"));
    if matches!(outcome, "not built" | "not sent") {
        return Verdict::Refused(why());
    }
    if let Some(violations) = of_request(text("violations")) {
        return Verdict::Refused(violations);
    }
    let Some(status) = told["status"].as_u64() else { return Verdict::Undecoded(why()) };
    if let Some(problem) = problem(text("media_type"), text("response")) {
        return problem;
    }
    let Some(response) = response(operation, status) else {
        return Verdict::Prism(format!("{status} is not declared"));
    };
    match outcome {
        "success" | "declared" if (outcome == "success") == (status < 400) => Verdict::Right,
        // A redirect beside a success.
        "declared" if status < 400 => Verdict::Right,
        _ if fits(source, response, text("media_type"), text("response")) => {
            Verdict::Undecoded(format!("{status} is {}", why()))
        }
        _ => Verdict::Unfit,
    }
}

/// Returns the errors of the request among the violations.
fn of_request(violations: &str) -> Option<String> {
    let all: Vec<Value> = match serde_json::from_str(violations) {
        Ok(all) => all,
        // It is cut where there are too many.
        Err(_) if violations.contains("[\"request\"") => return Some(violations.to_owned()),
        Err(_) => return None,
    };
    let is_error = |it: &&Value| it["location"][0] == "request" && it["severity"] == "Error";
    let words: Vec<_> = all.iter().filter(is_error).map(in_words).collect();
    (!words.is_empty()).then(|| words.join("; "))
}

fn in_words(violation: &Value) -> String {
    format!("{} {}", violation["location"], violation["message"])
}

/// Reads an error that is Prism's own.
fn problem(media_type: &str, body: &str) -> Option<Verdict> {
    if !media_type.starts_with("application/problem+json") {
        return None;
    }
    let problem: Value = serde_json::from_str(body).ok()?;
    let (_, code) = problem["type"].as_str()?.split_once("stoplight.io/prism/errors#")?;
    let detail = problem["detail"].as_str().unwrap_or_default();
    let of_request = [
        "UNPROCESSABLE_ENTITY",
        "UNAUTHORIZED",
        "INVALID_CONTENT_TYPE",
        "NO_PATH_MATCHED_ERROR",
        "NO_METHOD_MATCHED_ERROR",
        "NOT_ACCEPTABLE",
    ];
    Some(if of_request.contains(&code) {
        let violations = problem["validation"].as_array().into_iter().flatten();
        let violations: Vec<_> = violations.map(in_words).collect();
        Verdict::Refused(format!("{code}: {detail} {}", violations.join("; ")))
    } else {
        Verdict::Prism(format!("{code}: {detail}"))
    })
}

/// Returns what is declared for a status: itself, its hundred, or the default.
fn response<'o, 'd>(operation: &'o Operation<'d>, status: u64) -> Option<&'o Response<'d>> {
    let keys = [status.to_string(), format!("{}XX", status / 100), "DEFAULT".to_owned()];
    keys.iter().find_map(|key| operation.responses.iter().find(|it| it.status == *key))
}

/// Returns whether a body is what the document declares.
fn fits(source: Source<'_>, response: &Response<'_>, media_type: &str, body: &str) -> bool {
    let essence = |it: &str| it.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let sent = essence(media_type);
    let media = response.content.iter().find(|(name, _)| essence(name) == sent);
    let Some((_, media)) = media else { return response.content.is_empty() };
    let Some(schema) = media.get("schema") else { return true };
    if sent.ends_with("/json") || sent.ends_with("+json") {
        is_valid(source, &schema, body)
    } else {
        true
    }
}

fn is_valid(source: Source<'_>, schema: &Node<'_>, body: &str) -> bool {
    let value: Result<Value, _> = serde_json::from_str(body);
    value.is_ok_and(|it| source.validity.is_valid(&schema.at, &it) != Some(false))
}
