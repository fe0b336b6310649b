//! The names that RFCs and practice give to secrets: a table, and how a name is looked up in it.
//!
//! A name is split into words (`clientSecret`, `client-secret` and `client[secret]` are two), and what
//! counts is how it ends: `db_password` is a password, and `password_policy` is none. A name that ends
//! as an identifier, a URL or a count does is in no list. A few words are common and are secrets in
//! some company alone: `code` beside `grant_type`, `key` beside `cert`.

use std::collections::BTreeSet;

use heck::ToSnakeCase as _;

use crate::api::Text;

/// How names of secrets end, whatever comes before.
const ENDINGS: &[&str] = &[
    // Passwords, and what is as good as one.
    "password", "passwd", "pwd", "passphrase", "passcode", "password_hash", "password_answer",
    "security_answer", "secret_answer", "seed_phrase", "mnemonic", "connection_string",
    // RFC 6749 (client_secret), RFC 7592, OpenID Connect Core.
    "token", "secret", "secret_data", "id_token_hint", "credentials", "credentials_json", "basic_auth",
    "bind_credential",
    // RFC 7517, 7519, 7521, 7522, 7636, 8628.
    "jwt", "client_assertion", "saml_assertion", "jwt_assertion", "saml_response", "code_verifier",
    "authorization_header",
    "device_code",
    // Keys that sign, decrypt or open.
    "private_key", "priv_key", "secret_key", "secret_access_key", "signing_key", "encryption_key",
    "decryption_key", "shared_key", "pre_shared_key", "psk", "master_key", "hmac_key", "api_key",
    "application_key", "auth_key", "authentication_key", "server_key", "stream_key", "tsig_key",
    "recovery_key", "session_key", "activation_key", "web_services_key", "service_account_key",
    "service_account_json", "storage_access_key", "storage_account_key", "shared_access_key",
    "key_pem", "p12", "pfx", "pkcs12", "p12_cert", "p12_certificate",
    "apim_subscription_key", "check_subscription_key", "key_store_pass", "registry_pass",
    // One-time codes and what a card is charged with (PCI DSS 3.3: sensitive authentication data).
    "otp", "totp", "one_time_code", "sms_code", "otp_code", "totp_code", "mfa_code", "2fa_code",
    "two_factor_code", "verification_code", "user_input_code", "recovery_code", "backup_code",
    "access_code", "activation_code", "join_code", "invite_code", "login_code", "link_code",
    "reset_code", "blik_code", "security_code", "cvc", "cvv", "cvv2", "cvn", "pin", "pin_block",
    "one_time_secret_id",
];

/// Names of secrets that mean something else with a word before them.
const WHOLE: &[&str] = &[
    "pass", "assertion", "bearer", "authorization", "downstream_authorization",
    "proxy_authorization",
];

/// What may follow a secret without making it something else.
const SUFFIXES: &[&str] = &[
    "value", "string", "plaintext", "raw", "base64", "b64", "pem", "confirmation", "confirm",
    "repeat", "change",
];

/// Words that make of what follows a flag, a count, a public part or what is left of it.
const NEVER: &[&str] = &[
    "is", "has", "can", "should", "allow", "allowed", "allows", "enable", "enabled", "disable",
    "disabled", "require", "required", "requires", "use", "uses", "show", "hide", "include",
    "expire", "force", "must", "supports", "supported", "needs", "redact", "max", "min", "maximum",
    "minimum", "public", "publishable", "masked", "redacted", "obfuscated", "truncated", "partial",
    "requested",
];

/// A hash of a token or a key opens nothing; that of a password is kept.
const HASHED: &[&str] = &["hashed"];

/// Secrets in the cluster's own language are names of objects.
const NOT_BEFORE_SECRET: &[&str] = &["pull", "tls"];

/// Pins of a map, a board or a post, and that of a tax office.
const NOT_BEFORE_PIN: &[&str] = &["map", "gpio", "location", "comment", "message", "post", "tax", "drop"];

/// What a token is that opens nothing.
const NOT_BEFORE_TOKEN: &[&str] = &[
    // A cursor.
    "next", "prev", "previous", "page", "paging", "pagination", "continuation", "continue", "cursor",
    "sync", "delta", "skip", "start", "starting", "end", "ending", "resume", "restart", "scroll",
    "search", "offset", "position", "marker", "before", "after", "forward", "backward", "back",
    "first", "last", "list", "snapshot", "watch", "partition", "shard", "query",
    // A version, a lock (RFC 4918 §6.5: no secret), or a call that is made once.
    "sequence", "version", "revision", "etag", "concurrency", "lock", "lease",
    "idempotency", "idempotent", "dedup", "deduplication", "cost",
    // A reference to a part of a document, or to a card.
    "property", "column", "field", "coordinates", "file", "message", "release", "risk", "design",
    "theme", "color", "style",
    // A piece of text.
    "bos", "eos", "pad", "padding", "unk", "sep", "cls", "mask", "stop", "special", "per", "input",
    "output", "prompt", "completion", "reasoning", "cached", "text", "word",
    // An asset.
    "from", "to", "sell", "buy", "base", "quote", "native", "gas", "fee", "pool", "lp", "reward",
    "nft", "fungible",
];

/// A name whose meaning depends on its company.
struct Common {
    name: &'static str,
    rule: Rule,
}

/// What decides.
enum Rule {
    /// A secret where one of these stands beside it.
    Beside(&'static [&'static str]),
    /// A secret unless one of these stands beside it.
    Unless(&'static [&'static str]),
}

use Rule::{Beside, Unless};

const COMMON: &[Common] = &[
    // RFC 6749 §4.1.3, and logins that take a second factor.
    Common {
        name: "code",
        rule: Beside(&["grant_type", "redirect_uri", "code_verifier", "client_secret", "password"]),
    },
    // In payments it is the answer of the issuer.
    Common { name: "auth_code", rule: Unless(PAYMENT) },
    Common { name: "authorization_code", rule: Unless(PAYMENT) },
    Common { name: "authorisation_code", rule: Unless(PAYMENT) },
    // TLS: the private half.
    Common { name: "key", rule: Beside(&["cert", "certificate", "certificate_chain"]) },
    // Half of a pair it is the name of the other half.
    Common {
        name: "access_key",
        rule: Unless(&["secret_key", "secret_access_key", "access_secret", "secret"]),
    },
    // RFC 7009, RFC 7662; but a log is read on with one, and a model writes one.
    Common {
        name: "token",
        rule: Unless(&[
            "continuation_token", "next_token", "next_page_token", "logprob", "decimals", "symbol",
            "contract_address", "chain_id",
        ]),
    },
    // In addresses it is the postal code.
    Common {
        name: "pin_code",
        rule: Unless(&["city", "state", "country", "country_code", "street", "address_line1"]),
    },
    // An accessor or a role is the identifier.
    Common { name: "secret_id", rule: Beside(&["accessor_id", "role_id"]) },
];

const PAYMENT: &[&str] = &[
    "amount", "acquirer_code", "acquirer_reference", "acquirer_account_code", "avs_result",
    "card_bin", "card_summary", "merchant_reference", "rrn",
];

/// Formats of texts that are public by what they are.
const PUBLIC_FORMATS: &[&str] = &[
    "uri", "url", "uri-reference", "uri-template", "iri", "iri-reference", "email", "idn-email",
    "date", "date-time", "time", "duration", "hostname", "idn-hostname", "ipv4", "ipv6", "ip",
];

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
        let words = words(self.name);
        let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
        if self.fits(&words) {
            return true;
        }
        let last = words.pop().unwrap_or_default();
        if SUFFIXES.contains(&last) && !words.is_empty() {
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
        if let Some(common) = COMMON.iter().find(|it| joined(it.name) == whole) {
            let stands_beside = |names: &[&str]| names.iter().any(|it| self.beside.contains(*it));
            return match common.rule {
                Beside(names) => stands_beside(names) || self.is_of_api_key(common.name),
                Unless(names) => !stands_beside(names) && !(self.text.is_many || self.is_of_lock()),
            };
        }
        if WHOLE.iter().any(|it| joined(it) == whole) {
            return true;
        }
        (0..words.len()).any(|at| {
            let (before, ending) = words.split_at(at);
            let ending = ending.concat();
            let Some(listed) = ENDINGS.iter().find(|it| joined(it) == ending) else {
                return false;
            };
            !before.iter().any(|it| NEVER.contains(it)) && !self.is_other(before, listed)
        })
    }

    /// Returns whether the word before an ending makes it another thing.
    fn is_other(&self, before: &[&str], ending: &str) -> bool {
        let Some(last) = before.last() else { return false };
        match ending {
            "secret" => NOT_BEFORE_SECRET.contains(last) || HASHED.contains(last),
            "token" => NOT_BEFORE_TOKEN.contains(last) || HASHED.contains(last),
            "pin" => NOT_BEFORE_PIN.contains(last),
            "api_key" => HASHED.contains(last),
            _ => false,
        }
    }

    /// `key` of an `ApiKey` is the key.
    fn is_of_api_key(&self, name: &str) -> bool {
        name == "key"
            && self.owner.is_some_and(|owner| {
                let words = words(owner);
                words.windows(2).any(|it| it == ["api", "key"]) || words.iter().any(|it| it == "apikey")
            })
    }

    /// `token` of a lock is that of RFC 4918.
    fn is_of_lock(&self) -> bool {
        self.owner.is_some_and(|owner| words(owner).iter().any(|it| it == "lock"))
    }
}

/// Returns the words of a name, in lower case.
fn words(name: &str) -> Vec<String> {
    name.to_snake_case().split('_').filter(|it| !it.is_empty()).map(str::to_owned).collect()
}

/// Returns a name of the table without the marks between its words, since `apiKey`, `api_key` and
/// `apikey` are one.
fn joined(name: &str) -> String {
    name.replace('_', "")
}
