//! Decides whether every value of one type is a value of another: yes, no, or unknown.

use std::collections::BTreeMap;

use serde_json::Value;
use tamarack::api::{
    Additional, Api, EnumSpelling, IntegerWidth, NumberWidth, OpenEnum, Shape, Struct, Tagging,
    ToldBy, Type, TypeDef, TypeId, TypeRef, Union, Variant,
};

use super::constraint;
use super::named::Named;
use super::verdict::Within::{self, No, Unknown, Yes};

/// The models that the first and the second type belong to.
#[derive(Clone, Copy)]
pub(super) struct Sets<'a> {
    pub(super) a: &'a Api,
    pub(super) b: &'a Api,
}

/// Types nested deeper than this are not decided, since the stack is limited.
const MAX_DEPTH: usize = 64;

/// Returns whether the values of `a` are values of `b`.
pub(super) fn within(sets: Sets<'_>, a: &TypeRef, b: &TypeRef) -> Within {
    Inclusion { sets, known: BTreeMap::new(), depth: 0 }.uses(a, b)
}

/// Returns whether the values of the named type `a` are values of `b`.
pub(super) fn within_types(sets: Sets<'_>, a: TypeId, b: TypeId) -> Within {
    within(sets, &TypeRef::plain(Type::Named(a)), &TypeRef::plain(Type::Named(b)))
}

struct Inclusion<'a> {
    sets: Sets<'a>,
    /// What came of each pair; one still being compared holds unless
    /// something else differs.
    known: BTreeMap<(TypeId, TypeId), Within>,
    depth: usize,
}

impl Inclusion<'_> {
    fn uses(&mut self, a: &TypeRef, b: &TypeRef) -> Within {
        if self.depth > MAX_DEPTH {
            return Unknown;
        }
        let null =
            |api: &Api, it: &TypeRef| it.nullable || (is_nullable(api, &it.ty) && !is_listed(it));
        if null(self.sets.a, a) && !null(self.sets.b, b) {
            return No;
        }
        self.depth += 1;
        let result = self.types(a, b);
        self.depth -= 1;
        let (a, b) = (constraint::of_use(self.sets.a, a, b), constraint::of_use(self.sets.b, b, a));
        result.and(|| constraint::within(a, b))
    }

    fn types(&mut self, a: &TypeRef, b: &TypeRef) -> Within {
        let sets = self.sets;
        match (&a.ty, &b.ty) {
            (Type::Named(a), Type::Named(b)) => self.pair(*a, *b),
            (Type::Named(id), _) => self.named_in_plain(sets.a.type_def(*id), b),
            (_, Type::Named(id)) => self.plain_in_named(a, sets.b.type_def(*id)),
            (Type::String(a), Type::String(b)) => format(a.as_deref(), b.as_deref()),
            (Type::Any, b) if is_listed(a) => {
                Within::of(a.constraints.values().iter().all(|it| is_of(it, b)))
            }
            (_, Type::Any)
            | (Type::Boolean, Type::Boolean)
            | (Type::Integer(_), Type::Number(NumberWidth::F64))
            | (Type::FreeForm | Type::Map(_), Type::FreeForm)
            | (Type::Bytes, Type::Bytes)
            | (Type::File, Type::File) => Yes,
            (Type::Integer(a), Type::Integer(b)) => Within::of(integer(*a, *b)),
            (Type::Number(a), Type::Number(b)) => Within::of(a == b || *a == NumberWidth::F32),
            (Type::List(a), Type::List(b)) | (Type::Map(a), Type::Map(b)) => self.uses(a, b),
            (Type::FreeForm, Type::Map(b)) => Within::of(b.ty == Type::Any),
            _ => No,
        }
    }

    fn pair(&mut self, a: TypeId, b: TypeId) -> Within {
        if let Some(known) = self.known.get(&(a, b)) {
            return *known;
        }
        self.known.insert((a, b), Yes);
        let result = self.shapes(a, b);
        self.known.insert((a, b), result);
        result
    }

    fn shapes(&mut self, a: TypeId, b: TypeId) -> Within {
        let sets = self.sets;
        let (a, b) = (sets.a.type_def(a), sets.b.type_def(b));
        if a.degraded || b.degraded {
            return Unknown;
        }
        match (&a.shape, &b.shape) {
            (Shape::Struct(a), Shape::Struct(b)) => self.structs(a, b),
            (Shape::Enum(a), Shape::Enum(b)) => enums(a, b),
            (Shape::Union(a), Shape::Union(b)) => self.unions(a, b),
            (Shape::Alias(a), Shape::Alias(b)) => self.uses(a, b),
            (Shape::Alias(a), _) => self.plain_in_named(a, b),
            (_, Shape::Alias(b)) => self.named_in_plain(a, b),
            (Shape::Union(a), _) => self.union_in(a, b),
            (_, Shape::Union(b)) => self.in_union(a, b),
            _ => No,
        }
    }

    fn named_in_plain(&mut self, a: &TypeDef, b: &TypeRef) -> Within {
        if let Shape::Alias(a) = &a.shape {
            return if self.depth > MAX_DEPTH { Unknown } else { self.uses(a, b) };
        }
        if a.degraded {
            return Unknown;
        }
        match (&a.shape, &b.ty) {
            (_, Type::Any)
            | (Shape::Struct(_), Type::FreeForm)
            | (Shape::Enum(_), Type::String(None)) => Yes,
            (Shape::Struct(a), Type::Map(_)) if is_variant(&a.additional) => Unknown,
            (Shape::Struct(a), Type::Map(value)) => {
                let members = a.properties.iter().map(|it| self.uses(&it.ty, value));
                members.fold(Yes, Within::max)
            }
            (_, Type::Named(_)) | (Shape::Enum(_), Type::String(Some(_))) => Unknown,
            (Shape::Union(a), _) if !matches!(a.tagging, Tagging::Key(_)) => {
                let a: Vec<_> = a.variants().map(|it| it.ty.clone()).collect();
                a.iter().fold(Yes, |acc, it| acc.max(self.uses(it, b)))
            }
            (Shape::Union(_), _) => Unknown,
            _ => No,
        }
    }

    fn plain_in_named(&mut self, a: &TypeRef, b: &TypeDef) -> Within {
        if let Shape::Alias(b) = &b.shape {
            return if self.depth > MAX_DEPTH { Unknown } else { self.uses(a, b) };
        }
        if b.degraded {
            return Unknown;
        }
        if let Type::Named(id) = a.ty {
            let a = self.sets.a.type_def(id);
            return match (&a.shape, &b.shape) {
                (Shape::Enum(a), Shape::Enum(b)) => enums(a, b),
                (Shape::Struct(a), Shape::Struct(b)) => self.structs(a, b),
                _ => Unknown,
            };
        }
        match (&a.ty, &b.shape) {
            (Type::String(_), Shape::Enum(b)) => Within::of(b.spelling == EnumSpelling::XEnum),
            (_, Shape::Union(b)) => self.plain_in_union(a, b),
            _ => No,
        }
    }

    /// A value that one variant allows is allowed, but for a union told by keys, whose variants
    /// are wrapped.
    fn plain_in_union(&mut self, a: &TypeRef, b: &Union) -> Within {
        if matches!(b.tagging, Tagging::Key(_)) {
            return Unknown;
        }
        // Of branches that overlap, several together may allow what none does alone.
        let none = if b.is_overlapping() { Unknown } else { No };
        b.variants().fold(none, |acc, it| acc.min(self.uses(a, &it.ty)))
    }

    fn structs(&mut self, a: &Struct, b: &Struct) -> Within {
        let mut acc = Yes;
        let (ours, all) =
            (Named::new(&a.properties, |it| &it.name), Named::new(&b.properties, |it| &it.name));
        for theirs in &b.properties {
            match ours.get(&theirs.name) {
                // A branch may have it.
                None if is_variant(&a.additional) => acc = acc.and(|| Unknown),
                None if theirs.required => return No,
                None => {}
                Some(own) if theirs.required && !own.required => return No,
                Some(own) => acc = acc.and(|| self.uses(&own.ty, &theirs.ty)),
            }
        }
        let further = a.properties.iter().filter(|it| all.get(&it.name).is_none());
        for own in further {
            acc = match &b.additional {
                Additional::Unsaid => acc,
                Additional::Denied => return No,
                Additional::Kept(ty) => acc.and(|| self.uses(&own.ty, ty)),
                Additional::Variant(_) => acc.and(|| Unknown),
            };
        }
        if b.has_closed_part && !a.has_closed_part {
            acc = acc.and(|| Unknown);
        }
        acc.and(|| match (&a.additional, &b.additional) {
            (Additional::Variant(a), Additional::Variant(b))
            | (Additional::Kept(a), Additional::Kept(b)) => self.uses(a, b),
            (_, Additional::Variant(_)) | (Additional::Variant(_), Additional::Kept(_)) => Unknown,
            (Additional::Denied, _) | (_, Additional::Unsaid) => Yes,
            (_, Additional::Denied) => No,
            (Additional::Unsaid, Additional::Kept(b)) => {
                if b.ty == Type::Any {
                    Yes
                } else {
                    Unknown
                }
            }
        })
    }

    fn unions(&mut self, a: &Union, b: &Union) -> Within {
        if b.is_overlapping() && !matches!(a.tagging, Tagging::Key(_)) {
            let a: Vec<_> = a.variants().map(|it| it.ty.clone()).collect();
            return a.iter().fold(Yes, |acc, it| acc.max(self.plain_in_union(it, b)));
        }
        if !a.tagging.is_same_way(&b.tagging) {
            return Unknown;
        }
        let mut acc = Yes;
        let all = b.tagging.variants();
        for (told_by, own) in a.tagging.variants() {
            let partner = all.iter().find(|it| match (told_by, it.0) {
                (ToldBy::Tags(own), ToldBy::Tags(theirs)) => {
                    own.iter().all(|tag| theirs.contains(tag))
                }
                (own, theirs) => own == theirs,
            });
            acc = match partner {
                Some((_, theirs)) => acc.and(|| self.uses(&own.ty, &theirs.ty)),
                None => return No,
            };
        }
        acc
    }

    /// A union lies within a type when all its variants do; the tag of a
    /// variant that does not declare it is not looked at.
    fn union_in(&mut self, a: &Union, b: &TypeDef) -> Within {
        if matches!(a.tagging, Tagging::Key(_)) {
            return Unknown;
        }
        let within = a.variants().fold(Yes, |acc, it| acc.max(self.plain_in_named(&it.ty, b)));
        // A branch that says more is another one, although an open object allows what it adds.
        let adds = |it: &Variant| match (self.sets.a.shape(&it.ty), &b.shape) {
            (Some(Shape::Struct(own)), Shape::Struct(b)) => adds_property(own, b),
            _ => false,
        };
        if a.is_overlapping() && within == Yes && a.variants().any(adds) { No } else { within }
    }

    fn in_union(&mut self, a: &TypeDef, b: &Union) -> Within {
        let all: Vec<_> =
            b.variants().map(|variant| self.named_in_plain_or_pair(a, &variant.ty)).collect();
        let by_key = matches!(b.tagging, Tagging::Key(_));
        match () {
            () if all.contains(&Yes) && !by_key => Yes,
            () if all.contains(&Unknown) || by_key || b.is_overlapping() => Unknown,
            () => No,
        }
    }

    fn named_in_plain_or_pair(&mut self, a: &TypeDef, b: &TypeRef) -> Within {
        match b.ty {
            Type::Named(id) => {
                let b = self.sets.b.type_def(id);
                match (&a.shape, &b.shape) {
                    (Shape::Struct(a), Shape::Struct(b)) => self.structs(a, b),
                    (Shape::Enum(a), Shape::Enum(b)) => enums(a, b),
                    (Shape::Struct(_), Shape::Enum(_)) | (Shape::Enum(_), Shape::Struct(_)) => No,
                    _ => Unknown,
                }
            }
            _ => self.named_in_plain(a, b),
        }
    }
}

/// Returns whether a value is one of the few that are listed, whatever their type.
fn is_listed(it: &TypeRef) -> bool {
    it.ty == Type::Any && !it.constraints.values().is_empty()
}

/// Returns whether a value is one of a type without a name.
fn is_of(value: &Value, ty: &Type) -> bool {
    match ty {
        Type::Any => true,
        Type::String(format) => value.is_string() && !limits(format.as_deref()),
        Type::Boolean => value.is_boolean(),
        Type::Integer(_) => value.is_i64() || value.is_u64(),
        Type::Number(_) => value.is_number(),
        Type::FreeForm => value.is_object(),
        Type::Named(_) | Type::List(_) | Type::Map(_) | Type::Bytes | Type::File => false,
    }
}

fn is_nullable(api: &Api, ty: &Type) -> bool {
    matches!(ty, Type::Any) || matches!(ty, Type::Named(id) if api.type_def(*id).nullable)
}

fn is_variant(additional: &Additional) -> bool {
    matches!(additional, Additional::Variant(_))
}

/// Returns whether an object declares a property that another one does not.
fn adds_property(own: &Struct, other: &Struct) -> bool {
    let all = Named::new(&other.properties, |it| &it.name);
    own.properties.iter().any(|it| all.get(&it.name).is_none())
}

fn enums(a: &OpenEnum, b: &OpenEnum) -> Within {
    if b.spelling == EnumSpelling::XEnum {
        return Yes;
    }
    let holds = |text: &str| b.values.iter().any(|it| it.text == text);
    Within::of(a.spelling == EnumSpelling::Enum && a.values.iter().all(|it| holds(&it.text)))
}

fn integer(a: IntegerWidth, b: IntegerWidth) -> bool {
    use IntegerWidth::{I32, I64, U32, U64};
    a == b || matches!((a, b), (I32 | U32, I64) | (U32, U64))
}

/// The formats that say which strings there can be (OpenAPI 3.0.3 §4.4, JSON
/// Schema Validation §7.3); any other format is a remark.
const FORMATS: &[&str] = &[
    "byte",
    "date",
    "date-time",
    "duration",
    "email",
    "hostname",
    "ipv4",
    "ipv6",
    "time",
    "uri",
    "uri-reference",
    "uuid",
];

/// Returns whether a format says which strings there can be.
pub(super) fn limits(format: Option<&str>) -> bool {
    format.is_some_and(|it| FORMATS.contains(&it))
}

fn format(a: Option<&str>, b: Option<&str>) -> Within {
    Within::of(!limits(b) || a == b)
}
