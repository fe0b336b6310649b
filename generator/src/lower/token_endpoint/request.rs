//! Finds where a token request has its grant, id and secret, or why it cannot ask for client credentials.

use std::collections::BTreeSet;

use serde_json::Value;

use super::lack::{Lack, Remedy};
use super::note::Parts;
use super::{Context, Names, is_text};
use crate::api::{
    CLIENT_CREDENTIALS, Encoding, ParameterId, Shape, Struct, Style, Tagging, TokenEndpoint,
    TokenFields, TokenInput, Type, TypeId, TypeRef,
};
use crate::overlay::Authentication;

/// What other grants ask for (RFC 6749 §4.1.3, §4.3.2 and §6, RFC 7521, RFC 8628, RFC 8693), and what
/// some APIs call it.
const OF_OTHER_GRANTS: &[&str] = &[
    "assertion",
    "authorization_code",
    "code",
    "device_code",
    "password",
    "refresh_token",
    "subject_token",
    "user_name",
    "username",
];

/// A client proves itself by what it signs with its key (RFC 7521 §4.2).
const CLIENT_ASSERTION: &str = "client_assertion";

/// A request that can be one for client credentials.
pub(super) struct Request {
    /// All but the response.
    pub(super) endpoint: TokenEndpoint,
    /// Whether the document names the grant.
    pub(super) names_the_grant: bool,
}

/// Returns where the request has what, or all that it lacks. Of a body that is one of several objects
/// the first that can ask for client credentials is taken; where none can, the last one that is about
/// them says why.
pub(super) fn read(context: &Context<'_>) -> Result<Request, Vec<Lack>> {
    let bodies = bodies(context)?;
    let mut refused = Vec::new();
    for body in &bodies {
        match read_body(context, body) {
            Ok(request) => return Ok(request),
            Err(lacks) => refused.push(lacks),
        }
    }
    let is_other = |lacks: &[Lack]| lacks.iter().any(|it| it.remedy == Remedy::Nothing);
    let best = refused.iter().position(|it| !is_other(it)).unwrap_or_default();
    Err(refused.swap_remove(best))
}

/// An object that a body can be; without one where the operation has no body.
struct Body<'a> {
    branch: Vec<usize>,
    object: Option<&'a Struct>,
    /// The tag that the union writes, with its name.
    tag: Option<(&'a str, &'a str)>,
}

fn bodies<'a>(context: &Context<'a>) -> Result<Vec<Body<'a>>, Vec<Lack>> {
    let none = || Body { branch: Vec::new(), object: None, tag: None };
    let Some(body) = &context.operation.body else { return Ok(vec![none()]) };
    let first = &body.contents[0];
    let mut acc = Vec::new();
    if matches!(first.encoding, Encoding::Json | Encoding::Form | Encoding::Multipart) {
        push_bodies(context, &first.ty, none(), &mut BTreeSet::new(), &mut acc);
    }
    if acc.is_empty() && !body.required {
        return Ok(vec![none()]);
    }
    if acc.is_empty() {
        let what = "the request body is no object with declared properties";
        return Err(vec![Lack::new(Remedy::Nothing, what)]);
    }
    Ok(acc)
}

/// Adds the objects that a body can be, each type once: unions can hold themselves.
fn push_bodies<'a>(
    context: &Context<'a>,
    ty: &'a TypeRef,
    above: Body<'a>,
    seen: &mut BTreeSet<TypeId>,
    acc: &mut Vec<Body<'a>>,
) {
    let Type::Named(id) = context.api.behind_aliases(ty).ty else { return };
    if !seen.insert(id) {
        return;
    }
    match context.api.shape(ty) {
        Some(Shape::Struct(object)) => acc.push(Body { object: Some(object), ..above }),
        Some(Shape::Union(union)) => {
            for (index, (told_by, variant)) in union.tagging.variants().into_iter().enumerate() {
                let tag = match &union.tagging {
                    Tagging::Discriminator { property, .. } => {
                        Some((property.as_str(), told_by.word()))
                    }
                    Tagging::Kind(_) => above.tag,
                    // The object is a value inside of another, or one of those that the JSON may be.
                    Tagging::Key(_) | Tagging::Overlapping(_) => continue,
                };
                let branch = above.branch.iter().copied().chain([index]).collect();
                push_bodies(context, &variant.ty, Body { branch, object: None, tag }, seen, acc);
            }
        }
        _ => {}
    }
}

/// A property or a parameter, as far as a token request is concerned.
struct Input<'a> {
    origin: TokenInput,
    name: &'a str,
    required: bool,
    ty: &'a TypeRef,
    hints: [Option<&'a Value>; 2],
}

/// Returns what a request holds by name; what a path holds is no part of it.
fn inputs<'a>(context: &Context<'a>, object: Option<&'a Struct>) -> Vec<Input<'a>> {
    let properties = object.iter().flat_map(|it| &it.properties).enumerate();
    let properties = properties.filter(|(_, it)| !it.read_only).map(|(index, it)| Input {
        origin: TokenInput::Property(index),
        name: &it.name,
        required: it.required,
        ty: &it.ty,
        hints: [it.default.as_ref(), it.example.as_ref()],
    });
    let parameters = context.operation.parameters.iter().enumerate();
    let parameters = parameters.filter(|(_, it)| it.style == Style::Plain);
    let parameters = parameters.map(|(index, it)| Input {
        origin: TokenInput::Parameter(ParameterId(index)),
        name: &it.name,
        required: it.required,
        ty: &it.ty,
        hints: [it.default.as_ref(), it.example.as_ref()],
    });
    properties.chain(parameters).collect()
}

/// How much the document says about the grant.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Grant {
    /// It can be client credentials.
    Named,
    /// It is any text.
    Free,
    /// Nothing says it, and the overlay says that nothing has to.
    Unsaid,
}

fn read_body(context: &Context<'_>, body: &Body<'_>) -> Result<Request, Vec<Lack>> {
    let names = context.names();
    let inputs = inputs(context, body.object);
    let find = |name: &str| inputs.iter().find(|it| it.name == name);
    let mut lacks = Vec::new();
    let grant = grant(context, body, find(names.grant), names);
    let required = inputs.iter().find(|it| it.required && OF_OTHER_GRANTS.contains(&it.name));
    if let Some(input) = required {
        let what = format!("`{}` is required, which another grant asks for", input.name);
        lacks.push(Lack::new(Remedy::Nothing, what));
    }
    if grant == Ok(Grant::Free)
        && required.is_none()
        && context.entry.is_none()
        && let Some(input) = inputs.iter().find(|it| OF_OTHER_GRANTS.contains(&it.name))
    {
        let what = format!(
            "`{}` is any text, and `{}` belongs to another grant than `{CLIENT_CREDENTIALS}`",
            names.grant, input.name
        );
        lacks.push(Lack::new(Remedy::Entry, what));
    }
    let proof = proof(context, &inputs, grant.as_ref().ok().copied(), names);
    match (grant, proof) {
        (Ok(grant), Ok(proof)) if lacks.is_empty() => Ok(Request {
            endpoint: TokenEndpoint {
                branch: body.branch.clone(),
                grant: find(names.grant).map(|it| it.origin),
                id: proof.id,
                secret: proof.secret,
                basic: proof.basic,
                fields: TokenFields::default(),
            },
            names_the_grant: grant == Grant::Named,
        }),
        (grant, proof) => {
            lacks.extend(grant.err());
            lacks.extend(proof.err());
            Err(lacks)
        }
    }
}

/// Returns what the document says about the grant, or that it is another.
fn grant(
    context: &Context<'_>,
    body: &Body<'_>,
    input: Option<&Input<'_>>,
    names: Names<'_>,
) -> Result<Grant, Lack> {
    let name = names.grant;
    let other = || {
        let what = format!("`{name}` does not list `{CLIENT_CREDENTIALS}`");
        Err(Lack::new(Remedy::Nothing, what))
    };
    let Some(input) = input else {
        return match (body.tag, context.entry) {
            (Some((tag, value)), _) if tag == name => {
                if value == CLIENT_CREDENTIALS {
                    Ok(Grant::Named)
                } else {
                    other()
                }
            }
            (_, Some(entry)) if entry.grant_type.is_none() => Ok(Grant::Unsaid),
            (_, Some(_)) => {
                let what = format!("no property and no parameter is called `{name}`");
                Err(Lack::new(Remedy::GrantType, what))
            }
            (_, None) => Err(Lack::new(Remedy::Entry, format!("the request has no `{name}`"))),
        };
    };
    if let Some(Shape::Enum(open)) = context.api.shape(input.ty) {
        let lists = open.values.iter().any(|it| it.text == CLIENT_CREDENTIALS);
        return if lists { Ok(Grant::Named) } else { other() };
    }
    if !is_text(context.api, input.ty) {
        return Err(Lack::new(Remedy::GrantType, format!("`{name}` is no string")));
    }
    let mut hints = input.hints.iter().flatten().filter_map(|it| it.as_str());
    let said = hints.clone().any(|it| it == CLIENT_CREDENTIALS) || shows_it(context, name);
    match (said, hints.next()) {
        (true, _) => Ok(Grant::Named),
        (false, Some(hint)) if context.entry.is_none() => {
            Err(Lack::new(Remedy::Entry, format!("`{name}` is any text, for example `{hint}`")))
        }
        _ => Ok(Grant::Free),
    }
}

/// Returns whether an example of the body has the grant.
fn shows_it(context: &Context<'_>, name: &str) -> bool {
    let contents = context.operation.body.iter().flat_map(|it| &it.contents);
    let mut examples = contents.flat_map(|it| &it.examples);
    examples.any(|it| it.get(name).and_then(Value::as_str) == Some(CLIENT_CREDENTIALS))
}

/// How the client proves itself.
#[derive(Debug)]
struct Proof {
    id: Option<TokenInput>,
    secret: Option<TokenInput>,
    basic: bool,
}

/// Decides how the client proves itself. RFC 6749 §2.3 forbids two ways at once, and §2.3.1 prefers
/// HTTP Basic, which every server supports for a client with a secret: so Basic is taken where the
/// document declares it and requires nothing else, and where it has no place for the secret.
fn proof(
    context: &Context<'_>,
    inputs: &[Input<'_>],
    grant: Option<Grant>,
    names: Names<'_>,
) -> Result<Proof, Lack> {
    let find = |name: &str, remedy| match inputs.iter().find(|it| it.name == name) {
        Some(input) if is_text(context.api, input.ty) => Ok(Some(input)),
        Some(_) => Err(Lack::new(remedy, format!("`{name}` is no string"))),
        None => Ok(None),
    };
    let (id, secret) =
        (find(names.id, Remedy::ClientId)?, find(names.secret, Remedy::ClientSecret)?);
    let is_required = |it: Option<&Input<'_>>| it.is_some_and(|it| it.required);
    let by_basic = || Proof {
        id: id.filter(|it| it.required).map(|it| it.origin),
        // Whatever the RFC says, the document insists.
        secret: secret.filter(|it| it.required).map(|it| it.origin),
        basic: true,
    };
    let wish = context.entry.and_then(|it| it.authentication);
    if wish == Some(Authentication::Basic)
        || (wish.is_none() && context.declares_basic() && !is_required(secret))
    {
        return Ok(by_basic());
    }
    match (id, secret) {
        (Some(id), Some(secret)) => {
            Ok(Proof { id: Some(id.origin), secret: Some(secret.origin), basic: false })
        }
        (None, Some(_)) => {
            Err(Lack::new(Remedy::ClientId, format!("the request has no `{}`", names.id)))
        }
        (_, None) if wish.is_none() && is_proved_by_basic(context, inputs, grant) => Ok(by_basic()),
        (_, None) => {
            let what = format!("the request has no `{}`, and no HTTP Basic", names.secret);
            Err(Lack::new(Remedy::ClientSecret, what))
        }
    }
}

/// Returns whether nothing but HTTP Basic is left to prove the client of a request for client credentials.
fn is_proved_by_basic(context: &Context<'_>, inputs: &[Input<'_>], grant: Option<Grant>) -> bool {
    let said = context.entry.is_some_and(|it| it.client_secret.is_some());
    grant == Some(Grant::Named)
        && !said
        && !context.declares_a_key()
        && !inputs.iter().any(|it| it.name == CLIENT_ASSERTION)
}

/// Returns the names of what the request holds: of each object that the body can be.
pub(super) fn names_of<'a>(context: &Context<'a>) -> Vec<&'a str> {
    let bodies = bodies(context).unwrap_or_default();
    let mut acc: Vec<&str> = Vec::new();
    for body in bodies {
        acc.extend(inputs(context, body.object).iter().map(|it| it.name));
        acc.extend(body.tag.map(|it| it.0));
    }
    if acc.is_empty() {
        acc.extend(inputs(context, None).iter().map(|it| it.name));
    }
    acc
}

/// Returns whether the request can be for client credentials by what it says of the grant.
pub(super) fn names_the_grant(context: &Context<'_>) -> bool {
    let bodies = bodies(context).unwrap_or_default();
    bodies.iter().any(|body| {
        let names = context.names();
        let inputs = inputs(context, body.object);
        let input = inputs.iter().find(|it| it.name == names.grant);
        grant(context, body, input, names) == Ok(Grant::Named)
    })
}

/// Returns whether a request names a client that proves itself, and needs nothing else.
pub(super) fn asks_for_a_client_alone(context: &Context<'_>, parts: &Parts<'_>) -> bool {
    let is_part = |it: &Input<'_>| Some(it.name) == parts.id || Some(it.name) == parts.secret;
    let bodies = bodies(context).unwrap_or_default();
    let of =
        |body: &Body<'_>| inputs(context, body.object).iter().all(|it| !it.required || is_part(it));
    parts.proves_the_client() && bodies.iter().all(of)
}
