//! Turns every value of the crate that can be shown into text, and looks for secrets in it.

use std::error::Error;
use std::fmt::{Debug, Display};
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use tamarack_runtime::http::Method;
use tamarack_runtime::reqwest013::Reqwest013;
use tamarack_runtime::{
    BaseUrl, ClientBuilder, ClientCore, Credential, RawReply, RequestBuilder, Scheme, Secret,
    Transport,
};

use crate::server::{Server, free_address};

/// One that no encoding changes, one that percent-encoding does, one that imitates serde's messages.
const SECRETS: [&str; 3] = ["hunter2-hunter2", "s3cr/t+key=&%", "x`, expected `t0ps3cret"];

/// Reading the system's authorities takes a while, so once for all.
static TRANSPORT: LazyLock<Arc<dyn Transport>> = LazyLock::new(crate::transport);

/// All that has been shown.
#[derive(Default)]
struct Shown(Vec<String>);

impl Shown {
    fn debug(&mut self, value: &impl Debug) {
        self.0.push(format!("{value:?}"));
        self.0.push(format!("{value:#?}"));
    }

    fn both(&mut self, value: &(impl Debug + Display)) {
        self.debug(value);
        self.0.push(format!("{value}"));
        self.0.push(format!("{value:#}"));
    }

    fn error(&mut self, error: &(dyn Error + 'static)) {
        for cause in std::iter::successors(Some(error), |&error| error.source()) {
            self.both(&cause);
        }
    }

    fn assert_without(&self, secret: &str) {
        for text in &self.0 {
            for form in forms(secret) {
                assert!(!text.contains(&form), "`{form}` is shown in: {text}");
            }
        }
    }
}

/// Each secret in base32 and the last eight of its characters in base32, as RFC 4648 has it.
const BASE32: [[&str; 2]; 3] = [
    ["NB2W45DFOIZC22DVNZ2GK4RS", "FVUHK3TUMVZDE"],
    ["OMZWG4RPOQVWWZLZHUTCK", "OQVWWZLZHUTCK"],
    ["PBQCYIDFPBYGKY3UMVSCAYDUGBYHGM3DOJSXI", "GBYHGM3DOJSXI"],
];

/// Ways to write a secret or a part of it down, its inner part for those where the neighbours matter.
fn forms(secret: &str) -> Vec<String> {
    let mut forms = vec![secret.to_owned(), secret.escape_debug().to_string()];
    forms.push(tamarack_runtime::encode::component(&secret));
    let upper = tamarack_runtime::encode::component(&secret);
    forms.push(upper.to_lowercase());
    let list: Vec<String> = secret.bytes().map(|byte| byte.to_string()).collect();
    forms.push(list.join(", "));
    let hex: Vec<String> = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
    forms.push(hex.concat());
    for text in SECRETS.iter().zip(BASE32).filter(|(it, _)| **it == secret).flat_map(|it| it.1) {
        forms.extend([text.to_owned(), text.to_lowercase()]);
    }
    // All but the last character, and eight characters from each end.
    let [start, end] = [&secret[..8], &secret[secret.len() - 8..]];
    for part in [&secret[..secret.len() - 1], start, end] {
        forms.extend([part.to_owned(), part.to_uppercase(), STANDARD_NO_PAD.encode(part)]);
    }
    // Base64 depends on where the text begins in its group of three.
    for start in 0..3 {
        let end = start + (secret.len() - start) / 3 * 3;
        forms.push(STANDARD_NO_PAD.encode(&secret.as_bytes()[start..end]));
    }
    forms
}

#[tokio::test]
async fn nothing_shows_a_secret() {
    for secret in SECRETS {
        let mut shown = Shown::default();
        settings(&mut shown, secret);
        requests(&mut shown, secret);
        replies(&mut shown, secret);
        failures(&mut shown, secret).await;
        assert!(shown.0.len() > 100);
        shown.assert_without(secret);
    }
}

/// The check itself must see what it looks for.
#[test]
fn each_form_is_found() {
    for secret in SECRETS {
        let encoded = STANDARD_NO_PAD.encode(format!("user:{secret}"));
        for text in [format!("a {secret:?}"), format!("{:?}", secret.as_bytes()), encoded] {
            let found =
                std::panic::catch_unwind(|| Shown(vec![text.clone()]).assert_without(secret));
            assert!(found.is_err(), "{text}");
        }
    }
}

fn authorized(base_url: &str, secret: &str) -> ClientCore {
    let password = Credential::Basic { user: "user".into(), password: secret.into() };
    let builder = ClientBuilder::new("x").base_url(base_url).timeout(Duration::from_secs(1));
    let builder = builder.shared_transport(Arc::clone(&TRANSPORT));
    let builder = builder.credential(("key", Credential::Token(secret.into()))).max_body(1000);
    builder.credential(("login", password)).build().unwrap()
}

fn settings(shown: &mut Shown, secret: &str) {
    shown.debug(&Secret::new(secret));
    shown.debug(&Credential::Token(secret.into()));
    shown.debug(&Credential::Basic { user: secret.into(), password: secret.into() });
    let builder = ClientBuilder::<ClientCore>::new("x");
    let builder = builder.credential(("key", Credential::Token(secret.into())));
    shown.debug(&builder);
    let builder = builder.base_url(format!("https://user:{secret}@example.com"));
    shown.debug(&builder);
    shown.error(&builder.build().unwrap_err());
    shown.debug(&authorized("https://example.com", secret));
    shown.debug(&Reqwest013::new().unwrap());
    for text in ["https://u:{}@h", "https://h/{} ", "https://h?{}", "{}://h", "https://{}:1"] {
        if let Err(error) = BaseUrl::parse(&text.replace("{}", secret)) {
            shown.error(&error);
        }
    }
    for template in ["https://{v}.h", "https://{v}:0", "https://h:{v}", "{v}://h"] {
        if let Err(error) = BaseUrl::from_template(template, &[("v", secret)]) {
            shown.error(&error);
        }
    }
}

/// Puts the secret wherever a request has room for one.
fn filled(core: &ClientCore, secret: &str) -> RequestBuilder {
    let mut request = core.request(Method::POST, "/x");
    request.query("q", &secret);
    request.header("X-Key", &secret);
    request.header("X-Secret", &Secret::from(secret));
    request.json(&[secret]);
    let header = Scheme::Header { scheme: "key", name: "X-Api-Key" };
    let query = Scheme::Query { scheme: "key", name: "key" };
    request.authorize(&[&[Scheme::Basic("login"), header, query]]);
    request
}

fn requests(shown: &mut Shown, secret: &str) {
    let core = authorized("https://example.com", secret);
    shown.debug(&filled(&core, secret));
    let bad = format!("{secret}\r\n");
    let loud = Loud(((1, 2), secret));
    let mut refused = |add: &dyn Fn(&mut RequestBuilder)| {
        let mut request = core.request(Method::GET, "/x/{id}");
        add(&mut request);
        shown.debug(&request);
        shown.error(&request.build().unwrap_err());
    };
    refused(&|request| request.header("X-Key", &bad));
    refused(&|request| request.header_list("X-Key", &vec![&bad]));
    refused(&|request| request.header("X-Key", &Secret::from(bad.as_str())));
    refused(&|request| request.header_json("X-Key", Some(&loud)));
    refused(&|request| request.cookie("sid", &bad));
    refused(&|request| request.form(secret));
    refused(&|request| request.path_json("id", &loud));
    refused(&|request| request.query_json("q", Some(&loud)));
    refused(&|request| request.json(&loud));
    refused(&|request| request.path("other", &secret));
    let core = authorized("https://example.com", &bad);
    for scheme in [Scheme::Bearer("key"), Scheme::Basic("login")] {
        let mut request = core.request(Method::GET, "/x");
        request.authorize(&[&[scheme]]);
        shown.error(&request.build().unwrap_err());
    }
    let path = format!("/{secret} ");
    shown.error(&core.request(Method::GET, &path).build().unwrap_err());
}

/// Fails to serialize with its value in the message.
struct Loud<'a>(((u8, u8), &'a str));

impl serde::Serialize for Loud<'_> {
    fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom(self.0.1))
    }
}

fn replies(shown: &mut Shown, secret: &str) {
    let reply = |body: String| {
        let builder = tamarack_runtime::http::Response::builder().status(401);
        let builder = builder.header("X-Echo", secret).header("Retry-After", secret);
        let builder = builder.header("Content-Type", format!("text/{secret}"));
        RawReply::new(builder.body(body.into()).unwrap())
    };
    let json = serde_json::to_string(&[secret]).unwrap();
    let echo = || reply(json.clone());
    shown.both(&echo());
    shown.both(&echo().into_json_error::<Vec<String>>().unwrap());
    shown.both(&echo().into_text_error().unwrap());
    shown.both(&echo().into_bytes_error());
    shown.both(&echo().into_empty_error());
    shown.debug(&echo().into_json::<Vec<Secret>>().unwrap());
    shown.debug(&echo().into_empty());
    shown.error(&echo().into_json_error::<Vec<i64>>().unwrap_err());
    shown.error(&echo().into_json::<Vec<bool>>().unwrap_err());
    shown.error(&echo().into_json::<Vec<std::net::IpAddr>>().unwrap_err());
    shown.error(&echo().into_json::<Vec<Closed>>().unwrap_err());
    shown.error(&echo().into_json::<String>().unwrap_err());
    shown.error(&reply(secret.to_owned()).into_json::<String>().unwrap_err());
    shown.error(&reply(json[..json.len() - 2].to_owned()).into_json::<Vec<i64>>().unwrap_err());
    shown.error(&reply(format!("[]{secret}")).into_json::<Vec<i64>>().unwrap_err());
    let keyed = serde_json::to_string(&std::collections::BTreeMap::from([(secret, 1)])).unwrap();
    shown.error(&reply(keyed).into_json::<Strict>().unwrap_err());
}

#[derive(Debug, serde::Deserialize)]
enum Closed {
    A,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Strict {}

async fn failures(shown: &mut Shown, secret: &str) {
    let refused = authorized(&format!("http://{}", free_address()), secret);
    let request = filled(&refused, secret).build().unwrap();
    shown.error(&refused.send(request).await.unwrap_err());
    let escaped = tamarack_runtime::encode::component(&secret);
    for reply in [
        format!("HTTP/1.1 401 {secret}\r\nX-Echo: {secret}\r\nContent-Length: 500\r\n\r\n{secret}"),
        format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{secret}\r\n"),
        format!("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n{}", secret.repeat(300)),
        format!("HTTP/1.1 200 OK\r\n{secret}\r\n{secret}: {secret}\r\n\r\n"),
        format!("{secret}\r\n\r\n"),
        format!("HTTP/1.1 307 {secret}\r\nLocation: http://{secret}@h/?{escaped}\r\n\r\n"),
        String::new(),
    ] {
        let server = Server::answering(reply);
        let core = authorized(&server.url(), secret);
        let request = core.request(Method::GET, &format!("/{escaped}")).build().unwrap();
        match core.send(request).await {
            Ok(reply) => shown.both(&reply),
            Err(error) => shown.error(&error),
        }
    }
}
