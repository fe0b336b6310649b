//! The goals, held against what the other tables of the page say.

use crate::page::{Section, cells};

/// The title of the table of goals.
pub(crate) const TITLE: &str = "Goals";

/// Where a figure stands in a cell.
#[derive(Clone, Copy)]
enum Figure {
    /// The number in it.
    Plain,
    /// The one in parentheses: a part of the best of the others'.
    Share,
    /// As a part of the least figure to the right of it.
    Least,
    /// As a part of the least one of a generator whose crate compiles, where that was tried.
    Compiling,
    /// As a part of the figure in another column of the row.
    Of(usize),
    /// As a part of the figure of another row, by how its title begins.
    Beside(&'static str),
}

/// What a figure of the page may be at most.
struct Goal {
    /// After a colon comes the row.
    what: &'static str,
    section: &'static str,
    /// How the first cell of the row begins.
    row: &'static str,
    column: usize,
    figure: Figure,
    at_most: f64,
    /// Why it is missed where it is, and what could be done next.
    next: &'static str,
}

const OURS: usize = 1;
const CPU: &str = "Generating: CPU seconds";
const MEMORY: &str = "Generating: peak memory";
const CHECK: &str = "The crate: `cargo check`";
const CALLS: &str = "At run time";
const INSTRUCTIONS: usize = 4;
const ALLOCATIONS: usize = 5;

const FAST: &str = "a third of it is the parser of YAML, which knows where each node stands; next: a faster one, as \
                    ARCHITECTURE.md weighs it";
const LEAN: &str = "most of it are pages of the program and of libc (of oauth's 9.6 MiB, 8.8; its own data are 0.9), which the \
                    kernel maps 64 KiB at a time; next: a smaller program";
const AGAIN: &str = "everything is generated anew and compared, since the generator may be another one; next: as for generating";
const INSTALL: &str = "half of it are our own crates, which also check, compare and explain documents; next: fewer copies of \
                       generic code";
const KEYED: &str = "the object is kept in pieces until no second key can come, which by hand is an error; next: to decode a value as \
                     its pieces are written";

/// All of them.
const GOALS: &[Goal] = &[
    cpu("GitHub", 0.5),
    cpu("Plaid", 0.6),
    cpu("nexus", 0.6),
    cpu("Airflow", 0.6),
    cpu("db_control", 0.6),
    memory("oauth"),
    memory("db_control"),
    memory("nexus"),
    memory("GitHub"),
    memory("Plaid"),
    memory("Airflow"),
    Goal {
        what: "a document eight times over: nine times the instructions",
        section: "Growth in instructions",
        row: "nexus, 8 times",
        column: OURS,
        figure: Figure::Beside("nexus, 1 times"),
        at_most: 9.0,
        next: "",
    },
    Goal {
        what: "eight times the messages: nine times the instructions",
        section: "Growth in instructions",
        row: "8000",
        column: OURS,
        figure: Figure::Beside("1000"),
        at_most: 9.0,
        next: "",
    },
    check("db_control"),
    check("nexus"),
    check("GitHub"),
    Goal {
        what: "the check of GitHub's crate: 19 CPU seconds",
        section: CHECK,
        row: "GitHub",
        column: OURS,
        figure: Figure::Plain,
        at_most: 19.0,
        next: "",
    },
    Goal {
        what: "the compiler's memory for it: 1,430 MiB, which are 1.5 GB",
        section: "The crate: memory of the compiler",
        row: "GitHub",
        column: OURS,
        figure: Figure::Plain,
        at_most: 1_430.0,
        next: "",
    },
    Goal {
        what: "its release build: 100 CPU seconds, 0.6 of what it was",
        section: "The crate: release build",
        row: "GitHub",
        column: OURS,
        figure: Figure::Plain,
        at_most: 100.0,
        next: "",
    },
    call("build a request with a path"),
    call("build a request with an object"),
    call("decode a token response"),
    call("decode an object"),
    call("decode 10,000"),
    call("decode 100 vectors"),
    call("decode 1,000 of a union, tag first"),
    call("decode 1,000 of a union, tag last"),
    call("decode 1,000 of a union by key").because(KEYED),
    call("decode 1,000 of a union by kind"),
    call("decode 1,000 of a union that nothing"),
    Goal {
        what: "a full call on loopback: 1.05 of code by hand, by the clock",
        section: CALLS,
        row: "a full call",
        column: 3,
        figure: Figure::Plain,
        at_most: 1.05,
        next: "",
    },
    allocations("build a request with a path"),
    allocations("build a request with an object"),
    allocations("decode a token response"),
    allocations("decode 10,000"),
    allocations("decode 1,000 of a union, tag last"),
    allocations("decode 1,000 of a union by key"),
    allocations("a full call"),
    token("55: cached token, 1 thread"),
    token("cached token, 2 threads"),
    least("55: cached token, 1 thread"),
    least("cached token, 2 threads"),
    Goal {
        what: "`cargo xtask codegen` with nothing to do: 50 ms",
        section: "Every day",
        row: "`cargo xtask codegen`",
        column: OURS,
        figure: Figure::Plain,
        at_most: 50.0,
        next: AGAIN,
    },
    daily("`tamarack diff`, GitHub"),
    daily("`tamarack diff`, Plaid"),
    Goal {
        what: "the library is built from 35 packages",
        section: "What the generator is built from",
        row: "the library",
        column: OURS,
        figure: Figure::Plain,
        at_most: 35.0,
        next: "",
    },
    Goal {
        what: "the program is built from 65 packages",
        section: "What the generator is built from",
        row: "the program",
        column: OURS,
        figure: Figure::Plain,
        at_most: 65.0,
        next: "",
    },
    Goal {
        what: "installing it takes no more than ploidy does",
        section: "Installing the generator",
        row: "tamarack",
        column: OURS,
        figure: Figure::Beside("ploidy"),
        at_most: 1.0,
        next: INSTALL,
    },
];

const fn cpu(row: &'static str, at_most: f64) -> Goal {
    let (what, section) =
        ("CPU of generating, as a part of the best other's whose crate compiles:", CPU);
    Goal { what, section, row, column: OURS, figure: Figure::Compiling, at_most, next: FAST }
}

const fn memory(row: &'static str) -> Goal {
    let (what, section) =
        ("memory of generating, as a part of the leanest other's whose crate compiles:", MEMORY);
    Goal { what, section, row, column: OURS, figure: Figure::Compiling, at_most: 1.0, next: LEAN }
}

const fn check(row: &'static str) -> Goal {
    let what = "`cargo check` of an operation, as a part of the best other's:";
    let section = "The crate: `cargo check` of an operation";
    Goal { what, section, row, column: OURS, figure: Figure::Share, at_most: 0.6, next: "" }
}

const fn call(row: &'static str) -> Goal {
    let (what, section) = ("instructions, as a part of those by hand:", CALLS);
    Goal {
        what,
        section,
        row,
        column: INSTRUCTIONS,
        figure: Figure::Plain,
        at_most: 1.05,
        next: "",
    }
}

const fn allocations(row: &'static str) -> Goal {
    let (what, section, column) = ("allocations, as a part of those by hand:", CALLS, ALLOCATIONS);
    let figure = Figure::Of(ALLOCATIONS + 1);
    Goal { what, section, row, column, figure, at_most: 1.0, next: "" }
}

const fn token(row: &'static str) -> Goal {
    let (what, section) = ("a cached token, as a part of huskarl's time:", "A cached token");
    Goal { what, section, row, column: OURS, figure: Figure::Share, at_most: 0.45, next: "" }
}

const fn least(row: &'static str) -> Goal {
    let (what, section) =
        ("a cached token, as a part of the fastest other client's time:", "A cached token");
    Goal { what, section, row, column: OURS, figure: Figure::Least, at_most: 1.0, next: "" }
}

const fn daily(row: &'static str) -> Goal {
    let (what, section) = ("milliseconds for two documents of 3 MB:", "Every day");
    Goal { what, section, row, column: OURS, figure: Figure::Plain, at_most: 300.0, next: FAST }
}

/// Returns the table for the sections of a page, each as it is written.
pub(crate) fn section(parts: &[String]) -> Section {
    let row = |goal: &Goal| {
        let measured = goal.measured(parts);
        let verdict = match measured {
            None => "not measured",
            Some(it) if it <= goal.at_most => "met",
            Some(_) => "**missed**",
        };
        let next = if verdict == "**missed**" { goal.next } else { "" };
        let figure = measured.map_or_else(|| "–".to_owned(), number);
        let what = match goal.what.strip_suffix(':') {
            Some(_) => format!("{} {}", goal.what, goal.row.trim_start_matches("55: ")),
            None => goal.what.to_owned(),
        };
        vec![what, number(goal.at_most), figure, verdict.to_owned(), next.to_owned()]
    };
    let rows: Vec<Vec<String>> = GOALS.iter().map(row).collect();
    let n_met = rows.iter().filter(|it| it[3] == "met").count();
    let header = ["figure", "at most", "measured", "", "why, and what is next"];
    Section {
        title: TITLE.to_owned(),
        header: header.map(str::to_owned).to_vec(),
        notes: vec![format!("{n_met} of {} are met, by the tables below.", rows.len())],
        rows,
    }
}

fn number(value: f64) -> String {
    if value < 10.0 { format!("{value:.2}") } else { format!("{value:.0}") }
}

impl Goal {
    const fn because(self, next: &'static str) -> Self {
        Self { next, ..self }
    }

    fn measured(&self, parts: &[String]) -> Option<f64> {
        let table = |title: &str, begins: &str| {
            let heading = format!("## {title}");
            let part = parts.iter().find(|it| it.lines().next() == Some(&heading))?;
            let mut rows = part.lines().filter_map(cells);
            rows.find(|row| row.first().is_some_and(|it| it.starts_with(begins)))
        };
        let row = |begins: &str| table(self.section, begins);
        let own = row(self.row)?;
        let cell = own.get(self.column)?;
        match self.figure {
            Figure::Plain => plain(cell),
            Figure::Share => plain(cell.split_once('(')?.1),
            Figure::Least => {
                let others = own[self.column + 1..].iter().filter_map(|it| plain(it));
                Some(plain(cell)? / others.reduce(f64::min)?)
            }
            Figure::Compiling => {
                let checked = table(CHECK, self.row);
                let compiles = |column: &usize| {
                    let checked = checked.as_ref().and_then(|row| row.get(*column));
                    checked.is_none_or(|it| plain(it).is_some())
                };
                let others = (self.column + 1..own.len()).filter(compiles);
                let others = others.filter_map(|column| plain(&own[column]));
                Some(plain(cell)? / others.reduce(f64::min)?)
            }
            Figure::Of(column) => Some(plain(cell)? / plain(own.get(column)?)?),
            Figure::Beside(other) => Some(plain(cell)? / plain(row(other)?.get(self.column)?)?),
        }
    }
}

/// Returns the number that a cell begins with.
fn plain(cell: &str) -> Option<f64> {
    let end = cell.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(cell.len());
    cell[..end].parse().ok()
}
