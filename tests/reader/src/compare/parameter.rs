//! The parameters of an operation with what the code adds to a request.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Form, Walk};
use crate::difference::Fact;
use crate::document::operation::{Operation as Declared, Parameter};
use crate::rust::{Item, Operation, Send, Type};

/// The headers that no parameter describes (OpenAPI 3.1.1 §4.8.12.1).
const IGNORED: [&str; 3] = ["accept", "content-type", "authorization"];

impl<'a> Walk<'a> {
    /// Compares the parameters.
    pub(super) fn parameters(&mut self, declared: &Declared<'a>, operation: &Operation) {
        let mut met = BTreeSet::new();
        let names: Vec<_> = declared.parameters.iter().map(|it| it.name.to_owned()).collect();
        let names = names.into_iter().chain(self.answered(declared)).collect::<Vec<_>>();
        for parameter in &declared.parameters {
            let is_header = parameter.location == "header";
            let name = sent_name(parameter);
            if is_header && IGNORED.contains(&name.as_str()) {
                continue;
            }
            let found = operation.sends.iter().find(|it| {
                location(&it.method) == Some(parameter.location)
                    && it.text.as_deref() == Some(name.as_str())
            });
            met.insert((parameter.location, name.clone()));
            match found {
                Some(send) => self.parameter(parameter, send, operation, &names),
                None => self.constant(parameter, &name, operation),
            }
        }
        for send in &operation.sends {
            let (Some(location), Some(name)) = (location(&send.method), &send.text) else {
                continue;
            };
            let is_declared = met.contains(&(location, name.clone()));
            let places = [declared.node.at.clone()];
            self.check(Fact::Parameter, is_declared, &places, Some(name), || {
                format!("`{name}` is sent in the {location} and not declared")
            });
        }
    }

    /// Returns the properties of what an operation answers: they say what a parameter is for.
    fn answered(&self, declared: &Declared<'a>) -> Vec<String> {
        let successes = declared.responses.iter().filter(|it| it.status.starts_with('2'));
        let schemas = successes.flat_map(|it| &it.content).filter_map(|it| it.1.get("schema"));
        let properties = schemas.map(|it| self.document.schema(&[it]).properties);
        properties.flat_map(BTreeMap::into_keys).collect()
    }

    fn parameter(
        &mut self,
        declared: &Parameter<'a>,
        send: &Send,
        operation: &Operation,
        beside: &[String],
    ) {
        let name = Some(declared.name);
        self.check(Fact::Parameter, true, &declared.places, name, String::new);
        let Some(field) = operation.fields.get(&send.field) else { return };
        let Ok(ty) = &field.ty else { return };
        // What is sent unless the field has a value is always there.
        let is_required = !matches!(ty, Type::Option(_)) || send.default.is_some();
        self.check(
            Fact::Required,
            is_required == declared.required,
            &declared.places,
            name,
            || {
                let (a, b) = words(declared.required, is_required);
                format!("the parameter `{}` is {a}, in the code {b}", declared.name)
            },
        );
        if let Some(sent) = &send.default {
            let holds = self.default(declared).as_deref() == Some(sent);
            self.check(Fact::Parameter, holds, &declared.places, name, || {
                format!("`{sent}` is sent for `{}`, which has another default", declared.name)
            });
        }
        let (media_type, schema) = declared.schema();
        let is_json = media_type.is_some_and(|it| it.to_ascii_lowercase().contains("json"));
        let sent_as_json = send.method.ends_with("_json");
        self.check(Fact::Parameter, is_json == sent_as_json, &declared.places, name, || {
            format!("the parameter `{}` is written in another way than declared", declared.name)
        });
        let Some(schema) = schema else { return };
        let is_object = send.method.contains("_object");
        let form = if sent_as_json || is_object { Form::Json } else { Form::Text };
        let schema = [schema];
        self.present(&schema, ty.present(), form, None, &field.docs);
        // What a cursor is, the response says.
        if form == Form::Text && declared.name != "token" {
            let beside = beside.iter().map(String::as_str);
            self.secret(&schema, &declared.places, (declared.name, &[], beside), ty);
        }
        let is_list = self.is_list(ty.present());
        if !sent_as_json && (is_list || is_object) {
            let (style, expected) = (style(send), declared_style(declared, is_list));
            self.check(Fact::Parameter, style == expected, &declared.places, name, || {
                format!("the value of `{}` is {expected}, in the code {style}", declared.name)
            });
        }
        // Of parameters in a path only OpenAPI 3.2 says it.
        let is_3_2 = self.document.root().text("openapi").is_some_and(|it| it.starts_with("3.2"));
        let can_be_left = match declared.location {
            "query" => true,
            "path" => is_3_2 && send.method.starts_with("path") && !is_object,
            _ => false,
        };
        let leaves = declared.form.operator == Some('+')
            || declared.node.value.get("allowReserved") == Some(&Value::Bool(true))
                && can_be_left
                && !sent_as_json;
        self.check(
            Fact::Parameter,
            leaves == send.method.ends_with("_reserved"),
            &declared.places,
            name,
            || format!("reserved characters of `{}` are sent in another way", declared.name),
        );
    }

    /// Compares a parameter that is no field: a header with the one value that it can have.
    fn constant(&mut self, declared: &Parameter<'a>, name: &str, operation: &Operation) {
        let is_header = declared.location == "header";
        let sent = operation.headers.iter().find(|(own, _)| is_header && own == name);
        let holds = sent.is_some_and(|(_, value)| self.can_be_constant(declared, value));
        self.check(Fact::Parameter, holds, &declared.places, Some(declared.name), || match sent {
            Some((_, value)) => {
                format!("the header `{name}` is always sent as `{value}`, and can have others")
            }
            None => format!("the {} parameter `{}` is not sent", declared.location, declared.name),
        });
    }

    /// A header is the same for all calls when the document gives it one value, or when its default is
    /// the version of the API.
    fn can_be_constant(&self, declared: &Parameter<'a>, value: &str) -> bool {
        let Some(node) = declared.schema().1 else { return false };
        let schema = self.document.schema(&[node]);
        let only = schema.texts().is_some_and(|it| it.len() == 1 && it.contains(value));
        let root = self.document.root();
        let version = root.get("info").and_then(|it| it.get("version"));
        let is_version = version.is_some_and(|it| text_of(it.value) == value);
        let is_default = self.default(declared).as_deref() == Some(value);
        declared.required && (only || is_default && is_version)
    }

    /// Returns the default of a parameter, as a text.
    fn default(&self, declared: &Parameter<'a>) -> Option<String> {
        let schema = self.document.schema(&[declared.schema().1?]);
        let default = schema.parts.iter().find_map(|at| self.document.find(at)?.get("default"));
        default.map(|it| text_of(it.value))
    }

    fn is_list(&self, ty: &Type) -> bool {
        match ty {
            Type::List(_) => true,
            Type::Named(id) => match self.code.item(id) {
                Item::Alias { ty, .. } => self.is_list(ty),
                _ => false,
            },
            _ => false,
        }
    }
}

fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn sent_name(parameter: &Parameter<'_>) -> String {
    if parameter.location == "header" {
        parameter.name.to_ascii_lowercase()
    } else {
        parameter.name.to_owned()
    }
}

/// Returns the location that a method of the request builder writes to.
fn location(method: &str) -> Option<&'static str> {
    Some(match method {
        "path" | "path_json" | "path_reserved" | "path_styled" | "path_object" => "path",
        "query"
        | "query_list"
        | "query_json"
        | "query_reserved"
        | "query_object"
        | "query_object_reserved" => "query",
        "header" | "header_or" | "header_list" | "header_json" | "header_object" => "header",
        "cookie" | "cookie_list" | "cookie_object" => "cookie",
        _ => return None,
    })
}

/// Returns how the code writes a list or an object.
fn style(send: &Send) -> &'static str {
    match (send.method.as_str(), send.style.as_deref()) {
        ("query" | "cookie", _)
        | ("query_reserved", Some("Repeated"))
        | ("path_object", Some("SimpleExploded")) => "repeated",
        ("query_list" | "query_reserved", Some("Space")) => "joined by spaces",
        ("query_list" | "query_reserved", Some("Pipe")) => "joined by pipes",
        ("path_styled" | "path_object", Some("Label")) => "a label",
        ("path_styled" | "path_object", Some("LabelExploded")) => "an exploded label",
        ("path_styled" | "path_object", Some("Matrix")) => "a matrix",
        ("path_styled" | "path_object", Some("MatrixExploded")) => "an exploded matrix",
        (method, Some("Exploded")) if method.contains("_object") => "repeated",
        (method, Some("Space")) if method.contains("_object") => "joined by spaces",
        (method, Some("Pipe")) if method.contains("_object") => "joined by pipes",
        (method, Some("Deep")) if method.contains("_object") => "in brackets",
        _ => "joined by commas",
    }
}

/// Returns how a list or an object is declared to be written (OpenAPI 3.1.1 §4.8.12.6).
fn declared_style(parameter: &Parameter<'_>, is_list: bool) -> &'static str {
    let explode = parameter.node.value.get("explode").and_then(Value::as_bool);
    let explode = explode.or(parameter.form.explode.then_some(true));
    let of_path = match parameter.form.operator {
        Some('.') => Some("label"),
        Some(';') => Some("matrix"),
        _ => None,
    };
    let style = parameter.node.text("style").or(of_path);
    match (parameter.location, style) {
        ("query", Some("spaceDelimited")) if explode != Some(true) => "joined by spaces",
        ("query", Some("pipeDelimited")) if explode != Some(true) => "joined by pipes",
        ("query", Some("deepObject")) => "in brackets",
        ("query" | "cookie", _) if explode != Some(false) => "repeated",
        ("path", Some("label")) if explode == Some(true) => "an exploded label",
        ("path", Some("label")) => "a label",
        ("path", Some("matrix")) if explode == Some(true) => "an exploded matrix",
        ("path", Some("matrix")) => "a matrix",
        ("path" | "header", _) if explode == Some(true) && !is_list => "repeated",
        _ => "joined by commas",
    }
}

/// Returns how something is declared and how it is in the code.
pub(super) fn words(declared: bool, in_code: bool) -> (&'static str, &'static str) {
    let word = |it| if it { "required" } else { "optional" };
    (word(declared), word(in_code))
}
