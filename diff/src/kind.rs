//! The kinds of changes, each with its stable name, its title and its mirror.

/// Declares the kinds: variant, name, title, mirror.
macro_rules! kinds {
    ($($variant:ident, $id:literal, $title:literal, $mirror:ident;)*) => {
        /// What has changed.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $(#[doc = $title] $variant,)*
        }

        impl Kind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// Returns the stable name, for example `property-added`.
            pub fn id(self) -> &'static str {
                match self { $(Self::$variant => $id,)* }
            }

            /// Returns the words a row begins with.
            pub fn title(self) -> &'static str {
                match self { $(Self::$variant => $title,)* }
            }

            /// Returns the kind of the same change with old and new swapped.
            pub fn mirror(self) -> Self {
                match self { $(Self::$variant => Self::$mirror,)* }
            }
        }
    };
}

kinds! {
    VersionChanged, "version-changed", "version changed", VersionChanged;
    DocsChanged, "docs-changed", "documentation changed", DocsChanged;
    ServerAdded, "server-added", "server added", ServerRemoved;
    ServerRemoved, "server-removed", "server removed", ServerAdded;
    ServerChanged, "server-changed", "server changed", ServerChanged;
    SchemeAdded, "security-scheme-added", "security scheme added", SchemeRemoved;
    SchemeRemoved, "security-scheme-removed", "security scheme removed", SchemeAdded;
    SchemeChanged, "security-scheme-changed", "security scheme changed", SchemeChanged;
    OperationAdded, "operation-added", "operation added", OperationRemoved;
    OperationRemoved, "operation-removed", "operation removed", OperationAdded;
    OperationRenamed, "operation-renamed", "operation renamed", OperationRenamed;
    OperationMoved, "operation-moved", "operation moved to another method or path", OperationMoved;
    PaginationAdded, "pagination-added", "list comes in pages", PaginationRemoved;
    PaginationRemoved, "pagination-removed", "list no longer comes in pages", PaginationAdded;
    PaginationChanged, "pagination-changed", "pages of a list are asked for differently", PaginationChanged;
    RetriesChanged, "retries-changed", "sent again in other cases", RetriesChanged;
    TagsChanged, "tags-changed", "tags changed", TagsChanged;
    Deprecated, "deprecated", "deprecated", Undeprecated;
    Undeprecated, "undeprecated", "no longer deprecated", Deprecated;
    SecurityAdded, "security-added", "credentials became required", SecurityRemoved;
    SecurityRemoved, "security-removed", "credentials are no longer required", SecurityAdded;
    AlternativeAdded, "security-alternative-added", "alternative credentials accepted", AlternativeRemoved;
    AlternativeRemoved, "security-alternative-removed", "alternative credentials no longer accepted", AlternativeAdded;
    ScopeAdded, "security-scope-added", "more scopes required", ScopeRemoved;
    ScopeRemoved, "security-scope-removed", "fewer scopes required", ScopeAdded;
    ConstantAdded, "constant-header-added", "constant header added", ConstantRemoved;
    ConstantRemoved, "constant-header-removed", "constant header removed", ConstantAdded;
    ConstantChanged, "constant-header-changed", "value of a constant header changed", ConstantChanged;
    RequiredParameterAdded, "required-parameter-added", "required parameter added", RequiredParameterRemoved;
    RequiredParameterRemoved, "required-parameter-removed", "required parameter removed", RequiredParameterAdded;
    OptionalParameterAdded, "optional-parameter-added", "optional parameter added", OptionalParameterRemoved;
    OptionalParameterRemoved, "optional-parameter-removed", "optional parameter removed", OptionalParameterAdded;
    ParameterRenamed, "path-parameter-renamed", "path parameter renamed", ParameterRenamed;
    ParameterMoved, "parameter-moved", "parameter moved", ParameterMoved;
    StyleChanged, "parameter-style-changed", "parameter style changed", StyleChanged;
    ArgumentsReordered, "arguments-reordered", "method arguments reordered", ArgumentsReordered;
    BodyAdded, "body-added", "request body added", BodyRemoved;
    BodyRemoved, "body-removed", "request body removed", BodyAdded;
    BecameRequired, "became-required", "became required", BecameOptional;
    BecameOptional, "became-optional", "became optional", BecameRequired;
    MediaTypeAdded, "media-type-added", "media type added", MediaTypeRemoved;
    MediaTypeRemoved, "media-type-removed", "media type removed", MediaTypeAdded;
    MediaTypeChanged, "media-type-changed", "media type changed", MediaTypeChanged;
    FieldEncodingChanged, "field-encoding-changed", "a property of the body is written in another way", FieldEncodingChanged;
    StatusAdded, "status-added", "response added", StatusRemoved;
    StatusRemoved, "status-removed", "response removed", StatusAdded;
    StatusSwapped, "status-swapped", "status of the success response changed", StatusSwapped;
    ReplyBodyAdded, "response-body-added", "response body added", ReplyBodyRemoved;
    ReplyBodyRemoved, "response-body-removed", "response body removed", ReplyBodyAdded;
    HeaderAdded, "response-header-added", "response header added", HeaderRemoved;
    HeaderRemoved, "response-header-removed", "response header removed", HeaderAdded;
    PropertyAdded, "property-added", "property added", PropertyRemoved;
    PropertyRemoved, "property-removed", "property removed", PropertyAdded;
    PropertyRenamed, "property-renamed", "property renamed", PropertyRenamed;
    ReadOnlySet, "became-read-only", "became read-only", ReadOnlyUnset;
    ReadOnlyUnset, "no-longer-read-only", "no longer read-only", ReadOnlySet;
    WriteOnlySet, "became-write-only", "became write-only", WriteOnlyUnset;
    WriteOnlyUnset, "no-longer-write-only", "no longer write-only", WriteOnlySet;
    DefaultAdded, "default-added", "default added", DefaultRemoved;
    DefaultRemoved, "default-removed", "default removed", DefaultAdded;
    DefaultChanged, "default-changed", "default changed", DefaultChanged;
    ObjectClosed, "object-closed", "additional properties forbidden", ObjectOpened;
    ObjectOpened, "object-opened", "additional properties allowed", ObjectClosed;
    AdditionalChanged, "additional-changed", "additional properties handled differently", AdditionalChanged;
    ConstructorChanged, "constructor-changed", "constructor arguments changed", ConstructorChanged;
    NullableAdded, "nullable-added", "became nullable", NullableRemoved;
    NullableRemoved, "nullable-removed", "no longer nullable", NullableAdded;
    TypeGeneralized, "type-generalized", "type became wider", TypeSpecialized;
    TypeSpecialized, "type-specialized", "type became narrower", TypeGeneralized;
    TypeChanged, "type-changed", "type changed", TypeChanged;
    ReferenceChanged, "reference-changed", "refers to another type", ReferenceChanged;
    Respelled, "representation-changed", "same values, different Rust type", Respelled;
    FormatAdded, "format-added", "format added", FormatRemoved;
    FormatRemoved, "format-removed", "format removed", FormatAdded;
    FormatChanged, "format-changed", "format changed", FormatChanged;
    EnumOpened, "enum-opened", "closed enum became open", EnumClosed;
    EnumClosed, "enum-closed", "open enum became closed", EnumOpened;
    EnumAdded, "enum-added", "enum added", EnumDropped;
    EnumDropped, "enum-dropped", "enum removed", EnumAdded;
    ValueAdded, "enum-value-added", "enum value added", ValueRemoved;
    ValueRemoved, "enum-value-removed", "enum value removed", ValueAdded;
    ValueRenamed, "enum-value-renamed", "Rust name of an enum value changed", ValueRenamed;
    Tightened, "constraint-tightened", "constraint tightened", Loosened;
    Loosened, "constraint-loosened", "constraint loosened", Tightened;
    ConstraintChanged, "constraint-changed", "constraint changed", ConstraintChanged;
    VariantAdded, "variant-added", "variant added", VariantRemoved;
    VariantRemoved, "variant-removed", "variant removed", VariantAdded;
    VariantRenamed, "variant-renamed", "Rust name of a variant changed", VariantRenamed;
    BranchesAdded, "branches-added", "branches added beside the properties", BranchesRemoved;
    BranchesRemoved, "branches-removed", "branches removed beside the properties", BranchesAdded;
    TagAdded, "tag-added", "tag added to a variant", TagRemoved;
    TagRemoved, "tag-removed", "tag removed from a variant", TagAdded;
    TaggingChanged, "tagging-changed", "variants are distinguished differently", TaggingChanged;
    UnionKeywordChanged, "union-keyword-changed", "`oneOf` became `anyOf`, or the reverse", UnionKeywordChanged;
    TypeAdded, "type-added", "type added", TypeRemoved;
    TypeRemoved, "type-removed", "type removed", TypeAdded;
    TypeRenamed, "type-renamed", "type renamed", TypeRenamed;
    Extracted, "inline-extracted", "inline schema became a component", Inlined;
    Inlined, "component-inlined", "component became an inline schema", Extracted;
    Unknown, "unknown", "cannot be compared", Unknown;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mirror_mirrors_back_and_names_are_unique() {
        let mut ids = std::collections::BTreeSet::new();
        for kind in Kind::ALL {
            assert_eq!(kind.mirror().mirror(), *kind);
            assert!(ids.insert(kind.id()), "{} twice", kind.id());
        }
    }
}
