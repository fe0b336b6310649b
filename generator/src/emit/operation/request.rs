//! One planned operation in, its implementation of `Operation` out: what is the same for each call, and the request that its parameters make.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::super::scope::Scope;
use super::super::statuses;
use crate::plan::{
    Argument, BodyEncoding, ConstIdent, Encoding, FieldEncoding, FieldStyle, ListStyle,
    ObjectStyle, Place, PlannedOperation, ReplyBody, Retries, RustType, Shared, StatusPattern,
    Success,
};

/// Writes the implementation.
pub(super) fn emit(it: &PlannedOperation, shared: &Shared, scope: &Scope<'_>) -> TokenStream {
    let [operation, info, builder, method, status] =
        ["Operation", "OperationInfo", "RequestBuilder", "Method", "Status"]
            .map(|name| scope.path(name));
    let (ident, error, id) = (&it.ident, &it.error, &it.id);
    let (path, accept) = (&it.path, &it.accept);
    let http_method = format_ident!("{}", it.http_method.as_str());
    let (success, statuses) = success(it, scope);
    let statuses = statuses.iter().map(|it| match it {
        StatusPattern::Exact(number) => {
            let number = Literal::u16_unsuffixed(*number);
            quote!(#status::Exact(#number))
        }
        StatusPattern::Range(digit) => {
            let digit = Literal::u8_unsuffixed(*digit);
            quote!(#status::Range(#digit))
        }
        StatusPattern::Default => unreachable!("the default is no status of a success"),
    });
    let named = |name: Option<&ConstIdent>| match name {
        Some(name) => scope.item(name.as_str()),
        None => quote!(&[]),
    };
    let headers = named(shared.headers_of(it));
    let security = named(shared.security_of(it));
    let end = it.end.as_ref().map(|end| {
        let [option, some] = ["Option", "Some"].map(|name| scope.path(name));
        quote!(const END: #option<&'static str> = #some(#end);)
    });
    let server = it.server.as_ref().map(|server| {
        let [option, ty] = ["Option", "DeclaredServer"].map(|name| scope.path(name));
        let server = scope.item(server.as_str());
        quote!(const SERVER: #option<#ty> = Some(#server);)
    });
    let retries = retries(it, scope);
    let statements = statements(it, scope);
    let request = if statements.is_empty() { quote!(_) } else { quote!(request) };
    quote! {
        impl #operation for #ident {
            type Success = #success;
            type Error = #error;

            const INFO: #info = #info {
                id: #id,
                method: #method::#http_method,
                path: #path,
                success: &[#(#statuses),*],
                accept: #accept,
                headers: #headers,
                security: #security,
            };
            #end
            #server
            #retries

            fn request(&self, #request: &mut #builder) {
                #(#statements)*
            }
        }
    }
}

/// Writes when the operation may be sent again, where that is not as HTTP says.
fn retries(it: &PlannedOperation, scope: &Scope<'_>) -> Option<TokenStream> {
    let Retries { statuses, key_header, idempotent } = &it.retries;
    if it.retries == Retries::default() {
        return None;
    }
    let ty = scope.path("DeclaredRetries");
    let statuses = (!statuses.is_empty()).then(|| {
        let statuses = statuses.iter().map(|it| Literal::u16_unsuffixed(*it));
        quote!(.statuses(&[#(#statuses),*]))
    });
    let key_header = key_header.as_ref().map(|it| quote!(.key_header(#it)));
    let idempotent = idempotent.map(|it| quote!(.idempotent(#it)));
    Some(quote!(const RETRIES: #ty = #ty::new() #statuses #key_header #idempotent;))
}

/// Writes how the operation is read as a stream, where that is another way to read it.
pub(super) fn emit_stream(it: &PlannedOperation, scope: &Scope<'_>) -> Option<TokenStream> {
    let stream = it.stream.as_ref()?;
    let (ident, accept) = (&it.ident, &stream.accept);
    let operation = scope.path("StreamOperation");
    let kind = kind(&stream.body, scope);
    Some(quote! {
        impl #operation for #ident {
            type Stream = #kind;

            const STREAM_ACCEPT: &'static str = #accept;
        }
    })
}

/// Writes how a body is read.
fn kind(body: &ReplyBody, scope: &Scope<'_>) -> TokenStream {
    let (kind, ty) = statuses::body(body, scope);
    let kind = scope.path(kind);
    let ty: TokenStream = match ty.parse() {
        Ok(ty) => ty,
        Err(_) => unreachable!("types are tokens: {ty}"),
    };
    quote!(#kind<#ty>)
}

/// Returns how a success is read, and its statuses.
fn success(it: &PlannedOperation, scope: &Scope<'_>) -> (TokenStream, Vec<StatusPattern>) {
    match &it.success {
        Success::One { statuses, body } => (kind(body, scope), statuses.clone()),
        Success::Several(variants) => {
            let outcome = &it.outcome;
            (quote!(#outcome), variants.iter().map(|it| it.status).collect())
        }
    }
}

fn statements(it: &PlannedOperation, scope: &Scope<'_>) -> Vec<TokenStream> {
    let in_path = |it: &&Argument| is_in_path(it.place);
    let required = |it: &Argument| {
        let ident = &it.ident;
        send(it, &quote!(Some(&self.#ident)), scope)
    };
    let optional = |it: &Argument| {
        let ident = &it.ident;
        send(it, &quote!(self.#ident.as_ref()), scope)
    };
    let mut acc: Vec<_> = it.arguments.iter().filter(in_path).filter_map(required).collect();
    acc.extend(it.arguments.iter().filter(|it| !in_path(it)).filter_map(required));
    acc.extend(it.options.iter().filter_map(optional));
    acc.extend(body(it, scope));
    acc
}

/// Sends a parameter; `some` is an optional reference to its value.
fn send(it: &Argument, some: &TokenStream, scope: &Scope<'_>) -> Option<TokenStream> {
    let (name, ident) = (&it.wire_name, &it.ident);
    let header = name.to_ascii_lowercase();
    Some(match it.place {
        Place::Path => quote!(request.path(#name, &self.#ident);),
        Place::PathReserved => quote!(request.path_reserved(#name, &self.#ident);),
        Place::PathJson => quote!(request.path_json(#name, &self.#ident);),
        Place::Query | Place::QueryList(ListStyle::Repeated) => {
            quote!(request.query(#name, &self.#ident);)
        }
        Place::QueryList(style) => {
            let ty = scope.path("ListStyle");
            let style = format_ident!("{style:?}");
            quote!(request.query_list(#name, &self.#ident, #ty::#style);)
        }
        Place::QueryReserved(style) => {
            let (ty, style) = (scope.path("ListStyle"), format_ident!("{style:?}"));
            quote!(request.query_reserved(#name, &self.#ident, #ty::#style);)
        }
        Place::PathStyled(style) => {
            let (ty, style) = (scope.path("PathStyle"), format_ident!("{style:?}"));
            quote!(request.path_styled(#name, &self.#ident, #ty::#style);)
        }
        Place::PathObject(style) => {
            let (ty, style) = (scope.path("PathStyle"), format_ident!("{style:?}"));
            quote!(request.path_object(#name, &self.#ident, #ty::#style);)
        }
        Place::QueryObject(style) => object("query_object", name, (some, style), scope),
        Place::QueryObjectReserved(style) => {
            object("query_object_reserved", name, (some, style), scope)
        }
        Place::HeaderObject(style) => object("header_object", &header, (some, style), scope),
        Place::CookieObject(style) => object("cookie_object", name, (some, style), scope),
        Place::CookieList => quote!(request.cookie_list(#name, &self.#ident);),
        Place::QueryJson => quote!(request.query_json(#name, #some);),
        Place::Header if it.default.is_some() => {
            let default = &it.default;
            quote!(request.header_or(#header, #some, #default);)
        }
        Place::Header => quote!(request.header(#header, &self.#ident);),
        Place::HeaderList => quote!(request.header_list(#header, &self.#ident);),
        Place::HeaderJson => quote!(request.header_json(#header, #some);),
        Place::Cookie => quote!(request.cookie(#name, &self.#ident);),
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

/// Sends an object.
fn object(
    method: &str,
    name: &str,
    (some, style): (&TokenStream, ObjectStyle),
    scope: &Scope<'_>,
) -> TokenStream {
    let (method, ty) = (format_ident!("{method}"), scope.path("ObjectStyle"));
    let style = format_ident!("{style:?}");
    quote!(request.#method(#name, #some, #ty::#style);)
}

fn body(it: &PlannedOperation, scope: &Scope<'_>) -> Option<TokenStream> {
    it.body()?;
    let is_optional = it.options.iter().any(|it| it.place == Place::Body);
    let value = if is_optional { quote!(body) } else { quote!(&self.body) };
    let statement = match it.encodings.as_slice() {
        _ if it.has_body_enum() => {
            let arms = it.encodings.iter().map(|encoding| {
                let (ty, variant) = (scope.item(it.encoding.as_str()), &encoding.ident);
                let write = write(encoding, &quote!(body), scope);
                quote!(#ty::#variant(body) => #write,)
            });
            quote!(match #value { #(#arms)* })
        }
        [only] => {
            let write = write(only, &value, scope);
            quote!(#write;)
        }
        several => {
            let ty = &it.encoding;
            let arms = several.iter().map(|encoding| {
                let (variant, write) = (&encoding.ident, write(encoding, &value, scope));
                quote!(#ty::#variant => #write,)
            });
            quote!(match self.encoding { #(#arms)* })
        }
    };
    Some(if is_optional {
        quote!(if let Some(body) = &self.body { #statement })
    } else {
        statement
    })
}

/// Writes a body in one media type.
fn write(it: &BodyEncoding, value: &TokenStream, scope: &Scope<'_>) -> TokenStream {
    let media_type = &it.media_type;
    let fields = it.fields.iter().map(|it| field(it, scope));
    match it.encoding {
        Encoding::Json if media_type == "application/json" => quote!(request.json(#value)),
        Encoding::Json => quote!(request.json_as(#media_type, #value)),
        Encoding::Form if it.fields.is_empty() && media_type == FORM => {
            quote!(request.form(#value))
        }
        Encoding::Form => quote!(request.form_as(#media_type, #value, &[#(#fields),*])),
        Encoding::Multipart => quote!(request.multipart(#media_type, #value, &[#(#fields),*])),
        Encoding::Text => quote!(request.text(#media_type, #value)),
        Encoding::Bytes if it.ty == RustType::Media => quote!(request.media(#value)),
        Encoding::Bytes => quote!(request.body(#media_type, #value)),
        Encoding::Lines => quote!(request.json_lines(#media_type, #value)),
        Encoding::Events => unreachable!("no request sends events"),
    }
}

const FORM: &str = "application/x-www-form-urlencoded";

/// Writes how a property of a form or multipart body is written.
fn field(it: &FieldEncoding, scope: &Scope<'_>) -> TokenStream {
    let (encoding, style) = (scope.path("FieldEncoding"), scope.path("FieldStyle"));
    let name = &it.name;
    let word = match it.style {
        FieldStyle::Default => quote!(Default),
        FieldStyle::Exploded => quote!(Exploded),
        FieldStyle::Comma => quote!(Comma),
        FieldStyle::Space => quote!(Space),
        FieldStyle::Pipe => quote!(Pipe),
        FieldStyle::DeepObject => quote!(DeepObject),
    };
    let content_type = it.content_type.as_ref().map(|it| quote!(.content_type(#it)));
    let reserved = it.allow_reserved.then(|| quote!(.allow_reserved()));
    quote!(#encoding::new(#name, #style::#word) #content_type #reserved)
}
