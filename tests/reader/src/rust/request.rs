//! The statements of `request`: what an operation adds to a request, and from which of its fields.

use syn::{Arm, Block, Expr, ExprLit, Lit, Member, Pat, Stmt};

/// What a statement adds to a request.
#[derive(Clone, Debug)]
pub struct Send {
    /// The method of the builder: `query`, `header_json`, `form`, …
    pub method: String,
    /// The name of a parameter, or the media type of a body.
    pub text: Option<String>,
    /// The value that is sent unless the field has one.
    pub default: Option<String>,
    /// The style of a list.
    pub style: Option<String>,
    /// The field that the value comes from.
    pub field: String,
    /// The variant of the field's enum that holds the value.
    pub variant: Option<String>,
}

/// The methods of the request builder.
const METHODS: [&str; 30] = [
    "path",
    "path_json",
    "path_reserved",
    "path_styled",
    "path_object",
    "query",
    "query_list",
    "query_reserved",
    "query_object",
    "query_object_reserved",
    "query_json",
    "header",
    "header_or",
    "header_list",
    "header_object",
    "header_json",
    "cookie",
    "cookie_list",
    "cookie_object",
    "json",
    "json_as",
    "form",
    "form_as",
    "multipart",
    "text",
    "bytes",
    "body",
    "media",
    "json_lines",
    "accept",
];

/// Reads the statements.
pub(super) fn read(statements: &[Stmt]) -> Result<Vec<Send>, String> {
    let mut acc = Acc { sends: Vec::new(), bound: None, variant: None };
    acc.statements(statements)?;
    Ok(acc.sends)
}

struct Acc {
    sends: Vec<Send>,
    /// The field that `if let Some(body) = &self.body` has bound.
    bound: Option<String>,
    /// The variant that the arm of a `match` has bound.
    variant: Option<String>,
}

impl Acc {
    fn statements(&mut self, statements: &[Stmt]) -> Result<(), String> {
        for statement in statements {
            match statement {
                Stmt::Expr(expr, _) => self.expression(expr)?,
                _ => return Err("an unknown statement in `request`".to_owned()),
            }
        }
        Ok(())
    }

    fn expression(&mut self, expr: &Expr) -> Result<(), String> {
        match expr {
            Expr::MethodCall(it) => {
                let method = it.method.to_string();
                if !METHODS.contains(&method.as_str()) {
                    return Err(format!("the method `{method}` of the request is not known"));
                }
                let mut send = Send {
                    method,
                    text: None,
                    default: None,
                    style: None,
                    field: String::new(),
                    variant: self.variant.clone(),
                };
                for argument in &it.args {
                    match argument {
                        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => {
                            let place = if send.text.is_none() {
                                &mut send.text
                            } else {
                                &mut send.default
                            };
                            *place = Some(text.value());
                        }
                        // How properties are encoded.
                        other if is_rules(other) => {}
                        Expr::Path(path) if path.path.segments.len() > 1 => {
                            send.style = path.path.segments.last().map(|it| it.ident.to_string());
                        }
                        other => {
                            let field = field(other).or_else(|| self.bound.clone());
                            send.field = field.ok_or("a value that is no field")?;
                        }
                    }
                }
                self.sends.push(send);
                Ok(())
            }
            Expr::Match(it) => {
                let value = field(&it.expr).or_else(|| self.bound.clone());
                it.arms.iter().try_for_each(|it| self.arm(it, value.as_ref()))
            }
            Expr::If(it) => {
                let Expr::Let(bound) = &*it.cond else {
                    return Err("an unknown condition in `request`".to_owned());
                };
                self.bound = field(&bound.expr);
                self.block(&it.then_branch)?;
                self.bound = None;
                Ok(())
            }
            Expr::Block(it) => self.block(&it.block),
            _ => Err("an unknown expression in `request`".to_owned()),
        }
    }

    /// Reads an arm: of a choice of media types, or of an enum whose variant holds the value.
    fn arm(&mut self, arm: &Arm, value: Option<&String>) -> Result<(), String> {
        match &arm.pat {
            Pat::Path(_) => self.expression(&arm.body),
            Pat::TupleStruct(it) if it.elems.len() == 1 => {
                let name = it.path.segments.last().ok_or("an empty path")?;
                let name = syn::ext::IdentExt::unraw(&name.ident).to_string();
                let outer = self.bound.take();
                self.bound = value.cloned();
                self.variant = Some(name);
                let read = self.expression(&arm.body);
                self.bound = outer;
                self.variant = None;
                read
            }
            _ => Err("an unknown pattern in `request`".to_owned()),
        }
    }

    fn block(&mut self, block: &Block) -> Result<(), String> {
        self.statements(&block.stmts)
    }
}

/// Returns whether an argument is a list of rules: `&[…]`, or the constant of one.
fn is_rules(expr: &Expr) -> bool {
    match expr {
        Expr::Reference(it) => is_rules(&it.expr),
        Expr::Array(_) => true,
        Expr::Path(it) => it.path.segments.last().is_some_and(|it| {
            let name = it.ident.to_string();
            name.len() > 1
                && name.chars().all(|it| it.is_ascii_uppercase() || "_0123456789".contains(it))
        }),
        _ => false,
    }
}

/// Returns the field of `&self.field`, `Some(&self.field)` or `self.field.as_ref()`.
fn field(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Reference(it) => field(&it.expr),
        Expr::Unary(it) => field(&it.expr),
        Expr::MethodCall(it) => field(&it.receiver),
        Expr::Call(it) => it.args.first().and_then(field),
        Expr::Field(it) => match &it.member {
            Member::Named(name) => Some(syn::ext::IdentExt::unraw(name).to_string()),
            Member::Unnamed(_) => None,
        },
        _ => None,
    }
}
