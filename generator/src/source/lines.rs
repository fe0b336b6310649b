//! Characters of a text by their number: the line and column, and the byte.

/// How many characters lie between two marks.
const STRIDE: usize = 64;

/// The lines and characters of a text.
#[derive(Debug)]
pub(crate) struct Lines<'a> {
    text: &'a str,
    /// The number of the first character of each line.
    starts: Vec<usize>,
    /// The byte of every [`STRIDE`]th character; none where each character is a byte, and a line ends in one way.
    marks: Vec<usize>,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let is_ascii = text.is_ascii();
        let has_returns = text.contains('\r');
        let (mut starts, mut marks) = (vec![0], Vec::new());
        if is_ascii && !has_returns {
            starts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
            return Self { text, starts, marks };
        }
        let (mut n_chars, mut n_bytes): (usize, usize) = (0, 0);
        for line in text.split_inclusive('\n') {
            if !has_returns && line.is_ascii() {
                while marks.len() * STRIDE < n_chars + line.len() {
                    marks.push(n_bytes + marks.len() * STRIDE - n_chars);
                }
                n_chars += line.len();
                if line.ends_with('\n') {
                    starts.push(n_chars);
                }
            } else {
                for (at, it) in line.char_indices() {
                    if n_chars.is_multiple_of(STRIDE) {
                        marks.push(n_bytes + at);
                    }
                    n_chars += 1;
                    // YAML ends a line at a carriage return, too (YAML 1.2.2, 5.4).
                    if it == '\n' || it == '\r' && !line[at + 1..].starts_with('\n') {
                        starts.push(n_chars);
                    }
                }
            }
            n_bytes += line.len();
        }
        Self { text, starts, marks }
    }

    /// Returns how many lines there are.
    pub(crate) fn len(&self) -> usize {
        self.starts.len()
    }

    /// Returns the first byte of a line, which counts from 0; the end of the text for a line that there is not.
    pub(crate) fn start(&self, line: usize) -> usize {
        self.starts.get(line).map_or(self.text.len(), |it| self.byte(*it))
    }

    /// Returns the byte of a column of a line, both of which count from 0.
    pub(crate) fn column(&self, line: usize, column: usize) -> usize {
        self.byte(self.starts[line].saturating_add(column))
    }

    /// Returns the line with a byte, from 0.
    pub(crate) fn of_byte(&self, byte: usize) -> usize {
        self.starts.partition_point(|it| self.byte(*it) <= byte) - 1
    }

    /// Returns line and column of a character, from 1.
    pub(super) fn place(&self, index: u32) -> (usize, usize) {
        let index = index as usize;
        let line = self.starts.partition_point(|it| *it <= index);
        (line, index - self.starts[line - 1] + 1)
    }

    /// Returns the text between two characters.
    pub(super) fn between(&self, start: u32, end: u32) -> &'a str {
        let (start, end) = (start as usize, end as usize);
        let from = self.byte(start);
        let until = self.behind(from, end.saturating_sub(start));
        self.text.get(from..until).unwrap_or_default()
    }

    /// Returns the byte of a character; the end of the text for one that there is not.
    fn byte(&self, index: usize) -> usize {
        if self.marks.is_empty() {
            return index.min(self.text.len());
        }
        let mark = self.marks.get(index / STRIDE).copied().unwrap_or(self.text.len());
        self.behind(mark, index % STRIDE)
    }

    /// Returns the byte so many characters behind one.
    fn behind(&self, from: usize, n: usize) -> usize {
        if self.text.as_bytes().get(from..from + n).is_some_and(<[u8]>::is_ascii) {
            return from + n;
        }
        let mut rest = self.text.get(from..).unwrap_or_default().char_indices();
        rest.nth(n).map_or(self.text.len(), |(at, _)| from + at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_found_by_their_number() {
        let long = "ä".repeat(STRIDE * 2 + 3);
        let texts = [
            "",
            "a\nb\r\nc\rd\n",
            "ä\n\nöb\r\n🦀c",
            &format!("{long}\n{}\n{long}", "a".repeat(200)),
        ];
        for text in texts {
            let lines = Lines::new(text);
            let (mut line, mut column) = (1, 1);
            let mut before = ' ';
            for (index, (at, it)) in text.char_indices().enumerate() {
                if before == '\n' || before == '\r' && it != '\n' {
                    (line, column) = (line + 1, 1);
                }
                let index = u32::try_from(index).expect("it is short");
                assert_eq!(lines.place(index), (line, column), "{text:?} {index}");
                assert_eq!(lines.between(index, index + 1), &text[at..at + it.len_utf8()]);
                column += 1;
                before = it;
            }
        }
    }
}
