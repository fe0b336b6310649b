//! Marks the token endpoints among operations, recognised by the shape of request and response, not by name.

use super::{
    Item, PlannedOperation, PlannedStruct, PlannedType, ReplyBody, RustType, Success,
    TokenArgument, TokenSource,
};
use crate::diagnostic::Sink;
use crate::name::{Names, TypeIdent, arguments_beside};

/// Marks every operation that exchanges client credentials for a token (RFC
/// 6749 §4.4): its request has a grant type that can be `client_credentials`
/// and needs id and secret, its response has an access token. Whatever else the
/// request needs is given once, when the source is made.
pub(super) fn plan_token_sources(
    operations: &mut [PlannedOperation],
    types: &[PlannedType],
    names: &Names,
    sink: &mut Sink,
) {
    let found: Vec<_> = (operations.iter().enumerate())
        .filter_map(|(index, operation)| Some((index, recognise(operation, types)?)))
        .collect();
    let alone = found.len() == 1;
    for (index, (request, arguments)) in found {
        let method = if alone {
            &names.client().token_source
        } else {
            names.operation(index).token_source.generated(sink)
        };
        let method = method.clone();
        operations[index].token_source = Some(TokenSource { method, request, arguments });
    }
}

fn recognise(
    operation: &PlannedOperation,
    types: &[PlannedType],
) -> Option<(TypeIdent, Vec<TokenArgument>)> {
    // Whatever else a call needs, nobody could say when a refresh is due.
    let [body] = operation.arguments.as_slice() else { return None };
    let (RustType::Named(request), false) = (&body.ty, operation.bundled) else { return None };
    let Success::One { body: ReplyBody::Json(RustType::Named(reply)), .. } = &operation.success
    else {
        return None;
    };
    let has_token =
        struct_named(reply, types)?.fields.iter().any(|it| it.json_name == "access_token");
    let arguments = arguments(struct_named(request, types)?, types)?;
    has_token.then(|| (request.clone(), arguments))
}

fn struct_named<'a>(ident: &TypeIdent, types: &'a [PlannedType]) -> Option<&'a PlannedStruct> {
    types.iter().find(|it| it.ident == *ident).and_then(|it| match &it.item {
        Item::Struct(planned) => Some(planned),
        _ => None,
    })
}

/// The argument of ours that those of the request stand beside.
const OWN: &str = "credentials";

fn name_given(arguments: &mut [TokenArgument]) {
    let given = |it: &TokenArgument| match it {
        TokenArgument::Given(ident, _) => Some(ident.clone()),
        _ => None,
    };
    let fields: Vec<_> = arguments.iter().filter_map(given).collect();
    let names = arguments_beside(OWN, &fields.iter().collect::<Vec<_>>());
    let idents = arguments.iter_mut().filter_map(|it| match it {
        TokenArgument::Given(ident, _) => Some(ident),
        _ => None,
    });
    for (ident, name) in idents.zip(names) {
        *ident = name;
    }
}

/// Returns what the constructor is called with; `None` when it lacks id or
/// secret, or when the grant is another.
fn arguments(request: &PlannedStruct, types: &[PlannedType]) -> Option<Vec<TokenArgument>> {
    let grant_at = request.fields.iter().position(|it| it.json_name == "grant_type")?;
    let (enum_ident, variant) = client_credentials(&request.fields[grant_at].ty, types)?;
    let filled = request.constructor.fills.iter().any(|(index, _)| *index == grant_at);
    if request.constructor.bundle.is_some()
        || !(filled || request.constructor.takes.contains(&grant_at))
    {
        return None;
    }
    let arguments: Option<Vec<_>> = (request.constructor.takes.iter())
        .map(|index| match request.fields[*index].json_name.as_str() {
            "client_id" if is_text(&request.fields[*index].ty) => Some(TokenArgument::Id),
            "client_secret" if is_text(&request.fields[*index].ty) => Some(TokenArgument::Secret),
            "client_id" | "client_secret" => None,
            "grant_type" => Some(TokenArgument::Grant(enum_ident.clone(), variant.clone())),
            _ => {
                let field = &request.fields[*index];
                Some(TokenArgument::Given(field.ident.clone(), field.ty.clone()))
            }
        })
        .collect();
    let mut arguments = arguments?;
    let has = |wanted: fn(&TokenArgument) -> bool| arguments.iter().any(wanted);
    let complete =
        has(|it| matches!(it, TokenArgument::Id)) && has(|it| matches!(it, TokenArgument::Secret));
    name_given(&mut arguments);
    complete.then_some(arguments)
}

/// Credentials are text, marked as secret or not.
fn is_text(ty: &RustType) -> bool {
    matches!(ty, RustType::String | RustType::Secret)
}

/// Returns the variant for `client_credentials` of an enum that lists it.
fn client_credentials(ty: &RustType, types: &[PlannedType]) -> Option<(TypeIdent, TypeIdent)> {
    let (RustType::Named(ident) | RustType::AsReceived(ident)) = ty else { return None };
    let planned = types.iter().find(|it| it.ident == *ident)?;
    let Item::Enum(planned) = &planned.item else { return None };
    let variant = planned.variants.iter().find(|it| it.text == "client_credentials")?;
    Some((ident.clone(), variant.ident.clone()))
}
