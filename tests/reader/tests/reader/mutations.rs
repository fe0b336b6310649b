//! Generated code that is changed in one place, each change a fact that is lost: the comparison finds every one.

use std::collections::BTreeMap;

use tamarack_reader::difference::Fact;
use tamarack_reader::examine;
use tamarack_reader::generated::generate;

const DOCUMENT: &str = include_str!("../../fixtures/library.oas.yaml");

/// Request bodies of each media type.
const BODIES: &str = include_str!("../../../goldens/specs/golden/1/bodies.oas.yaml");

type Files = BTreeMap<String, String>;

fn files(document: &str) -> Files {
    generate("library.oas.yaml", document, None).files.expect("a module")
}

/// Replaces a text that stands once in the files.
#[track_caller]
fn replaced(document: &str, old: &str, new: &str) -> Files {
    let mut files = files(document);
    let n: usize = files.values().map(|it| it.matches(old).count()).sum();
    assert_eq!(n, 1, "`{old}` stands {n} times");
    for text in files.values_mut() {
        *text = text.replace(old, new);
    }
    files
}

/// Checks that a change is found as a difference of one fact at one place, and by nothing else.
#[track_caller]
fn check(old: &str, new: &str, fact: Fact, place: &str) {
    check_of(DOCUMENT, old, new, fact, place);
}

#[track_caller]
fn check_of(document: &str, old: &str, new: &str, fact: Fact, place: &str) {
    let found = examine(document, &replaced(document, old, new), &[]).expect("code");
    let found = found.uncovered;
    let is_it = |it: &tamarack_reader::difference::Difference| {
        it.fact == fact && it.places.iter().any(|it| it == place)
    };
    assert!(found.iter().any(is_it), "no difference of {fact} at {place}: {found:#?}");
    // A server or a body that is another one has another consequence as well.
    let follows = match fact {
        Fact::Server => Fact::Destination,
        Fact::RequestBody => Fact::ContentType,
        fact => fact,
    };
    assert!(found.iter().all(|it| it.fact == fact || it.fact == follows), "{found:#?}");
}

const BOOK: &str = "#/components/schemas/Book";
const GET: &str = "#/paths/~1books~1{id}/get";
const PUT: &str = "#/paths/~1books~1{id}/put";

#[test]
fn the_code_as_it_is_generated_has_all_that_is_declared() {
    let generated = generate("library.oas.yaml", DOCUMENT, None);
    let found = examine(DOCUMENT, &generated.files.expect("a module"), &[]).expect("code");
    assert_eq!(found.uncovered, Vec::new());
    // Each kind of fact is there to be lost.
    assert_eq!(found.comparison.facts.len(), 17, "{:?}", found.comparison.facts);
}

#[test]
fn a_property_that_is_not_read() {
    let place = format!("{BOOK}/properties/pages");
    check(", optional pages, ", ", ", Fact::Property, &place);
    check("optional pages, ", "optional pages as \"Pages\", ", Fact::Property, &place);
}

#[test]
fn a_property_that_is_no_longer_required_or_no_longer_optional() {
    let place = format!("{BOOK}/properties/kind");
    check("required kind, ", "optional kind, ", Fact::Required, &place);
    let place = format!("{BOOK}/properties/pages");
    check("optional pages, ", "required pages, ", Fact::Required, &place);
}

#[test]
fn a_property_that_is_never_null() {
    check(
        "nullable title, ",
        "required title, ",
        Fact::Nullable,
        &format!("{BOOK}/properties/title"),
    );
    let place = "#/components/schemas/Change/properties/title";
    check("patch title, ", "optional title, ", Fact::Nullable, place);
}

#[test]
fn a_listed_value_that_is_gone_or_new() {
    let place = format!("{BOOK}/properties/kind/enum");
    check("Atlas = \"atlas\",", "", Fact::Values, &place);
    check("Atlas = \"atlas\",", "Atlas = \"Atlas\",", Fact::Values, &place);
    check("Atlas = \"atlas\",", "Atlas = \"atlas\", Comic = \"comic\",", Fact::Values, &place);
    // Of a number no type lists the values.
    let place = format!("{BOOK}/properties/shelves/items/enum");
    check("Declared value of an item: `80`.", "", Fact::Values, &place);
    check("Declared value: `8`.", "", Fact::Values, "#/components/schemas/Level/enum");
    check(
        "Declared value: `2`.",
        "",
        Fact::Values,
        "#/components/schemas/Problem/properties/code/enum",
    );
    let place = format!("{PUT}/responses/409/content/application~1json/schema/enum");
    check("Declared value: `16`.", "", Fact::Values, &place);
}

#[test]
fn a_value_of_another_kind() {
    check(
        "pub pages: Option<i64>",
        "pub pages: Option<String>",
        Fact::Kind,
        &format!("{BOOK}/properties/pages"),
    );
    check(
        "pub parts: Vec<Part>",
        "pub parts: Value",
        Fact::Kind,
        &format!("{BOOK}/properties/parts"),
    );
}

#[test]
fn other_properties_that_are_not_kept() {
    let place = "#/components/schemas/Problem";
    check("; rest additional", "", Fact::FurtherProperties, place);
}

#[test]
fn a_variant_that_is_gone_or_told_by_another_value() {
    check("Map(Map) is \"map\",", "", Fact::Branch, "#/components/schemas/Map");
    check("is \"map\"", "is \"Map\"", Fact::Branch, "#/components/schemas/Map");
    check(
        "by property \"type\"",
        "by property \"kind\"",
        Fact::Branch,
        "#/components/schemas/Part",
    );
}

#[test]
fn a_status_that_is_not_read() {
    let place = format!("{GET}/responses/404");
    check("404 => NotFound(Json<types::Problem>),\n        /// d\n", "", Fact::Response, &place);
    let place = format!("{PUT}/responses/200");
    check("200 => Ok(Json<types::Book>),\n        /// d\n", "", Fact::Response, &place);
    check(
        "Status::Exact(200), Status::Exact(202)",
        "Status::Exact(200)",
        Fact::Response,
        &format!("{PUT}/responses/202"),
    );
}

#[test]
fn a_response_body_that_is_read_in_another_way() {
    let place = format!("{GET}/responses/404/content/application~1json");
    check(
        "404 => NotFound(Json<types::Problem>)",
        "404 => NotFound(Text<String>)",
        Fact::ResponseBody,
        &place,
    );
}

#[test]
fn a_parameter_that_is_not_sent() {
    for (statement, index) in [
        ("request.query(\"language\", &self.language);", 0),
        ("request.query_list(\"tags\", &self.tags, ListStyle::Comma);", 1),
        ("request.header(\"x-trace\", &self.x_trace);", 2),
    ] {
        check(statement, "", Fact::Parameter, &format!("{GET}/parameters/{index}"));
    }
}

#[test]
fn a_parameter_that_is_sent_in_another_way() {
    let place = format!("{GET}/parameters/1");
    check("ListStyle::Comma", "ListStyle::Pipe", Fact::Parameter, &place);
    let place = format!("{GET}/parameters/0");
    check("request.query(\"language\"", "request.cookie(\"language\"", Fact::Parameter, &place);
    check(
        "pub language: Option<types::GetBookLanguage>",
        "pub language: types::GetBookLanguage",
        Fact::Required,
        &place,
    );
}

#[test]
fn a_header_that_is_sent_with_another_value() {
    let place = format!("{GET}/parameters/3");
    check(
        "self.x_depth.as_ref(), \"3\")",
        "self.x_depth.as_ref(), \"4\")",
        Fact::Parameter,
        &place,
    );
    let place = format!("{GET}/parameters/4");
    check("X_LIBRARY: &str = \"1\"", "X_LIBRARY: &str = \"2\"", Fact::Parameter, &place);
}

#[test]
fn a_media_type_that_is_not_sent() {
    let place = format!("{PUT}/requestBody/content/application~1merge-patch+json");
    check(
        "request.json_as(\"application/merge-patch+json\"",
        "request.json_as(\"application/json-patch+json\"",
        Fact::RequestBody,
        &place,
    );
}

#[test]
fn a_security_requirement_that_is_gone_or_sent_in_another_way() {
    check("&[Scheme::Bearer(\"Token\")],", "", Fact::Security, "#/security/1");
    check(
        "name: \"x-key\"",
        "name: \"x-other\"",
        Fact::Security,
        "#/components/securitySchemes/Key",
    );
    check("security: SECURITY,", "security: &[],", Fact::Security, "#/security/0");
    check("security: &[],", "security: SECURITY,", Fact::Security, PUT);
}

#[test]
fn a_server_that_is_another_one() {
    check(
        "\"https://{region}.library.example\",",
        "\"https://library.example\",",
        Fact::Server,
        "#/servers/0",
    );
    check("South = \"south\",", "", Fact::Server, "#/servers/0/variables/region");
    check("`https://spare.library.example`", "", Fact::Server, "#/servers/1");
}

/// Servers of operations and of paths.
const ROUTES: &str = include_str!("../../../goldens/specs/golden/1/routes.oas.yaml");

#[test]
fn an_operation_that_goes_to_another_host_or_path() {
    let put = "#/paths/~1files/put/servers/0";
    let upload = "https://{region}.upload.routes.example";
    let other = "\"https://upload.routes.example\"";
    check_of(ROUTES, &format!("\"{upload}\""), other, Fact::Server, put);
    let (us, eu) = ("&[(\"region\", \"us\")]", "&[(\"region\", \"eu\")]");
    check_of(ROUTES, us, eu, Fact::Destination, put);
    let base = "https://{stage}.routes.example/v1";
    check_of(
        ROUTES,
        &format!("\"{base}\""),
        "\"https://{stage}.routes.example/v2\"",
        Fact::Server,
        "#/servers/0",
    );
}

/// Responses with headers.
const REPLIES: &str = include_str!("../../../goldens/specs/golden/1/replies.oas.yaml");

#[test]
fn a_response_header_that_is_not_read_or_read_as_something_else() {
    let headers = "#/paths/~1limited/get/responses/200/headers";
    let key = "pub const X_COST: ResponseHeader<f64> = ResponseHeader::new(\"x-cost\");";
    check_of(REPLIES, key, "", Fact::Header, &format!("{headers}/X-Cost"));
    let cost = format!("{headers}/X-Cost/schema");
    check_of(
        REPLIES,
        "X_COST: ResponseHeader<f64>",
        "X_COST: ResponseHeader<bool>",
        Fact::Kind,
        &cost,
    );
}

#[test]
fn a_body_whose_media_type_is_none() {
    let body = "#/paths/~1entries/post/requestBody";
    check_of(
        BODIES,
        "request.text(\"text/csv\", body)",
        "request.text(\"text/*\", body)",
        Fact::RequestBody,
        &format!("{body}/content/text~1csv"),
    );
}

#[test]
fn an_operation_that_is_another_one() {
    check(
        "path: \"/books/{id}\",\n        success: &[Status::Exact(200)],",
        "path: \"/book/{id}\",\n        success: &[Status::Exact(200)],",
        Fact::Operation,
        GET,
    );
    check("id: \"get_book\"", "id: \"getBook\"", Fact::Operation, GET);
}

/// What a reader does not know it refuses; else it would find no difference there.
#[test]
fn code_that_is_not_understood_is_refused() {
    for (old, new) in [
        ("by property \"type\"", "by shape"),
        ("optional pages", "perhaps pages"),
        ("pub pages: Option<i64>", "pub pages: Option<Pages>"),
        ("request.query(\"language\", &self.language);", "add(request, &self.language);"),
    ] {
        assert!(examine(DOCUMENT, &replaced(DOCUMENT, old, new), &[]).is_err(), "{new}");
    }
}

#[test]
fn a_request_body_of_several_that_is_sent_in_another_way() {
    let content = "#/paths/~1entries/post/requestBody/content";
    let json = format!("{content}/application~1json/schema");
    let old = "Json(types::Place)";
    check_of(BODIES, old, "Json(String)", Fact::Kind, &json);
    let old = "AddEntryBody::TextCsv(body) => request.text(\"text/csv\", body),";
    check_of(BODIES, old, "", Fact::RequestBody, &format!("{content}/text~1csv"));
    let content = "#/paths/~1entries/put/requestBody/content";
    let old = "SetEntryBody::Image(body) => request.media(body),";
    check_of(BODIES, old, "", Fact::RequestBody, &format!("{content}/image~1*"));
}

#[test]
fn a_file_of_a_multipart_body_that_is_sent_as_something_else() {
    let schema = "#/paths/~1photos/post/requestBody/content/multipart~1form-data/schema";
    let photo = format!("{schema}/properties/photo");
    check_of(BODIES, "pub photo: FilePart", "pub photo: String", Fact::Kind, &photo);
    check_of(BODIES, "pub photo: FilePart", "pub photo: i64", Fact::Kind, &photo);
    let title = format!("{schema}/properties/title");
    check_of(BODIES, "required title, ", "", Fact::Property, &title);
    let place = "#/components/schemas/File";
    check_of(BODIES, "Option<Vec<File>>", "Option<Vec<String>>", Fact::Kind, place);
}

/// Requests that the API sends.
const WEBHOOKS: &str = include_str!("../../../goldens/specs/golden/1/webhooks.oas.yaml");

#[test]
fn a_webhook_or_what_is_read_of_it() {
    let generated = generate("webhooks.oas.yaml", WEBHOOKS, None);
    let found = examine(WEBHOOKS, &generated.files.expect("a module"), &[]).expect("code");
    assert_eq!(found.uncovered, Vec::new());
    let at = "#/webhooks/shipArrived/post";
    let check = |old: &str, new: &str, fact: Fact, place: &str| {
        check_of(WEBHOOKS, old, new, fact, place);
    };
    check("name: \"cargo\"", "name: \"other\"", Fact::Operation, "#/webhooks/cargo/post");
    check(
        "name: \"watch sunk\"",
        "name: \"sunk\"",
        Fact::Operation,
        "#/components/callbacks/Sunk/{$request.body#~1url}/post",
    );
    let place = format!("{at}/parameters/2");
    check(
        "optional_header(\"x-attempts\")",
        "optional_header(\"x-tries\")",
        Fact::Parameter,
        &place,
    );
    check("optional_header(\"x-attempts\")", "header(\"x-attempts\")", Fact::Required, &place);
    check(
        "x_attempts: Option<i64>",
        "x_attempts: Option<bool>",
        Fact::Kind,
        &format!("{place}/schema"),
    );
    let media = "#/webhooks/tide/put/requestBody/content/text~1plain";
    check("Some(\"text/plain\")", "Some(\"text/html\")", Fact::RequestBody, media);
    check(
        "pub body: types::CargoWebhook",
        "pub body: String",
        Fact::Kind,
        "#/webhooks/cargo/post/requestBody/content/application~1json/schema",
    );
}
