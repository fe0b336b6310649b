//! The generated pages of the documentation: the codes, and mutations beside the output of peers.

use std::fmt::Write;

use crate::codes::{ALL, example, family, reason};
use crate::diagnostic::Code;
use crate::provenance;

/// Returns the page of all codes, in Markdown; `command` is what writes it.
pub fn diagnostics(command: &str) -> String {
    let mut acc = format!(
        "{}# Diagnostics\n\n\
         Each message of `tamarack generate` and `tamarack check` has a code. \
         `tamarack explain CODE` prints the text of this page.\n\n\
         | severity | meaning |\n| --- | --- |\n\
         | error | The output would be wrong. |\n\
         | skipped | A node is skipped or degraded to untyped JSON. Under `--strict` this is an error, \
         unless the overlay accepts it with a reason. |\n\
         | warning | The output is right, but the document probably has a mistake. |\n\
         | note | The output is right, and could do more. |\n",
        header(command)
    );
    let mut stage = None;
    for (code, sentence) in ALL {
        if stage.replace(hundred(*code)) != Some(hundred(*code)) {
            let _ = write!(acc, "\n## {}\n\n{}\n", title(*code), family_as_markdown(*code));
        }
        let _ = write!(acc, "\n### {}\n\n{sentence}\n\n{}\n", code.0, reason(*code));
        if let Some(example) = example(*code) {
            let _ = write!(acc, "\n```yaml\n{}```\n", example.document);
            if let Some(overlay) = example.overlay {
                let _ = write!(acc, "\nwith the overlay\n\n```toml\n{overlay}```\n");
            }
            if let Some(pattern) = example.include {
                let _ = write!(acc, "\nwith `--include {pattern}`\n");
            }
            if let Some(name) = example.replace {
                let _ = write!(acc, "\nwith `type = \"{name}\"` in a `[[spec.replace]]`\n");
            }
            if let Some(name) = example.derive {
                let _ = write!(acc, "\nwith `types = [\"{name}\"]` in a `[[spec.derive]]`\n");
            }
        }
    }
    acc
}

/// Returns a page with what this program prints in the place of each line
/// `{{name}}` of its template; `printed` returns the text of the snapshot of
/// that name, or an error.
///
/// # Errors
///
/// What `printed` says.
pub fn with_printed<E>(
    template: &str,
    command: &str,
    printed: impl Fn(&str) -> Result<String, E>,
) -> Result<String, E> {
    let mut acc = header(command);
    for line in template.lines() {
        match line.strip_prefix("{{").and_then(|it| it.strip_suffix("}}")) {
            Some(name) => {
                let _ = write!(acc, "```text\n{}```\n", first_run(&printed(name)?));
            }
            None => {
                let _ = writeln!(acc, "{line}");
            }
        }
    }
    Ok(acc)
}

/// Returns the first of the runs that a snapshot holds, without its header.
fn first_run(snapshot: &str) -> String {
    let is_command = |line: &&str| line.starts_with("$ ");
    let mut lines = snapshot.lines().skip_while(|it| !is_command(it));
    let command = lines.next().unwrap_or_default();
    let printed = lines.take_while(|it| !is_command(it));
    std::iter::once(command).chain(printed).flat_map(|line| [line, "\n"]).collect()
}

fn header(command: &str) -> String {
    format!("<!-- {} -->\n\n", provenance::line(&[], command))
}

fn hundred(code: Code) -> Option<u8> {
    code.0.as_bytes().get(3).copied()
}

fn title(code: Code) -> &'static str {
    match hundred(code) {
        Some(b'0') => "0xx: text",
        Some(b'1') => "1xx: shape",
        Some(b'2') => "2xx: references",
        Some(b'3') => "3xx: not supported",
        Some(b'4') => "4xx: names",
        Some(b'5') => "5xx: overlay and subset",
        _ => "9xx: bugs in Tamarack",
    }
}

/// The lines of an overlay in it are code.
fn family_as_markdown(code: Code) -> String {
    match family(code).split_once("\n\n[[") {
        Some((text, entry)) => format!("{text}\n\n```toml\n[[{entry}\n```"),
        None => family(code).to_owned(),
    }
}
