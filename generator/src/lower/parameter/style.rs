//! `style` and `explode` and the type of a parameter in, how its value is written out.
//!
//! The rules are the table of styles of OpenAPI 3.0.4 §4.8.12.2 and 3.2.0 §4.12.2, which RFC 6570 §3.2
//! defines for the most part. What they leave undefined is not supported, but for what servers read in one way:
//! `deepObject` has brackets at every level, and a list in an exploded object is written element by element.

use std::collections::BTreeSet;

use super::form::{Form, form};
use super::nested::{Nested, nested};
use crate::api::{ObjectStyle, Style, Type, TypeRef};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::document::Parameter;
use crate::lower::Lowering;
use crate::lower::all_of::view_at;
use crate::lower::expression::Written;
use crate::lower::hoist::Home;
use crate::pointer::Pointer;
use openapiv3::{Parameter as Data, PathStyle, QueryStyle};

/// Returns the type of a parameter and how it is written; the error says what is not supported.
pub(super) fn type_and_style(
    parameter: &Parameter,
    written: &Written,
    place: &Home,
    acc: &mut Lowering<'_>,
) -> Result<(TypeRef, Style), String> {
    if let Some((name, media)) = parameter.content.first() {
        acc.ledger.take(&parameter.pointer, &["content"]);
        acc.ledger.take(&media.pointer, &[]);
        if !name.to_ascii_lowercase().contains("json") {
            return Ok((TypeRef::plain(Type::String(None)), Style::Plain));
        }
        if let Data::Cookie { .. } = parameter.data {
            return Err("JSON in a cookie".to_owned());
        }
        acc.ledger.take(&media.pointer, &["schema"]);
        let ty = media.schema.as_ref().map(|at| acc.use_owned(at, place));
        return Ok((ty.unwrap_or_else(|| TypeRef::plain(Type::Any)), Style::Json));
    }
    acc.ledger.take(&parameter.pointer, &["schema", "style", "explode"]);
    let writing = Writing::of(parameter, written, acc);
    let Some(schema) = &parameter.schema else {
        return Ok((TypeRef::plain(Type::String(None)), writing.of_scalar()));
    };
    match form(schema, acc) {
        Form::Scalar => {
            let mut ty = acc.use_owned(schema, place);
            if ty.ty == Type::Any {
                ty.ty = Type::String(None);
            }
            Ok((ty, writing.of_scalar()))
        }
        Form::Scalars => {
            take_scalars(schema, acc);
            let mut ty = TypeRef::plain(Type::String(None));
            ty.constraints.set_values(listed_values(schema, acc));
            Ok((ty, writing.of_scalar()))
        }
        Form::List(list) => {
            let style = writing.of_list()?;
            if style == Style::Object(ObjectStyle::Deep) {
                note_list(parameter, ObjectStyle::Deep, acc);
                return Ok((acc.use_owned(schema, place), style));
            }
            if acc.resolved.target(&list) != acc.resolved.target(schema) {
                take_scalars(schema, acc);
            }
            if let Some(ty) = list_of_texts(&list, acc) {
                return Ok((ty, style));
            }
            let mut ty = acc.use_owned(&list, place);
            text_items(&mut ty);
            Ok((ty, style))
        }
        Form::Nested => {
            let found = nested(schema, acc);
            let style = writing.of_object(found)?;
            if matches!(found, Nested::FlatLists | Nested::Lists) {
                note_list(parameter, style, acc);
            }
            Ok((acc.use_owned(schema, place), Style::Object(style)))
        }
    }
}

/// OpenAPI does not define how a list inside of an object is written.
fn note_list(parameter: &Parameter, style: ObjectStyle, acc: &mut Lowering<'_>) {
    let name = &parameter.data.parameter_data_ref().name;
    let (style, help) = match style {
        ObjectStyle::Deep => {
            ("deepObject", "each element is sent with its position in brackets: `name[0]=…`")
        }
        _ => ("form", "each element is sent by itself: `property=a&property=b`"),
    };
    let title = format!("lists in `{name}` are written in the style `{style}`");
    acc.sink.push(
        Diagnostic::warning(codes::PARAMETER, parameter.pointer.clone(), title)
            .label("OpenAPI does not define how")
            .help(help),
    );
}

/// The path and the declaration say two things.
fn note_other_style(parameter: &Parameter, acc: &mut Lowering<'_>) {
    let name = &parameter.data.parameter_data_ref().name;
    let title = format!("the path writes `{name}` in another style than its declaration");
    let at = parameter.pointer.child("style");
    acc.sink.push(
        Diagnostic::warning(codes::PATH_TEMPLATE, at, title)
            .label("this is the style that is used"),
    );
}

/// How the values of a parameter are written, by its location.
#[derive(Clone, Copy, Debug)]
struct Writing {
    kind: Kind,
    explode: Option<bool>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// In a path or a header.
    Simple,
    Label,
    Matrix,
    /// In a query.
    Form,
    Space,
    Pipe,
    Deep,
    /// `form` in a cookie.
    FormCookie,
    /// `cookie`, which OpenAPI 3.2 has.
    Cookie,
}

impl Writing {
    /// What the declaration says holds; where it says nothing, the expression in the path does.
    fn of(parameter: &Parameter, written: &Written, acc: &mut Lowering<'_>) -> Self {
        let mut data = parameter.data.clone();
        if let (Data::Path { style, .. }, Some(of_path)) = (&mut data, &written.style) {
            if !acc.ledger.says(&parameter.pointer, "style") {
                *style = of_path.clone();
            } else if style != of_path {
                note_other_style(parameter, acc);
            }
        }
        let kind = match &data {
            Data::Path { style: PathStyle::Label, .. } => Kind::Label,
            Data::Path { style: PathStyle::Matrix, .. } => Kind::Matrix,
            Data::Path { style: PathStyle::Simple, .. } | Data::Header { .. } => Kind::Simple,
            Data::Query { style: QueryStyle::Form, .. } => Kind::Form,
            Data::Query { style: QueryStyle::SpaceDelimited, .. } => Kind::Space,
            Data::Query { style: QueryStyle::PipeDelimited, .. } => Kind::Pipe,
            Data::Query { style: QueryStyle::DeepObject, .. } => Kind::Deep,
            Data::Cookie { .. } if parameter.is_cookie_style => Kind::Cookie,
            Data::Cookie { .. } => Kind::FormCookie,
        };
        let explode = parameter.data.parameter_data_ref().explode;
        Self { kind, explode: explode.or(written.explode.then_some(true)) }
    }

    /// The default of `explode` depends on the style.
    fn is_exploded(self) -> bool {
        let default = matches!(self.kind, Kind::Form | Kind::FormCookie | Kind::Cookie);
        self.explode.unwrap_or(default)
    }

    fn of_scalar(self) -> Style {
        match self.kind {
            Kind::Label => Style::Label,
            Kind::Matrix => Style::Matrix,
            _ => Style::Plain,
        }
    }

    fn of_list(self) -> Result<Style, String> {
        Ok(match (self.kind, self.is_exploded()) {
            (Kind::Simple, _) | (Kind::Form | Kind::FormCookie | Kind::Cookie, false) => {
                Style::Comma
            }
            (Kind::Label, false) => Style::Label,
            (Kind::Label, true) => Style::LabelExploded,
            (Kind::Matrix, false) => Style::Matrix,
            (Kind::Matrix, true) => Style::MatrixExploded,
            (Kind::Space, false) => Style::Space,
            (Kind::Pipe, false) => Style::Pipe,
            (Kind::Form | Kind::Cookie | Kind::Space | Kind::Pipe, true) => Style::Repeated,
            (Kind::FormCookie, true) => return Err(exploded_cookie("list")),
            (Kind::Deep, _) => Style::Object(ObjectStyle::Deep),
        })
    }

    fn of_object(self, found: Nested) -> Result<ObjectStyle, String> {
        if self.kind == Kind::Deep {
            // What is not exploded is undefined, but is what is meant where nothing is said.
            return if self.explode == Some(false) {
                Err("`deepObject` without `explode` is not defined".to_owned())
            } else {
                Ok(ObjectStyle::Deep)
            };
        }
        match found {
            Nested::Flat => {}
            Nested::FlatLists if self.kind == Kind::Form && self.is_exploded() => {}
            Nested::NoObject => {
                return Err("its value is a list of lists or objects, or can be several kinds of values, which only JSON can hold".to_owned());
            }
            Nested::FlatLists | Nested::Lists | Nested::Objects => {
                return Err("a property of its value is a list or an object, for which the style has no form".to_owned());
            }
        }
        Ok(match (self.kind, self.is_exploded()) {
            (Kind::Label, false) => ObjectStyle::Label,
            (Kind::Label, true) => ObjectStyle::LabelExploded,
            (Kind::Matrix, false) => ObjectStyle::Matrix,
            (Kind::Matrix, true) => ObjectStyle::MatrixExploded,
            (Kind::Space, false) => ObjectStyle::Space,
            (Kind::Pipe, false) => ObjectStyle::Pipe,
            (Kind::Space | Kind::Pipe, true) => {
                return Err("an exploded object has no delimiter".to_owned());
            }
            (Kind::FormCookie, true) => return Err(exploded_cookie("object")),
            (_, false) => ObjectStyle::Comma,
            (_, true) => ObjectStyle::Exploded,
        })
    }
}

/// The style `form` would separate the values by `&`, at which no cookie ends (OpenAPI 3.1.1 appendix D).
fn exploded_cookie(what: &str) -> String {
    format!(
        "the style `form` has no form for the values of a {what} in a cookie; `explode: false` and `style: cookie` have"
    )
}

/// Takes what a union of scalars says that any text can be.
fn take_scalars(schema: &Pointer, acc: &mut Lowering<'_>) {
    if let Some(view) = view_at(schema, acc) {
        acc.take(&view, &["allOf", "nullable"]);
        acc.take_texts(&view);
    }
}

/// Takes the values that the branches of a union of scalars list, in whose place any text can be: the
/// documentation of the parameter lists them.
fn listed_values(schema: &Pointer, acc: &mut Lowering<'_>) -> Vec<serde_json::Value> {
    let mut found = Vec::new();
    let mut open = vec![schema.clone()];
    let mut seen = BTreeSet::new();
    while let Some(at) = open.pop() {
        let Some(view) = view_at(&at, acc).filter(|it| seen.insert(it.pointer.clone())) else {
            continue;
        };
        acc.take(&view, &["type", "allOf", "oneOf", "anyOf", "enum"]);
        let values = view.listed.iter().flat_map(|it| &it.values);
        for value in values.filter(|it| !it.is_null()) {
            if !found.contains(value) {
                found.push(value.clone());
            }
        }
        open.extend(view.one_of.iter().chain(&view.any_of).rev().cloned());
    }
    found
}

/// Returns the type of a list whose items are scalars of several kinds: any text can be an item.
fn list_of_texts(list: &Pointer, acc: &mut Lowering<'_>) -> Option<TypeRef> {
    let view = view_at(list, acc)?;
    let items = view.items.clone()?;
    if form(&items, acc) != Form::Scalars {
        return None;
    }
    acc.take(&view, &["type", "items", "allOf", "nullable"]);
    take_scalars(&items, acc);
    let mut item = TypeRef::plain(Type::String(None));
    item.constraints.set_values(listed_values(&items, acc));
    let ty = TypeRef::plain(Type::List(Box::new(item)));
    Some(TypeRef { constraints: acc.constraints(&view), ..ty })
}

/// Items without a type are texts in a query.
fn text_items(ty: &mut TypeRef) {
    if let Type::List(item) = &mut ty.ty
        && item.ty == Type::Any
    {
        item.ty = Type::String(None);
    }
}
