//! A document and its plan in, the calls to make out: each operation with values that a validator of JSON Schema accepts.

use serde_json::{Map, Value, json};
use tamarack::plan::{Argument, Encoding, Module, PlannedOperation};
use tamarack_reader::document::operation::Operation;
use tamarack_reader::document::{Document, Node};
use tamarack_values::choices::Choices;
use tamarack_values::operations::{find, location, words};
use tamarack_values::sample::Sampler;
use tamarack_values::validity::Validity;

/// How many values are tried: what `pattern` and `oneOf` forbid is met by chance.
const ATTEMPTS: usize = 200;

/// How many responses of random values each operation gets.
const N_DYNAMIC: usize = 2;

/// A call.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    /// The operation, by its place in the plan.
    pub(crate) operation: usize,
    /// What the program reads.
    pub(crate) json: Value,
}

/// A document with what judges its values.
#[derive(Clone, Copy)]
pub(crate) struct Source<'d> {
    pub(crate) document: &'d Document,
    pub(crate) validity: &'d Validity,
}

/// Returns the calls; the error names an operation that the document does not have.
pub(crate) fn calls(
    source: Source<'_>,
    module: &Module,
    operations: &[Operation<'_>],
) -> Result<Vec<Asked>, String> {
    let mut choices = Choices::of(1);
    let mut acc = Vec::new();
    for (index, planned) in module.operations.iter().enumerate() {
        let operation = find(operations, planned)?;
        let mut ask = |is_full: bool, prefer: Option<String>| {
            let mut values = Map::new();
            values.insert("operation".to_owned(), json!(index));
            values.insert("prefer".to_owned(), json!(prefer));
            let options = if is_full { &*planned.options } else { &[] };
            for argument in planned.arguments.iter().chain(options) {
                let value = source.value(operation, planned, argument, &mut choices);
                let is_required = planned.arguments.iter().any(|it| it.ident == argument.ident);
                match value {
                    Some(value) => {
                        values.insert(argument.ident.to_string(), value);
                    }
                    None if is_required => {
                        return Err(format!("no value of `{}` is found", argument.wire_name));
                    }
                    None => {}
                }
            }
            acc.push(Asked { operation: index, json: Value::Object(values) });
            Ok(())
        };
        let statuses = operation.responses.iter().filter(|it| it.status.parse::<u16>().is_ok());
        let by_status = statuses.map(|it| Some(format!("code={}", it.status)));
        let dynamic = (0..N_DYNAMIC).map(|_| Some("dynamic=true".to_owned()));
        let all = [None].into_iter().chain(dynamic).chain(by_status);
        let all = all.map(|it| (true, it)).chain([(false, None)]);
        for (is_full, prefer) in all {
            ask(is_full, prefer).map_err(|why| format!("{}: {why}", words(planned)))?;
        }
    }
    Ok(acc)
}

impl<'d> Source<'d> {
    fn value(
        self,
        operation: &Operation<'d>,
        planned: &PlannedOperation,
        argument: &Argument,
        choices: &mut Choices,
    ) -> Option<Value> {
        let Some(location) = location(argument.place) else {
            let body = operation.body.as_ref()?;
            let first = planned.encodings.first()?;
            let content =
                body.content.iter().find(|it| it.0.eq_ignore_ascii_case(&first.media_type));
            let (_, media) = content.or_else(|| body.content.first())?;
            let Some(schema) = media.get("schema").or_else(|| media.get("itemSchema")) else {
                return Some(json!("content"));
            };
            let is_lines = first.encoding == Encoding::Lines;
            // Of no lines there is no body.
            let fits = |it: &Value| !(it.is_null() || is_lines && *it == json!([]));
            return self.sample(&schema, choices, fits);
        };
        let parameter = operation.parameters.iter().find(|it| {
            it.location == location && it.name.eq_ignore_ascii_case(&argument.wire_name)
        })?;
        let schema = parameter.schema().1?;
        self.sample(&schema, choices, |it| can_be_sent(location, it, true))
    }

    /// Returns a valid value of a schema, or its example, or one that is not valid.
    fn sample(
        self,
        schema: &Node<'d>,
        choices: &mut Choices,
        fits: impl Fn(&Value) -> bool,
    ) -> Option<Value> {
        let is_good =
            |it: &Value| fits(it) && self.validity.is_valid(&schema.at, it) != Some(false);
        let mut last = None;
        for _ in 0..ATTEMPTS {
            let value = Sampler::new(self.document, choices).value(schema);
            let Some(value) = value.filter(&fits) else { continue };
            if is_good(&value) {
                return Some(value);
            }
            last = Some(value);
        }
        let (end, _) = self.document.follow(schema);
        let example = end.get("example").or_else(|| end.list("examples").into_iter().next());
        // Where the document allows none that can be found, Prism says why.
        example.map(|it| it.value.clone()).filter(is_good).or(last)
    }
}

/// Returns whether a value has a form on the wire from which it can be read back: there is none of `null` and of an
/// empty list, Prism takes an empty text for none, and what separates the items of a list is in none of them.
fn can_be_sent(location: &str, value: &Value, is_whole: bool) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(_) | Value::Number(_) => true,
        Value::String(text) => {
            let is_plain = text.chars().all(|it| it.is_ascii_graphic());
            let has_separators = text.contains([',', '|', ';', '=', '&', ' ', '.']);
            let is_possible = !text.is_empty() && (is_plain || location == "query");
            is_possible && (is_whole || !has_separators)
        }
        Value::Array(items) => {
            !items.is_empty() && items.iter().all(|it| can_be_sent(location, it, false))
        }
        Value::Object(members) => {
            !members.is_empty() && members.values().all(|it| can_be_sent(location, it, false))
        }
    }
}
