//! A code in, what it stands for out.

use tamarack::codes;

use crate::{Exit, examples, say};

/// Explains one code, or lists all.
pub(crate) fn run(code: Option<&str>) -> Exit {
    let Some(code) = code else {
        for (code, explanation) in codes::ALL {
            say::out(&format!("{}  {}\n", code.0, explanation.trim()));
        }
        return Exit::Done;
    };
    let wanted = code.to_ascii_uppercase();
    let Some((code, explanation)) = codes::ALL.iter().find(|(code, _)| code.0 == wanted) else {
        say::err(&format!(
            "error: there is no code `{code}`; `tamarack explain` lists all of them\n"
        ));
        return Exit::Usage;
    };
    say::out(&format!("{}: {}\n\n{}\n", code.0, explanation.trim(), family(code.0)));
    if let Some(example) = examples::of(code.0) {
        let example = example.replace('\n', "\n    ");
        say::out(&format!("\nFor example:\n\n    {example}\n"));
    }
    Exit::Done
}

/// Returns what the codes of one hundred have in common.
fn family(code: &str) -> &'static str {
    match code.as_bytes().get(3) {
        Some(b'0') => "The text itself cannot be read; nothing is generated.",
        Some(b'1') => {
            "A node of the document is not what OpenAPI says it is. Only that node is lost; \
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
            "Two things would have one name in Rust. One of them gets a name in the overlay:\n\n\
             [[name]]\nat = \"#/...\"\nname = \"...\"\nreason = \"...\""
        }
        Some(b'5') => "The overlay says something that does not fit the document any more.",
        _ => "This is a bug of ours: please report it together with the document.",
    }
}
