//! Installs the generators, and measures what they take to build.

use std::fs;

use crate::Bench;
use crate::crates;
use crate::measure;
use crate::page::{Section, digits, load};
use crate::tool::{Tool, repository};

/// Counts the packages that ours is built from.
pub(crate) fn trees() -> Section {
    let row = |(title, package): (&str, &str)| {
        let count = crates::packages(&repository(), &["-p", package]);
        let count = count.map_or_else(|why| why, |n| n.to_string());
        vec![title.to_owned(), count]
    };
    Section {
        title: "What the generator is built from".to_owned(),
        header: ["part", "packages"].map(str::to_owned).to_vec(),
        rows: [("the library, for a build script", "tamarack"), ("the program", "tamarack-cli")]
            .map(row)
            .to_vec(),
        notes: vec![
            "By `cargo tree` for this platform, with what builds them; itself not counted."
                .to_owned(),
        ],
    }
}

/// Installs each generator from nothing but what cargo has downloaded.
pub(crate) fn section(bench: &Bench) -> Section {
    let row = |tool: Tool| {
        eprintln!("... installing {}", tool.name());
        let target = bench.work.join("install");
        let _ = fs::remove_dir_all(&target);
        let log = bench.work.join("install.log");
        let cost = measure::run(&mut tool.install(&bench.root, &target), &log);
        let text = fs::read_to_string(&log).unwrap_or_default();
        let n_crates = text.lines().filter(|it| it.trim_start().starts_with("Compiling ")).count();
        let _ = fs::remove_dir_all(&target);
        match cost {
            Ok(_) if tool == Tool::OpenapiGenerator => {
                vec![
                    tool.name().to_owned(),
                    "not built: a program for a virtual machine".to_owned(),
                ]
            }
            Ok(cost) => vec![
                tool.name().to_owned(),
                digits(cost.cpu.as_secs_f64()),
                digits(cost.wall.as_secs_f64()),
                n_crates.to_string(),
            ],
            Err(why) => vec![tool.name().to_owned(), format!("not installed: {why}")],
        }
    };
    Section {
        title: "Installing the generator".to_owned(),
        header: ["generator", "CPU seconds", "seconds on the clock", "packages"]
            .map(str::to_owned)
            .to_vec(),
        rows: Tool::ALL.into_iter().map(row).collect(),
        notes: vec![format!(
            "`cargo install --locked` into an empty folder, downloads included; Tamarack from the repository, whose profile a \
             package from a registry would not have. One run. {}",
            load()
        )],
    }
}
