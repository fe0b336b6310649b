//! Every diagnostic code with its sentence, the reason it is reported, and a small example document.

mod examples;

pub use examples::{Example, example};

use crate::diagnostic::Code;

macro_rules! codes {
    ($(
        #[doc = $sentence:literal]
        #[doc = $blank:literal]
        $(#[doc = $reason:literal])+
        $name:ident = $text:literal;
    )+) => {
        $(
            #[doc = $sentence]
            #[doc = $blank]
            $(#[doc = $reason])+
            pub const $name: Code = Code($text);
        )+

        /// Every code with its sentence.
        pub const ALL: &[(Code, &str)] = &[$(($name, $sentence.trim_ascii())),+];

        /// Every code with the lines of its reason.
        const REASONS: &[(Code, &[&str])] = &[$(($name, &[$($reason),+])),+];
    };
}

codes! {
    /// The text is neither YAML nor JSON.
    ///
    /// Nothing can be read from it. The run ends here.
    SYNTAX = "OAS001";
    /// A key occurs twice in one map.
    ///
    /// Parsers disagree on which of the two counts, so some reader of the
    /// document sees the wrong one. The run ends here.
    DUPLICATE_KEY = "OAS002";
    /// The text nests too deeply, or its aliases repeat too many values.
    ///
    /// Even a small text could otherwise use up all memory. No document written by
    /// hand comes near the limits. The run ends here.
    LIMIT = "OAS003";

    /// The document is not OpenAPI 3.0 or 3.1.
    ///
    /// Other versions give other meanings to the same keys. Swagger 2.0 can be
    /// converted to OpenAPI 3.0; OpenAPI 3.2 is read as 3.1, with a warning.
    NOT_OPENAPI = "OAS100";
    /// A node is not of the kind that OpenAPI expects there, for example a list instead of a map.
    ///
    /// Nothing can be read from such a node, so it alone is skipped.
    WRONG_KIND = "OAS101";
    /// A required property is missing.
    ///
    /// Where no code can be generated without it, the node is skipped with an
    /// error. Where only the specification asks for it, this is a warning.
    MISSING_MEMBER = "OAS102";
    /// A property that OpenAPI does not define; it is ignored.
    ///
    /// Most are misspelled, or belong one level higher or lower. Extensions
    /// begin with `x-` and are never reported.
    UNKNOWN_MEMBER = "OAS103";
    /// `type` is not a type of JSON Schema.
    ///
    /// The schema is read as untyped JSON, since any guess could be wrong.
    UNKNOWN_TYPE = "OAS104";
    /// A value was converted to the expected type, for example the default `"100"` of an integer.
    ///
    /// The generated code has the value the author most likely meant; other tools
    /// may read the document differently.
    COERCED = "OAS105";
    /// A keyword has no effect at its place, for example `required` on a string.
    ///
    /// The constraint applies to no value. Most such keywords are one level too
    /// low or too high.
    MISPLACED_KEYWORD = "OAS106";
    /// A path template has a fragment, or something else in braces than the name of a parameter.
    ///
    /// What has one meaning is generated, such as `{?limit}`, `{+name}` and
    /// `{id:int}`. The operations of any other path are skipped, since it is
    /// unclear where their requests would go.
    PATH_TEMPLATE = "OAS107";
    /// An operation has no `operationId`; its name is made from method and path.
    ///
    /// Such a name changes with the path; a name made from an `operationId` does not.
    NO_OPERATION_ID = "OAS108";
    /// A path parameter is missing from the template or from the parameters.
    ///
    /// OpenAPI asks that each `{name}` of the template is declared, that each
    /// parameter in `path` occurs in the template, and that it is required.
    PATH_PARAMETER = "OAS109";
    /// A server is not used: its URL cannot be read, or is none that a request can be sent to.
    ///
    /// Requests go to the base URL of the client. The caller sets it where the
    /// document declares none.
    SERVER_URL = "OAS110";
    /// A `default`, an example or a value of `enum` does not match its own schema.
    ///
    /// Either the schema or the value is wrong, and generated documentation
    /// shows both side by side. A string is not checked where it may be the
    /// text of a value of another type.
    VALUE_MISFIT = "OAS111";
    /// No value can meet the constraints, for example a `minimum` above the `maximum`.
    ///
    /// Every value is invalid, so a server that validates refuses all requests.
    EMPTY_RANGE = "OAS112";
    /// A keyword belongs to another version of OpenAPI than the document.
    ///
    /// Tamarack reads it with the meaning it has in that version; other
    /// tools ignore it. Change `openapi`, or the keyword.
    OTHER_VERSION = "OAS113";
    /// Two path templates differ only in the names of their parameters.
    ///
    /// Both match the same requests, so OpenAPI calls them identical and
    /// forbids the second.
    SAME_PATH = "OAS114";
    /// A list has the same entry twice, for example two parameters with one name and location.
    ///
    /// The second one is either superfluous or was meant to be something else.
    REPEATED = "OAS115";
    /// A request body does not say whether it is required, and its schema has required properties.
    ///
    /// By OpenAPI's default it is optional. Hardly an author means that, so it is an argument of the
    /// operation; `required: false` makes it optional. Reported once for all bodies of a document.
    BODY_NOT_REQUIRED = "OAS116";

    /// `$ref` points at nothing.
    ///
    /// The schema that refers to it is read as untyped JSON; any other node is
    /// skipped. The message suggests the most similar name that exists.
    DANGLING_REF = "OAS201";
    /// Two operations have one `operationId`.
    ///
    /// Each operation becomes a method of its own. The first in the order of paths and methods keeps the id; the
    /// others are named after method and path.
    DUPLICATE_OPERATION_ID = "OAS202";
    /// `$ref` refers to itself without a type in between.
    ///
    /// A reference stands for its target; following this one never ends.
    REF_CYCLE = "OAS203";
    /// `$ref` names another document that is not read.
    ///
    /// Files are read whose path is relative to the file that refers to them, and whose name ends with `.yaml`,
    /// `.yml` or `.json`. Nothing is fetched from the network.
    EXTERNAL_REF = "OAS204";
    /// A link names an operation that does not exist.
    ///
    /// `operationId` of a Link Object is the id of an operation of this
    /// document; `operationRef` points at one.
    DANGLING_LINK = "OAS205";
    /// A security requirement names a scheme that is not declared.
    ///
    /// The requirement is ignored, so requests are sent without that
    /// credential.
    UNKNOWN_SCHEME = "OAS206";
    /// A security requirement names a scope that no flow of its scheme declares.
    ///
    /// A client that asks for the declared scopes gets a token that is refused.
    UNKNOWN_SCOPE = "OAS207";
    /// A component is not used by any operation.
    ///
    /// Either it can be removed, or a reference to it is missing. A schema is
    /// generated all the same. A schema that extends one with a `discriminator`
    /// counts as used where that one is used.
    UNREACHED = "OAS208";

    /// No Rust type is generated for a schema; its values are untyped JSON.
    ///
    /// They pass through unchanged as `serde_json::Value`.
    SCHEMA = "OAS301";
    /// A reference by `$anchor`, `$id` or `$dynamicRef`, or for a whole list or map, is not followed.
    ///
    /// Only JSON pointers are followed: `#/components/schemas/Pet` or any other
    /// place in the document. A schema that refers in another way is read as
    /// untyped JSON. OpenAPI has references in place of the nodes in a list or map.
    REFERENCE = "OAS302";
    /// The media type of a request body is none, so it cannot be sent as it is written.
    ///
    /// The operation is skipped if the body is required and has no other media type.
    REQUEST_BODY = "OAS312";
    /// A response has several media types of sequences of items, of which one is read.
    ///
    /// The operation is generated.
    RESPONSE_BODY = "OAS313";
    /// The location, style or type of a parameter is not supported yet.
    ///
    /// The operation is skipped if the parameter is required.
    PARAMETER = "OAS314";
    /// A security scheme is not supported yet.
    ///
    /// The client has no credential for it; a transport of the caller can add it.
    SECURITY_SCHEME = "OAS315";
    /// No code is generated from a part of the document: links, flows.
    ///
    /// They describe which operation can follow, or how to get a token.
    NOT_GENERATED = "OAS316";
    /// A keyword has no effect on the generated code.
    ///
    /// `diff` compares it all the same. Where the keyword only restricts the valid
    /// values, this is a warning: the generated code sends and reads them all.
    KEYWORD = "OAS317";
    /// An operation that looks like a token endpoint and gets no token source.
    ///
    /// A token source asks by RFC 6749 §4.4 alone. The message says what of it is missing, and the
    /// entry of the overlay that says it. Nothing is lost, so `--strict` does not ask for an acceptance.
    NO_TOKEN_SOURCE = "OAS318";
    /// A part of an OAuth flow that no token can be asked for by.
    ///
    /// Client credentials are not sent to a URL that is not absolute or relative to the server, or
    /// that is `http` beyond this machine; and a scope is visible ASCII without spaces, `"` and `\\`.
    FLOW = "OAS319";

    /// Two parts of the document map to one Rust name.
    ///
    /// One of them gets another name, which may change with the document.
    /// A name in the overlay does not.
    NAME_COLLISION = "OAS401";
    /// An inline schema maps to the name of a component.
    ///
    /// The component keeps its name. The name of the inline schema says what it is, for
    /// example `CatMoodProperty`. That name is stable, so there is nothing to settle.
    NAME_OF_COMPONENT = "OAS402";

    /// An overlay entry matches nothing.
    ///
    /// The node it was written for is gone or has moved. Such an entry could later
    /// apply to another node by accident.
    UNUSED_OVERLAY = "OAS501";
    /// An overlay cannot be read.
    ///
    /// Without its entries, secrets could be printed and gaps would not be
    /// accepted.
    OVERLAY_SYNTAX = "OAS502";
    /// An overlay entry does not fit the node it points at.
    ///
    /// For example, `add` names a node that the document now has.
    OVERLAY_MISFIT = "OAS503";
    /// A pattern of `include` or `exclude` matches no operation, or none is left.
    ///
    /// A pattern that is misspelt would generate too much or too little without a word.
    SUBSET = "OAS504";
    /// A type that is to derive a trait does not exist.
    ///
    /// The name in `tamarack.toml` is that of the generated type, which may have changed with the document.
    DERIVE = "OAS505";
    /// A type that is to be replaced does not exist, or cannot be.
    ///
    /// The client reads some types itself, and a secret must not be lost to a type that prints it.
    REPLACE = "OAS506";

    /// A bug in Tamarack.
    ///
    /// The message names the stage. Please report it with the smallest document
    /// that shows it.
    BUG = "OAS901";
}

/// Returns why a code is reported, or an empty string if there is no such code.
pub fn reason(code: Code) -> String {
    let lines = REASONS.iter().find(|(known, _)| *known == code).map(|(_, lines)| *lines);
    let words = lines.unwrap_or_default().iter().map(|line| line.trim());
    words.collect::<Vec<_>>().join(" ")
}

/// Returns the sentence of a code, or an empty string if there is no such code.
pub fn sentence(code: Code) -> &'static str {
    ALL.iter().find(|(known, _)| *known == code).map_or("", |(_, sentence)| *sentence)
}

/// Returns what the codes with the same first digit have in common.
pub fn family(code: Code) -> &'static str {
    match code.0.as_bytes().get(3) {
        Some(b'0') => "The text cannot be read; nothing is generated.",
        Some(b'1') => {
            "A node of the document is not what OpenAPI expects. At most that node is skipped; \
             the rest is generated."
        }
        Some(b'2') => "A reference or a name in the document leads nowhere, or to two places.",
        Some(b'3') => {
            "The document is right, but Tamarack cannot generate this part yet. The node is skipped \
             or degraded to untyped JSON, and counted. Under `--strict` this is an error until \
             the overlay accepts it:\n\n\
             [[accept]]\ncode = \"OAS3..\"\nat = \"#/...\"\nreason = \"...\""
        }
        Some(b'4') => {
            "Two parts of the document map to one name in Rust. The message prints the entry of the \
             overlay that settles it. `of` says which name is meant where a place has several, \
             such as the field and the type of a property: `type`, `field`, `variant`, \
             `operation`, `error`, `outcome`, `encoding`, `response-body`, `error-body`, `required`, `token-source`, `token-required`, `values`, \
             `constant`.\n\n\
             [[name]]\nat = \"#/...\"\nof = \"...\"\nname = \"...\"\nreason = \"...\""
        }
        Some(b'5') => "The overlay, or the choice of operations, does not fit the document.",
        _ => "This is a bug in Tamarack: please report it with the document.",
    }
}

/// Returns whether a diagnostic of this code is about the overlay's text.
pub fn is_about_overlay(code: Code) -> bool {
    code == OVERLAY_SYNTAX || is_overlay_misfit(code)
}

/// Returns whether the code means that an overlay entry has no effect.
pub fn is_overlay_misfit(code: Code) -> bool {
    [UNUSED_OVERLAY, OVERLAY_MISFIT].contains(&code)
}

/// Returns whether the code means that what is asked for types does not fit the document.
pub(crate) fn is_misfit_of_types(code: Code) -> bool {
    [DERIVE, REPLACE].contains(&code)
}

/// Returns whether the code means that what is asked for does not fit the document.
pub(crate) fn is_of_settings(code: Code) -> bool {
    code == SUBSET || is_misfit_of_types(code)
}

#[cfg(test)]
mod tests {
    use super::{ALL, reason};

    #[test]
    fn every_code_stands_once() {
        let mut codes: Vec<_> = ALL.iter().map(|(code, _)| code.0).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), ALL.len());
    }

    #[test]
    fn every_code_has_a_reason_that_is_more_than_its_sentence() {
        for (code, sentence) in ALL {
            let reason = reason(*code);
            assert!(reason.ends_with('.') && reason != *sentence, "{}: {reason}", code.0);
        }
    }
}
