//! The inline bodies of the responses of an operation in, the types they share and their names out.

use super::super::Lowering;
use super::super::hoist::Home;
use super::super::operation::Parts;
use super::media;
use crate::api::{Encoding, Owner, Role, StatusPattern, TypeRef};
use crate::document;
use crate::pointer::{Pointer, PointerMap};
use crate::resolve::Node;

/// With how many different error bodies of an operation each further one is
/// compared; beyond, each has a type of its own.
const MOST_GROUPS: usize = 64;

/// The first of a group of inline error bodies of equal shape.
struct ErrorBody {
    status: StatusPattern,
    schema: Pointer,
    /// The media type, where another group begins with the same status.
    media_type: Option<String>,
}

/// The inline bodies of an operation's responses, and what they are called.
#[derive(Default)]
pub(super) struct Bodies {
    /// The first of each group of inline error bodies.
    errors: Vec<ErrorBody>,
    n_successes: usize,
    /// The group of each inline error body.
    group_of: PointerMap<usize>,
    /// The type of each schema that was lowered.
    known: PointerMap<TypeRef>,
    /// The first schema that was lowered of each response.
    first: PointerMap<Pointer>,
}

impl Bodies {
    pub(super) fn new(
        declared: &[(StatusPattern, &document::Response)],
        acc: &mut Lowering<'_>,
    ) -> Self {
        let mut bodies = Self::default();
        for (status, response) in declared {
            let own = response.pointer.tokens().first().is_none_or(|it| it != "components");
            let inline: Vec<(String, &Pointer)> = typed_schemas(response, acc)
                .into_iter()
                .filter(|(_, at)| own && matches!(acc.resolved.schema(at), Node::Schema(_)))
                .collect();
            if status.is_success() {
                bodies.n_successes += usize::from(!inline.is_empty());
                continue;
            }
            for (media_type, schema) in inline {
                bodies.add_error(*status, media_type, schema, acc);
            }
        }
        bodies
    }

    fn add_error(
        &mut self,
        status: StatusPattern,
        media_type: String,
        schema: &Pointer,
        acc: &mut Lowering<'_>,
    ) {
        let mut groups = self.errors.iter().take(MOST_GROUPS).enumerate();
        if let Some((index, first)) = groups.find(|(_, it)| acc.same_shape(&it.schema, schema)) {
            acc.read_as(schema, &first.schema);
            self.group_of.insert(schema.clone(), index);
        } else {
            let is_second = self.errors.iter().any(|it| it.status == status);
            self.group_of.insert(schema.clone(), self.errors.len());
            let media_type = is_second.then_some(media_type);
            self.errors.push(ErrorBody { status, schema: schema.clone(), media_type });
        }
    }

    /// Returns the type of a body; one of equal shape before it gives it its
    /// type.
    pub(super) fn body(
        &mut self,
        status: StatusPattern,
        media_type: &str,
        schema: &Pointer,
        response: &document::Response,
        parts: &Parts<'_>,
        acc: &mut Lowering<'_>,
    ) -> TypeRef {
        let group = self.group_of.get(schema).map(|index| &self.errors[*index]);
        let home = group.map_or(schema, |it| &it.schema).clone();
        if let Some(ty) = self.known.get(&home) {
            return ty.clone();
        }
        let role = match group {
            Some(_) if self.errors.len() == 1 => Role::Error(None),
            Some(first) => Role::Error(Some(first.status)),
            None if !status.is_success() => Role::Error(Some(status)),
            None if self.n_successes <= 1 => Role::Response(None),
            None => Role::Response(Some(status)),
        };
        let mut place = Home::of_part(&response.pointer, parts.number, role);
        if let Some(media_type) = group.and_then(|it| it.media_type.as_ref()) {
            place.roles.push(variant(media_type));
        }
        let earlier = self.first.get(&response.pointer);
        if let Some(earlier) = earlier.filter(|_| group.is_none()) {
            if acc.same_shape(earlier, schema) {
                acc.read_as(schema, earlier);
                return self.known[earlier].clone();
            }
            if matches!(place.owner, Owner::Operation(_) | Owner::Document) {
                place.roles.push(variant(media_type));
            }
        }
        let ty = acc.use_owned(&home, &place);
        if response.pointer.holds(&home) {
            self.first.entry(response.pointer.clone()).or_insert_with(|| home.clone());
        }
        self.known.insert(home, ty.clone());
        ty
    }
}

/// The part of a name that a media type is: what stands behind `application/`, since most begin so.
fn variant(media_type: &str) -> Role {
    Role::Variant(media_type.strip_prefix("application/").unwrap_or(media_type).to_owned())
}

/// Returns the schemas of the media types that are read as JSON.
fn typed_schemas<'a>(
    response: &'a document::Response,
    acc: &mut Lowering<'_>,
) -> Vec<(String, &'a Pointer)> {
    let media = media::read(response, acc).into_iter();
    let json = media.filter(|it| it.encoding == Encoding::Json);
    json.filter_map(|it| Some((it.name, it.node.schema.as_ref()?))).collect()
}
