//! The five targets by name.

use crate::choices::Choices;
use crate::finding::Finding;
use crate::seeds::Seeds;
use crate::{decode, diff, encode, load, pipeline};

/// What is fuzzed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Target {
    /// Bytes into the stage `load`.
    Load,
    /// A document that was changed at random into the whole pipeline.
    Pipeline,
    /// Two such documents into the diff and its renderings.
    Diff,
    /// What a server sends into the decoders of generated code and of the runtime.
    Decode,
    /// Values into the encoders of parameters and forms, read back by another hand.
    Encode,
}

impl Target {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Load, Self::Pipeline, Self::Diff, Self::Decode, Self::Encode];

    /// Returns the name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Load => "load",
            Self::Pipeline => "pipeline",
            Self::Diff => "diff",
            Self::Decode => "decode",
            Self::Encode => "encode",
        }
    }

    /// Returns the target of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }

    /// Makes an input.
    pub fn make(self, seeds: &Seeds, choices: &mut Choices<'_>) -> Vec<u8> {
        match self {
            Self::Load => load::make(seeds, choices),
            Self::Pipeline => pipeline::make(seeds, choices),
            Self::Diff => diff::make(seeds, choices),
            Self::Decode => decode::make(seeds, choices),
            Self::Encode => encode::make(choices),
        }
    }

    /// Runs an input; the finding is what does not hold for it. A panic is one too.
    pub fn run(self, input: &[u8]) -> Result<(), Finding> {
        match self {
            Self::Load => load::run(input),
            Self::Pipeline => pipeline::run(input),
            Self::Diff => diff::run(input),
            Self::Decode => decode::run(input),
            Self::Encode => encode::run(input),
        }
    }
}
