//! Servers and security schemes in, the names of credentials, server variables and their values out.

use std::collections::BTreeSet;

use super::scope::Scope;
use super::{Member, TypeIdent, ValueIdent, claim_variant, numbered};
use crate::api::{Api, SecurityScheme, ServerVariable};
use crate::diagnostic::Sink;

/// The names of what the file of a client holds beside its methods.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientNames {
    /// One for each security scheme of the model.
    pub credentials: Vec<CredentialNames>,
    /// One for each variable of the first server.
    pub variables: Vec<VariableNames>,
}

/// The names of a security scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CredentialNames {
    /// The variant of the enum of credentials.
    pub variant: TypeIdent,
    /// The function that takes a provider of tokens.
    pub from: ValueIdent,
}

/// The names of a server variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariableNames {
    /// The field.
    pub field: ValueIdent,
    /// The enum of its values, where the document lists some.
    pub ty: TypeIdent,
    /// The variants, one for each value; none where an earlier value is the same.
    pub values: Vec<Option<TypeIdent>>,
}

/// Names what the file of a client holds beside its methods.
pub(super) fn name_client(api: &Api, sink: &mut Sink) -> ClientNames {
    let variables = api.servers.first().map_or(&[][..], |it| it.variables.as_slice());
    let fields = name_fields(variables, sink);
    let types = name_value_types(&fields, variables, sink);
    let variables = (variables.iter().zip(fields).zip(types))
        .map(|((variable, field), ty)| VariableNames {
            values: name_values(variable, sink),
            field,
            ty,
        })
        .collect();
    ClientNames { credentials: name_credentials(&api.security_schemes, sink), variables }
}

fn name_credentials(schemes: &[SecurityScheme], sink: &mut Sink) -> Vec<CredentialNames> {
    let mut scope = Scope::new("credential", sink);
    (schemes.iter())
        .map(|scheme| {
            let wanted = TypeIdent::new(&scheme.name);
            let given = scope
                .claim(wanted.to_string(), &scheme.pointer, |ordinal| format!("{wanted}{ordinal}"));
            // Names that differ in camel case differ in snake case.
            let text = if given == wanted.as_str() { &scheme.name } else { &given };
            let from = ValueIdent::new(text).with_suffix("_from");
            CredentialNames { variant: TypeIdent::given(given), from }
        })
        .collect()
}

fn name_fields(variables: &[ServerVariable], sink: &mut Sink) -> Vec<ValueIdent> {
    let mut scope = Scope::new("server variable", sink);
    (variables.iter())
        .map(|variable| {
            let wanted = ValueIdent::new(&variable.name);
            ValueIdent::given(
                scope.claim(wanted.to_string(), &variable.pointer, |ordinal| {
                    numbered(&wanted, ordinal)
                }),
            )
        })
        .collect()
}

/// Names the enums of values, which stand beside the types that every client has.
fn name_value_types(
    fields: &[ValueIdent],
    variables: &[ServerVariable],
    sink: &mut Sink,
) -> Vec<TypeIdent> {
    let mut scope = Scope::new("type", sink);
    for name in ["Client", "Credential", "Server"] {
        scope.reserve(name);
    }
    (fields.iter().zip(variables))
        .map(|(field, variable)| {
            let wanted = TypeIdent::new(&format!("Server_{field}"));
            if variable.values.is_empty() {
                return wanted;
            }
            TypeIdent::given(scope.claim(wanted.to_string(), &variable.pointer, |ordinal| {
                format!(
                    "{wanted}Value{}",
                    if ordinal == 2 { String::new() } else { ordinal.to_string() }
                )
            }))
        })
        .collect()
}

fn name_values(variable: &ServerVariable, sink: &mut Sink) -> Vec<Option<TypeIdent>> {
    let mut scope = Scope::new("variant", sink);
    scope.reserve("Unrecognized");
    let mut seen = BTreeSet::new();
    let list = variable.pointer.child("enum");
    (variable.values.iter().enumerate())
        .map(|(index, text)| {
            if !seen.insert(text) {
                return None;
            }
            match claim_variant(&mut scope, text, &list.index(index), "Value") {
                Member::Variant(ident) => Some(ident),
                Member::Field(_) => unreachable!("a variant was asked for"),
            }
        })
        .collect()
}
