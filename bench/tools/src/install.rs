//! What the generators themselves take to build, from nothing but what cargo has downloaded.

use crate::Bench;
use crate::measure;
use crate::page::{Section, seconds};
use crate::tool::Tool;

/// Installs each generator, and measures it.
pub(crate) fn section(bench: &Bench) -> Section {
    let mut rows = Vec::new();
    for tool in Tool::ALL {
        eprintln!("... installing {}", tool.name());
        let target = bench.work.join("install");
        let _ = std::fs::remove_dir_all(&target);
        let log = bench.work.join("install.log");
        // The crates are downloaded before the clock starts.
        let mut command = tool.install(&bench.root);
        command.env("CARGO_TARGET_DIR", &target);
        let cost = measure::run(&mut command, &log);
        let n_crates = std::fs::read_to_string(&log).unwrap_or_default();
        let n_crates = n_crates.lines().filter(|it| it.trim().starts_with("Compiling ")).count();
        rows.push(match cost {
            Ok(cost) => vec![
                tool.name().to_owned(),
                seconds(cost.cpu),
                seconds(cost.wall),
                n_crates.to_string(),
            ],
            Err(why) => vec![tool.name().to_owned(), format!("failed: {why}")],
        });
    }
    let _ = std::fs::remove_dir_all(bench.work.join("install"));
    Section {
        title: "Installing the generator",
        header: ["generator", "CPU s", "wall s", "crates"].map(str::to_owned).to_vec(),
        rows,
        notes: vec!["`cargo install --locked` with an empty target folder; one run.".to_owned()],
    }
}
