//! Two models and their diff in, the leaves that differ and that no row explains out.

use std::collections::BTreeMap;

use tamarack::api::{Api, Operation, PathPart, RequestBody, Response, StatusPattern};
use tamarack::pointer::Pointer;
use tamarack_diff::{Diff, Finding, Kind};

use crate::leaves::{About, Keys, Leaf, label, leaves, reached};

/// Leaves that mean nothing by design: none of them changes a message or code.
const NO_EFFECT: &[About] = &[];

/// Returns what differs and is not explained, one line each.
pub(crate) fn unexplained(old: &Api, new: &Api, diff: &Diff) -> Vec<String> {
    let (mut old_keys, mut new_keys) = keys(old, new);
    old_keys.reached = reached(old).union(&reached(new)).cloned().collect();
    new_keys.reached.clone_from(&old_keys.reached);
    for row in diff.findings.iter().filter(|it| it.kind == Kind::TypeRenamed) {
        if let (Some(was), Some(is)) = (&row.old.value, &row.new.value) {
            old_keys.components.insert(was.clone(), is.clone());
        }
    }
    let (gone, come) = difference(leaves(old, &old_keys), leaves(new, &new_keys));
    let labels: BTreeMap<String, String> = (old.operations.iter().enumerate())
        .filter_map(|(index, it)| {
            let key = old_keys.operations.get(&index)?;
            let partner = new_keys.operations.iter().find(|it| it.1 == key)?.0;
            Some((label(it), label(&new.operations[*partner])))
        })
        .collect();
    let mut acc = Vec::new();
    for (sign, leaves, others) in [('-', &gone, &come), ('+', &come, &gone)] {
        for mut leaf in leaves.iter().cloned() {
            if let Some(operation) = leaf.operation.as_ref().filter(|_| sign == '-') {
                leaf.operation = labels.get(operation).cloned().or(leaf.operation);
            }
            let explained = diff.findings.iter().any(|it| {
                let pointer = if sign == '-' { &it.old.pointer } else { &it.new.pointer };
                explains(it, pointer, &leaf) || names_anew(it, pointer, &leaf, others)
            });
            if !explained && !NO_EFFECT.contains(&leaf.about) {
                acc.push(format!(
                    "{sign} {} = {} ({:?}) at {}",
                    leaf.path,
                    leaf.value,
                    leaf.about,
                    leaf.owner()
                ));
            }
        }
    }
    acc.sort();
    acc.dedup();
    acc
}

/// Returns the leaves of only one side.
fn difference(old: Vec<Leaf>, new: Vec<Leaf>) -> (Vec<Leaf>, Vec<Leaf>) {
    let key = |it: &Leaf| (it.path.clone(), it.about, it.value.clone());
    let mut counts: BTreeMap<_, i64> = BTreeMap::new();
    for leaf in &old {
        *counts.entry(key(leaf)).or_default() += 1;
    }
    for leaf in &new {
        *counts.entry(key(leaf)).or_default() -= 1;
    }
    let of = |all: Vec<Leaf>, sign: i64| -> Vec<Leaf> {
        all.into_iter().filter(|it| counts[&key(it)] * sign > 0).collect()
    };
    (of(old, 1), of(new, -1))
}

/// Returns the keys under which both models know an operation and a status.
fn keys(old: &Api, new: &Api) -> (Keys, Keys) {
    let shape = |it: &Operation| {
        let part = |part: &PathPart| match part {
            PathPart::Literal(text) => text.clone(),
            PathPart::Parameter(_) => "{}".to_owned(),
        };
        format!("{} {}", it.method, it.path.iter().map(part).collect::<String>())
    };
    let (mut was, mut is) = (Keys::default(), Keys::default());
    let find = |all: &[Operation], rule: &dyn Fn(&Operation) -> bool| all.iter().position(rule);
    for (index, operation) in old.operations.iter().enumerate() {
        let by_id = find(&new.operations, &|it| it.id == operation.id);
        let partner = by_id.or_else(|| {
            let at = find(&new.operations, &|it| shape(it) == shape(operation))?;
            let taken = old.operations.iter().any(|it| it.id == new.operations[at].id);
            (!taken).then_some(at)
        });
        let Some(at) = partner else {
            was.operations.insert(index, format!("{} (gone)", operation.id));
            continue;
        };
        let new_operation = &new.operations[at];
        was.operations.insert(index, new_operation.id.clone());
        is.operations.insert(at, new_operation.id.clone());
        if shape(operation) != shape(new_operation) {
            was.by_name.push(index);
            is.by_name.push(at);
        }
        let bodies = |it: &Operation| -> Vec<(Option<StatusPattern>, usize)> {
            let body = it.body.as_ref().map(|it: &RequestBody| (None, it.contents.len()));
            let replies = it.responses.iter().map(|it| (Some(it.status), it.contents.len()));
            body.into_iter().chain(replies).collect()
        };
        let only = |of: &[Response], from: &[Response]| -> Vec<StatusPattern> {
            let is_new = |it: &&Response| from.iter().all(|other| other.status != it.status);
            let all = of.iter().filter(|it| it.status.is_success()).filter(is_new);
            all.map(|it| it.status).collect()
        };
        let gone = only(&operation.responses, &new_operation.responses);
        let come = only(&new_operation.responses, &operation.responses);
        let mut swapped = None;
        if let ([gone], [come]) = (gone.as_slice(), come.as_slice()) {
            was.statuses.insert((index, *gone), "swapped".to_owned());
            is.statuses.insert((at, *come), "swapped".to_owned());
            swapped = Some((*gone, *come));
        }
        for (status, n_old) in bodies(operation) {
            let other = match (swapped, status) {
                (Some((gone, come)), Some(status)) if gone == status => Some(come),
                (_, status) => status,
            };
            let theirs = bodies(new_operation).into_iter().find(|it| it.0 == other);
            if n_old == 1 && theirs.is_some_and(|it| it.1 == 1) {
                was.sole.push((index, status));
                is.sole.push((at, other));
            }
        }
    }
    (was, is)
}

/// Returns whether a row says that the variant has another name under which the same stands on the other side.
fn names_anew(row: &Finding, pointer: &Pointer, leaf: &Leaf, others: &[Leaf]) -> bool {
    let is_same = |it: &Leaf| it.about == leaf.about && it.value == leaf.value;
    row.kind == Kind::VariantRenamed && leaf.way.contains(pointer) && others.iter().any(is_same)
}

/// Returns whether a row explains a leaf; `pointer` is its place on the
/// leaf's side.
fn explains(row: &Finding, pointer: &Pointer, leaf: &Leaf) -> bool {
    if row.kind == Kind::DocsChanged {
        let here = owner_of(pointer) == owner_of(leaf.owner()) || is_reached(row, leaf);
        return leaf.about == About::Docs && here;
    }
    if leaf.about == About::Unheld && row.kind == Kind::Unknown {
        // The operation is marked when the type of its body is.
        let here = |it: &str| row.reach.iter().any(|reach| reach.operation == it);
        return leaf.operation.as_deref().is_some_and(here) || leaf.way.contains(pointer);
    }
    let named = names(row.kind).contains(&leaf.about);
    if named && (leaf.owner() == pointer || is_near(pointer, leaf) || is_reached(row, leaf)) {
        return true;
    }
    let moved = matches!(row.kind, Kind::Extracted | Kind::Inlined);
    if moved && leaf.path.starts_with("component ") && leaf.way.contains(pointer) {
        return true;
    }
    is_whole(row.kind) && (leaf.way.iter().any(|it| pointer.holds(it)) || is_reached(row, leaf))
}

/// A row of values points at the first of them, one of a body at its schema.
fn is_near(pointer: &Pointer, leaf: &Leaf) -> bool {
    let owner = leaf.owner();
    let above = leaf.way.iter().rev().nth(1);
    let up = |it: &Pointer| it.parent().and_then(|it| it.parent());
    owner.holds(pointer)
        || up(pointer).is_some_and(|it| it == *owner)
        || owner.parent().is_some_and(|it| it.holds(pointer) && it != Pointer::root())
        || up(owner).is_some_and(|it| it == *pointer || pointer.holds(owner) && it.holds(pointer))
        || above.is_some_and(|it| it == pointer)
}

/// One row can stand for the same change of many operations.
fn is_reached(row: &Finding, leaf: &Leaf) -> bool {
    let Some(operation) = &leaf.operation else { return false };
    let here = row.reach.iter().any(|it| it.operation == *operation);
    let own = row.old.pointer.as_str().starts_with("#/paths")
        || row.old.pointer.as_str().starts_with("#/components/parameters")
        || row.old.pointer.as_str().starts_with("#/components/responses");
    let named = match leaf.labels.last() {
        Some(label) => {
            let texts = row.new.value.as_deref().filter(|_| row.kind == Kind::DocsChanged);
            row.subject.contains(label.as_str()) || texts.is_some_and(|it| it.contains(label))
        }
        None => !row.subject.contains("parameter") && !row.subject.contains("response"),
    };
    here && own && named
}

/// Returns the component or operation that a place belongs to.
fn owner_of(pointer: &Pointer) -> Vec<String> {
    let mut tokens = pointer.tokens();
    tokens.truncate(if tokens.first().is_some_and(|it| it == "info") { 1 } else { 3 });
    tokens
}

/// Rows that say that a whole node came, went or was replaced.
fn is_whole(kind: Kind) -> bool {
    use Kind::{
        AdditionalChanged, BodyAdded, BodyRemoved, BranchesAdded, BranchesRemoved, ConstantAdded,
        ConstantChanged, ConstantRemoved, EnumAdded, EnumDropped, HeaderAdded, HeaderRemoved,
        MediaTypeAdded, MediaTypeRemoved, ObjectClosed, ObjectOpened, OperationAdded,
        OperationRemoved, OptionalParameterAdded, OptionalParameterRemoved, ParameterMoved,
        PropertyAdded, PropertyRemoved, PropertyRenamed, ReferenceChanged, ReplyBodyAdded,
        ReplyBodyRemoved, RequiredParameterAdded, RequiredParameterRemoved, Respelled, StatusAdded,
        StatusRemoved, TagAdded, TagRemoved, TypeAdded, TypeChanged, TypeGeneralized, TypeRemoved,
        TypeSpecialized, Unknown, VariantAdded, VariantRemoved,
    };
    matches!(
        kind,
        AdditionalChanged
            | BodyAdded
            | BodyRemoved
            | BranchesAdded
            | BranchesRemoved
            | ConstantAdded
            | ConstantChanged
            | ConstantRemoved
            | EnumAdded
            | EnumDropped
            | HeaderAdded
            | HeaderRemoved
            | MediaTypeAdded
            | MediaTypeRemoved
            | ObjectClosed
            | ObjectOpened
            | OperationAdded
            | OperationRemoved
            | OptionalParameterAdded
            | OptionalParameterRemoved
            | ParameterMoved
            | PropertyAdded
            | PropertyRemoved
            | PropertyRenamed
            | ReferenceChanged
            | ReplyBodyAdded
            | ReplyBodyRemoved
            | RequiredParameterAdded
            | RequiredParameterRemoved
            | Respelled
            | StatusAdded
            | StatusRemoved
            | TypeAdded
            | TypeChanged
            | TypeGeneralized
            | TypeRemoved
            | TypeSpecialized
            | TagAdded
            | TagRemoved
            | Unknown
            | VariantAdded
            | VariantRemoved
    )
}

/// Returns what else a row can be about.
fn names(kind: Kind) -> &'static [About] {
    match kind {
        Kind::VersionChanged => &[About::Version],
        Kind::ServerAdded | Kind::ServerRemoved | Kind::ServerChanged => {
            &[About::Server, About::Docs]
        }
        Kind::SchemeAdded | Kind::SchemeRemoved | Kind::SchemeChanged => {
            &[About::Scheme, About::Docs]
        }
        Kind::OperationMoved => &[About::Place],
        Kind::TagsChanged => &[About::Tags],
        Kind::Deprecated | Kind::Undeprecated => &[About::Deprecated],
        Kind::SecurityAdded
        | Kind::SecurityRemoved
        | Kind::AlternativeAdded
        | Kind::ScopeAdded
        | Kind::ScopeRemoved
        | Kind::AlternativeRemoved => &[About::Security],
        Kind::ParameterRenamed => &[About::Name],
        Kind::BecameRequired | Kind::BecameOptional => &[About::Required],
        Kind::StyleChanged => &[About::Style],
        Kind::FieldEncodingChanged => &[About::FieldEncoding],
        Kind::DefaultAdded | Kind::DefaultRemoved | Kind::DefaultChanged => &[About::Default],
        Kind::MediaTypeChanged => &[About::Media],
        Kind::StatusSwapped => &[About::Response, About::Docs],
        Kind::NullableAdded | Kind::NullableRemoved => &[About::Null],
        // `password` says that a text is a secret.
        Kind::FormatAdded | Kind::FormatRemoved | Kind::FormatChanged => {
            &[About::Type, About::Secret]
        }
        Kind::Tightened | Kind::Loosened | Kind::ConstraintChanged => &[About::Constraint],
        Kind::EnumOpened | Kind::EnumClosed => &[About::Spelling],
        Kind::ValueAdded | Kind::ValueRemoved => {
            &[About::Value, About::Constraint, About::GivenName, About::Docs]
        }
        Kind::ValueRenamed | Kind::VariantRenamed => &[About::GivenName],
        Kind::ReadOnlySet | Kind::ReadOnlyUnset | Kind::WriteOnlySet | Kind::WriteOnlyUnset => {
            &[About::Flow]
        }
        Kind::TaggingChanged => &[About::Tagging, About::Variant],
        Kind::UnionKeywordChanged => &[About::Keyword],
        Kind::TypeRenamed | Kind::Extracted | Kind::Inlined => &[About::Component],
        _ => &[],
    }
}
