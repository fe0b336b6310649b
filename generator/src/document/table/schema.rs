//! The Schema Object: the keywords of JSON Schema as OpenAPI 3.0 spells them, and those of 2020-12.

use super::Kind::{self, Count, Flag, FlagOrSchema, Json, List, Map, Node, Number, Text, Unread};
use super::unread::{EXTERNAL_DOCS, XML};
use super::{Cost, LISTS, MAPS, NUMBERS, Object, OpenApiVersion, STRINGS, Way, member, object};

pub(crate) static DISCRIMINATOR: Object = Object {
    required: &["propertyName"],
    ..object(
        "Discriminator Object",
        &[
            member("propertyName", Text),
            member("mapping", Map(&Text)),
            member("defaultMapping", Text),
        ],
    )
};

/// A schema. The second half are keywords of JSON Schema 2020-12 (OpenAPI
/// 3.1) that only narrow what is valid, or say how to write it down: they are
/// known and change no type.
pub(crate) static SCHEMA: Object = Object {
    cost: Cost::Nothing,
    ..object(
        "Schema Object",
        &[
            member("title", Text).note(),
            member("description", Text).note(),
            member("type", Text).assertion().set(),
            member("format", Text).annotation(),
            member("enum", List(&Json)).assertion().set().spelled(&["const"]),
            // Where they say something, the dialect has rewritten them before.
            member("const", Json).assertion().since(OpenApiVersion::V31),
            member("examples", Json).note().since(OpenApiVersion::V31),
            member("default", Json).annotation(),
            member("example", Json).note().spelled(&["examples"]),
            member("nullable", Flag).assertion().spelled(&["type", "oneOf", "anyOf"]),
            member("readOnly", Flag).annotation(),
            member("writeOnly", Flag).annotation(),
            member("deprecated", Flag).annotation(),
            // Extensions that change what is generated.
            member("x-secret", Flag),
            member("x-sensitive", Flag),
            member("discriminator", Node(&DISCRIMINATOR)).assertion(),
            member("externalDocs", Unread(&Node(&EXTERNAL_DOCS))).note(),
            member("xml", Unread(&Node(&XML))).annotation(),
            member("multipleOf", Number).assertion().of(NUMBERS),
            member("minimum", Number).assertion().spelled(&["exclusiveMinimum"]).of(NUMBERS),
            member("maximum", Number).assertion().spelled(&["exclusiveMaximum"]).of(NUMBERS),
            member("exclusiveMinimum", Flag).assertion().of(NUMBERS),
            member("exclusiveMaximum", Flag).assertion().of(NUMBERS),
            member("minLength", Count).assertion().of(STRINGS),
            member("maxLength", Count).assertion().of(STRINGS),
            member("pattern", Text).assertion().of(STRINGS),
            member("minItems", Count).assertion().of(LISTS),
            member("maxItems", Count).assertion().of(LISTS),
            member("uniqueItems", Flag).assertion().of(LISTS),
            member("minProperties", Count).assertion().of(MAPS),
            member("maxProperties", Count).assertion().of(MAPS),
            member("required", List(&Text)).assertion().set(),
            member("properties", Map(&Kind::Schema)).of(MAPS),
            member("additionalProperties", FlagOrSchema).assertion().of(MAPS),
            member("items", Kind::Schema).of(LISTS),
            member("allOf", List(&Kind::Schema)).set().spelled(&["$ref"]),
            member("oneOf", List(&Kind::Schema)).assertion().set(),
            member("anyOf", List(&Kind::Schema)).assertion().set().spelled(&["type"]),
            member("not", Unread(&Kind::Schema)).assertion().way(Way::Denied),
            member("$defs", Map(&Kind::Schema)).definition().since(OpenApiVersion::V31),
            member("definitions", Map(&Kind::Schema)).definition(),
            member("$schema", Json).definition(),
            member("$id", Json).definition().since(OpenApiVersion::V31),
            member("$anchor", Json).definition().since(OpenApiVersion::V31),
            member("$dynamicAnchor", Json).definition().since(OpenApiVersion::V31),
            member("$dynamicRef", Text).since(OpenApiVersion::V31),
            member("$comment", Json).note(),
            member("contentEncoding", Json).annotation().since(OpenApiVersion::V31),
            member("contentMediaType", Json).annotation().since(OpenApiVersion::V31),
            member("contentSchema", Kind::Schema).annotation().since(OpenApiVersion::V31),
            member("prefixItems", Unread(&List(&Kind::Schema))).since(OpenApiVersion::V31),
            member("contains", Unread(&Kind::Schema))
                .assertion()
                .way(Way::Denied)
                .since(OpenApiVersion::V31),
            member("minContains", Json).assertion().since(OpenApiVersion::V31),
            member("maxContains", Json).assertion().since(OpenApiVersion::V31),
            member("if", Unread(&Kind::Schema))
                .assertion()
                .way(Way::Denied)
                .since(OpenApiVersion::V31),
            member("then", Unread(&Kind::Schema)).assertion().since(OpenApiVersion::V31),
            member("else", Unread(&Kind::Schema)).assertion().since(OpenApiVersion::V31),
            member("dependentRequired", Unread(&Map(&List(&Text))))
                .assertion()
                .since(OpenApiVersion::V31),
            member("dependentSchemas", Unread(&Map(&Kind::Schema)))
                .assertion()
                .since(OpenApiVersion::V31),
            member("patternProperties", Map(&Kind::Schema)).since(OpenApiVersion::V31),
            member("propertyNames", Unread(&Kind::Schema)).assertion().since(OpenApiVersion::V31),
            member("unevaluatedItems", Unread(&FlagOrSchema))
                .assertion()
                .since(OpenApiVersion::V31),
            member("unevaluatedProperties", Unread(&FlagOrSchema))
                .assertion()
                .since(OpenApiVersion::V31),
        ],
    )
};
