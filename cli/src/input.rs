//! Reads the files that the command line names.

use std::io;
use std::path::{Path, PathBuf};

use tamarack::{Input, Text, gather, shown, sync};

use crate::{Exit, command, say};

/// What stands for standard input on the command line.
const STDIN: &str = "-";

/// What standard input is called in messages and in the files that are made from it.
const STDIN_NAME: &str = "<stdin>";

/// Returns whether a path stands for standard input.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == STDIN
}

/// Reads a document: a file, or standard input for `-`.
pub(crate) fn read_spec(path: &Path) -> Result<Text, Exit> {
    if !is_stdin(path) {
        return read(path);
    }
    match sync::read_all(io::stdin().lock()) {
        Ok(content) => Ok(Text { name: STDIN_NAME.to_owned(), content }),
        Err(error) => {
            say::err(&format!("error: cannot read standard input: {error}\n"));
            Err(Exit::Unreadable)
        }
    }
}

/// Returns the name of a document, as files that are made from it have it.
pub(crate) fn spec_name(path: &Path) -> &Path {
    if is_stdin(path) { Path::new(STDIN_NAME) } else { path }
}

/// Reads a file, or says that it cannot be read.
pub(crate) fn read(path: &Path) -> Result<Text, Exit> {
    let name = command::slashed(path);
    if let Some(command) = path.to_str().and_then(download) {
        say::err(&format!(
            "error: `{}` is a URL, and only files are read\nhelp: download it first: {command}\n",
            without_secrets(&name)
        ));
        return Err(Exit::Unreadable);
    }
    match sync::read_text(path) {
        Ok(content) => Ok(Text { name, content }),
        Err(error) => {
            say::err(&format!("error: cannot read `{}`: {error}\n", command::shown(path)));
            Err(Exit::Unreadable)
        }
    }
}

/// Reads a document, its overlay and the files that it refers to; all are tried before the run ends.
pub(crate) fn read_all(spec: &Path, overlay: Option<&Path>) -> Result<Input, Exit> {
    let (spec, overlay) = (read_spec(spec), overlay.map(read).transpose());
    Ok(gather(Input::of(spec?, overlay?), read_other))
}

/// Reads a file that a document refers to; the message about it is one about the document.
fn read_other(path: &str) -> Result<String, String> {
    sync::read_text(Path::new(path)).map_err(|error| error.to_string())
}

/// Returns the files that a document refers to, whether they can be read or not; none if it cannot be read.
pub(crate) fn others(spec: &Path, overlay: Option<&Path>) -> Vec<PathBuf> {
    let read = |path: &Path| Some(Text::new(command::slashed(path), sync::read_text(path).ok()?));
    let Some(text) = read(spec) else { return Vec::new() };
    let input = gather(Input::of(text, overlay.and_then(read)), read_other);
    input.files.into_keys().map(PathBuf::from).collect()
}

/// Returns the scheme of a URL and what follows it.
fn url(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once("://")?;
    let is_web = ["http", "https"].iter().any(|it| it.eq_ignore_ascii_case(scheme));
    is_web.then_some((scheme, rest))
}

/// Returns the command that downloads a URL into a file.
fn download(text: &str) -> Option<String> {
    url(text)?;
    let path = text.split(['?', '#']).next().unwrap_or_default().split("://").nth(1)?;
    let last = path.trim_end_matches('/').rsplit_once('/').map_or("", |(_, last)| last);
    let file = if last.is_empty() { "openapi.yaml" } else { last };
    let shown = without_secrets(text);
    let url = if shown == text { command::quoted(text) } else { "URL".to_owned() };
    Some(format!("curl --fail --location --output {} {url}", command::quoted(file)))
}

/// Returns the URL without what may be a credential in it.
fn without_secrets(text: &str) -> String {
    let Some((scheme, rest)) = url(text) else { return shown::one_line(text).into_owned() };
    let (before, query) = match rest.find(['?', '#']) {
        Some(index) => (&rest[..index], "?..."),
        None => (rest, ""),
    };
    let (authority, path) = before.split_at(before.find('/').unwrap_or(before.len()));
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    shown::one_line(&format!("{scheme}://{host}{path}{query}")).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_becomes_the_command_that_downloads_it() {
        for (url, expected) in [
            ("https://a.example/v1/api.json", "--output api.json https://a.example/v1/api.json"),
            ("HTTPS://a.example", "--output openapi.yaml HTTPS://a.example"),
            ("http://a.example/a b/", "--output 'a b' 'http://a.example/a b/'"),
            ("https://me:hunter2@a.example/api.yaml", "--output api.yaml URL"),
            ("https://a.example/api.yaml?token=hunter2", "--output api.yaml URL"),
        ] {
            let command = format!("curl --fail --location {expected}");
            assert_eq!(download(url), Some(command));
            assert!(!without_secrets(url).contains("hunter2"), "{url}");
        }
        for file in ["api.yaml", "https:/api.yaml", "ftp://a.example/api.yaml", "-"] {
            assert_eq!(download(file), None, "{file}");
        }
    }
}
