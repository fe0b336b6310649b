//! How a name is looked up among those that are given to secrets.
//!
//! A name is split into words, and what counts is how it ends: `db_password` is a password, and
//! `password_policy` is none. A name that ends as an identifier, a URL or a count does is in no list.
//! A few words are common and are secrets in some company alone: `code` beside `grant_type`.

use std::borrow::Cow;
use std::collections::BTreeSet;

use heck::ToSnakeCase as _;

use super::table::{
    COMMON, ENDINGS, NEVER, NOT_BEFORE_PIN, NOT_BEFORE_SECRET, NOT_BEFORE_TOKEN, OF_TYPES,
    PUBLIC_FORMATS, Rule, SESSION_ENDINGS, SESSION_WORDS, SUFFIXES, WHOLE, is_joined,
};
use crate::api::Text;

/// A name as it is looked up, with what stands around it.
pub(super) struct Named<'a> {
    /// The name of the property or parameter.
    pub(super) name: &'a str,
    /// What it is the name of.
    pub(super) text: Text<'a>,
    /// The name of the type that the property belongs to.
    pub(super) owner: Option<&'a str>,
    /// The names beside it, in snake case.
    pub(super) beside: &'a BTreeSet<String>,
}

impl Named<'_> {
    /// Returns whether the name is one that is given to secrets.
    pub(super) fn is_secret(&self) -> bool {
        if self.text.format.is_some_and(|it| PUBLIC_FORMATS.contains(&it)) {
            return false;
        }
        let name = snake(self.name);
        let mut words = words(&name);
        if self.fits(&words) || self.is_of_secret(&name) {
            return true;
        }
        let last = words.pop().unwrap_or_default();
        if SUFFIXES.contains(last) && !words.is_empty() {
            return self.fits(&words);
        }
        // `password2` is a password; a list has its name in the plural.
        let number = last.trim_end_matches(|it: char| it.is_ascii_digit());
        let singular = last.strip_suffix('s').filter(|_| self.text.is_many);
        let others = [Some(number).filter(|it| !it.is_empty() && *it != last), singular];
        others.into_iter().flatten().any(|last| {
            words.push(last);
            let fits = self.fits(&words);
            words.pop();
            fits
        })
    }

    fn fits(&self, words: &[&str]) -> bool {
        let whole = words.concat();
        if let Some((name, rule)) = COMMON.iter().find(|(name, _)| is_joined(name, &whole)) {
            let stands_beside =
                |names: &str| names.split_whitespace().any(|it| self.beside.contains(it));
            return match rule {
                Rule::Beside(names) => stands_beside(names) || self.is_of_api_key(name),
                Rule::Unless(names) => {
                    !stands_beside(names) && !self.text.is_many && !self.is_of_lock()
                }
            };
        }
        let mut start = 0;
        let mut is_ending = |at: usize| {
            let (before, ending) = (&words[..at], &whole[start..]);
            start += words[at].len();
            ENDINGS.contains(ending)
                && !before.iter().any(|it| NEVER.contains(*it))
                && !is_other(before, ending)
        };
        WHOLE.contains(&whole) || (0..words.len()).any(&mut is_ending)
    }

    /// `key` of an `ApiKey` is the key.
    fn is_of_api_key(&self, name: &str) -> bool {
        name == "key"
            && self.owner.is_some_and(|owner| {
                let owner = snake(owner);
                let words = words(&owner);
                words.windows(2).any(|it| it == ["api", "key"]) || words.contains(&"apikey")
            })
    }

    /// `value` of a `ClientSecret` is the secret; a bare token is also a piece of text, or of a currency.
    fn is_of_secret(&self, name: &str) -> bool {
        let Some(owner) = self.owner.filter(|_| name == "value" && !self.text.is_many) else {
            return false;
        };
        let owner = snake(owner);
        let mut words = words(&owner);
        while words.last().is_some_and(|it| OF_TYPES.contains(*it)) {
            words.pop();
        }
        (0..words.len()).any(|at| {
            let ending = words[at..].concat();
            ending != "token"
                && ENDINGS.contains(&ending)
                && !words[..at].iter().any(|it| NEVER.contains(*it))
                && !is_other(&words[..at], &ending)
        })
    }

    /// `token` of a lock is that of RFC 4918.
    fn is_of_lock(&self) -> bool {
        self.owner.is_some_and(|owner| words(&snake(owner)).contains(&"lock"))
    }
}

/// Returns whether the name of a cookie is that of a session, or of what a login gives: in another place such a name
/// can also be a number by which logs are found.
pub(super) fn is_session(name: &str, text: Text<'_>) -> bool {
    if text.format.is_some_and(|it| PUBLIC_FORMATS.contains(&it)) {
        return false;
    }
    let name = snake(name);
    let words = words(&name);
    let Some((last, before)) = words.split_last() else { return false };
    // `JSESSIONID` and `PHPSESSID` are one word.
    let whole = words.concat();
    let is_of_session = SESSION_ENDINGS.iter().any(|it| whole.ends_with(it));
    (is_of_session || SESSION_WORDS.contains(*last)) && !before.iter().any(|it| NEVER.contains(*it))
}

/// Returns whether the word before an ending makes it another thing.
fn is_other(before: &[&str], ending: &str) -> bool {
    let Some(last) = before.last() else { return false };
    match ending {
        "secret" => NOT_BEFORE_SECRET.contains(*last),
        "token" => NOT_BEFORE_TOKEN.contains(*last),
        "pin" => NOT_BEFORE_PIN.contains(*last),
        _ => false,
    }
}

/// Returns a name in snake case, which most are in.
pub(super) fn snake(name: &str) -> Cow<'_, str> {
    let is_snake = name.bytes().all(|it| matches!(it, b'a'..=b'z' | b'0'..=b'9' | b'_'));
    if is_snake && !name.starts_with('_') && !name.ends_with('_') && !name.contains("__") {
        return Cow::Borrowed(name);
    }
    Cow::Owned(name.to_snake_case())
}

/// Returns the words of a name in snake case.
fn words(name: &str) -> Vec<&str> {
    name.split('_').filter(|it| !it.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use heck::ToSnakeCase as _;

    use super::{Named, is_session};
    use crate::api::Text;

    /// Two hundred names of other people's documents, judged by hand.
    const JUDGED: &str = include_str!("names.txt");

    /// Looks a name up that is written as in `names.txt`.
    fn is_secret(line: &str) -> bool {
        let mut words = line.split(' ');
        let name = words.next().expect("a name");
        let (mut is_many, mut beside, mut owner) = (false, BTreeSet::new(), None);
        while let Some(word) = words.next() {
            match word {
                "many" => is_many = true,
                "beside" => {
                    beside.insert(words.next().expect("a name").to_snake_case());
                }
                "of" => owner = words.next(),
                other => panic!("`{other}` in `{line}`"),
            }
        }
        Named { name, text: Text { format: None, is_many }, owner, beside: &beside }.is_secret()
    }

    #[test]
    fn no_secret_of_the_judged_names_is_missed_and_no_cursor_id_or_url_is_taken() {
        let lines = JUDGED.lines().filter(|it| !it.is_empty() && !it.starts_with('#'));
        let (mut n_secrets, mut n_found, mut missed, mut taken) = (0, 0, Vec::new(), Vec::new());
        for (kind, name) in lines.map(|it| it.split_once(' ').expect("a kind and a name")) {
            let found = is_secret(name);
            n_secrets += usize::from(kind == "secret");
            n_found += usize::from(found);
            match (kind, found) {
                ("secret", false) => missed.push(name),
                ("cursor" | "id" | "url" | "other", true) => taken.push((kind, name)),
                ("secret", true) | ("cursor" | "id" | "url" | "other", false) => {}
                other => panic!("{other:?}"),
            }
        }
        assert!(missed.is_empty(), "{} of {n_secrets} missed: {missed:?}", missed.len());
        // What affirms that a fee is accepted opens nothing; but a token that confirms an address
        // has the same name. It is the one that costs precision.
        assert_eq!(taken, [("other", "cancel_confirmation_token")], "of {n_found} found");
    }

    #[test]
    fn a_name_is_split_into_words_however_it_is_written() {
        let secrets = "client_secret, clientSecret, ClientSecret, client-secret, client.secret, \
            client[secret], CLIENT_SECRET, clientsecret, APIKey, apikey, x-apikey, db_password, \
            password2, new-password-confirmation, X-2fa-Code, cvv2, p12, stripeSecretKey, \
            aws_secret_access_key, senha, senhaAtual, novaContraseña, motDePasse, пароль, 密码, kubeconfig, accessTokens many, recoveryCodes many, secrets many";
        for name in secrets.split(", ") {
            assert!(is_secret(name), "{name}");
        }
        let others = "next_token, nextPageToken, page_token, pagination_token, continuation_token, \
            token_type, token_count, max_tokens, max_tokens many, password_policy, secret_name, \
            api_key_id, key, public_key, publicApiKey, maskedApiKey, api_key_prefix, token_last4, \
            password_hint, is_secret, require_password, secret_url, tokens many, compass, bypass, \
            monkey, keyboard, spin, hashed_token, mapping, error_message_tokens many, pull_secret, \
            code, access_tokens, -";
        for name in others.split(", ") {
            assert!(!is_secret(name), "{name}");
        }
    }

    #[test]
    fn company_decides_on_a_common_word() {
        assert!(is_secret("code beside redirect_uri") && !is_secret("code beside message"));
        assert!(is_secret("token") && !is_secret("token beside next_token"));
        assert!(is_secret("accessKey") && !is_secret("accessKey beside secretKey"));
        assert!(is_secret("pinCode") && !is_secret("pinCode beside city"));
        assert!(!is_secret("token of LockEntity") && is_secret("token of Session"));
        assert!(is_secret("key of ApiKey") && !is_secret("key of Setting"));
        assert!(
            is_secret("d beside kty") && is_secret("qi beside kty") && !is_secret("n beside kty")
        );
        assert!(!is_secret("d") && !is_secret("q beside page"));
        assert!(is_secret("value of ClientSecret") && !is_secret("value of Token"));
        assert!(is_secret("value of api_key_response") && !is_secret("value of Metadata"));
    }

    #[test]
    fn cookies_of_sessions() {
        let is = |name| is_session(name, Text { format: None, is_many: false });
        let secrets = "JSESSIONID, PHPSESSID, ASP.NET_SessionId, connect.sid, session, session_id, \
            _app_session, sid, auth, user-auth, jwt, __Host-session, sess";
        for name in secrets.split(", ") {
            assert!(is(name), "{name}");
        }
        let others = "theme, session_theme, has_session, session_count, author, basid, language, \
            consent, show_auth, -";
        for name in others.split(", ") {
            assert!(!is(name), "{name}");
        }
        assert!(!is_session("session", Text { format: Some("uri"), is_many: false }));
    }

    #[test]
    fn a_public_format_is_no_secret() {
        let beside = BTreeSet::new();
        for (format, expected) in [(None, true), (Some("byte"), true), (Some("uri"), false)] {
            let text = Text { format, is_many: false };
            let named = Named { name: "access_token", text, owner: None, beside: &beside };
            assert_eq!(named.is_secret(), expected, "{format:?}");
        }
    }
}
