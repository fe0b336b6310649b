//! Each rule by which a token endpoint is told, beside its nearest neighbour that is none.

use crate::api::{Operation, Shape, TokenInput, Type};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lower::tests::read;

/// The response of RFC 6749 §5.1.
const TOKEN: &str = "{properties: {access_token: {type: string}, token_type: {type: string}}}";
/// A grant that can be client credentials.
const LISTED: &str = "grant_type: {type: string, enum: [refresh_token, client_credentials]}";
const CLIENT: &str = "client_id: {type: string}, client_secret: {type: string}";

/// An operation, in parts.
#[derive(Clone, Copy)]
struct Case<'a> {
    body: &'a str,
    media_type: &'a str,
    response: &'a str,
    status: &'a str,
    /// Further keys of the operation.
    more: &'a str,
    schemes: &'a str,
    overlay: &'a str,
}

const CASE: Case<'_> = Case {
    body: "{}",
    media_type: "application/x-www-form-urlencoded",
    response: TOKEN,
    status: "200",
    more: "",
    schemes: "{}",
    overlay: "",
};

impl Case<'_> {
    fn read(self) -> (Option<Operation>, Vec<Diagnostic>) {
        let Self { body, media_type, response, status, more, schemes, overlay } = self;
        let spec = format!(
            "openapi: 3.0.3\ninfo: {{title: t, version: '1'}}\nservers: [{{url: 'https://a.example'}}]
paths:
  /token:
    post:
      operationId: t
      requestBody: {{content: {{{media_type}: {{schema: {body}}}}}}}
      responses: {{'{status}': {{description: d, content: {{application/json: {{schema: {response}}}}}}}}}
{more}components: {{securitySchemes: {schemes}}}\n"
        );
        let overlay = (!overlay.is_empty()).then(|| {
            format!("[[token-endpoint]]\nat = '#/paths/~1token/post'\nreason = 'r'\n{overlay}\n")
        });
        let (model, said) = read(&spec, overlay.as_deref());
        let operation = model.map(|mut it| {
            let operation = it.api.operations.swap_remove(0);
            (operation, it.api)
        });
        (operation.map(|it| named(it.0, &it.1)), said)
    }

    /// Returns what the request is made of, for example `grant client_id client_secret`; `-` where the
    /// operation has no token source.
    fn source(self) -> String {
        let (operation, said) = self.read();
        let operation = operation.unwrap_or_else(|| panic!("{said:?}"));
        operation.id
    }

    fn notes(self) -> Vec<Diagnostic> {
        self.read().1.into_iter().filter(|it| it.severity == Severity::Note).collect()
    }
}

/// Writes what was found in place of the id.
fn named(mut operation: Operation, api: &crate::api::Api) -> Operation {
    let Some(endpoint) = &operation.token_endpoint else {
        return Operation { id: "-".to_owned(), ..operation };
    };
    let mut object = operation.body.as_ref().map(|it| it.contents[0].ty.clone());
    let mut branch = endpoint.branch.iter();
    let properties = loop {
        let Some(Type::Named(id)) = object.as_ref().map(|it| &it.ty) else { break Vec::new() };
        object = match &api.type_def(*id).shape {
            Shape::Struct(it) => break it.properties.iter().map(|it| it.name.clone()).collect(),
            Shape::Union(it) => {
                it.variants().nth(*branch.next().expect("a variant")).map(|it| it.ty.clone())
            }
            Shape::Alias(it) => Some(it.clone()),
            Shape::Enum(_) => None,
        };
    };
    let mut acc = Vec::new();
    for input in [endpoint.grant, endpoint.id, endpoint.secret] {
        acc.push(match input {
            Some(TokenInput::Property(index)) => properties[index].clone(),
            Some(TokenInput::Parameter(id)) => format!("?{}", operation.parameter(id).name),
            None => "_".to_owned(),
        });
    }
    if endpoint.basic {
        acc.push("basic".to_owned());
    }
    if endpoint.fields.without_token_type {
        acc.push("untyped".to_owned());
    }
    operation.id = acc.join(" ");
    operation
}

fn body(properties: &str) -> String {
    format!("{{type: object, properties: {{{properties}}}}}")
}

#[track_caller]
fn check(properties: &str, expected: &str) {
    assert_eq!(Case { body: &body(properties), ..CASE }.source(), expected, "{properties}");
}

const IN_BODY: &str = "grant_type client_id client_secret";

#[test]
fn the_grant_can_be_client_credentials() {
    check(&format!("{LISTED}, {CLIENT}"), IN_BODY);
    check(&format!("grant_type: {{type: string}}, {CLIENT}"), IN_BODY);
    check(&format!("grant_type: {{type: string, example: client_credentials}}, {CLIENT}"), IN_BODY);
    check(&format!("grant_type: {{type: string, enum: [password]}}, {CLIENT}"), "-");
    check(&format!("grant_type: {{type: string, example: password}}, {CLIENT}"), "-");
    check(&format!("grant_type: {{type: integer}}, {CLIENT}"), "-");
    check(CLIENT, "-");
}

/// RFC 6749 §4.1.3, §4.3.2, §6; RFC 8628 §3.4; RFC 7521 §4.1; RFC 8693 §2.1.
#[test]
fn what_another_grant_asks_for_is_not_required() {
    for name in [
        "code",
        "username",
        "password",
        "refresh_token",
        "device_code",
        "assertion",
        "subject_token",
    ] {
        let other = format!("{name}: {{type: string}}");
        check(&format!("{LISTED}, {CLIENT}, {other}"), IN_BODY);
        let required = format!(
            "{{type: object, required: [{name}], properties: {{{LISTED}, {CLIENT}, {other}}}}}"
        );
        assert_eq!(Case { body: &required, ..CASE }.source(), "-", "{name}");
        // Where the grant is any text, its properties say which.
        check(&format!("grant_type: {{type: string}}, {CLIENT}, {other}"), "-");
        check(
            &format!(
                "grant_type: {{type: string, default: client_credentials}}, {CLIENT}, {other}"
            ),
            IN_BODY,
        );
    }
}

#[test]
fn a_client_proves_itself_in_the_body_or_by_basic() {
    let basic = Case {
        more: "      security: [{b: []}]\n",
        schemes: "{b: {type: http, scheme: basic}}",
        ..CASE
    };
    let source =
        |properties: &str, case: Case<'_>| Case { body: &body(properties), ..case }.source();
    let header = Case {
        more: "      parameters: [{name: Authorization, in: header, schema: {type: string}}]\n",
        ..CASE
    };
    for declared in [basic, header] {
        assert_eq!(source("grant_type: {type: string}", declared), "grant_type _ _ basic");
        // RFC 6749 §2.3: one way at a time.
        assert_eq!(source(&format!("{LISTED}, {CLIENT}"), declared), "grant_type _ _ basic");
        let required = format!(
            "{{type: object, required: [client_secret], properties: {{{LISTED}, {CLIENT}}}}}"
        );
        assert_eq!(Case { body: &required, ..declared }.source(), IN_BODY);
        let id = "{type: object, required: [client_id], properties: {grant_type: {type: string}, client_id: {type: string}}}";
        assert_eq!(Case { body: id, ..declared }.source(), "grant_type client_id _ basic");
    }
    // RFC 6749 §2.3.1: every server takes Basic, and the document has no other place for the secret.
    check(LISTED, "grant_type _ _ basic");
    check("grant_type: {type: string}", "-");
    check(&format!("{LISTED}, client_assertion: {{type: string}}"), "-");
    let key = Case {
        more: "      security: [{k: []}]\n",
        schemes: "{k: {type: apiKey, in: header, name: K}}",
        ..CASE
    };
    assert_eq!(source(LISTED, key), "-");
    let bearer = Case { schemes: "{k: {type: http, scheme: bearer}}", ..key };
    assert_eq!(source(LISTED, bearer), "grant_type _ _ basic");
    check(&format!("{LISTED}, client_secret: {{type: string}}"), "-");
    check(&format!("{LISTED}, client_id: {{type: integer}}, client_secret: {{type: string}}"), "-");
}

#[test]
fn a_request_may_be_made_of_parameters() {
    let query = |names: &[&str]| {
        let of = |it: &&str| format!("{{name: {it}, in: query, schema: {{type: string}}}}");
        let all: Vec<_> = names.iter().map(of).collect();
        format!("      parameters: [{}]\n", all.join(", "))
    };
    let more = query(&["grant_type", "client_id", "client_secret"]);
    let case = Case { more: &more, ..CASE };
    assert_eq!(case.source(), "?grant_type ?client_id ?client_secret");
    let more = query(&["grant_type", "client_id"]);
    assert_eq!(Case { more: &more, ..CASE }.source(), "-");
}

#[test]
fn of_several_bodies_the_one_for_the_grant_is_taken() {
    let of = |grants: &str, more: &str| {
        format!(
            "{{type: object, properties: {{grant_type: {{type: string, enum: [{grants}]}}, {CLIENT}{more}}}}}"
        )
    };
    let refresh = of("refresh_token", ", refresh_token: {type: string}");
    for (key, ours, expected) in [
        ("oneOf", "client_credentials", IN_BODY),
        ("anyOf", "authorization_code, client_credentials", IN_BODY),
        ("oneOf", "password", "-"),
    ] {
        let union = format!("{{{key}: [{refresh}, {}]}}", of(ours, ""));
        assert_eq!(Case { body: &union, ..CASE }.source(), expected, "{union}");
    }
    // As JSON the values of the tag tell them apart as well.
    let union = format!("{{oneOf: [{refresh}, {}]}}", of("client_credentials", ""));
    assert_eq!(Case { body: &union, media_type: "application/json", ..CASE }.source(), IN_BODY);
}

#[test]
fn the_response_has_a_token() {
    let asks = body(&format!("{LISTED}, {CLIENT}"));
    let free = body(&format!("grant_type: {{type: string}}, {CLIENT}"));
    let of =
        |body: &str, response: &str, status: &str| Case { body, response, status, ..CASE }.source();
    let without = format!("{IN_BODY} untyped");
    let token = "{properties: {access_token: {type: string}}}";
    for (response, expected) in [
        (TOKEN, IN_BODY),
        (token, without.as_str()),
        (&format!("{{allOf: [{TOKEN}, {{properties: {{x: {{type: string}}}}}}]}}"), IN_BODY),
        (&format!("{{oneOf: [{{type: string}}, {TOKEN}]}}"), IN_BODY),
        ("{properties: {token: {type: string}}}", "-"),
        ("{properties: {access_token: {type: integer}}}", "-"),
        ("{type: array, items: {properties: {access_token: {type: string}}}}", "-"),
    ] {
        assert_eq!(of(&asks, response, "200"), expected, "{response}");
        assert_eq!(of(&asks, response, "201"), expected, "{response}");
        assert_eq!(of(&asks, response, "400"), "-", "{response}");
    }
    // A response that nobody has described says nothing against an endpoint that is one already.
    assert_eq!(of(&asks, "{}", "200"), IN_BODY);
    assert_eq!(of(&free, "{}", "200"), "-");
}

const DIFFERENT: Case<'_> = Case {
    body: "{type: object, required: [ClientId, ClientSecret], properties: {ClientId: {type: string}, ClientSecret: {type: string}}}",
    response: "{properties: {data: {properties: {token: {type: string}, ttl: {type: integer}}}}}",
    media_type: "application/json",
    ..CASE
};

const ENTRY: &str = "client-id = 'ClientId'\nclient-secret = 'ClientSecret'\n";

#[test]
fn what_cannot_be_told_the_overlay_says() {
    assert_eq!(DIFFERENT.source(), "-");
    let overlay = format!("{ENTRY}access-token = '/data/token'\nexpires-in = '/data/ttl'");
    let (operation, said) = Case { overlay: &overlay, ..DIFFERENT }.read();
    let operation = operation.unwrap();
    assert!(said.is_empty(), "{said:?}");
    assert_eq!(operation.id, "_ ClientId ClientSecret untyped");
    let fields = operation.token_endpoint.unwrap().fields;
    assert_eq!(fields.access_token.as_deref(), Some("/data/token"));
    assert_eq!(fields.expires_in.as_deref(), Some("/data/ttl"));
    let basic = Case { body: &body(&format!("{LISTED}, {CLIENT}")), ..CASE };
    assert_eq!(
        Case { overlay: "authentication = 'basic'", ..basic }.source(),
        "grant_type _ _ basic"
    );
}

#[test]
fn an_entry_that_does_not_fit_is_an_error() {
    let whole = format!("{ENTRY}access-token = '/data/token'");
    for (from, to, what) in [
        ("'ClientId'", "'Id'", "the request has no `Id`"),
        ("'ClientSecret'", "'Secret'", "the request has no `Secret`, and no HTTP Basic"),
        (
            "client-id",
            "grant-type = 'GrantType'\nclient-id",
            "no property and no parameter is called `GrantType`",
        ),
        ("/data/token", "/token", "the response has no `token`"),
        ("/data/token", "/data/ttl", "the response has no text at `/data/ttl`"),
        ("/data/token", "data.token", "`data.token` is no JSON pointer"),
        (
            "access-token",
            "expires-in = '/data/x'\naccess-token",
            "the response has nothing at `/data/x`",
        ),
    ] {
        let overlay = whole.replace(from, to);
        let (operation, said) = Case { overlay: &overlay, ..DIFFERENT }.read();
        assert!(operation.is_none(), "{overlay}");
        let titles: Vec<_> = said.iter().map(|it| (it.code.0, it.title.as_str())).collect();
        let title =
            format!("the `token-endpoint` entry for `#/paths/~1token/post` does not fit: {what}");
        assert_eq!(titles, [("OAS501", title.as_str())], "{overlay}");
    }
    let (operation, said) = Case {
        overlay: "[[token-endpoint]]\nat = '#/paths/~1other/post'\nreason = 'r'",
        body: &body(&format!("{LISTED}, {CLIENT}")),
        ..CASE
    }
    .read();
    assert!(operation.is_none());
    let titles: Vec<_> = said.iter().map(|it| it.title.as_str()).collect();
    assert_eq!(
        titles,
        ["the `token-endpoint` entry for `#/paths/~1other/post` matches no operation without one"]
    );
}

/// Returns the entry that a note tells to write.
fn entry(note: &Diagnostic) -> String {
    let help = note.help.clone().unwrap_or_default();
    let lines = help.lines().skip_while(|it| *it != "[[token-endpoint]]").skip(2);
    lines.filter(|it| !it.starts_with("reason")).map(|it| it.to_owned() + "\n").collect()
}

#[test]
fn what_looks_like_a_token_endpoint_gets_a_note_with_the_entry_that_makes_it_one() {
    let another = body(&format!("grant_type: {{type: string}}, {CLIENT}, code: {{type: string}}"));
    let pascal = "{properties: {AccessToken: {type: string}}}";
    for (case, source) in [
        (DIFFERENT, "_ ClientId ClientSecret untyped"),
        (Case { response: pascal, ..DIFFERENT }, "_ ClientId ClientSecret untyped"),
        (Case { body: &body(CLIENT), ..CASE }, "_ client_id client_secret"),
        (Case { body: &another, ..CASE }, IN_BODY),
    ] {
        let notes = case.notes();
        let [note] = notes.as_slice() else { panic!("{notes:?}") };
        assert_eq!(note.code.0, "OAS318");
        let overlay = format!("{}# pasted", entry(note));
        assert_eq!(Case { overlay: &overlay, ..case }.source(), source, "{overlay}");
    }
}

#[test]
fn what_is_something_else_gets_no_note() {
    let introspection = format!("{CLIENT}, token: {{type: string}}");
    let account = "{type: object, required: [email], properties: {email: {type: string}, client_id: {type: string}, client_secret: {type: string}}}";
    let nested = format!("{{properties: {{user: {TOKEN}}}}}");
    for case in [
        CASE,
        Case { body: &body("name: {type: string}"), ..CASE },
        Case { body: &body(CLIENT), response: "{properties: {name: {type: string}}}", ..CASE },
        Case {
            body: &body(&introspection),
            response: "{properties: {token: {type: string}}}",
            ..CASE
        },
        Case { body: account, response: &nested, ..CASE },
        // Of another grant, as the document says.
        Case {
            body: &body(&format!("grant_type: {{type: string, enum: [password]}}, {CLIENT}")),
            ..CASE
        },
        Case { body: &body(&format!("{LISTED}, {CLIENT}")), ..CASE },
    ] {
        assert_eq!(case.notes(), [], "{}", case.body);
    }
}
