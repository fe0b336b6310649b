//! What is generated for a place in both versions in, whether code against it breaks, and both signatures, out.

use super::walk::{TypePair, Walk};
use crate::plan::{Item, PlannedOperation, ReplyBody, RustType, Success};

/// The line that is generated for a place, old and new.
#[derive(Clone, Debug)]
pub(super) struct Code {
    before: String,
    old: RustType,
    new: RustType,
}

impl Code {
    /// Returns a line: what stands before the type, and the type.
    pub(super) fn of(before: impl Into<String>, old: &RustType, new: &RustType) -> Self {
        Self { before: before.into(), old: old.clone(), new: new.clone() }
    }

    /// Returns whether the types differ by more than the names of types: a
    /// renamed type has a row of its own.
    pub(super) fn differs(&self) -> bool {
        write(&self.old, Naming::Any) != write(&self.new, Naming::Any)
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
                Some(Self::of(format!("type {} = ", walk.new.planned(new).ident), was, is))
            }
            _ => None,
        }
    }
}

/// Returns a type as it is written, without the paths.
pub(super) fn text(ty: &RustType) -> String {
    write(ty, Naming::Own)
}

#[derive(Clone, Copy)]
enum Naming {
    Own,
    Any,
}

fn write(ty: &RustType, naming: Naming) -> String {
    let of = |name: &str, inner: &RustType| format!("{name}<{}>", write(inner, naming));
    let named = |name: &crate::name::TypeIdent| match naming {
        Naming::Own => name.to_string(),
        Naming::Any => "_".to_owned(),
    };
    match ty {
        RustType::Bool => "bool".to_owned(),
        RustType::I32 => "i32".to_owned(),
        RustType::I64 => "i64".to_owned(),
        RustType::U32 => "u32".to_owned(),
        RustType::U64 => "u64".to_owned(),
        RustType::F32 => "f32".to_owned(),
        RustType::F64 => "f64".to_owned(),
        RustType::String => "String".to_owned(),
        RustType::Secret => "Secret".to_owned(),
        RustType::Bytes => "Bytes".to_owned(),
        RustType::Json => "Value".to_owned(),
        RustType::JsonObject => "Map<String, Value>".to_owned(),
        RustType::Named(name) => named(name),
        RustType::AsReceived(name) => format!("AsReceived<{}>", named(name)),
        RustType::Option(inner) => of("Option", inner),
        RustType::Patch(inner) => of("Patch", inner),
        RustType::Vec(inner) => of("Vec", inner),
        RustType::Boxed(inner) => of("Box", inner),
        RustType::Map(inner) => format!("BTreeMap<String, {}>", write(inner, naming)),
    }
}

/// Returns the method of an operation in one line.
pub(super) fn signature(operation: &PlannedOperation) -> String {
    let arguments: Vec<_> =
        (operation.arguments.iter()).map(|it| format!("{}: {}", it.ident, text(&it.ty))).collect();
    let arguments = if operation.bundled {
        format!("params: {}Params", operation.prefix)
    } else {
        arguments.join(", ")
    };
    let reply = match &operation.success {
        Success::One { body, .. } => reply(body),
        Success::Several(_) => format!("{}Outcome", operation.prefix),
    };
    format!("fn {}({arguments}) -> {reply}", operation.method)
}

fn reply(body: &ReplyBody) -> String {
    match body {
        ReplyBody::Empty => "()".to_owned(),
        ReplyBody::Json(ty) => text(ty),
        ReplyBody::Text => "String".to_owned(),
        ReplyBody::Bytes => "Bytes".to_owned(),
    }
}

/// Returns whether a success has one type in both or a type for each status in both.
pub(super) fn same_success(old: &PlannedOperation, new: &PlannedOperation) -> bool {
    let erased = |body: &ReplyBody| match body {
        ReplyBody::Json(ty) => write(ty, Naming::Any),
        other => reply(other),
    };
    match (&old.success, &new.success) {
        (Success::One { body: old, .. }, Success::One { body: new, .. }) => {
            erased(old) == erased(new)
        }
        (Success::Several(_), Success::Several(_)) => true,
        _ => false,
    }
}
