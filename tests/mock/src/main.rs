//! Every operation of some documents, called through the generated client on a server that Prism makes of the original document.
//!
//! The values come from the document: a validator of JSON Schema says which are valid. Prism validates each request by
//! itself and answers with examples of the document, with random values, and with each declared status. It reads the
//! document without us, so what it refuses is our fault or is in the table of exceptions.
#![allow(clippy::print_stdout, reason = "a command line prints")]

mod calls;
mod judge;
mod plan;
mod prism;
mod program;
mod table;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, thread};

use calls::{Asked, Source, calls};
use judge::{Verdict, judge};
use prism::{Prism, has_node, installed};
use serde_json::Value;
use table::{APIS, Api, EXCEPTIONS};
use tamarack::plan::{Module, PlannedOperation};
use tamarack_reader::document::Document;
use tamarack_tests::programs::{self, Programs};
use tamarack_values::document::corpora;
use tamarack_values::operations::{find, words};
use tamarack_values::validity::Validity;

/// Schemas can refer to each other as deep as a document is long.
const STACK_BYTES: usize = 256 << 20;

fn main() -> ExitCode {
    if !has_node() {
        println!("skipped: Prism needs `node` and `npm`");
        return ExitCode::SUCCESS;
    }
    let run = thread::Builder::new().stack_size(STACK_BYTES).spawn(run);
    match run.map(thread::JoinHandle::join) {
        Ok(Ok(Ok(total))) => {
            total.print();
            if total.is_right() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Ok(Ok(Err(error))) => {
            println!("FAILED: {error}");
            ExitCode::FAILURE
        }
        _ => ExitCode::FAILURE,
    }
}

/// Makes the calls of all documents, or of those whose words are arguments.
fn run() -> Result<Total, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let words: Vec<String> = env::args().skip(1).collect();
    let is_asked = |it: &&Api| words.is_empty() || words.iter().any(|word| word == it.word);
    let apis: Vec<_> = APIS.iter().filter(is_asked).collect();
    let cli = installed(&root)?;
    let programs = Programs::new(&root, "mock");
    let mut prepared = Vec::new();
    for api in apis {
        prepared.push(prepare(&programs, api).map_err(|why| format!("{}: {why}", api.word))?);
    }
    programs.build(prepared.iter().map(|it| it.api.word))?;
    let mut total = Total::default();
    for it in &prepared {
        run_one(&root, &programs, it, &cli, &mut total)
            .map_err(|why| format!("{}: {why}", it.api.word))?;
    }
    total.stale = EXCEPTIONS
        .iter()
        .enumerate()
        .filter(|(index, it)| {
            prepared.iter().any(|api| api.api.word == it.word) && !total.used.contains(index)
        })
        .map(|(_, it)| format!("{} {} {}", it.word, it.operation, it.says))
        .collect();
    Ok(total)
}

/// A document whose program is written.
struct Prepared {
    api: &'static Api,
    file: PathBuf,
    document: Document,
    validity: Validity,
    module: Module,
}

fn prepare(programs: &Programs, api: &'static Api) -> Result<Prepared, String> {
    let file = corpora().join(api.file);
    let text = fs::read_to_string(&file).map_err(|error| format!("{}: {error}", file.display()))?;
    let module = plan::of(api.file, &text, api.overlay)?;
    let of_document = programs::Document { file: api.file, overlay: api.overlay };
    let files = programs.generate(api.word, of_document, &corpora())?;
    let main_rs = program::main_rs(api.word, &module)?;
    programs.write(api.word, &files, &main_rs).map_err(|error| error.to_string())?;
    let document = Document::read(&text)?;
    let validity = Validity::of(document.root().value)?;
    Ok(Prepared { api, file, document, validity, module })
}

fn run_one(
    root: &Path,
    programs: &Programs,
    it: &Prepared,
    cli: &Path,
    total: &mut Total,
) -> Result<(), String> {
    let source = Source { document: &it.document, validity: &it.validity };
    let operations = it.document.operations();
    let asked = calls(source, &it.module, &operations)?;
    let input = root.join("target/mock").join(format!("{}.calls", it.api.word));
    let mut text = String::new();
    for call in &asked {
        let _ = writeln!(text, "{}", call.json);
    }
    fs::write(&input, text).map_err(|error| error.to_string())?;
    let prism = Prism::start(cli, &it.file)?;
    let printed = programs.run(it.api.word, &[&prism.url, &input.display().to_string()])?;
    let told: Result<Vec<Value>, _> = printed.lines().map(serde_json::from_str).collect();
    let told = told.map_err(|error| format!("the program prints no JSON: {error}"))?;
    if told.len() != asked.len() {
        return Err(format!("{} of {} calls were made", told.len(), asked.len()));
    }
    let before = total.calls;
    total.left_out += operations.len().saturating_sub(it.module.operations.len());
    for (call, told) in asked.iter().zip(&told) {
        let planned = &it.module.operations[call.operation];
        let verdict = judge(source, find(&operations, planned)?, told);
        total.add(it.api, planned, call, told, verdict);
    }
    println!(
        "{}: {} of {} operations, {} calls",
        it.api.word,
        it.module.operations.len(),
        operations.len(),
        total.calls - before
    );
    Ok(())
}

/// What came of all calls.
#[derive(Debug, Default)]
struct Total {
    calls: usize,
    right: usize,
    /// Operations without code.
    left_out: usize,
    refused: usize,
    undecoded: usize,
    unfit: usize,
    prism: BTreeMap<String, usize>,
    /// The exceptions that were met, by their place in the table, each with its number.
    used: BTreeSet<usize>,
    excepted: usize,
    stale: Vec<String>,
    /// What was printed.
    said: BTreeSet<String>,
}

impl Total {
    fn add(
        &mut self,
        api: &Api,
        operation: &PlannedOperation,
        call: &Asked,
        told: &Value,
        verdict: Verdict,
    ) {
        self.calls += 1;
        let (what, why) = match verdict {
            Verdict::Right => {
                self.right += 1;
                return;
            }
            Verdict::Unfit => {
                self.unfit += 1;
                return;
            }
            Verdict::Prism(why) => {
                let why = why.split(':').next().unwrap_or_default().to_owned();
                *self.prism.entry(why).or_default() += 1;
                return;
            }
            Verdict::Refused(why) => ("REFUSED", why),
            Verdict::Undecoded(why) => ("UNDECODED", why),
        };
        let exception = EXCEPTIONS.iter().position(|it| {
            it.word == api.word && it.operation == operation.id && why.contains(it.says)
        });
        if let Some(index) = exception {
            self.used.insert(index);
            self.excepted += 1;
            return;
        }
        *(if what == "REFUSED" { &mut self.refused } else { &mut self.undecoded }) += 1;
        let words = words(operation);
        if self.said.insert(format!("{} {words} {why}", api.word)) {
            println!("{what}: {} {words}: {why}\n    {}\n    {told}", api.word, call.json);
        }
    }

    fn print(&self) {
        for index in &self.used {
            let it = EXCEPTIONS[*index];
            println!("exception: {} {} {:?}: {}", it.word, it.operation, it.says, it.reason);
        }
        for it in &self.stale {
            println!("STALE: nothing is excepted by {it}");
        }
        println!(
            "{} as the document declares; {} responses do not fit their own schema; {} by exceptions; without a \
             response of Prism: {:?}",
            self.right, self.unfit, self.excepted, self.prism
        );
        println!(
            "{} calls, {} refused through our fault, {} conforming replies undecoded",
            self.calls, self.refused, self.undecoded
        );
    }

    fn is_right(&self) -> bool {
        self.refused + self.undecoded + self.left_out == 0
            && self.stale.is_empty()
            && self.calls > 0
    }
}
