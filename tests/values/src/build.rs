//! A planned operation in, the code of a program that builds it from JSON values out.

use std::fmt::Write as _;

use tamarack::plan::{Argument, PlannedOperation, RustType, TypeIdent};

/// Writes the function `build_INDEX` that builds an operation from an object with a value for each argument; the error
/// names what it cannot build.
pub fn build(index: usize, operation: &PlannedOperation) -> Result<String, String> {
    let name = format!("operations::{}", operation.ident);
    let mut values = Vec::new();
    for argument in &operation.arguments {
        let value = value(argument, operation)?;
        values.push(if operation.bundled {
            format!("{}: {value}", argument.ident.as_code())
        } else {
            value
        });
    }
    let values = values.join(", ");
    let values = if operation.bundled {
        format!("operations::{} {{ {values} }}", operation.required)
    } else {
        values
    };
    let mut acc = format!(
        "\nfn build_{index}(it: &Value) -> Result<{name}, serde_json::Error> {{\n    \
         let mut operation = {name}::new({values});\n"
    );
    for argument in &operation.options {
        let (ident, name) = (argument.ident.as_code(), argument.ident.as_str());
        let value = value(argument, operation)?;
        let value = match argument.ty {
            RustType::Option(_) => value,
            _ => format!("Some({value})"),
        };
        let _ =
            writeln!(acc, "    if it[{name:?}] != Value::Null {{ operation.{ident} = {value}; }}");
    }
    acc.push_str("    Ok(operation)\n}\n");
    Ok(acc)
}

/// Writes the value of an argument.
fn value(argument: &Argument, operation: &PlannedOperation) -> Result<String, String> {
    let from = format!("it[{:?}]", argument.ident.as_str());
    of_type(&argument.ty, &from, operation)
}

fn of_type(ty: &RustType, from: &str, operation: &PlannedOperation) -> Result<String, String> {
    let text = || format!("serde_json::from_value::<String>({from}.clone())?");
    Ok(match ty {
        RustType::RequestBody => format!("RequestBody::from({})", text()),
        RustType::Bytes => format!("Bytes::from({})", text()),
        RustType::Media => {
            let media_type = operation.encodings.first().map(|it| it.media_type.as_str());
            let media_type =
                media_type.unwrap_or_default().replace("/*", "/plain").replace('*', "text");
            format!("MediaBody::new({media_type:?}, {})", text())
        }
        RustType::JsonLines(item) => {
            format!(
                "JsonLines::from(serde_json::from_value::<Vec<{}>>({from}.clone())?)",
                of(item)?
            )
        }
        RustType::Option(inner) if !is_json(inner) => {
            format!("Some({})", of_type(inner, from, operation)?)
        }
        RustType::Boxed(inner) if !is_json(inner) => {
            format!("Box::new({})", of_type(inner, from, operation)?)
        }
        RustType::Operation(ident) if operation.has_body_enum() => {
            of_first(ident, from, operation)?
        }
        ty => format!("serde_json::from_value::<{}>({from}.clone())?", of(ty)?),
    })
}

/// Writes a body in the first of its media types.
fn of_first(ident: &TypeIdent, from: &str, operation: &PlannedOperation) -> Result<String, String> {
    let first = operation.encodings.first().ok_or("a body without a media type")?;
    let value = of_type(&first.ty, from, operation)?;
    Ok(format!("operations::{ident}::{}({value})", first.ident))
}

/// Returns whether values are decoded from JSON.
fn is_json(ty: &RustType) -> bool {
    match ty {
        RustType::RequestBody
        | RustType::Bytes
        | RustType::Media
        | RustType::JsonLines(_)
        | RustType::Operation(_) => false,
        RustType::Option(inner) | RustType::Boxed(inner) => is_json(inner),
        _ => true,
    }
}

/// Writes a type.
fn of(ty: &RustType) -> Result<String, String> {
    let inside = |outer: &str, inner: &RustType| Ok(format!("{outer}<{}>", of(inner)?));
    Ok(match ty {
        RustType::Bool => "bool".to_owned(),
        RustType::I32 => "i32".to_owned(),
        RustType::I64 => "i64".to_owned(),
        RustType::U32 => "u32".to_owned(),
        RustType::U64 => "u64".to_owned(),
        RustType::F32 => "f32".to_owned(),
        RustType::F64 => "f64".to_owned(),
        RustType::String => "String".to_owned(),
        RustType::Secret => "Secret".to_owned(),
        RustType::File => "FilePart".to_owned(),
        RustType::Json => "Value".to_owned(),
        RustType::JsonObject => "serde_json::Map<String, Value>".to_owned(),
        RustType::Named(ident) => format!("types::{ident}"),
        RustType::AsReceived(ident) => format!("AsReceived<types::{ident}>"),
        RustType::Option(inner) => return inside("Option", inner),
        RustType::Patch(inner) => return inside("Patch", inner),
        RustType::Vec(inner) => return inside("Vec", inner),
        RustType::Boxed(inner) => return inside("Box", inner),
        RustType::Map(inner) => {
            format!("std::collections::BTreeMap<String, {}>", of(inner)?)
        }
        other => return Err(format!("no value is built of {other:?}")),
    })
}
