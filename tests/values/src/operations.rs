//! The operations of a document in, values for their parameters and bodies out, each with what a validator says of it.

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use tamarack::plan::{Argument, Place, PlannedOperation, RustType};
use tamarack_reader::document::operation::Operation;
use tamarack_reader::document::{Document, Node};

use crate::bounds::Violation;
use crate::broken::broken;
use crate::choices::Choices;
use crate::random;
use crate::validity::Validity;

/// How many values of an argument violate something.
const MOST_BROKEN: usize = 30;

/// An operation with values.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The operation, by its place in the plan.
    pub operation: usize,
    /// What it is and how its values were made.
    pub place: String,
    /// The value of each argument, by its name in Rust.
    pub values: Value,
    /// What the validator says, with the pointers that the checks of an operation have.
    pub violations: BTreeSet<Violation>,
    /// The schemas of the values.
    pub schemas: Vec<String>,
}

/// An argument with its schema and values of it.
struct Choice<'d> {
    ident: String,
    is_required: bool,
    prefix: String,
    schema: Node<'d>,
    /// Whether the value of the operation says all that is sent.
    is_checked: bool,
    valid: Vec<Value>,
}

/// Returns each operation with valid values, and with one argument that violates a keyword; nothing for those of
/// whose required arguments no value is found.
pub fn asked(
    document: &Document,
    validity: &Validity,
    planned: &[PlannedOperation],
    each: usize,
    seed: u64,
) -> Vec<Asked> {
    let operations = document.operations();
    let mut choices = Choices::of(seed);
    let mut acc = Vec::new();
    for (index, planned) in planned.iter().enumerate() {
        let Ok(operation) = find(&operations, planned) else { continue };
        let arguments = planned.arguments.iter().map(|it| (true, it));
        let arguments = arguments.chain(planned.options.iter().map(|it| (false, it)));
        let of = arguments.filter_map(|(is_required, argument)| {
            let mut it = choice(operation, planned, argument, is_required)?;
            let found = random::of_schema(document, validity, &it.schema, each, &mut choices);
            let valid = found.values.into_iter().filter(|it| !it.0.contains(" with "));
            it.valid = valid.map(|it| it.1).collect();
            (is_required || !it.valid.is_empty()).then_some(it)
        });
        let of: Vec<_> = of.collect();
        let n_required = of.iter().filter(|it| it.is_required).count();
        let has_all = n_required == planned.arguments.len();
        if has_all && of.iter().all(|it| !it.valid.is_empty()) {
            Maker { document, validity, index, planned, of: &of }.make(each, &mut acc);
        }
    }
    acc
}

struct Maker<'a> {
    document: &'a Document,
    validity: &'a Validity,
    index: usize,
    planned: &'a PlannedOperation,
    of: &'a [Choice<'a>],
}

impl Maker<'_> {
    fn make(&self, each: usize, acc: &mut Vec<Asked>) {
        let most = self.of.iter().map(|it| it.valid.len()).max().unwrap_or(0);
        for attempt in 0..most.min(each) {
            acc.extend(self.with(attempt, None));
        }
        for (at, it) in self.of.iter().enumerate().filter(|it| it.1.is_checked) {
            let broken = it.valid.iter().flat_map(|value| broken(self.document, &it.schema, value));
            for (words, value) in broken.take(MOST_BROKEN) {
                acc.extend(self.with(0, Some((at, &words, value))));
            }
        }
    }

    /// Returns the operation with valid values, but for one argument; nothing where the validator does not judge.
    fn with(&self, attempt: usize, broken: Option<(usize, &str, Value)>) -> Option<Asked> {
        let mut values = Map::new();
        let mut violations = BTreeSet::new();
        for (index, it) in self.of.iter().enumerate() {
            let value = match &broken {
                Some((at, _, value)) if *at == index => value.clone(),
                _ => it.valid[attempt % it.valid.len()].clone(),
            };
            if it.is_checked {
                let found = self.validity.violations(&it.schema.at, &value)?;
                violations.extend(
                    found.into_iter().map(|(at, keyword)| (format!("{}{at}", it.prefix), keyword)),
                );
            }
            values.insert(it.ident.clone(), value);
        }
        let how = broken.map(|(at, words, _)| format!("{}{words}", self.of[at].prefix));
        Some(Asked {
            operation: self.index,
            place: format!(" {} {}", words(self.planned), how.unwrap_or_default()),
            values: values.into(),
            violations,
            schemas: self.of.iter().map(|it| it.schema.at.clone()).collect(),
        })
    }
}

fn choice<'d>(
    operation: &Operation<'d>,
    planned: &PlannedOperation,
    argument: &Argument,
    is_required: bool,
) -> Option<Choice<'d>> {
    let (prefix, schema) = match location(argument.place) {
        Some(location) => {
            let parameter = operation.parameters.iter().find(|it| {
                it.location == location && it.name.eq_ignore_ascii_case(&argument.wire_name)
            })?;
            let name = argument.wire_name.replace('~', "~0").replace('/', "~1");
            (format!("/{location}/{name}"), parameter.schema().1?)
        }
        None => {
            let body = operation.body.as_ref()?;
            let first = planned.encodings.first()?;
            let is_first = |it: &&(&str, Node<'d>)| it.0.eq_ignore_ascii_case(&first.media_type);
            let (_, media) = body.content.iter().find(is_first).or(body.content.first())?;
            ("/body".to_owned(), media.get("schema").or_else(|| media.get("itemSchema"))?)
        }
    };
    Some(Choice {
        ident: argument.ident.to_string(),
        is_required,
        prefix,
        schema,
        is_checked: is_value(&argument.ty),
        valid: Vec::new(),
    })
}

/// Returns whether an argument is one value: a stream and a choice of media types are not checked, as the book says.
fn is_value(ty: &RustType) -> bool {
    match ty {
        RustType::RequestBody
        | RustType::Bytes
        | RustType::File
        | RustType::JsonLines(_)
        | RustType::Media
        | RustType::Operation(_) => false,
        RustType::Option(inner) | RustType::Boxed(inner) => is_value(inner),
        _ => true,
    }
}

/// Returns the operation of the document; the error says that there is none.
pub fn find<'o, 'd>(
    operations: &'o [Operation<'d>],
    planned: &PlannedOperation,
) -> Result<&'o Operation<'d>, String> {
    let method = planned.http_method.to_string().to_ascii_uppercase();
    let mut found = operations.iter().filter(|it| {
        it.method == method && (it.path == planned.path || it.template == planned.path)
    });
    // Two paths can differ in what is no part of them.
    let by_id = found.clone().find(|it| it.id == Some(&planned.id));
    by_id.or_else(|| found.next()).ok_or_else(|| format!("the document has no {}", words(planned)))
}

/// Returns where a parameter is; nothing for a body.
pub fn location(place: Place) -> Option<&'static str> {
    Some(match place {
        Place::Path
        | Place::PathReserved
        | Place::PathJson
        | Place::PathStyled(_)
        | Place::PathObject(_) => "path",
        Place::Query
        | Place::QueryList(_)
        | Place::QueryReserved(_)
        | Place::QueryObject(_)
        | Place::QueryObjectReserved(_)
        | Place::QueryJson => "query",
        Place::Header | Place::HeaderList | Place::HeaderObject(_) | Place::HeaderJson => "header",
        Place::Cookie | Place::CookieList | Place::CookieObject(_) => "cookie",
        Place::Body => return None,
    })
}

/// Returns the words for an operation: `GET /pets/{id} (get_pet)`.
pub fn words(operation: &PlannedOperation) -> String {
    format!("{} {} ({})", operation.http_method, operation.path, operation.id)
}
