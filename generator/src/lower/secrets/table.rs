//! The names that RFCs and practice give to secrets.
//!
//! `client_secret` stands for `clientSecret`, `client-secret` and `clientsecret` too. How a name is
//! looked up is told in `names`.

use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Names without the marks between their words.
type Names = LazyLock<BTreeSet<String>>;

fn names(table: &str) -> BTreeSet<String> {
    table.split_whitespace().map(joined).collect()
}

/// Returns a name without the marks between its words.
fn joined(name: &str) -> String {
    name.replace('_', "")
}

/// Returns whether a text is a name without the marks between its words.
pub(super) fn is_joined(name: &str, text: &str) -> bool {
    name.bytes().filter(|it| *it != b'_').eq(text.bytes())
}

/// How names of secrets end, whatever comes before.
pub(super) static ENDINGS: Names = LazyLock::new(|| {
    [PASSWORDS, FOREIGN, OAUTH, KEYS, CODES].into_iter().flat_map(names).collect()
});

/// Passwords, and what is as good as one.
const PASSWORDS: &str = "
    password passwd pwd passphrase passcode key_store_pass registry_pass password_hash
    password_history password_answer security_answer secret_answer seed_phrase mnemonic
    credentials credentials_json bind_credential basic_auth connection_string";

/// What other languages call a password.
const FOREIGN: &str = "
    passwort kennwort senha contrasena contraseña contrasenya mot_de_passe wachtwoord haslo hasło
    passord adgangskode losenord lösenord salasana sifre şifre mat_khau kata_sandi heslo пароль
    密码 密碼 口令 パスワード 비밀번호";

/// RFC 6749, 7519, 7521, 7522, 7591, 7636, 8628, 8693 and `OpenID` Connect: tokens, secrets of clients,
/// assertions, and codes that no user types. Each kind of token ends in `token`.
const OAUTH: &str = "
    secret client_secret secret_data token access_token refresh_token id_token auth_token api_token
    bearer_token session_token id_token_hint jwt client_assertion jwt_assertion saml_assertion
    saml_response code_verifier device_code authorization_header";

/// Keys that sign, decrypt or open.
const KEYS: &str = "
    private_key priv_key secret_key secret_access_key signing_key encryption_key decryption_key
    shared_key pre_shared_key psk master_key hmac_key api_key application_key auth_key
    authentication_key server_key stream_key tsig_key recovery_key session_key activation_key
    web_services_key service_account_key service_account_json storage_access_key
    storage_account_key unseal_key kubeconfig kube_config shared_access_key apim_subscription_key check_subscription_key key_pem p12
    pfx pkcs12 p12_cert p12_certificate";

/// One-time codes, and what a card is charged with (PCI DSS: sensitive authentication data).
const CODES: &str = "
    otp totp one_time_code sms_code otp_code totp_code mfa_code 2fa_code two_factor_code
    verification_code user_input_code recovery_code backup_code access_code activation_code
    join_code invite_code login_code link_code reset_code blik_code security_code cvc cvv cvv2 cvn
    pin pin_block cryptogram authentication_verification_value one_time_secret_id";

/// Names of secrets that mean something else with a word before them.
pub(super) static WHOLE: Names = LazyLock::new(|| {
    names("pass assertion bearer authorization downstream_authorization proxy_authorization")
});

/// What may follow a secret without making it something else.
pub(super) static SUFFIXES: Names = LazyLock::new(|| {
    names(
        "value string plaintext raw base64 b64 pem confirmation confirm repeat change
         atual antiga nova confirmacao actual anterior nueva confirmacion actuel ancien nouveau",
    )
});

/// What names of types add to what they are the type of.
pub(super) static OF_TYPES: Names = LazyLock::new(|| {
    names(
        "representation dto request response input output object model entity schema resource data
         body payload info details",
    )
});

/// How names of cookies end that hold a session.
pub(super) const SESSION_ENDINGS: [&str; 3] = ["session", "sessionid", "sessid"];

/// Last words of names of cookies that hold a session, or what a login gives.
pub(super) static SESSION_WORDS: Names = LazyLock::new(|| names("sid sess auth jwt ticket"));

/// Words that make of what follows a flag, a count, a public part or what is left of it.
pub(super) static NEVER: Names = LazyLock::new(|| {
    names(
        "is has can should allow allowed allows enable enabled disable disabled require required
         requires use uses show hide include expire force must supports supported needs redact max
         min maximum minimum public publishable masked redacted obfuscated truncated partial
         requested",
    )
});

/// A token after one of these words is a cursor, a version, a lock (RFC 4918 §6.5: no secret), the mark
/// of a call that is made once, a reference into a document, a piece of text, or an asset.
pub(super) static NOT_BEFORE_TOKEN: Names = LazyLock::new(|| {
    names(
        "next prev previous page paging pagination continuation continue cursor sync delta skip
         start starting end ending resume restart scroll search offset position marker before after
         forward backward back first last list snapshot watch partition shard query
         sequence version revision etag concurrency lock lease
         idempotency idempotent dedup deduplication cost
         property column field coordinates file message release risk design theme color style
         bos eos pad padding unk sep cls mask stop special per input output prompt completion
         reasoning cached text word
         from to sell buy base quote native gas fee pool lp reward nft fungible hashed",
    )
});

/// In the words of a cluster these are names of objects; a hash opens nothing.
pub(super) static NOT_BEFORE_SECRET: Names = LazyLock::new(|| names("pull tls hashed"));

/// Pins of a map, a board or a post, and that of a tax office.
pub(super) static NOT_BEFORE_PIN: Names =
    LazyLock::new(|| names("map gpio location comment message post tax drop"));

/// What decides about a common word.
pub(super) enum Rule {
    /// It is a secret where one of these stands beside it.
    Beside(&'static str),
    /// It is a secret unless one of these stands beside it.
    Unless(&'static str),
}

/// Words that are secrets in some company alone.
pub(super) const COMMON: &[(&str, Rule)] = &[
    // RFC 6749 §4.1.3, and logins that take a second factor.
    ("code", Rule::Beside("grant_type redirect_uri code_verifier client_secret password")),
    // In payments it is the answer of the issuer.
    ("auth_code", Rule::Unless(PAYMENT)),
    ("authorization_code", Rule::Unless(PAYMENT)),
    ("authorisation_code", Rule::Unless(PAYMENT)),
    // Of TLS the private half.
    ("key", Rule::Beside("cert certificate certificate_chain")),
    // Half of a pair it is the name of the other half.
    ("access_key", Rule::Unless("secret_key secret_access_key access_secret secret")),
    // RFC 7009 and 7662; but a log is read on with one, and a model writes one.
    (
        "token",
        Rule::Unless(
            "continuation_token next_token next_page_token logprob decimals symbol
             contract_address chain_id",
        ),
    ),
    // In addresses it is the postal code.
    ("pin_code", Rule::Unless("city state country country_code street address_line1")),
    // Of a token with an accessor it is the token.
    ("secret_id", Rule::Beside("accessor_id role_id")),
    // RFC 7518 §6.2.2, §6.3.2 and §6.4.1: the private parts of a JSON Web Key.
    ("d", Rule::Beside("kty")),
    ("p", Rule::Beside("kty")),
    ("q", Rule::Beside("kty")),
    ("dp", Rule::Beside("kty")),
    ("dq", Rule::Beside("kty")),
    ("qi", Rule::Beside("kty")),
    ("k", Rule::Beside("kty")),
    // Of a server that relays media.
    ("credential", Rule::Beside("username")),
];

const PAYMENT: &str = "
    amount acquirer_code acquirer_reference acquirer_account_code avs_result card_bin card_summary
    merchant_reference rrn";

/// Formats of texts that are public by what they are.
pub(super) const PUBLIC_FORMATS: &[&str] = &[
    "uri",
    "url",
    "uri-reference",
    "uri-template",
    "iri",
    "iri-reference",
    "email",
    "idn-email",
    "date",
    "date-time",
    "time",
    "duration",
    "hostname",
    "idn-hostname",
    "ipv4",
    "ipv6",
    "ip",
];
