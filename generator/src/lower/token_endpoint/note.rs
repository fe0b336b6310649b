//! What an operation lacks in, a note for whoever wants a token source of it out: what is missing, and the entry of the overlay to write.

use super::lack::{Lack, Remedy};
use super::{Context, request, response};
use crate::codes;
use crate::diagnostic::Diagnostic;

/// Returns the note for an operation that looks like a token endpoint; `None` where it is something else,
/// or is for another grant, as it says itself.
pub(super) fn note(context: &Context<'_>, lacks: &[Lack]) -> Option<Diagnostic> {
    if lacks.iter().any(|it| it.remedy == Remedy::Nothing) {
        return None;
    }
    let names = request::names_of(context);
    let parts = Parts::of(&names);
    let token = token(context, &parts, &names);
    if token.is_none() && !request::names_the_grant(context) {
        return None;
    }
    let whats: Vec<_> = lacks.iter().map(|it| it.what.as_str()).collect();
    let title = format!(
        "operation `{}` looks like a token endpoint and has no token source: {}",
        context.operation.id,
        whats.join("; ")
    );
    let at = context.operation.pointer.clone();
    let note = Diagnostic::note(codes::NO_TOKEN_SOURCE, at, title);
    Some(note.at_key().label("no token source").help(help(
        context,
        lacks,
        &parts,
        token.as_deref(),
    )))
}

/// Returns where the response has what may be the token. What asks for more than a client does, or is
/// about a token that there is, has tokens among other things.
fn token(context: &Context<'_>, parts: &Parts<'_>, names: &[&str]) -> Option<String> {
    let is_about_tokens = parts.grant.is_some() || request::asks_for_a_client_alone(context, parts);
    let is_token = |name: &str| match loose(name).as_str() {
        "accesstoken" => true,
        "token" | "bearertoken" => is_about_tokens && !names.contains(&"token"),
        _ => false,
    };
    let found = response::token_by_name(context, &is_token)?;
    (is_about_tokens || !found[1..].contains('/')).then_some(found)
}

/// What the parts of a token request may be called here.
pub(super) struct Parts<'a> {
    pub(super) grant: Option<&'a str>,
    pub(super) id: Option<&'a str>,
    pub(super) secret: Option<&'a str>,
}

impl<'a> Parts<'a> {
    /// Returns those of the names that are the ones of RFC 6749 in another spelling.
    pub(super) fn of(names: &[&'a str]) -> Self {
        let find = |wanted: &str| names.iter().copied().find(|it| loose(it) == wanted);
        let [grant, id, secret] = ["granttype", "clientid", "clientsecret"].map(find);
        Self { grant, id, secret }
    }

    /// Returns whether a client can prove itself by them.
    pub(super) fn proves_the_client(&self) -> bool {
        self.id.is_some() && self.secret.is_some()
    }
}

fn help(context: &Context<'_>, lacks: &[Lack], parts: &Parts<'_>, token: Option<&str>) -> String {
    let mut acc = "to have one, add to the overlay:\n[[token-endpoint]]\n".to_owned();
    acc.push_str(&entry("at", &context.operation.pointer.to_string()));
    if let Some(grant) = parts.grant.filter(|it| *it != "grant_type") {
        acc.push_str(&entry("grant-type", grant));
    }
    let mut remedies: Vec<_> = lacks.iter().map(|it| it.remedy).collect();
    remedies.extend(parts.id.filter(|it| *it != "client_id").map(|_| Remedy::ClientId));
    remedies.extend(parts.secret.filter(|it| *it != "client_secret").map(|_| Remedy::ClientSecret));
    remedies.sort_unstable();
    remedies.dedup();
    for remedy in remedies {
        let guess = match remedy {
            Remedy::ClientId => parts.id,
            Remedy::ClientSecret => parts.secret,
            Remedy::AccessToken => token,
            Remedy::Entry | Remedy::GrantType | Remedy::Nothing => continue,
        };
        if let Some(key) = remedy.key() {
            acc.push_str(&entry(key, guess.unwrap_or("...")));
        }
    }
    acc.push_str("reason = \"...\"");
    acc
}

fn entry(key: &str, value: &str) -> String {
    format!("{key} = {}\n", toml::Value::from(value))
}

/// Returns a name without its case and what separates its words.
fn loose(name: &str) -> String {
    name.chars().filter(|it| it.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
