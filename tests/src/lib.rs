//! Tests across the crates of this repository; they stand under `tests/`, one file per ring.
//!
//! Here is what they share: a server on loopback, the generated modules seen
//! through one trait, the documents in `specs/`, a search for leaked secrets, and programs that use crates
//! generated from other people's documents.

#![expect(clippy::missing_panics_doc, reason = "a helper of tests fails by a panic")]

pub mod api;
pub mod documents;
pub mod fences;
pub mod items;
pub mod leak;
pub mod one;
pub mod programs;
pub mod server;
pub mod shared;
pub mod sources;
pub mod spec;
pub mod specs;

/// Makes a test of each async function `check::<A: Api>()` for each of the six modules.
#[macro_export]
macro_rules! on_every_api {
    ($($check:ident),+ $(,)?) => {
        $crate::on_every_api!(@ pinecone_2025_04 Pinecone2025_04 $($check)+);
        $crate::on_every_api!(@ pinecone_2025_10 Pinecone2025_10 $($check)+);
        $crate::on_every_api!(@ pinecone_2026_01_alpha Pinecone2026_01Alpha $($check)+);
        $crate::on_every_api!(@ pinecone_2026_04 Pinecone2026_04 $($check)+);
        $crate::on_every_api!(@ plainid PlainId $($check)+);
        $crate::on_every_api!(@ pipedream Pipedream $($check)+);
    };
    (@ $module:ident $api:ident $($check:ident)+) => {
        mod $module {
            $(
                #[tokio::test]
                async fn $check() {
                    super::$check::<$crate::api::$api>().await;
                }
            )+
        }
    };
}

/// The code of the README compiles.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub struct Readme;
