//! Plans how each token source of the client makes its operation from client credentials.

mod body;
mod given;

use super::types::MOST_ARGUMENTS;
use super::{
    Argument, Filled, Item, Making, Place, PlannedOperation, PlannedType, RustType, TokenSource,
    TokenValue, TokenVariant,
};
use crate::api::{Api, CLIENT_CREDENTIALS, Operation, TokenEndpoint, TokenInput};
use crate::diagnostic::Sink;
use crate::name::{Names, ValueIdent};
use given::Given;

/// Gives every operation that is a token endpoint its token source.
pub(super) fn plan_token_sources(
    operations: &mut [PlannedOperation],
    types: &[PlannedType],
    (api, names): (&Api, &Names),
    sink: &mut Sink,
) {
    let found: Vec<_> = (api.operations.iter().enumerate())
        .filter_map(|(index, it)| Some((index, it, it.token_endpoint.as_ref()?)))
        .collect();
    let alone = found.len() == 1;
    for (index, operation, endpoint) in found {
        let own = names.operation(index);
        let method =
            if alone { &names.client().token_source } else { own.token_source.generated(sink) };
        let method = method.clone();
        let context = Context { api, types, operation, endpoint };
        let mut source = context.source(&operations[index], method);
        if source.given.len() > MOST_ARGUMENTS - N_OWN {
            source.bundle = Some(own.token_required.generated(sink).clone());
        }
        operations[index].token_source = Some(source);
    }
}

/// What the method takes beside what its caller gives: the client and the credentials.
const N_OWN: usize = 2;

/// What a token source is planned with.
struct Context<'a> {
    api: &'a Api,
    types: &'a [PlannedType],
    operation: &'a Operation,
    endpoint: &'a TokenEndpoint,
}

impl Context<'_> {
    fn source(&self, planned: &PlannedOperation, method: ValueIdent) -> TokenSource {
        let mut given = Given::default();
        let is_sent = |it: &&Argument| self.role_of(it).is_some() || it.place == Place::Body;
        let sent: Vec<_> = planned.options.iter().filter(is_sent).collect();
        let takes = planned.arguments.iter().map(|it| self.argument(it, &mut given)).collect();
        let mut sets: Vec<_> = sent.iter().map(|it| self.argument(it, &mut given)).collect();
        let mut body = self.body(&mut given);
        if let Some(body) = body.as_mut().filter(|_| planned.has_body_enum()) {
            let first = &planned.encodings[0];
            body.media = Some(TokenVariant {
                union: planned.encoding.clone(),
                variant: first.ident.clone(),
                boxed: matches!(first.ty, RustType::Boxed(_)),
            });
        }
        if body.is_none() {
            sets.retain(|it| !matches!(it.value, TokenValue::Body));
        }
        let bundle = planned.bundled.then(|| planned.required.clone());
        let mut source = TokenSource {
            method,
            given: Vec::new(),
            bundle: None,
            operation: Making { bundle, takes, sets },
            body,
            basic: self.endpoint.basic,
            fields: self.endpoint.fields.clone(),
            deprecated: planned.deprecated || sent.iter().any(|it| it.deprecated),
        };
        source.given = given.name(&mut source);
        source
    }

    /// Returns the argument of an operation with its value; what is not told by the credentials, the
    /// caller gives.
    fn argument(&self, it: &Argument, given: &mut Given) -> Filled {
        if it.place == Place::Body {
            let value = TokenValue::Body;
            return Filled { ident: it.ident.clone(), ty: it.ty.clone(), value };
        }
        let ident = it.ident.clone();
        match self.role_of(it) {
            Some(role) => self.filled(ident, &it.ty, role),
            None => given.filled(&it.ident, &it.ty),
        }
    }

    fn role_of(&self, it: &Argument) -> Option<Role> {
        self.role(TokenInput::Parameter(it.parameter?))
    }

    /// Returns what an input is for.
    fn role(&self, input: TokenInput) -> Option<Role> {
        let TokenEndpoint { grant, id, secret, .. } = self.endpoint;
        let is = |it: &Option<TokenInput>| *it == Some(input);
        match () {
            () if is(grant) => Some(Role::Grant),
            () if is(id) => Some(Role::Id),
            () if is(secret) => Some(Role::Secret),
            () => None,
        }
    }

    fn filled(&self, ident: ValueIdent, ty: &RustType, role: Role) -> Filled {
        let ty = self.behind_aliases(ty);
        let value = match role {
            Role::Id => TokenValue::Id,
            Role::Secret => TokenValue::Secret,
            Role::Grant => self.grant(ty.inner()),
        };
        Filled { ident, ty, value }
    }

    /// Returns the grant as a value of a type: the variant of an enum that lists it, else a text.
    fn grant(&self, ty: &RustType) -> TokenValue {
        let (RustType::Named(ident) | RustType::AsReceived(ident)) = ty else {
            return TokenValue::GrantText;
        };
        let item = self.types.iter().find(|it| it.ident == *ident).map(|it| &it.item);
        let Some(Item::Enum(planned)) = item else { return TokenValue::GrantText };
        match planned.variants.iter().find(|it| it.text == CLIENT_CREDENTIALS) {
            Some(variant) => TokenValue::Grant(ident.clone(), variant.ident.clone()),
            None => unreachable!("a grant that is an enum lists it"),
        }
    }

    /// Returns the type that an alias stands for, also inside of `Option` and `Patch`.
    fn behind_aliases(&self, ty: &RustType) -> RustType {
        match ty {
            RustType::Named(ident) => {
                match self.types.iter().find(|it| it.ident == *ident).map(|it| &it.item) {
                    Some(Item::Alias(inner)) => self.behind_aliases(inner),
                    _ => ty.clone(),
                }
            }
            RustType::Option(inner) => self.behind_aliases(inner).optional(),
            RustType::Patch(inner) => RustType::Patch(Box::new(self.behind_aliases(inner))),
            other => other.clone(),
        }
    }
}

/// What a part of a token request is for.
#[derive(Clone, Copy)]
enum Role {
    Grant,
    Id,
    Secret,
}
