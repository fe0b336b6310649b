//! One planned operation in, its implementation of `Operation` out: what is the same for each call, and the request that its parameters make.

use std::fmt::{Debug, Write as _};

use proc_macro2::Literal;

use super::super::format::Part;
use super::super::lines;
use super::super::scope::Scope;
use super::super::statuses;
use crate::plan::{
    Argument, BodyEncoding, ConstIdent, Encoding, FieldEncoding, FieldStyle, ListStyle,
    ObjectStyle, Place, PlannedOperation, ReplyBody, Retries, RustType, Shared, StatusPattern,
    Success,
};

/// Writes the implementation.
pub(super) fn emit(it: &PlannedOperation, shared: &Shared, scope: &Scope<'_>) -> Part {
    let (success, statuses) = success(it, scope);
    let status = scope.name("Status");
    let statuses = statuses.iter().map(|it| match it {
        StatusPattern::Exact(number) => format!("{status}::Exact({number})"),
        StatusPattern::Range(digit) => format!("{status}::Range({digit})"),
        StatusPattern::Default => unreachable!("the default is no status of a success"),
    });
    let statuses = statuses.collect::<Vec<_>>().join(", ");
    let [id, path, accept] = [&it.id, &it.path, &it.accept].map(|it| text(it));
    let named = |name: Option<&ConstIdent>| match name {
        Some(name) => scope.item(name.as_str()).to_string(),
        None => "&[]".to_owned(),
    };
    let headers = named(shared.headers_of(it));
    let security = named(shared.security_of(it));
    let (info, method) = (scope.name("OperationInfo"), scope.name("Method"));
    let mut acc = format!(
        "impl {} for {} {{
    type Success = {success};
    type Error = {};

    const INFO: {info} = {info} {{
        id: {id},
        method: {method}::{},
        path: {path},
        success: &[{statuses}],
        accept: {accept},
        headers: {headers},
        security: {security},
    }};

",
        scope.name("Operation"),
        it.ident,
        it.error,
        it.http_method.as_str(),
    );
    let constants = [end(it, scope), json_events(it), server(it, scope), retries(it, scope)];
    for constant in constants.into_iter().flatten() {
        let _ = writeln!(acc, "    const {constant};\n");
    }
    let (statements, builder) = (statements(it, scope), scope.name("RequestBuilder"));
    if statements.is_empty() {
        let _ = writeln!(acc, "    fn request(&self, _: &mut {builder}) {{}}\n}}");
    } else {
        let _ = writeln!(acc, "    fn request(&self, request: &mut {builder}) {{");
        let _ = writeln!(acc, "{statements}    }}\n}}");
    }
    lines::items(acc)
}

/// Writes the event that ends a stream.
fn end(it: &PlannedOperation, scope: &Scope<'_>) -> Option<String> {
    let end = text(it.end.as_ref()?);
    let [option, some] = ["Option", "Some"].map(|name| scope.name(name));
    Some(format!("END: {option}<&'static str> = {some}({end})"))
}

/// Writes which events have JSON as data.
fn json_events(it: &PlannedOperation) -> Option<String> {
    let names = it.json_events.iter().map(|it| text(it)).collect::<Vec<_>>().join(", ");
    (!names.is_empty()).then(|| format!("JSON_EVENTS: &'static [&'static str] = &[{names}]"))
}

fn server(it: &PlannedOperation, scope: &Scope<'_>) -> Option<String> {
    let server = scope.item(it.server.as_ref()?.as_str());
    let [option, ty] = ["Option", "DeclaredServer"].map(|name| scope.name(name));
    Some(format!("SERVER: {option}<{ty}> = Some({server})"))
}

/// Writes when the operation may be sent again, where that is not as HTTP says.
fn retries(it: &PlannedOperation, scope: &Scope<'_>) -> Option<String> {
    let Retries { statuses, key_header, idempotent } = &it.retries;
    if it.retries == Retries::default() {
        return None;
    }
    let ty = scope.name("DeclaredRetries");
    let mut acc = format!("RETRIES: {ty} = {ty}::new()");
    if !statuses.is_empty() {
        let statuses = statuses.iter().map(ToString::to_string).collect::<Vec<_>>();
        let _ = write!(acc, ".statuses(&[{}])", statuses.join(", "));
    }
    if let Some(header) = key_header {
        let _ = write!(acc, ".key_header({})", text(header));
    }
    if let Some(idempotent) = idempotent {
        let _ = write!(acc, ".idempotent({idempotent})");
    }
    Some(acc)
}

/// Writes how the operation is read as a stream, where that is another way to read it.
pub(super) fn emit_stream(it: &PlannedOperation, scope: &Scope<'_>) -> Option<Part> {
    let stream = it.stream.as_ref()?;
    Some(lines::items(format!(
        "impl {} for {} {{
    type Stream = {};

    const STREAM_ACCEPT: &'static str = {};
}}
",
        scope.name("StreamOperation"),
        it.ident,
        kind(&stream.body, scope),
        text(&stream.accept),
    )))
}

/// Writes how a body is read.
fn kind(body: &ReplyBody, scope: &Scope<'_>) -> String {
    let (kind, ty) = statuses::body(body, scope);
    format!("{}<{ty}>", scope.name(kind))
}

/// Returns how a success is read, and its statuses.
fn success(it: &PlannedOperation, scope: &Scope<'_>) -> (String, Vec<StatusPattern>) {
    match &it.success {
        Success::One { statuses, body } => (kind(body, scope), statuses.clone()),
        Success::Several(variants) => {
            (it.outcome.to_string(), variants.iter().map(|it| it.status).collect())
        }
    }
}

/// Writes a text as a literal.
fn text(text: &str) -> String {
    Literal::string(text).to_string()
}

fn statements(it: &PlannedOperation, scope: &Scope<'_>) -> String {
    let required = |it: &Argument| send(it, &format!("Some(&self.{})", it.ident.as_code()), scope);
    let optional =
        |it: &Argument| send(it, &format!("self.{}.as_ref()", it.ident.as_code()), scope);
    let (in_path, others): (Vec<_>, Vec<_>) =
        it.arguments.iter().partition(|it| is_in_path(it.place));
    let required = in_path.into_iter().chain(others).filter_map(required);
    let mut acc = String::new();
    for call in required.chain(it.options.iter().filter_map(optional)) {
        let _ = writeln!(acc, "        request.{call};");
    }
    acc.push_str(&body(it, scope).unwrap_or_default());
    acc
}

/// Writes the call that sends a parameter; `some` is an optional reference to its value.
fn send(it: &Argument, some: &str, scope: &Scope<'_>) -> Option<String> {
    let (name, ident) = (text(&it.wire_name), it.ident.as_code());
    let header = text(&it.wire_name.to_ascii_lowercase());
    let styled = |method: &str, ty, style: &dyn Debug| {
        format!("{method}({name}, &self.{ident}, {}::{style:?})", scope.name(ty))
    };
    let object = |method: &str, name: &str, style: ObjectStyle| {
        format!("{method}({name}, {some}, {}::{style:?})", scope.name("ObjectStyle"))
    };
    Some(match it.place {
        Place::Path => format!("path({name}, &self.{ident})"),
        Place::PathReserved => format!("path_reserved({name}, &self.{ident})"),
        Place::PathJson => format!("path_json({name}, &self.{ident})"),
        Place::Query | Place::QueryList(ListStyle::Repeated) => {
            format!("query({name}, &self.{ident})")
        }
        Place::QueryList(style) => styled("query_list", "ListStyle", &style),
        Place::QueryReserved(style) => styled("query_reserved", "ListStyle", &style),
        Place::PathStyled(style) => styled("path_styled", "PathStyle", &style),
        Place::PathObject(style) => styled("path_object", "PathStyle", &style),
        Place::QueryObject(style) => object("query_object", &name, style),
        Place::QueryObjectReserved(style) => object("query_object_reserved", &name, style),
        Place::HeaderObject(style) => object("header_object", &header, style),
        Place::CookieObject(style) => object("cookie_object", &name, style),
        Place::CookieList => format!("cookie_list({name}, &self.{ident})"),
        Place::QueryJson => format!("query_json({name}, {some})"),
        Place::Header => match &it.default {
            Some(default) => format!("header_or({header}, {some}, {})", text(default)),
            None => format!("header({header}, &self.{ident})"),
        },
        Place::HeaderList => format!("header_list({header}, &self.{ident})"),
        Place::HeaderJson => format!("header_json({header}, {some})"),
        Place::Cookie => format!("cookie({name}, &self.{ident})"),
        Place::Body => return None,
    })
}

fn is_in_path(place: Place) -> bool {
    matches!(
        place,
        Place::Path
            | Place::PathReserved
            | Place::PathJson
            | Place::PathStyled(_)
            | Place::PathObject(_)
    )
}

/// Writes the statement that sends the body.
fn body(it: &PlannedOperation, scope: &Scope<'_>) -> Option<String> {
    it.body()?;
    let is_optional = it.options.iter().any(|it| it.place == Place::Body);
    let (value, indent) = if is_optional { ("body", 12) } else { ("&self.body", 8) };
    let arms = |of: &str, bound: &str, value: &str| {
        // The enum is an item of the same piece.
        let ty = &it.encoding;
        let arms = it.encodings.iter().map(|encoding| {
            let write = write(encoding, value, scope);
            format!("{:indent$}    {ty}::{}{bound} => request.{write},\n", "", encoding.ident)
        });
        format!("{:indent$}match {of} {{\n{}{:indent$}}}\n", "", arms.collect::<String>(), "")
    };
    let statement = match it.encodings.as_slice() {
        _ if it.has_body_enum() => arms(value, "(body)", "body"),
        [only] => format!("{:indent$}request.{};\n", "", write(only, value, scope)),
        _ => arms("self.encoding", "", value),
    };
    Some(if is_optional {
        format!("        if let Some(body) = &self.body {{\n{statement}        }}\n")
    } else {
        statement
    })
}

/// Writes the call that sends a body in one media type.
fn write(it: &BodyEncoding, value: &str, scope: &Scope<'_>) -> String {
    let media_type = text(&it.media_type);
    let fields = || it.fields.iter().map(|it| field(it, scope)).collect::<Vec<_>>().join(", ");
    match it.encoding {
        Encoding::Json if it.media_type == "application/json" => format!("json({value})"),
        Encoding::Json => format!("json_as({media_type}, {value})"),
        Encoding::Form if it.fields.is_empty() && it.media_type == FORM => format!("form({value})"),
        Encoding::Form => format!("form_as({media_type}, {value}, &[{}])", fields()),
        Encoding::Multipart => format!("multipart({media_type}, {value}, &[{}])", fields()),
        Encoding::Text => format!("text({media_type}, {value})"),
        Encoding::Bytes if it.ty == RustType::Media => format!("media({value})"),
        Encoding::Bytes => format!("body({media_type}, {value})"),
        Encoding::Lines => format!("json_lines({media_type}, {value})"),
        Encoding::Events => unreachable!("no request sends events"),
    }
}

const FORM: &str = "application/x-www-form-urlencoded";

/// Writes how a property of a form or multipart body is written.
fn field(it: &FieldEncoding, scope: &Scope<'_>) -> String {
    let word = match it.style {
        FieldStyle::Default => "Default",
        FieldStyle::Exploded => "Exploded",
        FieldStyle::Comma => "Comma",
        FieldStyle::Space => "Space",
        FieldStyle::Pipe => "Pipe",
        FieldStyle::DeepObject => "DeepObject",
    };
    let (encoding, style) = (scope.name("FieldEncoding"), scope.name("FieldStyle"));
    let mut acc = format!("{encoding}::new({}, {style}::{word})", text(&it.name));
    if let Some(content_type) = &it.content_type {
        let _ = write!(acc, ".content_type({})", text(content_type));
    }
    if it.allow_reserved {
        acc.push_str(".allow_reserved()");
    }
    acc
}
