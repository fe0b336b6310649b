//! Resolves what a path template has in braces beside names: expressions of RFC 6570, constraints of routes.
//!
//! OpenAPI has names alone (OpenAPI 3.0.4 §4.8.8, "Path Templating"), which can look like anything. So what
//! is declared as a path parameter is one, whatever it looks like. Anything else is read where the declared
//! parameters leave it one meaning: `{?limit}` is a query parameter, `{/id}` is `/{id}`, `{+name}` is a
//! value that can hold slashes. The error says why there is none.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::PathStyle;

use super::path::{TemplatePart, push_literal};

/// The names of the declared parameters.
pub(super) struct Declared<'a> {
    pub(super) path: BTreeSet<&'a str>,
    pub(super) query: BTreeSet<&'a str>,
}

/// A template with nothing but names.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Template {
    pub(super) parts: Vec<TemplatePart>,
    /// How values of expressions are written, where their declaration says nothing.
    pub(super) written: BTreeMap<String, Written>,
    /// What a query expression names that is declared nowhere.
    pub(super) query: Vec<String>,
    /// What was read, as it is written, with what it was read as.
    pub(super) read: Vec<(String, String)>,
    /// What is left out, since a fragment is never sent.
    pub(super) fragment: Option<String>,
}

/// How an expression writes a value (RFC 6570 §3.2).
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Written {
    pub(super) style: Option<PathStyle>,
    pub(super) explode: bool,
    /// Whether reserved characters are left.
    pub(super) reserved: bool,
}

/// What in braces has no meaning, and why.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unread {
    pub(super) text: String,
    pub(super) reason: String,
}

/// Resolves the expressions of a template.
pub(super) fn resolve(path: &[TemplatePart], declared: &Declared<'_>) -> Result<Template, Unread> {
    let mut acc = Template::default();
    for (index, part) in path.iter().enumerate() {
        let rest = &path[index + 1..];
        match part {
            TemplatePart::Literal(text) => acc.literal(text),
            TemplatePart::Parameter(text) if declared.path.contains(text.as_str()) => {
                acc.parts.push(part.clone());
            }
            TemplatePart::Parameter(text) if text.starts_with('#') => {
                let texts = path[index..].iter().map(TemplatePart::to_string);
                acc.fragment = Some(texts.collect());
                break;
            }
            TemplatePart::Parameter(text) if is_expression(text) => {
                let unread = |reason| Unread { text: text.clone(), reason };
                expression(text, rest, declared, &mut acc).map_err(unread)?;
            }
            TemplatePart::Parameter(text) => {
                let name = bare(text).filter(|it| declared.path.contains(it));
                let is_free =
                    |it: &&str| !path.contains(&TemplatePart::Parameter((*it).to_owned()));
                match name.filter(is_free) {
                    Some(name) => {
                        acc.read.push((text.clone(), format!("the path parameter `{name}`")));
                        acc.parts.push(TemplatePart::Parameter(name.to_owned()));
                    }
                    None => acc.parts.push(part.clone()),
                }
            }
        }
    }
    Ok(acc)
}

impl Template {
    fn literal(&mut self, text: &str) {
        match self.parts.last_mut() {
            Some(TemplatePart::Literal(last)) => last.push_str(text),
            _ => push_literal(&mut self.parts, text),
        }
    }
}

/// Returns whether what stands in braces has an operator or a modifier of RFC 6570 (§2.2 to §2.4).
fn is_expression(text: &str) -> bool {
    text.starts_with(['+', '#', '.', '/', ';', '?', '&', '=', ',', '!', '@', '|'])
        || text.ends_with('*')
        || text.contains(',')
        || prefix(text).is_some()
}

/// Returns the length behind the colon of `name:3` (§2.4.1).
fn prefix(text: &str) -> Option<&str> {
    let (_, length) = text.rsplit_once(':')?;
    (!length.is_empty() && length.bytes().all(|it| it.is_ascii_digit())).then_some(length)
}

/// Returns the name in what routers of servers have in braces: `id:int`, `id?`, `path+`, `*path`.
fn bare(text: &str) -> Option<&str> {
    let name = text.split(':').next().unwrap_or_default();
    let name = name.trim_start_matches('*').trim_end_matches(['+', '?']);
    (!name.is_empty() && name != text).then_some(name)
}

/// Reads one expression, with what stands behind it.
fn expression(
    text: &str,
    rest: &[TemplatePart],
    declared: &Declared<'_>,
    acc: &mut Template,
) -> Result<(), String> {
    let operator = text.chars().next().filter(|it| "+./;?&=,!@|".contains(*it));
    let list = operator.map_or(text, |it| &text[it.len_utf8()..]);
    let variables = list.split(',').map(variable).collect::<Result<Vec<_>, _>>()?;
    let names: Vec<_> = variables.iter().map(|(name, _)| format!("`{name}`")).collect();
    let place = if matches!(operator, Some('?' | '&')) { "query" } else { "path" };
    let s = if names.len() == 1 { "" } else { "s" };
    acc.read.push((text.to_owned(), format!("the {place} parameter{s} {}", names.join(", "))));
    let style = match operator {
        Some('?' | '&') => return query(&variables, rest, declared, acc),
        Some('=' | ',' | '!' | '@' | '|') => return Err("its operator has no meaning".to_owned()),
        Some('.') => Some(PathStyle::Label),
        Some(';') => Some(PathStyle::Matrix),
        _ => None,
    };
    for (index, (name, explode)) in variables.into_iter().enumerate() {
        match operator {
            Some('/') if explode => {
                return Err(format!("each value of `{name}` would be a segment of its own"));
            }
            Some('/') => acc.literal("/"),
            Some('+') | None if index > 0 => acc.literal(","),
            _ => {}
        }
        let written = Written { style: style.clone(), explode, reserved: operator == Some('+') };
        acc.written.insert(name.to_owned(), written);
        acc.parts.push(TemplatePart::Parameter(name.to_owned()));
    }
    Ok(())
}

/// Reads a variable: its name, and whether it is exploded.
fn variable(text: &str) -> Result<(&str, bool), String> {
    let text = text.trim();
    if let Some(length) = prefix(text) {
        return Err(format!("only {length} characters of the value would be sent"));
    }
    let name = text.strip_suffix('*').unwrap_or(text);
    if name.is_empty() { Err("it has no name".to_owned()) } else { Ok((name, name != text)) }
}

/// Reads a query expression: its parameters are sent as they are declared, and the path ends before it.
fn query(
    variables: &[(&str, bool)],
    rest: &[TemplatePart],
    declared: &Declared<'_>,
    acc: &mut Template,
) -> Result<(), String> {
    let is_query = |it: &TemplatePart| matches!(it, TemplatePart::Parameter(text) if text.starts_with(['?', '&', '#']));
    if !rest.iter().all(is_query) {
        return Err("a query ends the path".to_owned());
    }
    for (name, _) in variables {
        if declared.query.contains(name) || acc.query.iter().any(|it| it == name) {
            continue;
        }
        if declared.path.contains(name) {
            return Err(format!("it is a query, and `{name}` is declared in the path"));
        }
        acc.query.push((*name).to_owned());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::path::parse;
    use super::*;

    fn resolved(template: &str, path: &[&str], query: &[&str]) -> Result<Template, Unread> {
        let declared = Declared {
            path: path.iter().copied().collect(),
            query: query.iter().copied().collect(),
        };
        resolve(&parse(template).expect("a template"), &declared)
    }

    fn parts(template: &str) -> String {
        let found = resolved(template, &["a", "b"], &["q"]).expect("one meaning");
        found.parts.iter().map(TemplatePart::to_string).collect()
    }

    #[test]
    fn each_operator_of_rfc_6570() {
        // The table of §3.2.1: what stands first, between, and whether names are written.
        for (template, expected) in [
            ("/x/{a,b}", "/x/{a},{b}"),
            ("/x/{+a}", "/x/{a}"),
            ("/x{.a,b}", "/x{a}{b}"),
            ("/x{/a,b}/y", "/x/{a}/{b}/y"),
            ("/x{;a,b*}", "/x{a}{b}"),
            ("/x{?q}", "/x"),
            ("/x?y=1{&q}", "/x?y=1"),
            ("/x{?q*}{&q}", "/x"),
            ("/x/{a}{#b}", "/x/{a}"),
            ("/x/{a*}", "/x/{a}"),
        ] {
            assert_eq!(parts(template), expected, "{template}");
        }
        let written =
            |template: &str| resolved(template, &["a"], &[]).unwrap().written["a"].clone();
        let style = |style, explode| Written { style: Some(style), explode, reserved: false };
        assert_eq!(written("/{.a*}"), style(PathStyle::Label, true));
        assert_eq!(written("/{;a}"), style(PathStyle::Matrix, false));
        assert_eq!(written("/{+a}"), Written { reserved: true, ..Written::default() });
        assert_eq!(resolved("/{a}{#f}/{b}", &[], &[]).unwrap().fragment.unwrap(), "{#f}/{b}");
    }

    #[test]
    fn a_declared_name_is_one_whatever_it_looks_like() {
        for name in ["?a", "a*", "a,b", "a:3", "+a", ".a", "a:int"] {
            let found = resolved(&format!("/{{{name}}}"), &[name, "a"], &[]).unwrap();
            assert_eq!(found.parts[1], TemplatePart::Parameter(name.to_owned()));
            assert_eq!(found.read, []);
        }
    }

    #[test]
    fn routes_of_servers() {
        for template in ["/{a:int}", "/{a?}", "/{a+}", "/{*a}", "/{**a}"] {
            assert_eq!(parts(template), "/{a}", "{template}");
        }
        // Nothing says that these are something else.
        for template in ["/{c:int}", "/{proxy+}", "/{x.y}", "/{a}/{a:int}"] {
            assert_eq!(parts(template), template);
        }
    }

    #[test]
    fn what_is_declared_nowhere_is_a_parameter_as_well() {
        let found = resolved("/{/c}{?d,q,d}", &[], &["q"]).unwrap();
        assert_eq!(found.query, ["d"]);
        assert_eq!(found.parts[1], TemplatePart::Parameter("c".to_owned()));
    }

    #[test]
    fn what_has_no_meaning() {
        for template in
            ["/{a:3}", "/{=a}", "/{|a}", "/{/a*}", "/{?q}/b", "/{?a}", "/{+}", "/{a,}", "/{?}"]
        {
            assert!(resolved(template, &["a"], &["q"]).is_err(), "{template}");
        }
    }
}
