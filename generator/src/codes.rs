//! Every diagnostic code, once: the sentence it stands for, why it is said, and the smallest document that earns it.

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

        /// Every code with the sentence that explains it.
        pub const ALL: &[(Code, &str)] = &[$(($name, $sentence.trim_ascii())),+];

        /// Every code with the lines that say why it is reported.
        const REASONS: &[(Code, &[&str])] = &[$(($name, &[$($reason),+])),+];
    };
}

codes! {
    /// The text is not YAML or JSON.
    ///
    /// Without a tree there is nothing to look at: the run ends here.
    SYNTAX = "OAS001";
    /// A key stands twice in one map.
    ///
    /// Parsers disagree on which of the two counts, so whichever was meant,
    /// some reader of the document sees the other. The run ends here.
    DUPLICATE_KEY = "OAS002";
    /// A text that nests deeper, or repeats more by aliases, than can be read.
    ///
    /// A parser would need more memory than there is, however small the text. No
    /// document written by hand comes near the limits. The run ends here.
    LIMIT = "OAS003";

    /// The document is not OpenAPI 3.0 or 3.1.
    ///
    /// Other versions give other meanings to the same keys. Swagger 2.0 can be
    /// converted to OpenAPI 3.0; OpenAPI 3.2 is read as 3.1, with a warning.
    NOT_OPENAPI = "OAS100";
    /// A node has another kind than OpenAPI gives it there, for example a list where a map belongs.
    ///
    /// Nothing can be read from such a node, so it is left out, and nothing else.
    WRONG_KIND = "OAS101";
    /// A required member is missing.
    ///
    /// Where code cannot do without it, the node is left out: that is an
    /// error. Where only the specification asks for it, that is a warning.
    MISSING_MEMBER = "OAS102";
    /// A member that OpenAPI does not know; it is not read.
    ///
    /// Most are misspelled, or belong a level higher or lower. What is meant
    /// for other tools begins with `x-` and is never reported.
    UNKNOWN_MEMBER = "OAS103";
    /// `type` is none of the types JSON Schema has.
    ///
    /// The schema is read as untyped JSON: any guess could be wrong.
    UNKNOWN_TYPE = "OAS104";
    /// A value was read as what it was meant to be, for example the default `"100"` of an integer.
    ///
    /// The output is what the author meant; other tools may read the document
    /// differently.
    COERCED = "OAS105";
    /// A keyword that says nothing where it stands, for example `required` on a string.
    ///
    /// The constraint that somebody wrote down holds for no value. Most stand
    /// a level too low or too high.
    MISPLACED_KEYWORD = "OAS106";
    /// A path template that cannot be read.
    ///
    /// The operations below it are left out: nobody knows where their
    /// requests would go.
    PATH_TEMPLATE = "OAS107";
    /// An operation without `operationId`; its name is made from method and path.
    ///
    /// Such a name changes with the path. An `operationId` stays.
    NO_OPERATION_ID = "OAS108";
    /// A path parameter that the template or the parameter list lacks.
    ///
    /// OpenAPI asks that each `{name}` of the template is declared, that each
    /// parameter in `path` stands in the template, and that it is required.
    PATH_PARAMETER = "OAS109";
    /// A server that is not used: its URL cannot be read, or it belongs to one operation alone.
    ///
    /// Requests go to the base URL of the client; where the document gives
    /// none, the caller does.
    SERVER_URL = "OAS110";
    /// A `default`, an example or a value of `enum` that its own schema does not allow.
    ///
    /// Either the schema or the value is wrong, and generated documentation
    /// shows both side by side. Strings are not checked where they may be the
    /// written form of another value.
    VALUE_MISFIT = "OAS111";
    /// Constraints that no value can meet, for example a `minimum` above the `maximum`.
    ///
    /// Every value is invalid, so a server that validates refuses all requests.
    EMPTY_RANGE = "OAS112";
    /// A keyword of another version of OpenAPI than the one the document names.
    ///
    /// This generator reads it as what it means in its own version; other
    /// tools ignore it. Change `openapi`, or the keyword.
    OTHER_VERSION = "OAS113";
    /// Two path templates that differ only in the names of their parameters.
    ///
    /// Both match the same requests, so OpenAPI calls them identical and
    /// forbids the second.
    SAME_PATH = "OAS114";
    /// A list holds the same thing twice, for example two parameters of one name and location.
    ///
    /// The second one is either a slip or was meant to be something else.
    REPEATED = "OAS115";

    /// `$ref` points at nothing.
    ///
    /// What refers to it is read as untyped JSON, or left out. The nearest
    /// name that exists is proposed.
    DANGLING_REF = "OAS201";
    /// Two operations have one `operationId`.
    ///
    /// Each operation becomes one method, and a link could mean either.
    DUPLICATE_OPERATION_ID = "OAS202";
    /// `$ref` points back at itself without a type in between.
    ///
    /// A reference stands for what it points at; here that is never reached.
    REF_CYCLE = "OAS203";
    /// `$ref` points into another file.
    ///
    /// One document is read at a time. Bundle the files into one first.
    EXTERNAL_REF = "OAS204";
    /// A link names an operation that the document does not have.
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
    /// A component that no operation reaches.
    ///
    /// It is generated all the same where it is a schema; it may be left over,
    /// or the reference to it is missing. A schema that extends another one
    /// with a `discriminator` is reached through it.
    UNREACHED = "OAS208";

    /// A schema that has no Rust type yet; it is read as untyped JSON.
    ///
    /// Values pass through unchanged as `serde_json::Value`.
    SCHEMA = "OAS301";
    /// A reference by `$anchor`, `$id` or `$dynamicRef`, which is not followed.
    ///
    /// Only references by JSON pointer are followed: `#/components/schemas/Pet`
    /// or any other place of the document. What refers otherwise is read as
    /// untyped JSON.
    REFERENCE = "OAS302";
    /// A request body whose media type is not supported yet.
    ///
    /// The operation is left out when its body is required in that form.
    REQUEST_BODY = "OAS312";
    /// A response whose media type is not supported yet.
    ///
    /// The operation is left out when no other form of the response is known.
    RESPONSE_BODY = "OAS313";
    /// A parameter whose location, style or type is not supported yet.
    ///
    /// Where it is required, the operation is left out with it.
    PARAMETER = "OAS314";
    /// A security scheme that is not supported yet.
    ///
    /// The client has no credential of that kind; the caller's transport can
    /// add it.
    SECURITY_SCHEME = "OAS315";
    /// A part of the document that no code is generated from: callbacks, webhooks, links, flows.
    ///
    /// They describe requests that somebody else sends, or where a token comes from.
    NOT_GENERATED = "OAS316";
    /// A keyword that the generated code does not express.
    ///
    /// It stays in the model, so that `diff` sees it change. Where it only says which
    /// values are valid, this is a warning: the same values are sent and read.
    KEYWORD = "OAS317";
    /// An operation that looks like a token endpoint and gets no token source.
    ///
    /// A token source asks by RFC 6749 §4.4 alone. The message says what of it is missing, and the
    /// entry of the overlay that says it. Nothing is lost, so `--strict` does not ask for an acceptance.
    NO_TOKEN_SOURCE = "OAS318";

    /// Two parts of the document map to one Rust name.
    ///
    /// One of them gets another name, which may move when the document
    /// changes. A name in the overlay stays.
    NAME_COLLISION = "OAS401";
    /// An inline schema maps to the name of a component.
    ///
    /// The component keeps its name. The inline schema is told by what it is, for example
    /// `CatMoodProperty`, which does not move: nothing has to be settled.
    NAME_OF_COMPONENT = "OAS402";

    /// An overlay entry that matched nothing.
    ///
    /// What it was written for is gone or has moved, so an entry that is kept
    /// would hide something else one day.
    UNUSED_OVERLAY = "OAS501";
    /// An overlay that cannot be read.
    ///
    /// An overlay holds secrets and accepted gaps; none of them count when it
    /// cannot be read.
    OVERLAY_SYNTAX = "OAS502";
    /// An overlay entry that does not fit what it points at.
    ///
    /// For example `add` of a node that the document has by now.
    OVERLAY_MISFIT = "OAS503";

    /// A bug of ours.
    ///
    /// The message names the stage. Please report it together with the
    /// smallest document that shows it.
    BUG = "OAS901";
}

/// Returns why a code is reported; empty when there is no such code.
pub fn reason(code: Code) -> String {
    let lines = REASONS.iter().find(|(known, _)| *known == code).map(|(_, lines)| *lines);
    let words = lines.unwrap_or_default().iter().map(|line| line.trim());
    words.collect::<Vec<_>>().join(" ")
}

/// Returns the sentence of a code; empty when there is no such code.
pub fn sentence(code: Code) -> &'static str {
    ALL.iter().find(|(known, _)| *known == code).map_or("", |(_, sentence)| *sentence)
}

/// Returns what the codes of one hundred have in common.
pub fn family(code: Code) -> &'static str {
    match code.0.as_bytes().get(3) {
        Some(b'0') => "The text itself cannot be read; nothing is generated.",
        Some(b'1') => {
            "A node of the document is not what OpenAPI says it is. At most that node is lost; \
             the rest is generated."
        }
        Some(b'2') => "A reference or a name inside the document leads nowhere, or to two places.",
        Some(b'3') => {
            "The document is right, the generator cannot express it yet. The node is left out or \
             read as untyped JSON, and counted. Under `--strict` this is an error until the \
             overlay accepts it:\n\n\
             [[accept]]\ncode = \"OAS3..\"\nat = \"#/...\"\nreason = \"...\""
        }
        Some(b'4') => {
            "Two parts of the document map to one name in Rust. The message prints the entry of the \
             overlay that settles it. `of` says which name is meant where a place has several, \
             such as the field and the type of a property: `type`, `field`, `variant`, \
             `operation`, `error`, `outcome`, `encoding`, `required`, `token-source`, `token-required`, `values`, \
             `constant`.\n\n\
             [[name]]\nat = \"#/...\"\nof = \"...\"\nname = \"...\"\nreason = \"...\""
        }
        Some(b'5') => "The overlay says something that does not fit the document any more.",
        _ => "This is a bug of ours: please report it together with the document.",
    }
}

/// Returns whether a diagnostic of this code is about the overlay's text.
pub fn is_about_overlay(code: Code) -> bool {
    code == OVERLAY_SYNTAX || is_overlay_misfit(code)
}

/// Returns whether the code is for an entry of an overlay that does not take effect.
pub fn is_overlay_misfit(code: Code) -> bool {
    [UNUSED_OVERLAY, OVERLAY_MISFIT].contains(&code)
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
