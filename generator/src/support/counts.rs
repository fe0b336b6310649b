//! Counts the keywords and messages of documents.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::read;
use crate::input::Input;

/// How often something is in documents.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Uses {
    /// The number of documents.
    pub documents: usize,
    /// The number of places.
    pub places: usize,
    /// The number of places where nothing in the code depends on it.
    pub unused: usize,
}

/// The keywords and messages of a number of documents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// The number of documents.
    pub documents: usize,
    /// By the object and the keyword.
    pub keywords: BTreeMap<(String, String), Uses>,
    /// By the code of the message.
    pub messages: BTreeMap<String, Uses>,
}

/// Counts a document, read without an overlay; nothing for a text that is not OpenAPI.
pub fn count(input: &Input) -> Option<Counts> {
    let read = read(&input.spec)?;
    let mut acc = Counts { documents: 1, ..Counts::default() };
    for node in read.said.values() {
        for keyword in &node.keywords {
            let name = (node.object.title.to_owned(), (*keyword).to_owned());
            acc.keywords.entry(name).or_default().places += 1;
        }
    }
    // A keyword is left over once, also where several nodes below it are.
    let left = read.remnants.iter().filter(|it| !it.is_kept);
    let left: BTreeSet<_> = left.map(|it| (it.object.title, it.keyword, &it.at)).collect();
    for (object, keyword, _) in left {
        if let Some(uses) = acc.keywords.get_mut(&(object.to_owned(), keyword.to_owned())) {
            uses.unused = uses.places.min(uses.unused + 1);
        }
    }
    for diagnostic in &read.diagnostics {
        acc.messages.entry(diagnostic.code.0.to_owned()).or_default().places += 1;
    }
    for uses in acc.keywords.values_mut().chain(acc.messages.values_mut()) {
        uses.documents = 1;
    }
    Some(acc)
}

impl Uses {
    fn add(&mut self, other: Self) {
        self.documents += other.documents;
        self.places += other.places;
        self.unused += other.unused;
    }
}

impl Counts {
    /// Adds the counts of other documents.
    pub fn add(&mut self, other: Self) {
        self.documents += other.documents;
        for (name, uses) in other.keywords {
            self.keywords.entry(name).or_default().add(uses);
        }
        for (code, uses) in other.messages {
            self.messages.entry(code).or_default().add(uses);
        }
    }

    /// Writes the counts as lines, which [`Self::parse`] reads.
    pub fn to_text(&self) -> String {
        let mut acc = format!("documents\t{}\n", self.documents);
        for ((object, keyword), uses) in &self.keywords {
            let Uses { documents, places, unused } = uses;
            let _ = writeln!(acc, "keyword\t{object}\t{keyword}\t{documents}\t{places}\t{unused}");
        }
        for (code, uses) in &self.messages {
            let _ = writeln!(acc, "message\t{code}\t{}\t{}", uses.documents, uses.places);
        }
        acc
    }

    /// Reads the lines of [`Self::to_text`]; those that begin with `#` are comments.
    ///
    /// # Errors
    ///
    /// The first line that is none of these.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut acc = Self::default();
        for line in text.lines().filter(|it| !it.starts_with('#')) {
            acc.parse_line(line).ok_or_else(|| format!("not a count: `{line}`"))?;
        }
        Ok(acc)
    }

    fn parse_line(&mut self, line: &str) -> Option<()> {
        let words: Vec<_> = line.split('\t').collect();
        match words[..] {
            ["documents", documents] => self.documents = documents.parse().ok()?,
            ["keyword", object, keyword, documents, places, unused] => {
                let uses = Uses {
                    documents: documents.parse().ok()?,
                    places: places.parse().ok()?,
                    unused: unused.parse().ok()?,
                };
                self.keywords.insert((object.to_owned(), keyword.to_owned()), uses);
            }
            ["message", code, documents, places] => {
                let (documents, places) = (documents.parse().ok()?, places.parse().ok()?);
                self.messages.insert(code.to_owned(), Uses { documents, places, unused: 0 });
            }
            _ => return None,
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Counts, Uses, count};
    use crate::input::Input;

    const DOCUMENT: &str = "openapi: 3.1.0
info: {title: t, version: '1'}
paths:
  /a:
    get:
      operationId: a
      responses: {'200': {description: d, content: {application/json: {schema: {type: object, not: {type: string}, xml: {name: a}}}}}}
";

    #[test]
    fn a_keyword_is_counted_with_what_came_of_it() {
        let counts = count(&Input::new("t.yaml", DOCUMENT)).expect("it is OpenAPI");
        let uses = |keyword: &str| counts.keywords[&("Schema Object".into(), keyword.into())];
        assert_eq!(uses("type"), Uses { documents: 1, places: 1, unused: 0 });
        assert_eq!(uses("not"), Uses { documents: 1, places: 1, unused: 1 });
        assert_eq!(uses("xml"), Uses { documents: 1, places: 1, unused: 1 });
        assert_eq!(counts.messages["OAS317"].places, 1);
        assert_eq!(count(&Input::new("t.yaml", "[]")), None);
    }

    #[test]
    fn counts_are_added_and_read_as_they_were_written() {
        let mut counts = Counts::default();
        for _ in 0..2 {
            counts.add(count(&Input::new("t.yaml", DOCUMENT)).expect("it is OpenAPI"));
        }
        assert_eq!((counts.documents, counts.messages["OAS317"].places), (2, 2));
        let text = format!("# a comment\n{}", counts.to_text());
        assert_eq!(Counts::parse(&text), Ok(counts));
        assert_eq!(Counts::parse("keyword\ta"), Err("not a count: `keyword\ta`".into()));
    }
}
