//! The types of generated modules, each with the schema it was made from.

use std::fmt::Debug;
use std::sync::OnceLock;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::instance;
use crate::choices::Choices;
use crate::finding::{Finding, holds};

type Decoder = fn(&str) -> Result<(), Finding>;

/// Makes the table of one module: types that are read and written, and those that are only read.
macro_rules! table {
    ($module:path: $($both:ident)* ; $($read:ident)*) => {{
        use $module as types;
        &[
            $((stringify!($both), there_and_back::<types::$both> as Decoder),)*
            $((stringify!($read), read_only::<types::$read> as Decoder),)*
        ]
    }};
}

/// A module: its name, the text of its document, its types.
struct Module {
    name: &'static str,
    document: &'static str,
    types: &'static [(&'static str, Decoder)],
}

const MODULES: &[Module] = &[
    Module {
        name: "shapes",
        document: include_str!("../../../goldens/specs/golden/1/shapes.oas.yaml"),
        types: table!(tamarack_goldens::golden::shapes::v1::types:
            Tree Crown Layers LayerList Kind Flag PersonChange Names Option String Vec Box Result
            DefaultType Client Error PersonAddress PersonAddressGeo PersonTagsItem Section SectionFirst SectionRestItem StepsItem ; Person),
    },
    Module {
        name: "unions",
        document: include_str!("../../../goldens/specs/golden/1/unions.oas.yaml"),
        types: table!(tamarack_goldens::golden::unions::v1::types:
            Pet Cat Dog Bird Spec Serverless Scalar Node Leaf Branch BirdKind SpecPod LeafType BranchType
            Find Boat Wreck Locker LockerObjectWithCode LockerObjectWithKey
            Cargo CargoVariant CargoVariantObject CargoVariantObjectWithGas Crate Ferry SailFerry SteamFerry
            Letter LetterNote Parcel ParcelVariant Sum SumVariant Signal Lamp Horn ;
            SendSignalResponse SendSignalResponseTrue SendSignalResponseFalse
            OpenLockerResponse OpenLockerResponseContent OpenLockerResponseContentObject),
    },
    Module {
        name: "formats",
        document: include_str!("../../../goldens/specs/golden/1/formats.oas.yaml"),
        types: table!(tamarack_goldens::golden::formats::v1::types:
            Event Change Span EventAt EventYear AddEventRequest GetTokenRequest GetTokenRequestGrantType ;
            GetTokenResponse),
    },
    Module {
        name: "calls",
        document: include_str!("../../../goldens/specs/golden/1/calls.oas.yaml"),
        types: table!(tamarack_goldens::golden::calls::v1::types:
            Thing Note Problem Form Grant GrantGrantType ListThingsSort GetPartFormat GetLevelXKind GetLevelXMode ; Granted),
    },
    Module {
        name: "oauth",
        document: include_str!("../../../../specs/pinecone/2026-04/oauth.oas.yaml"),
        types: table!(tamarack_clients::pinecone::oauth::v2026_04::types:
            ErrorResponse TokenRequest TokenResponseTokenType TokenRequestGrantType TokenRequestAudience ;
            TokenResponse),
    },
];

fn documents() -> &'static [Value] {
    static READ: OnceLock<Vec<Value>> = OnceLock::new();
    READ.get_or_init(|| {
        MODULES.iter().map(|it| serde_yaml::from_str(it.document).unwrap_or_default()).collect()
    })
}

/// Returns the name of a type and a value of the schema of its name, or of any other of the document.
pub(super) fn pick(choices: &mut Choices<'_>) -> (String, Value) {
    let index = choices.below(MODULES.len());
    let (module, document) = (&MODULES[index], &documents()[index]);
    let (name, _) = choices.pick(module.types);
    let schemas = &document["components"]["schemas"];
    let schema = match schemas.get(*name) {
        Some(schema) if !choices.one_in(8) => schema,
        _ => {
            let all: Vec<_> = schemas.as_object().into_iter().flat_map(|it| it.values()).collect();
            *choices.pick(&all)
        }
    };
    (format!("{}::{name}", module.name), instance::of(schema, document, choices, 0))
}

/// Decodes a text as the named type.
pub(super) fn run(name: &str, text: &str) -> Result<(), Finding> {
    let Some((module, ty)) = name.split_once("::") else { return Ok(()) };
    let module = MODULES.iter().find(|it| it.name == module);
    let decoder = module.and_then(|it| it.types.iter().find(|it| it.0 == ty));
    decoder.map_or(Ok(()), |(_, decode)| decode(text))
}

/// A value that was read can be shown.
#[expect(clippy::unnecessary_wraps, reason = "what must hold is that nothing panics")]
fn read_only<T: DeserializeOwned + Debug>(text: &str) -> Result<(), Finding> {
    if let Ok(value) = serde_json::from_str::<T>(text) {
        let _ = format!("{value:?}");
    }
    Ok(())
}

/// A value that was read can be written, and what was written is read as the same value.
fn there_and_back<T: DeserializeOwned + Serialize + Debug>(text: &str) -> Result<(), Finding> {
    let Ok(value) = serde_json::from_str::<T>(text) else { return Ok(()) };
    let written = serde_json::to_string(&value)
        .map_err(|it| Finding::new("a value that was read cannot be written", it.to_string()))?;
    let again = serde_json::from_str::<T>(&written).map_err(|it| {
        Finding::new("what was written cannot be read", format!("{it}: {written}"))
    })?;
    holds(
        format!("{value:?}") == format!("{again:?}"),
        "a value written is read as another",
        || format!("{value:?}\n{written}\n{again:?}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_type_of_the_modules_is_in_the_table() {
        let texts = [
            include_str!("../../../goldens/src/golden/shapes/v1/types.rs"),
            include_str!("../../../goldens/src/golden/unions/v1/types.rs"),
            include_str!("../../../goldens/src/golden/formats/v1/types.rs"),
            include_str!("../../../goldens/src/golden/calls/v1/types.rs"),
            include_str!("../../../../generated/src/pinecone/oauth/v2026_04/types.rs"),
        ];
        for (module, text) in MODULES.iter().zip(texts) {
            let file = tamarack_expand::file(text).unwrap();
            let declared = file.items.iter().filter_map(|it| match it {
                syn::Item::Struct(it) => Some(it.ident.to_string()),
                syn::Item::Enum(it) => Some(it.ident.to_string()),
                _ => None,
            });
            // What a constructor takes at once is never read.
            let declared = declared.filter(|it| !it.ends_with("Required")).collect::<BTreeSet<_>>();
            let table = module.types.iter().map(|it| it.0.to_owned()).collect::<BTreeSet<_>>();
            assert_eq!(table, declared, "{}", module.name);
        }
    }

    #[test]
    fn most_values_of_a_schema_are_read() {
        let mut choices = Choices::of_seed(1);
        let document = &documents()[1];
        let schema = &document["components"]["schemas"]["Pet"];
        let read = |_| {
            let value = instance::of(schema, document, &mut choices, 0);
            serde_json::from_value::<tamarack_goldens::golden::unions::v1::types::Pet>(value)
                .is_ok()
        };
        assert!((0..100).map(read).filter(|it| *it).count() > 50);
    }
}
