//! Writes an example of a generated crate: a client with its credential, and a first call.

mod choice;
mod value;

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use self::choice::Choice;
use super::{CrateOptions, format, name_of};
use crate::plan::{CredentialKind, Module, PlannedCredential, PlannedServer, ReplyBody, Success};

/// The file, relative to the crate.
pub(super) const FILE: &str = "examples/first-call.rs";

/// Writes the file.
pub(super) fn file(module: &Module, options: &CrateOptions) -> String {
    let docs = format!(
        "{}: a client, and a first call.\n\n{}",
        name_of(module),
        options.provenance.line_of_starter()
    );
    let code = Code::of(module, &options.name);
    let (imports, items) = (code.imports(), code.variable());
    let main = code.main();
    let main = quote! {
        #[tokio::main(flavor = "current_thread")]
        async fn main() -> Result<(), Box<dyn std::error::Error>> { #main }
    };
    format::file(&docs, [Some(imports), Some(main), items].into_iter().flatten())
}

/// Returns the statements of the first call, as they stand in a function.
pub(super) fn statements(module: &Module, options: &CrateOptions) -> String {
    let code = Code::of(module, &options.name);
    let (imports, main, items) = (code.imports(), code.main(), code.variable());
    let body = quote! {
        async fn first_call() -> Result<(), Box<dyn std::error::Error>> { #main }
    };
    format::joined(
        [Some(imports), Some(body), items].into_iter().flatten().map(|it| format::text(&it)),
    )
}

/// What the example is made of.
struct Code<'a> {
    module: &'a Module,
    krate: proc_macro2::Ident,
    choice: Option<Choice<'a>>,
}

impl<'a> Code<'a> {
    fn of(module: &'a Module, name: &str) -> Self {
        let krate = format_ident!("{}", name.replace('-', "_"));
        Self { module, krate, choice: Choice::of(module) }
    }

    fn imports(&self) -> TokenStream {
        let krate = &self.krate;
        let credential = (!self.credentials().is_empty()).then(|| quote!(client::Credential,));
        let types = self.choice.as_ref().is_some_and(|it| it.has_types).then(|| quote!(types,));
        if credential.is_none() && types.is_none() {
            quote!(use #krate::Client;)
        } else {
            quote!(use #krate::{Client, #credential #types};)
        }
    }

    /// The credentials of the call; without a call, those of the document.
    fn credentials(&self) -> Vec<&'a PlannedCredential> {
        let all = &self.module.client.credentials;
        match &self.choice {
            Some(choice) => {
                let schemes = choice.operation.security.first().into_iter().flatten();
                schemes.filter_map(|it| all.iter().find(|known| known.scheme == it.name)).collect()
            }
            None => all.iter().take(1).collect(),
        }
    }

    /// Whether the document says no host.
    fn needs_base_url(&self) -> bool {
        match &self.module.client.server {
            PlannedServer::None | PlannedServer::Path(_) => true,
            PlannedServer::Fixed(_) => false,
            PlannedServer::Template { variables, .. } => {
                variables.iter().any(|it| it.default.is_none())
            }
        }
    }

    fn main(&self) -> TokenStream {
        let credentials = self.credentials();
        let given = credentials.iter().enumerate().map(|(index, it)| {
            let credential = credential(it, index);
            quote!(.credential(#credential))
        });
        let given: Vec<_> = given.collect();
        let client = if self.needs_base_url() {
            quote!(let client = Client::builder().base_url(variable("BASE_URL")?) #(#given)* .build()?;)
        } else {
            quote! {
                let mut builder = Client::builder() #(#given)*;
                if let Ok(base_url) = std::env::var("BASE_URL") {
                    builder = builder.base_url(base_url);
                }
                let client = builder.build()?;
            }
        };
        let call = self.call();
        quote!(#client #call Ok(()))
    }

    fn call(&self) -> TokenStream {
        let Some(Choice { operation, arguments, .. }) = &self.choice else {
            return quote!(println!("{}", client.core().base_url().as_str()););
        };
        let method = &operation.method;
        let has_text = match &operation.success {
            Success::One { body, .. } => !body.is_streamed() && *body != ReplyBody::Empty,
            Success::Several(_) => true,
        };
        let print = if has_text {
            quote!(println!("{}: {:#?}", reply.status(), reply.body());)
        } else {
            quote!(println!("{}", reply.status());)
        };
        quote!(let reply = client.#method(#(#arguments),*).await?; #print)
    }

    /// A function that reads a variable of the environment, where one is needed.
    fn variable(&self) -> Option<TokenStream> {
        (self.needs_base_url() || !self.credentials().is_empty()).then(|| {
            quote! {
                fn variable(name: &str) -> Result<String, String> {
                    std::env::var(name).map_err(|_| format!("set the environment variable {name}"))
                }
            }
        })
    }
}

fn credential(it: &PlannedCredential, index: usize) -> TokenStream {
    let variable = |name: &str| {
        let name = Literal::string(&variable_name(name, index));
        quote!(variable(#name)?)
    };
    let ident = &it.ident;
    if let Some(grant) = &it.grant {
        let (function, id, secret) =
            (&grant.function, variable("CLIENT_ID"), variable("CLIENT_SECRET"));
        let scopes = grant.scopes.as_ref().map(|_| quote!(, []));
        return quote!(Credential::#function(#id, #secret #scopes));
    }
    match it.kind {
        CredentialKind::Basic => {
            let (user, password) = (variable("API_USER"), variable("API_PASSWORD"));
            quote!(Credential::#ident { user: #user, password: #password.into() })
        }
        CredentialKind::Bearer { .. } => {
            let token = variable("API_TOKEN");
            quote!(Credential::#ident(#token.into()))
        }
        CredentialKind::Key => {
            let key = variable("API_KEY");
            quote!(Credential::#ident(#key.into()))
        }
    }
}

/// Returns the variable of one of several credentials.
fn variable_name(name: &str, index: usize) -> String {
    if index == 0 { name.to_owned() } else { format!("{name}_{}", index + 1) }
}

/// Returns the variables of the environment that the example reads, with what is in each.
pub(super) fn variables(module: &Module, options: &CrateOptions) -> Vec<String> {
    let code = Code::of(module, &options.name);
    let mut acc = Vec::new();
    if code.needs_base_url() {
        acc.push("BASE_URL".to_owned());
    }
    for (index, it) in code.credentials().into_iter().enumerate() {
        let names: &[&str] = match it.kind {
            _ if it.grant.is_some() => &["CLIENT_ID", "CLIENT_SECRET"],
            CredentialKind::Basic => &["API_USER", "API_PASSWORD"],
            CredentialKind::Bearer { .. } => &["API_TOKEN"],
            CredentialKind::Key => &["API_KEY"],
        };
        acc.extend(names.iter().map(|name| variable_name(name, index)));
    }
    acc
}
