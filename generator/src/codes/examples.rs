//! A code in, the smallest document that earns it out.

use crate::diagnostic::Code;

/// A document that earns one code and no other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// The document.
    pub document: &'static str,
    /// The overlay beside it, where the code is about one.
    pub overlay: Option<&'static str>,
    /// The operations that are generated, where the code is about the choice.
    pub include: Option<&'static str>,
    /// The type that is to derive a trait, where the code is about that.
    pub derive: Option<&'static str>,
    /// The type that is to be replaced, where the code is about that.
    pub replace: Option<&'static str>,
}

macro_rules! examples {
    ($(
        $code:literal
        $(with $overlay:literal)? $(including $include:literal)? $(deriving $derive:literal)?
        $(replacing $replace:literal)?,
    )+) => {
        &[$((
            $code,
            Example {
                document: include_str!(concat!("examples/", $code, ".yaml")),
                overlay: optional!($(include_str!(concat!("examples/", $overlay)))?),
                include: optional!($($include)?),
                derive: optional!($($derive)?),
                replace: optional!($($replace)?),
            },
        )),+]
    };
}

macro_rules! optional {
    () => {
        None
    };
    ($text:expr) => {
        Some($text)
    };
}

/// Every code that a document or an overlay can earn.
const EXAMPLES: &[(&str, Example)] = examples! {
    "OAS001", "OAS002", "OAS003",
    "OAS100", "OAS101", "OAS102", "OAS103", "OAS104", "OAS105", "OAS106", "OAS107", "OAS108",
    "OAS109", "OAS110", "OAS111", "OAS112", "OAS113", "OAS114", "OAS115", "OAS116",
    "OAS201", "OAS202", "OAS203", "OAS204", "OAS205", "OAS206", "OAS207", "OAS208",
    "OAS301", "OAS302", "OAS312", "OAS313", "OAS314", "OAS315", "OAS316", "OAS317",
    "OAS318", "OAS319",
    "OAS401", "OAS402",
    "OAS501" with "OAS501.overlay.toml",
    "OAS502" with "OAS502.overlay.toml",
    "OAS503" with "OAS503.overlay.toml",
    "OAS504" including "tag:dogs",
    "OAS505" deriving "Dgo",
    "OAS506" replacing "Dgo",
};

/// Returns a small document that causes the code; the code for bugs has none.
pub fn example(code: Code) -> Option<Example> {
    EXAMPLES.iter().find(|(known, _)| *known == code.0).map(|(_, example)| *example)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::codes;
    use crate::{Choices, Derive, Input, Mode, Replacement, Subset, Text, check};

    #[test]
    fn every_code_but_our_own_bug_has_an_example_that_earns_it_and_no_other() {
        let mut wrong = Vec::new();
        for (code, _) in codes::ALL {
            let Some(example) = example(*code) else {
                assert_eq!(*code, codes::BUG);
                continue;
            };
            let text = |content: &str| Text { name: code.0.into(), content: content.into() };
            let overlay = example.overlay.map(text);
            let include = example.include.map(str::to_owned).into_iter().collect();
            let subset = Subset { include, ..Subset::default() };
            let derive = |it| Derive::new(["Eq"]).expect("a trait").of([it]);
            let derives = example.derive.map(derive).into_iter().collect();
            let replace = |it| Replacement::new(it, "kennel::Dog").expect("a path");
            let replacements = example.replace.map(replace).into_iter().collect();
            let input = Input::of(text(example.document), overlay);
            let choices = Choices { subset, derives, replacements, ..Choices::default() };
            let input = Input { choices, ..input };
            let open = check(&input, Mode::Lenient).diagnostics.open;
            let mut earned: BTreeSet<_> = open.iter().map(|it| it.code).collect();
            if [codes::DANGLING_LINK, codes::UNKNOWN_SCOPE].contains(code) {
                // No code is generated from links and flows, right or wrong.
                earned.remove(&codes::NOT_GENERATED);
            }
            if earned != BTreeSet::from([*code]) {
                wrong.push((code.0, earned, open));
            }
        }
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
