//! Writes the file `validate.rs`: what the values of types and operations are checked for, as items of the macro
//! `validated!`.

use proc_macro2::Literal;

use super::format::{self, Part};
use super::layout::{Code, Piece};
use super::scope::Scope;
use crate::plan::{
    ArgumentPlace, ArgumentRules, Module, PlannedOperation, PlannedRule, PlannedType, Rules,
    RulesOf, RustType, TypeIdent,
};

/// Writes the rules of the types; `None` where the crate is generated without them.
pub(super) fn emit(module: &Module) -> Option<Code> {
    let rules = module.rules.as_ref()?;
    let types = || module.types.iter().zip(&rules.types);
    let scope = Scope::beside_types(&module.shadow);
    let mut before = Vec::new();
    for (is_opaque, word) in [(false, "unruled"), (true, "opaque unruled")] {
        let is_one = |it: &Rules| matches!(it.of, RulesOf::Nothing) && it.is_opaque == is_opaque;
        let names = types().filter(|it| is_one(it.1)).map(|it| named(&it.0.ident, &scope));
        before.extend(unruled(word, names.collect(), &scope));
    }
    let operations = || module.operations.iter().zip(&rules.operations);
    let names = operations()
        .filter(|it| it.1.is_empty())
        .map(|it| scope.text(&RustType::Operation(it.0.ident.clone())));
    before.extend(unruled("opaque unruled", names.collect(), &scope));
    let pieces = types().filter_map(|(planned, rules)| {
        let scope = Scope::beside_types(&module.shadow);
        let text = emit_type(planned, rules, &scope)?;
        Some(Piece::new(planned.ident.as_str(), &planned.group, vec![Part::Text(text)], scope))
    });
    let of_operations = operations().filter(|it| !it.1.is_empty()).map(|(planned, rules)| {
        let scope = Scope::beside_types(&module.shadow);
        let text = emit_operation(planned, rules, &scope);
        Piece::new(planned.ident.as_str(), &planned.group, vec![Part::Text(text)], scope)
    });
    Some(Code {
        pieces: pieces.chain(of_operations).collect(),
        uses: scope.into_uses(),
        before: format::joined(before),
        is_nameless: true,
        ..Code::default()
    })
}

/// Lists what has no rules, so that one that goes breaks no code.
fn unruled(word: &str, mut names: Vec<String>, scope: &Scope<'_>) -> Option<String> {
    if names.is_empty() {
        return None;
    }
    // The order of the document decides nothing.
    names.sort_unstable();
    let before = format!("{}!({word}", scope.name("validated"));
    Some(format::list(&before, &names, ");").replace(" );\n", ");\n"))
}

fn named(ident: &TypeIdent, scope: &Scope<'_>) -> String {
    scope.text(&RustType::Named(ident.clone()))
}

fn emit_type(planned: &PlannedType, rules: &Rules, scope: &Scope<'_>) -> Option<String> {
    let (word, entries) = match &rules.of {
        RulesOf::Alias | RulesOf::Nothing => return None,
        RulesOf::Struct { own, fields, rest, variant } => {
            let mut entries: Vec<_> = fields
                .iter()
                .map(|(ident, name, rules)| {
                    let ident = ident.as_code();
                    format!("{ident}{}{}", rename(&ident, name), list(rules))
                })
                .collect();
            let last = match (rest, variant) {
                (Some(rules), _) => Some(format!("rest additional{}", list(rules))),
                (None, Some(it)) => {
                    let how = if it.is_counted { "counted" } else { "variant" };
                    Some(format!("{how} {}{}", it.ident.as_code(), list(&it.rules)))
                }
                (None, None) => None,
            };
            if let Some(last) = last {
                match entries.last_mut() {
                    Some(entry) => entry.extend(["; ", &last]),
                    None => entries.push(format!("; {last}")),
                }
            }
            ("", with_own(own, rules.is_opaque, entries))
        }
        RulesOf::Union { own, variants } => {
            let entries = variants.iter().map(|(ident, key, rules)| {
                let key = key.as_ref().map(|it| format!(" at {}", Literal::string(it)));
                format!("{ident}{}{}", key.unwrap_or_default(), list(rules))
            });
            let word = if variants.is_empty() { "" } else { "union " };
            (word, with_own(own, rules.is_opaque, entries.collect()))
        }
        RulesOf::Text(rules) => ("text ", rules.iter().map(rule).collect()),
        RulesOf::Newtype(rules) => ("newtype ", rules.iter().map(rule).collect()),
    };
    let opaque = if rules.is_opaque { "opaque " } else { "" };
    let before =
        format!("{}!({opaque}{word}{} {{", scope.name("validated"), named(&planned.ident, scope));
    Some(format::list(&before, &entries, "});"))
}

/// Puts the rules of a value as a whole before the others. One with a secret in it is not written to be looked at.
fn with_own(own: &[PlannedRule], is_opaque: bool, mut entries: Vec<String>) -> Vec<String> {
    if !own.is_empty() && !is_opaque {
        let own = list(own).trim_start().to_owned();
        match entries.first_mut() {
            Some(entry) => entry.insert_str(0, &format!("{own} ")),
            None => entries.push(own),
        }
    }
    entries
}

fn emit_operation(
    planned: &PlannedOperation,
    rules: &[ArgumentRules],
    scope: &Scope<'_>,
) -> String {
    let entries: Vec<_> = rules
        .iter()
        .map(|it| {
            let ident = it.ident.as_code();
            match it.place {
                ArgumentPlace::Parameter(place) => {
                    format!("{place} {ident}{}{}", rename(&ident, &it.wire_name), list(&it.rules))
                }
                ArgumentPlace::Body => format!("body {ident}{}", list(&it.rules)),
            }
        })
        .collect();
    let name = scope.text(&RustType::Operation(planned.ident.clone()));
    format::list(&format!("{}!(operation {name} {{", scope.name("validated")), &entries, "});")
}

/// Writes the name of a field on the wire, where it is another one.
fn rename(ident: &str, name: &str) -> String {
    if ident == name { String::new() } else { format!(" as {}", Literal::string(name)) }
}

/// Writes rules in brackets, behind what they are for.
fn list(rules: &[PlannedRule]) -> String {
    if rules.is_empty() { String::new() } else { format!(" [{}]", joined(rules)) }
}

fn joined(rules: &[PlannedRule]) -> String {
    rules.iter().map(rule).collect::<Vec<_>>().join(", ")
}

fn rule(it: &PlannedRule) -> String {
    match it {
        PlannedRule::Word(name) => (*name).to_owned(),
        PlannedRule::Count(name, n) => format!("{name}({n})"),
        PlannedRule::Text(name, text) => format!("{name}({})", Literal::string(text)),
        PlannedRule::Within(name, inner) => format!("{name}([{}])", joined(inner)),
    }
}
