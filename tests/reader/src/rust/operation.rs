//! The operations: each `impl Operation for …`, with the struct of its parameters and the enums of its responses.

use std::collections::BTreeMap;

use syn::{Expr, ImplItem, Item as SynItem, ItemImpl};

use super::expressions::{last_name, list, read_of, scheme, status_of, text};
use super::items::{Field, Item, docs};
use super::names::{Modules, Path, Target};
use super::request::{self, Send};
use super::types::{self, ItemId, Type};

/// An operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The struct, for messages.
    pub name: String,
    /// The documentation of the struct.
    pub docs: String,
    /// `id`.
    pub id: String,
    /// The method.
    pub method: String,
    /// The path template.
    pub path: String,
    /// The server that it has of its own.
    pub server: Option<OwnServer>,
    /// The media types that are asked for.
    pub accept: Vec<String>,
    /// The headers with a fixed value.
    pub headers: Vec<(String, String)>,
    /// The alternatives of security schemes.
    pub security: Vec<Vec<Scheme>>,
    /// The fields.
    pub fields: BTreeMap<String, Field>,
    /// What is added to a request.
    pub sends: Vec<Send>,
    /// The successes.
    pub successes: Vec<Answer>,
    /// The declared errors.
    pub errors: Vec<Answer>,
    /// How a success is read as a stream, where the caller asks for one.
    pub stream: Option<Answer>,
}

/// A server that an operation has of its own.
#[derive(Clone, Debug)]
pub struct OwnServer {
    /// The URL, with variables in braces.
    pub url: String,
    /// The variables that have a default, each with it.
    pub variables: Vec<(String, String)>,
}

/// A status, as a document declares it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// `200`
    Exact(u16),
    /// `2XX`
    Range(u16),
    /// `default`
    Default,
}

/// How a body is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Read {
    /// As JSON.
    Json,
    /// As text.
    Text,
    /// As it is.
    Binary,
    /// As events, of which the data is the value.
    Events,
    /// As events, each a value as a whole.
    NamedEvents,
    /// As JSON texts in a row.
    Lines,
    /// Not at all.
    Empty,
}

/// A response that is declared.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The status.
    pub status: Status,
    /// The media types that are read so; empty where all are.
    pub media_types: Vec<String>,
    /// How the body is read.
    pub read: Read,
    /// The type of the body.
    pub ty: Type,
}

/// A security scheme as a requirement names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheme {
    /// Its name.
    pub name: String,
    /// `Bearer`, `Basic`, `Header`, `Query` or `Cookie`.
    pub kind: String,
    /// The name of the header, query parameter or cookie.
    pub sent_as: Option<String>,
}

/// Reads all operations.
pub(super) fn read(
    modules: &Modules,
    items: &BTreeMap<ItemId, Item>,
) -> Result<Vec<Operation>, String> {
    let mut acc = Vec::new();
    for (path, module) in &modules.0 {
        for item in &module.items {
            let SynItem::Impl(it) = item else { continue };
            let is_operation = it.trait_.as_ref().and_then(|(path, _)| path.segments.last());
            if is_operation.is_some_and(|it| it.ident == "Operation") {
                let reader = Reader { path, modules, items };
                let mut operation = reader.operation(it)?;
                operation.stream = reader.stream(it)?;
                acc.push(operation);
            }
        }
    }
    Ok(acc)
}

struct Reader<'m> {
    path: &'m [String],
    modules: &'m Modules,
    items: &'m BTreeMap<ItemId, Item>,
}

impl Reader<'_> {
    fn operation(&self, it: &ItemImpl) -> Result<Operation, String> {
        let named = types::read(&it.self_ty, self.path, self.modules)?;
        let Type::Named(id) = named else { return Err("an operation of no struct".to_owned()) };
        let name = id.1.clone();
        self.parts(it, &id).map_err(|error| format!("operation `{name}`: {error}"))
    }

    fn parts(&self, it: &ItemImpl, id: &ItemId) -> Result<Operation, String> {
        let Some(Item::Plain(fields)) = self.items.get(id) else {
            return Err("its struct is not there".to_owned());
        };
        let (mut info, mut server) = (None, None);
        let (mut success, mut error, mut sends) = (None, None, None);
        for item in &it.items {
            match item {
                ImplItem::Const(it) if it.ident == "INFO" => info = Some(&it.expr),
                ImplItem::Const(it)
                    if ["END", "JSON_EVENTS", "RETRIES"].iter().any(|name| it.ident == name) => {}
                ImplItem::Const(it) if it.ident == "SERVER" => {
                    server = Some(self.server(&it.expr)?);
                }
                ImplItem::Type(it) if it.ident == "Success" => success = Some(&it.ty),
                ImplItem::Type(it) if it.ident == "Error" => error = Some(&it.ty),
                ImplItem::Fn(it) if it.sig.ident == "request" => {
                    sends = Some(request::read(&it.block.stmts)?);
                }
                _ => return Err("an unknown item".to_owned()),
            }
        }
        let Some(Expr::Struct(info)) = info else { return Err("no `INFO`".to_owned()) };
        let member = |name: &str| {
            let found = info
                .fields
                .iter()
                .find(|it| matches!(&it.member, syn::Member::Named(ident) if ident == name));
            found.map(|it| &it.expr).ok_or_else(|| format!("no `{name}` in `INFO`"))
        };
        let statuses = list(member("success")?)?.into_iter().map(status_of);
        let statuses = statuses.collect::<Result<Vec<_>, _>>()?;
        let success = success.ok_or("no `Success`")?;
        let security = list(self.constant(member("security")?))?.into_iter();
        let headers = list(self.constant(member("headers")?))?.into_iter();
        Ok(Operation {
            name: id.1.clone(),
            docs: self.docs(id),
            id: text(member("id")?)?,
            method: last_name(member("method")?)?,
            path: text(member("path")?)?,
            server,
            accept: text(member("accept")?)?.split(',').map(|it| it.trim().to_owned()).collect(),
            headers: headers.map(|it| self.header(it)).collect::<Result<_, _>>()?,
            security: security
                .map(|it| list(it)?.into_iter().map(scheme).collect())
                .collect::<Result<_, String>>()?,
            fields: fields.clone(),
            sends: sends.ok_or("no `request`")?,
            successes: self.successes(success, &statuses)?,
            errors: self.errors(error.ok_or("no `Error`")?)?,
            stream: None,
        })
    }

    /// Reads the `impl StreamOperation` of the same struct, if there is one.
    fn stream(&self, operation: &ItemImpl) -> Result<Option<Answer>, String> {
        let own = types::read(&operation.self_ty, self.path, self.modules);
        let module = self.modules.0.get(self.path).into_iter().flat_map(|it| &it.items);
        let mut impls = module.filter_map(|it| match it {
            SynItem::Impl(it) => {
                (types::read(&it.self_ty, self.path, self.modules) == own).then_some(it)
            }
            _ => None,
        });
        let of_stream = |it: &&ItemImpl| {
            let name = it.trait_.as_ref().and_then(|(path, _)| path.segments.last());
            name.is_some_and(|it| it.ident == "StreamOperation")
        };
        let Some(found) = impls.find(of_stream) else { return Ok(None) };
        let ty = found.items.iter().find_map(|item| match item {
            ImplItem::Type(it) if it.ident == "Stream" => Some(&it.ty),
            _ => None,
        });
        let ty = ty.ok_or("a stream without a type")?;
        Ok(self.successes(ty, &[Status::Range(2)])?.into_iter().next())
    }

    /// Returns the documentation of a struct.
    fn docs(&self, id: &ItemId) -> String {
        let items = self.modules.0.get(&id.0).into_iter().flat_map(|it| &it.items);
        let mut structs = items.filter_map(|it| match it {
            SynItem::Struct(it) if it.ident == id.1 => Some(it),
            _ => None,
        });
        structs.next().map(|it| docs(&it.attrs)).unwrap_or_default()
    }

    /// Returns the value of a constant, or the expression itself.
    fn constant<'e>(&'e self, expr: &'e Expr) -> &'e Expr {
        let Expr::Path(path) = expr else { return expr };
        let Some(name) = path.path.segments.last().map(|it| it.ident.to_string()) else {
            return expr;
        };
        let mut modules = self.modules.0.get(self.path).into_iter().chain(self.modules.0.values());
        let found = modules.find_map(|module| {
            module.items.iter().find_map(|item| match item {
                SynItem::Const(it) if it.ident == name => Some(&*it.expr),
                _ => None,
            })
        });
        found.unwrap_or(expr)
    }

    /// Reads the server of `Some(CONSTANT)`.
    fn server(&self, expr: &Expr) -> Result<OwnServer, String> {
        let Expr::Call(some) = expr else { return Err("a server that is no call".to_owned()) };
        let constant = some.args.first().ok_or("a server that is nothing")?;
        let Expr::Struct(made) = self.constant(constant) else {
            return Err("a server that is no struct".to_owned());
        };
        let field = |name: &str| {
            let found = made
                .fields
                .iter()
                .find(|it| matches!(&it.member, syn::Member::Named(ident) if ident == name));
            found.map(|it| &it.expr).ok_or_else(|| format!("a server without `{name}`"))
        };
        let variables = list(field("variables")?)?.into_iter().map(|it| self.header(it));
        Ok(OwnServer { url: text(field("url")?)?, variables: variables.collect::<Result<_, _>>()? })
    }

    fn header(&self, expr: &Expr) -> Result<(String, String), String> {
        match expr {
            Expr::Tuple(it) if it.elems.len() == 2 => {
                Ok((text(&it.elems[0])?, text(self.constant(&it.elems[1]))?))
            }
            _ => Err("a header that is no pair".to_owned()),
        }
    }

    fn successes(&self, ty: &syn::Type, statuses: &[Status]) -> Result<Vec<Answer>, String> {
        let syn::Type::Path(path) = ty else { return Err("`Success` is no path".to_owned()) };
        if let Target::Item(id) = self.modules.resolve(self.path, &Path::of(&path.path)) {
            let answers = self.arms(&id)?;
            // A status that `INFO` does not have is never read as a success.
            return Ok(answers.into_iter().filter(|it| statuses.contains(&it.status)).collect());
        }
        let last = path.path.segments.last().ok_or("an empty path")?;
        let syn::PathArguments::AngleBracketed(arguments) = &last.arguments else {
            return Err("`Success` has no type".to_owned());
        };
        let Some(syn::GenericArgument::Type(ty)) = arguments.args.first() else {
            return Err("`Success` has no type".to_owned());
        };
        let ty = types::read(ty, self.path, self.modules)?;
        self.answers(statuses, &last.ident.to_string(), &ty)
    }

    fn errors(&self, ty: &syn::Type) -> Result<Vec<Answer>, String> {
        match types::read(ty, self.path, self.modules)? {
            Type::Named(id) => self.arms(&id),
            _ => Err("`Error` is no enum of this module".to_owned()),
        }
    }

    fn arms(&self, id: &ItemId) -> Result<Vec<Answer>, String> {
        let Some(Item::Statuses(arms)) = self.items.get(id) else {
            return Err(format!("`{}` lists no statuses", id.1));
        };
        let mut acc = Vec::new();
        for (statuses, read, ty) in arms {
            acc.extend(self.answers(statuses, read, ty)?);
        }
        Ok(acc)
    }

    /// Returns what some statuses hold: one body, or one for each media type.
    fn answers(&self, statuses: &[Status], read: &str, ty: &Type) -> Result<Vec<Answer>, String> {
        let bodies = match ty {
            Type::Named(id) if read == "Media" => match self.items.get(id) {
                Some(Item::Bodies(arms)) => arms.clone(),
                _ => return Err(format!("`{}` lists no media types", id.1)),
            },
            _ => vec![(Vec::new(), read.to_owned(), ty.clone())],
        };
        let mut acc = Vec::new();
        for (media_types, read, ty) in bodies {
            let read = read_of(&read)?;
            acc.extend(statuses.iter().map(|status| Answer {
                status: *status,
                media_types: media_types.clone(),
                read,
                ty: ty.clone(),
            }));
        }
        Ok(acc)
    }
}
