//! Compares the generated code of a place: whether code that uses it breaks, and both signatures.

use tamarack::api::StatusPattern;
use tamarack::plan::{
    BodyVariant, Item, PlannedOperation, ReplyBody, RustType, Success, TypeIdent,
};

use super::walk::{OperationPair, TypePair, Version, Walk};

/// The line that is generated for a place, old and new.
#[derive(Clone, Debug)]
pub(super) struct Code {
    before: String,
    old: RustType,
    new: RustType,
    differs: bool,
}

impl Code {
    /// Returns a line: what stands before the type, and the type.
    pub(super) fn of(
        walk: &Walk<'_>,
        before: impl Into<String>,
        old: &RustType,
        new: &RustType,
    ) -> Self {
        let differs = !is_same(walk, old, new);
        Self { before: before.into(), old: old.clone(), new: new.clone(), differs }
    }

    /// Returns whether the types differ by more than the names of types: a
    /// renamed type has a row of its own.
    pub(super) fn differs(&self) -> bool {
        self.differs
    }

    pub(super) fn old(&self) -> String {
        format!("{}{}", self.before, text(&self.old))
    }

    pub(super) fn fresh(&self) -> String {
        format!("{}{}", self.before, text(&self.new))
    }
}

impl Code {
    /// Returns what an alias stands for.
    pub(super) fn alias(walk: &Walk<'_>, (old, new): TypePair) -> Option<Self> {
        match (&walk.old.planned(old).item, &walk.new.planned(new).item) {
            (Item::Alias(was), Item::Alias(is)) => {
                Some(Self::of(walk, format!("type {} = ", walk.new.planned(new).ident), was, is))
            }
            _ => None,
        }
    }
}

impl Code {
    /// Returns what the body of an operation is given as.
    pub(super) fn body(walk: &Walk<'_>, pair: OperationPair) -> Option<Self> {
        let was = walk.old.operation(pair.0).1.body()?;
        let is = walk.new.operation(pair.1).1.body()?;
        Some(Self::of(walk, "body: ", &was.ty, &is.ty))
    }

    /// Returns what the body of a response is read as.
    pub(super) fn reply(
        walk: &Walk<'_>,
        pair: OperationPair,
        statuses: (StatusPattern, StatusPattern),
    ) -> Option<Self> {
        let was = reply_of(walk.old.operation(pair.0).1, statuses.0)?;
        let is = reply_of(walk.new.operation(pair.1).1, statuses.1)?;
        Self::body_read(walk, was, is)
    }

    /// Returns what the body of one media type of a response is read as, where each has its own type.
    pub(super) fn reply_by_media_type(
        walk: &Walk<'_>,
        pair: OperationPair,
        statuses: (StatusPattern, StatusPattern),
        media_types: (&str, &str),
    ) -> Option<Self> {
        let was = variants(walk.old.operation(pair.0).1, statuses.0)?;
        let is = variants(walk.new.operation(pair.1).1, statuses.1)?;
        let of = |all: &[BodyVariant], media_type: &str| -> Option<ReplyBody> {
            let found = all.iter().find(|it| it.media_types.iter().any(|it| it == media_type));
            found.map(|it| it.body.clone())
        };
        Self::body_read(walk, &of(was, media_types.0)?, &of(is, media_types.1)?)
    }

    fn body_read(walk: &Walk<'_>, was: &ReplyBody, is: &ReplyBody) -> Option<Self> {
        let code = Self::of(walk, "body: ", &was.ty()?, &is.ty()?);
        Some(Self { differs: !is_read_alike(walk, was, is), ..code })
    }
}

/// Returns the body that is read of a response of this status.
pub(super) fn reply_of(it: &PlannedOperation, status: StatusPattern) -> Option<&ReplyBody> {
    if !status.is_success()
        && let Some(error) = it.errors.iter().find(|it| it.status == status)
    {
        return Some(&error.body);
    }
    match &it.success {
        Success::One { body, .. } => Some(body),
        Success::Several(all) => all.iter().find(|it| it.status == status).map(|it| &it.body),
    }
}

/// Returns the bodies of a status that are told apart by media type.
pub(super) fn variants(it: &PlannedOperation, status: StatusPattern) -> Option<&[BodyVariant]> {
    let ReplyBody::Media(ident) = reply_of(it, status)? else { return None };
    it.bodies.iter().find(|it| it.ident == *ident).map(|it| it.variants.as_slice())
}

/// Returns whether two bodies have one type. The enum of several has no row of its own, so its name
/// counts.
fn is_read_alike(walk: &Walk<'_>, old: &ReplyBody, new: &ReplyBody) -> bool {
    match (old, new) {
        (ReplyBody::Media(old), ReplyBody::Media(new)) => old == new,
        (ReplyBody::Media(_), _) | (_, ReplyBody::Media(_)) => false,
        _ => match (old.ty(), new.ty()) {
            (Some(old), Some(new)) => is_same(walk, &old, &new),
            (old, new) => old.is_none() && new.is_none(),
        },
    }
}

/// Whatever a type is called: the same, or an alias of the same.
fn is_same(walk: &Walk<'_>, old: &RustType, new: &RustType) -> bool {
    use RustType::{
        AsReceived, Boxed, EventStream, ItemStream, JsonLines, Map, Named, Option, Patch, Vec,
    };
    match (old, new) {
        (Named(a), Named(b)) if a == b => true,
        (Named(a), Named(b)) => match (alias(walk.old, a), alias(walk.new, b)) {
            (Some(old), None) => is_same(walk, old, new),
            (None, Some(new)) => is_same(walk, old, new),
            _ => true,
        },
        (Named(a), _) => alias(walk.old, a).is_some_and(|old| is_same(walk, old, new)),
        (_, Named(b)) => alias(walk.new, b).is_some_and(|new| is_same(walk, old, new)),
        (AsReceived(_), AsReceived(_)) => true,
        (Option(old), Option(new))
        | (Patch(old), Patch(new))
        | (Vec(old), Vec(new))
        | (Map(old), Map(new))
        | (Boxed(old), Boxed(new))
        | (JsonLines(old), JsonLines(new))
        | (EventStream(old), EventStream(new))
        | (ItemStream(old), ItemStream(new)) => is_same(walk, old, new),
        _ => old == new,
    }
}

fn alias<'a>(version: Version<'a>, name: &TypeIdent) -> Option<&'a RustType> {
    version.code.types.iter().find(|it| it.ident == *name).and_then(|it| match &it.item {
        Item::Alias(inner) => Some(inner),
        _ => None,
    })
}

/// Returns whether two types are one in code, since they are aliases of one.
pub(super) fn is_one(walk: &Walk<'_>, (old, new): TypePair) -> bool {
    let (was, is) = (walk.old.planned(old), walk.new.planned(new));
    if was.ident == is.ident {
        return true;
    }
    match (&was.item, &is.item) {
        (Item::Alias(was), Item::Alias(is)) => {
            let of_own = matches!(was, RustType::Named(_) | RustType::AsReceived(_));
            !of_own && was == is
        }
        _ => false,
    }
}

/// Returns a type as it is written, without the paths.
pub(super) fn text(ty: &RustType) -> String {
    let of = |name: &str, inner: &RustType| format!("{name}<{}>", text(inner));
    match ty {
        RustType::Bool => "bool".to_owned(),
        RustType::I32 => "i32".to_owned(),
        RustType::I64 => "i64".to_owned(),
        RustType::U32 => "u32".to_owned(),
        RustType::U64 => "u64".to_owned(),
        RustType::F32 => "f32".to_owned(),
        RustType::F64 => "f64".to_owned(),
        RustType::String => "String".to_owned(),
        RustType::Typed(it) => format!("Typed<{}::{}>", it.library.feature(), it.name),
        RustType::Secret => "Secret".to_owned(),
        RustType::Bytes => "Bytes".to_owned(),
        RustType::RequestBody => "RequestBody".to_owned(),
        RustType::JsonLines(inner) => of("JsonLines", inner),
        RustType::ResponseBody => "ResponseBody".to_owned(),
        RustType::EventStream(inner) => of("EventStream", inner),
        RustType::ItemStream(inner) => of("ItemStream", inner),
        RustType::File => "FilePart".to_owned(),
        RustType::Media => "MediaBody".to_owned(),
        RustType::Json => "Value".to_owned(),
        RustType::JsonObject => "Map<String, Value>".to_owned(),
        RustType::Named(name) | RustType::Operation(name) => name.to_string(),
        RustType::Foreign(path) => path.clone(),
        RustType::AsReceived(name) => format!("AsReceived<{name}>"),
        RustType::Option(inner) => of("Option", inner),
        RustType::Patch(inner) => of("Patch", inner),
        RustType::Vec(inner) => of("Vec", inner),
        RustType::Boxed(inner) => of("Box", inner),
        RustType::Map(inner) => format!("BTreeMap<String, {}>", text(inner)),
    }
}

/// Returns the method of an operation in one line.
pub(super) fn signature(operation: &PlannedOperation) -> String {
    let arguments: Vec<_> =
        (operation.arguments.iter()).map(|it| format!("{}: {}", it.ident, text(&it.ty))).collect();
    let arguments = if operation.bundled {
        format!("required: {}", operation.required)
    } else {
        arguments.join(", ")
    };
    let reply = match &operation.success {
        Success::One { body, .. } => reply(body),
        Success::Several(_) => operation.outcome.to_string(),
    };
    format!("fn {}({arguments}) -> {reply}", operation.method)
}

fn reply(body: &ReplyBody) -> String {
    body.ty().map_or_else(|| "()".to_owned(), |ty| text(&ty))
}

/// Returns whether a success has one type in both or a type for each status in both.
pub(super) fn same_success(
    walk: &Walk<'_>,
    old: &PlannedOperation,
    new: &PlannedOperation,
) -> bool {
    match (&old.success, &new.success) {
        (Success::One { body: old, .. }, Success::One { body: new, .. }) => {
            is_read_alike(walk, old, new)
        }
        (Success::Several(_), Success::Several(_)) => true,
        _ => false,
    }
}
