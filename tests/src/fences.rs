//! Reads the code blocks of a page. Tests of other crates include this file, so that a page is read in one way.

/// A fenced code block.
#[derive(Clone, Copy, Debug)]
pub struct Block<'a> {
    /// What stands behind the opening fence: `sh`, `rust,no_run`.
    pub info: &'a str,
    /// The lines between the fences, as they are.
    pub text: &'a str,
    /// The line of the opening fence, from 1.
    pub line: usize,
}

impl<'a> Block<'a> {
    /// Returns the first word of the info string.
    pub fn language(&self) -> &'a str {
        self.info.split(',').next().unwrap_or_default()
    }

    /// Returns the lines, without the indentation of the fence and that of a list around it.
    pub fn lines(&self) -> impl Iterator<Item = &'a str> {
        let indent = |line: &str| line.len() - line.trim_start().len();
        let whole = self.text.lines().filter(|line| !line.trim().is_empty());
        let common = whole.map(indent).min().unwrap_or(0);
        self.text.lines().map(move |line| line.get(common..).unwrap_or_default())
    }

    /// Returns these lines as one text.
    pub fn plain(&self) -> String {
        self.lines().flat_map(|line| [line, "\n"]).collect()
    }
}

/// Returns the fenced code blocks of a page, in order. Pages fence code with three backticks.
pub fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut acc = Vec::new();
    let mut open: Option<(usize, &str, usize)> = None;
    let mut start = 0;
    for (number, line) in page.split_inclusive('\n').enumerate() {
        let end = start + line.len();
        match (open, line.trim().strip_prefix("```")) {
            (None, Some(info)) => open = Some((end, info.trim(), number + 1)),
            (Some((from, info, line)), Some("")) => {
                acc.push(Block { info, text: &page[from..start], line });
                open = None;
            }
            _ => {}
        }
        start = end;
    }
    acc
}
