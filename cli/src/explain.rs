//! The command `tamarack explain`.

use tamarack::codes;

use crate::{Exit, say};

/// Explains one code, or lists all.
pub(crate) fn run(code: Option<&str>) -> Exit {
    let Some(code) = code else {
        for (code, explanation) in codes::ALL {
            say::out(&format!("{}  {}\n", code.0, explanation));
        }
        return Exit::Done;
    };
    let wanted = code.to_ascii_uppercase();
    let Some((code, explanation)) = codes::ALL.iter().find(|(code, _)| code.0 == wanted) else {
        say::err(&format!(
            "error: there is no code `{code}`; `tamarack explain` lists all codes\n"
        ));
        return Exit::Usage;
    };
    let (code, reason) = (*code, codes::reason(*code));
    say::out(&format!("{}: {explanation}\n\n{reason}\n\n{}\n", code.0, codes::family(code)));
    if let Some(example) = codes::example(code) {
        say::out(&format!("\nFor example:\n\n{}", indented(example.document)));
        if let Some(overlay) = example.overlay {
            say::out(&format!("\nwith the overlay:\n\n{}", indented(overlay)));
        }
    }
    Exit::Done
}

fn indented(text: &str) -> String {
    text.lines().map(|line| format!("    {line}").trim_end().to_owned() + "\n").collect()
}
