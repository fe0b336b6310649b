//! The expressions and patterns that generated code is made of: statuses, schemes, lists, texts.

use syn::ext::IdentExt;
use syn::{Expr, ExprLit, Lit, Pat, RangeLimits};

use super::operation::{Read, Scheme, Status};

pub(super) fn read_of(name: &str) -> Result<Read, String> {
    Ok(match name {
        "Json" => Read::Json,
        "Text" => Read::Text,
        "Binary" | "Streamed" => Read::Binary,
        "Events" | "TextEvents" => Read::Events,
        "NamedEvents" => Read::NamedEvents,
        "Lines" => Read::Lines,
        "Empty" => Read::Empty,
        other => return Err(format!("bodies are not read as `{other}`")),
    })
}

/// Returns the texts that a pattern lists.
pub(super) fn texts_of(pattern: &Pat) -> Result<Vec<String>, String> {
    match pattern {
        Pat::Or(it) => {
            let texts: Result<Vec<_>, _> = it.cases.iter().map(texts_of).collect();
            Ok(texts?.concat())
        }
        Pat::Lit(it) => match &it.lit {
            Lit::Str(text) => Ok(vec![text.value()]),
            _ => Err("a pattern that is no text".to_owned()),
        },
        _ => Err("a pattern that is no text".to_owned()),
    }
}

/// Returns the statuses that a pattern takes.
pub(super) fn statuses_of(pattern: &Pat) -> Result<Vec<Status>, String> {
    let wrong = || "a pattern that is no status".to_owned();
    match pattern {
        Pat::Wild(_) => Ok(vec![Status::Default]),
        Pat::Or(it) => {
            Ok(it.cases.iter().map(statuses_of).collect::<Result<Vec<_>, _>>()?.concat())
        }
        Pat::Lit(it) => number(&it.lit).map(|it| vec![Status::Exact(it)]).ok_or_else(wrong),
        Pat::Range(it) if matches!(it.limits, RangeLimits::Closed(_)) => {
            let end = |it: &Option<Box<Expr>>| match it.as_deref() {
                Some(Expr::Lit(it)) => number(&it.lit),
                _ => None,
            };
            let (from, to) = (end(&it.start).ok_or_else(wrong)?, end(&it.end).ok_or_else(wrong)?);
            let is_hundred = from % 100 == 0 && to == from + 99;
            if is_hundred { Ok(vec![Status::Range(from / 100)]) } else { Err(wrong()) }
        }
        _ => Err(wrong()),
    }
}

fn number(lit: &Lit) -> Option<u16> {
    match lit {
        Lit::Int(it) => it.base10_parse().ok(),
        _ => None,
    }
}

/// `Status::Exact(200)`, `Status::Range(2)`
pub(super) fn status_of(expr: &Expr) -> Result<Status, String> {
    let wrong = "a success that is no status";
    let Expr::Call(call) = expr else { return Err(wrong.to_owned()) };
    let value = match call.args.first() {
        Some(Expr::Lit(it)) => number(&it.lit).ok_or(wrong)?,
        _ => return Err(wrong.to_owned()),
    };
    match last_name(&call.func)?.as_str() {
        "Exact" => Ok(Status::Exact(value)),
        "Range" => Ok(Status::Range(value)),
        _ => Err(wrong.to_owned()),
    }
}

/// `Scheme::Bearer("name")`, `Scheme::Header { scheme: "name", name: "x-key" }`
pub(super) fn scheme(expr: &Expr) -> Result<Scheme, String> {
    match expr {
        Expr::Call(it) => {
            let name = it.args.first().ok_or("a scheme without its name")?;
            Ok(Scheme { name: text(name)?, kind: last_name(&it.func)?, sent_as: None })
        }
        Expr::Struct(it) => {
            let member = |name: &str| {
                let found = it
                    .fields
                    .iter()
                    .find(|it| matches!(&it.member, syn::Member::Named(ident) if ident == name));
                text(&found.ok_or("a scheme without its name")?.expr)
            };
            let kind = it.path.segments.last().map(|it| it.ident.to_string());
            Ok(Scheme {
                name: member("scheme")?,
                kind: kind.unwrap_or_default(),
                sent_as: Some(member("name")?),
            })
        }
        _ => Err("an unknown security scheme".to_owned()),
    }
}

/// Returns the elements of `&[…]`.
pub(super) fn list(expr: &Expr) -> Result<Vec<&Expr>, String> {
    match expr {
        Expr::Reference(it) => list(&it.expr),
        Expr::Array(it) => Ok(it.elems.iter().collect()),
        _ => Err("an expression that is no list".to_owned()),
    }
}

/// Returns the text of a literal.
pub(super) fn text(expr: &Expr) -> Result<String, String> {
    match expr {
        Expr::Lit(ExprLit { lit: Lit::Str(it), .. }) => Ok(it.value()),
        _ => Err("an expression that is no text".to_owned()),
    }
}

pub(super) fn last_name(expr: &Expr) -> Result<String, String> {
    match expr {
        Expr::Path(it) => {
            let last = it.path.segments.last().map(|it| it.ident.unraw().to_string());
            last.ok_or_else(|| "an empty path".to_owned())
        }
        _ => Err("an expression that is no path".to_owned()),
    }
}
