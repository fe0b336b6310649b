//! The macros of the runtime in, what they list out.

use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser, Result};
use syn::punctuated::Punctuated;
use syn::{Attribute, Ident, ItemMacro, Lit, LitStr, Pat, Token, Type, braced, parenthesized};

/// What a macro lists.
pub(super) enum Macro {
    Object(Object),
    /// `json_newtype!`, with the name.
    Newtype(String),
    Enum(OpenEnum),
    Union(Union),
    JsonUnion(JsonUnion),
    /// `declared_errors!` and `outcomes!`.
    Statuses(Statuses),
    /// `response_bodies!`, of which each pattern lists media types.
    Bodies(Statuses),
}

/// `json_object!(read Name { word field as "name" and variant, …; rest field })`, or `; variant field`
pub(super) struct Object {
    pub(super) name: String,
    pub(super) properties: Vec<Property>,
    pub(super) rest: Option<String>,
    /// The field of what stands beside the properties.
    pub(super) variant: Option<String>,
}

/// A property of an object.
pub(super) struct Property {
    pub(super) word: String,
    pub(super) field: String,
    pub(super) wire: String,
}

/// `open_enum! { pub enum Name ignoring case { Variant = "text" as "shown", … } }`
pub(super) struct OpenEnum {
    pub(super) name: String,
    pub(super) texts: Vec<String>,
}

/// `union! { pub enum Name by property "tag" read only { Variant(Type) is "text", … } }`
pub(super) struct Union {
    pub(super) name: String,
    /// The property that tells the variants apart.
    pub(super) property: Option<String>,
    /// `property`, `integer`, `boolean`, `key` or `kind`.
    pub(super) by: String,
    pub(super) variants: Vec<Variant>,
}

/// `json_union! { pub struct Name secret { as_variant(Type) from, … } }`
pub(super) struct JsonUnion {
    pub(super) name: String,
    pub(super) branches: Vec<Type>,
}

/// A variant of a union.
pub(super) struct Variant {
    pub(super) ty: Type,
    pub(super) texts: Vec<String>,
    /// The kind that it is read by, for unions by kind.
    pub(super) kind: String,
}

/// `declared_errors! { pub enum Name for "id" { 404 => NotFound(Json<T>), … } }`
pub(super) struct Statuses {
    pub(super) name: String,
    pub(super) arms: Vec<Arm>,
}

/// A status or a media type with its body.
pub(super) struct Arm {
    /// The statuses, or the media types.
    pub(super) of: Pat,
    pub(super) read: String,
    pub(super) body: Type,
}

/// Returns the name of the type that a macro defines.
pub(super) fn defines(item: &ItemMacro) -> Result<Option<String>> {
    Ok(match read(item)? {
        Macro::Object(_) | Macro::Newtype(_) => None,
        Macro::Enum(it) => Some(it.name),
        Macro::Union(it) => Some(it.name),
        Macro::JsonUnion(it) => Some(it.name),
        Macro::Statuses(it) | Macro::Bodies(it) => Some(it.name),
    })
}

/// Reads a macro; one that is not known is an error.
pub(super) fn read(item: &ItemMacro) -> Result<Macro> {
    let path = &item.mac.path;
    let name = path.segments.last().map(|it| it.ident.to_string()).unwrap_or_default();
    let body = item.mac.tokens.clone();
    match name.as_str() {
        "json_object" => object.parse2(body).map(Macro::Object),
        "json_newtype" => newtype.parse2(body).map(Macro::Newtype),
        "open_enum" => open_enum.parse2(body).map(Macro::Enum),
        "union" => union.parse2(body).map(Macro::Union),
        "json_union" => json_union.parse2(body).map(Macro::JsonUnion),
        "declared_errors" | "outcomes" => statuses.parse2(body).map(Macro::Statuses),
        "response_bodies" => statuses.parse2(body).map(Macro::Bodies),
        _ => Err(syn::Error::new_spanned(path, format!("the macro `{name}!` is not known"))),
    }
}

/// Reads a name, behind `read` where that stands before it.
fn name(input: ParseStream<'_>) -> Result<String> {
    let first: Ident = input.call(Ident::parse_any)?;
    let name = if first == "read" && input.peek(Ident::peek_any) {
        input.call(Ident::parse_any)?
    } else {
        first
    };
    Ok(name.unraw().to_string())
}

fn newtype(input: ParseStream<'_>) -> Result<String> {
    name(input)
}

fn object(input: ParseStream<'_>) -> Result<Object> {
    let name = name(input)?;
    let list;
    braced!(list in input);
    let mut properties = Vec::new();
    while !list.is_empty() && !list.peek(Token![;]) {
        let how = list.call(Ident::parse_any)?.to_string();
        let field: Ident = list.call(Ident::parse_any)?;
        let wire = match list.parse::<Option<Token![as]>>()? {
            Some(_) => list.parse::<LitStr>()?.value(),
            None => field.to_string(),
        };
        if list.peek(Ident) {
            word(&list, &["and"])?;
            list.call(Ident::parse_any)?;
        }
        properties.push(Property { word: how, field: field.unraw().to_string(), wire });
        if list.parse::<Option<Token![,]>>()?.is_none() {
            break;
        }
    }
    let (mut rest, mut variant) = (None, None);
    if list.parse::<Option<Token![;]>>()?.is_some() {
        let what = word(&list, &["rest", "variant"])?;
        let field = Some(list.call(Ident::parse_any)?.unraw().to_string());
        if what == "rest" { rest = field } else { variant = field }
    }
    if !list.is_empty() {
        return Err(list.error("expected a property"));
    }
    Ok(Object { name, properties, rest, variant })
}

fn word(input: ParseStream<'_>, expected: &[&str]) -> Result<String> {
    let found: Ident = input.call(Ident::parse_any)?;
    let text = found.to_string();
    if expected.contains(&text.as_str()) {
        return Ok(text);
    }
    Err(syn::Error::new(found.span(), format!("expected one of {expected:?}")))
}

/// Reads what every macro that is an enum begins with.
fn head(input: ParseStream<'_>) -> Result<String> {
    input.call(Attribute::parse_outer)?;
    input.parse::<Token![pub]>()?;
    input.parse::<Token![enum]>()?;
    Ok(input.call(Ident::parse_any)?.unraw().to_string())
}

fn open_enum(input: ParseStream<'_>) -> Result<OpenEnum> {
    let name = head(input)?;
    if input.peek(Ident) {
        word(input, &["ignoring"])?;
        word(input, &["case"])?;
    }
    let list;
    braced!(list in input);
    let value = |input: ParseStream<'_>| -> Result<String> {
        input.call(Attribute::parse_outer)?;
        input.call(Ident::parse_any)?;
        input.parse::<Token![=]>()?;
        let text: LitStr = input.parse()?;
        if input.parse::<Option<Token![as]>>()?.is_some() {
            input.parse::<LitStr>()?;
        }
        Ok(text.value())
    };
    let texts = list.parse_terminated(value, Token![,])?.into_iter().collect();
    Ok(OpenEnum { name, texts })
}

fn union(input: ParseStream<'_>) -> Result<Union> {
    let name = head(input)?;
    word(input, &["by"])?;
    let by = word(input, &["property", "integer", "boolean", "key", "kind"])?;
    let has_tag = !["key", "kind"].contains(&by.as_str());
    let property = if has_tag { Some(input.parse::<LitStr>()?.value()) } else { None };
    if input.peek(Ident) {
        word(input, &["read"])?;
        word(input, &["only"])?;
    }
    let list;
    braced!(list in input);
    let variants = list.parse_terminated(variant, Token![,])?.into_iter().collect();
    Ok(Union { name, property, by, variants })
}

fn json_union(input: ParseStream<'_>) -> Result<JsonUnion> {
    input.call(Attribute::parse_outer)?;
    input.parse::<Token![pub]>()?;
    input.parse::<Token![struct]>()?;
    let name = input.call(Ident::parse_any)?.unraw().to_string();
    if input.peek(Ident) && word(input, &["secret", "read"])? == "read" {
        word(input, &["only"])?;
    }
    let list;
    braced!(list in input);
    let branch = |input: ParseStream<'_>| -> Result<Type> {
        input.call(Attribute::parse_outer)?;
        input.call(Ident::parse_any)?;
        let held;
        parenthesized!(held in input);
        if input.peek(Ident) {
            word(input, &["from"])?;
        }
        held.parse()
    };
    let branches = list.parse_terminated(branch, Token![,])?.into_iter().collect();
    Ok(JsonUnion { name, branches })
}

/// `Variant(Type) is "a" | "b"`, `… adds "a"`, `… = "a"`, `… as Kind`
fn variant(input: ParseStream<'_>) -> Result<Variant> {
    input.call(Attribute::parse_outer)?;
    let name: Ident = input.call(Ident::parse_any)?;
    let held;
    parenthesized!(held in input);
    let ty: Type = held.parse()?;
    let mut acc = Variant { ty, texts: Vec::new(), kind: name.to_string() };
    if input.parse::<Option<Token![as]>>()?.is_some() {
        acc.kind = input.call(Ident::parse_any)?.to_string();
    } else if !input.is_empty() && !input.peek(Token![,]) {
        if input.parse::<Option<Token![=]>>()?.is_none() {
            word(input, &["is", "adds"])?;
        }
        let texts = Punctuated::<Literal, Token![|]>::parse_separated_nonempty(input)?;
        acc.texts = texts.into_iter().map(|it| it.0).collect();
    }
    Ok(acc)
}

/// The value of a text, or what else is written: `-1`, `true`.
struct Literal(String);

impl Parse for Literal {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let sign = if input.parse::<Option<Token![-]>>()?.is_some() { "-" } else { "" };
        Ok(Self(match input.parse::<Lit>()? {
            Lit::Str(text) => text.value(),
            Lit::Int(number) => format!("{sign}{}", number.base10_digits()),
            Lit::Bool(truth) => truth.value.to_string(),
            other => return Err(syn::Error::new_spanned(other, "expected a tag")),
        }))
    }
}

fn statuses(input: ParseStream<'_>) -> Result<Statuses> {
    let name = head(input)?;
    if input.parse::<Option<Token![for]>>()?.is_some() {
        input.parse::<LitStr>()?;
    }
    let list;
    braced!(list in input);
    let arms = list.parse_terminated(Arm::parse, Token![,])?.into_iter().collect();
    Ok(Statuses { name, arms })
}

impl Parse for Arm {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        input.call(Attribute::parse_outer)?;
        let of = Pat::parse_multi(input)?;
        input.parse::<Token![=>]>()?;
        input.call(Ident::parse_any)?;
        let held;
        parenthesized!(held in input);
        let read = held.call(Ident::parse_any)?.to_string();
        held.parse::<Token![<]>()?;
        let body = held.parse()?;
        held.parse::<Token![>]>()?;
        Ok(Self { of, read, body })
    }
}
