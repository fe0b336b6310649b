//! Names credentials, server variables and their values.

use std::collections::BTreeSet;

use super::flow::{self, FlowNames};
use super::members::setter;
use super::scope::{Scope, Wish, by_rank};
use super::thing::Thing;
use super::{TypeIdent, ValueIdent, operations};
use crate::api::{Api, NameOf, SecurityScheme, ServerVariable};
use crate::diagnostic::Sink;

/// The names of what the file of a client holds beside the methods of its operations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientNames {
    /// One for each security scheme of the model.
    pub credentials: Vec<CredentialNames>,
    /// One for each variable of the first server.
    pub variables: Vec<VariableNames>,
    /// The method that returns a token source, where the client has one.
    pub token_source: ValueIdent,
}

/// The names of a security scheme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CredentialNames {
    /// The variant of the enum of credentials.
    pub variant: TypeIdent,
    /// The function that takes a provider of tokens.
    pub from: ValueIdent,
    /// The names of its flow, where it has one that a program can do alone.
    pub flow: Option<FlowNames>,
}

/// The names of a server variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariableNames {
    /// The field.
    pub field: ValueIdent,
    /// The method that sets the field.
    pub setter: ValueIdent,
    /// The enum of its values, where the document lists some.
    pub ty: TypeIdent,
    /// The variants, one for each value; none where an earlier value is the same.
    pub values: Vec<Option<TypeIdent>>,
}

/// Names what the file of a client holds beside the methods of its operations.
pub(super) fn name_client(api: &Api, sink: &mut Sink) -> ClientNames {
    let variables = api.servers.first().map_or(&[][..], |it| it.variables.as_slice());
    let fields = name_fields(api, variables, sink);
    let types = name_value_types(api, &fields, variables, sink);
    let variables: Vec<VariableNames> = (variables.iter().zip(fields).zip(types))
        .map(|((variable, field), ty)| VariableNames {
            values: name_values(api, variable, sink),
            setter: setter(&field),
            field,
            ty,
        })
        .collect();
    let taken = types_of(&variables);
    ClientNames {
        credentials: name_credentials(api, &api.security_schemes, &taken, sink),
        variables,
        token_source: operations::token_source(),
    }
}

fn name_credentials(
    api: &Api,
    schemes: &[SecurityScheme],
    types: &[&str],
    sink: &mut Sink,
) -> Vec<CredentialNames> {
    let texts: Vec<_> =
        (schemes.iter()).map(|it| api.given_names.get(&it.pointer, NameOf::Variant)).collect();
    let wishes: Vec<_> = (schemes.iter().zip(&texts))
        .map(|(scheme, given)| Wish {
            thing: Thing::SecurityScheme,
            at: scheme.pointer.clone(),
            name: TypeIdent::new(given.unwrap_or(&scheme.name)).to_string(),
            given: given.is_some(),
            spelling: scheme.name.clone(),
        })
        .collect();
    let mut scope = Scope::new("credential", &[]);
    let variants =
        scope.settle(&wishes, sink, |of, ordinal| format!("{}{ordinal}", wishes[of].name));
    let mut functions = Scope::new("function", &[]);
    let order = by_rank(&wishes);
    // Texts that differ in camel case nearly always differ in snake case.
    let texts: Vec<&str> = (0..schemes.len())
        .map(|index| match texts[index] {
            _ if variants[index] != wishes[index].name => variants[index].as_str(),
            Some(given) => given,
            None => schemes[index].name.as_str(),
        })
        .collect();
    let mut froms: Vec<Option<ValueIdent>> = vec![None; schemes.len()];
    for &index in &order {
        let wanted = ValueIdent::new(texts[index]).followed_by("from");
        froms[index] = Some(flow::name_function(&schemes[index], &wanted, &mut functions));
    }
    // After the names that each scheme has, so that a flow that appears takes none of them.
    let flows = flow::name_flows(api, (&texts, &order), types, &mut functions, sink);
    (variants.iter().zip(froms.into_iter().flatten()).zip(flows))
        .map(|((variant, from), flow)| CredentialNames {
            variant: TypeIdent::given(variant.clone()),
            from,
            flow,
        })
        .collect()
}

/// Returns the types that stand in the file of a client for the values of server variables.
fn types_of(variables: &[VariableNames]) -> Vec<&str> {
    variables.iter().filter(|it| !it.values.is_empty()).map(|it| it.ty.as_str()).collect()
}

fn name_fields(api: &Api, variables: &[ServerVariable], sink: &mut Sink) -> Vec<ValueIdent> {
    let wishes: Vec<_> = (variables.iter())
        .map(|variable| {
            let given = api.given_names.get(&variable.pointer, NameOf::Field);
            Wish {
                thing: Thing::ServerVariable,
                at: variable.pointer.clone(),
                name: ValueIdent::new(given.unwrap_or(&variable.name)).to_string(),
                given: given.is_some(),
                spelling: variable.name.clone(),
            }
        })
        .collect();
    let mut scope = Scope::new("field", &[]);
    let names = scope.settle(&wishes, sink, |of, ordinal| {
        ValueIdent::given(wishes[of].name.clone()).followed_by(ordinal)
    });
    names.into_iter().map(ValueIdent::given).collect()
}

/// Names the enums of values, which are in one module with the types that every client has.
fn name_value_types(
    api: &Api,
    fields: &[ValueIdent],
    variables: &[ServerVariable],
    sink: &mut Sink,
) -> Vec<TypeIdent> {
    let wishes: Vec<_> = (fields.iter().zip(variables))
        .map(|(field, variable)| {
            let given = api.given_names.get(&variable.pointer, NameOf::Values);
            let wanted = given.map_or_else(|| format!("Server_{field}"), str::to_owned);
            Wish {
                thing: Thing::ServerValues,
                at: variable.pointer.clone(),
                name: TypeIdent::new(&wanted).to_string(),
                given: given.is_some(),
                spelling: variable.name.clone(),
            }
        })
        .collect();
    let mut scope = Scope::new("type", &["Client", "Credential", "Server"]);
    let lists_values = |it: &usize| !variables[*it].values.is_empty();
    let indices: Vec<_> = (0..variables.len()).filter(lists_values).collect();
    let claimed: Vec<_> = indices.iter().map(|it| wishes[*it].clone()).collect();
    let names = scope.settle(&claimed, sink, |of, ordinal| {
        let number = if ordinal == 2 { String::new() } else { ordinal.to_string() };
        format!("{}Value{number}", claimed[of].name)
    });
    let mut acc: Vec<_> = wishes.into_iter().map(|it| it.name).collect();
    for (index, name) in indices.into_iter().zip(names) {
        acc[index] = name;
    }
    acc.into_iter().map(TypeIdent::given).collect()
}

fn name_values(api: &Api, variable: &ServerVariable, sink: &mut Sink) -> Vec<Option<TypeIdent>> {
    let mut seen = BTreeSet::new();
    let list = variable.pointer.child("enum");
    let mut wishes = Vec::new();
    let mut is_first = Vec::new();
    for (index, text) in variable.values.iter().enumerate() {
        let at = list.index(index);
        is_first.push(seen.insert(text));
        if is_first[index] {
            let given = api.given_names.get(&at, NameOf::Variant);
            wishes.push(Wish {
                thing: Thing::ServerValue,
                name: TypeIdent::new(given.unwrap_or(text)).to_string(),
                given: given.is_some(),
                spelling: text.clone(),
                at,
            });
        }
    }
    let mut names = super::members::settle_variants(&wishes, "Value", sink).into_iter();
    is_first.into_iter().map(|it| if it { names.next() } else { None }).collect()
}
