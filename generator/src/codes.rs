//! Every diagnostic code, once, with what it stands for.

use crate::diagnostic::Code;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $text:literal;)+) => {
        $($(#[doc = $doc])+ pub const $name: Code = Code($text);)+

        /// Every code with the sentence that explains it.
        pub const ALL: &[(Code, &str)] = &[$(($name, concat!($($doc),+))),+];
    };
}

codes! {
    /// The text is not YAML or JSON.
    SYNTAX = "OAS001";
    /// A key stands twice in one map.
    DUPLICATE_KEY = "OAS002";
    /// A text that nests deeper, or repeats more by aliases, than can be read.
    LIMIT = "OAS003";

    /// The document is not OpenAPI 3.0 or 3.1.
    NOT_OPENAPI = "OAS100";
    /// A node has another kind than OpenAPI gives it there, for example a list where a map belongs.
    WRONG_KIND = "OAS101";
    /// A required member is missing.
    MISSING_MEMBER = "OAS102";
    /// A member that OpenAPI does not know; it is not read.
    UNKNOWN_MEMBER = "OAS103";
    /// `type` is none of the types JSON Schema has.
    UNKNOWN_TYPE = "OAS104";
    /// A value was read as what it was meant to be, for example the default `"100"` of an integer.
    COERCED = "OAS105";
    /// A keyword that says nothing where it stands, for example `required` on a string.
    MISPLACED_KEYWORD = "OAS106";
    /// A path template that cannot be read.
    PATH_TEMPLATE = "OAS107";
    /// An operation without `operationId`; its name is made from method and path.
    NO_OPERATION_ID = "OAS108";
    /// A path parameter that the template or the parameter list lacks.
    PATH_PARAMETER = "OAS109";
    /// A server URL that no request can be sent to.
    SERVER_URL = "OAS110";

    /// `$ref` points at nothing.
    DANGLING_REF = "OAS201";
    /// Two operations have one `operationId`.
    DUPLICATE_OPERATION_ID = "OAS202";
    /// `$ref` points back at itself without a type in between.
    REF_CYCLE = "OAS203";
    /// `$ref` points into another file.
    EXTERNAL_REF = "OAS204";

    /// A schema that has no Rust type yet; it is read as untyped JSON.
    SCHEMA = "OAS301";
    /// A request body whose media type is not supported yet.
    REQUEST_BODY = "OAS312";
    /// A response whose media type is not supported yet.
    RESPONSE_BODY = "OAS313";
    /// A parameter whose location, style or type is not supported yet.
    PARAMETER = "OAS314";
    /// A security scheme that is not supported yet.
    SECURITY_SCHEME = "OAS315";
    /// A part of the document that no code is generated from: callbacks, webhooks, links.
    NOT_GENERATED = "OAS316";

    /// Two things would get one Rust name.
    NAME_COLLISION = "OAS401";

    /// An overlay entry that matched nothing.
    UNUSED_OVERLAY = "OAS501";
    /// An overlay that cannot be read.
    OVERLAY_SYNTAX = "OAS502";
    /// An overlay entry that does not fit what it points at.
    OVERLAY_MISFIT = "OAS503";

    /// A bug of ours.
    BUG = "OAS901";
}

#[cfg(test)]
mod tests {
    use super::ALL;

    #[test]
    fn every_code_stands_once() {
        let mut codes: Vec<_> = ALL.iter().map(|(code, _)| code.0).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), ALL.len());
    }
}
