//! What failed, on the disk: one file for each kind, with the smallest input that shows it.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::finding::Finding;
use crate::seeds::root;
use crate::target::Target;

/// The findings of a target.
#[derive(Debug)]
pub struct Kept {
    folder: PathBuf,
    all: BTreeMap<String, Entry>,
}

/// A kind of finding.
#[derive(Debug)]
struct Entry {
    finding: Finding,
    n_seen: usize,
    size: usize,
}

impl Kept {
    /// Begins with none; files of earlier runs stay until the same kind is found again.
    pub(super) fn new(target: Target) -> io::Result<Self> {
        let folder = root().join("target/fuzz/findings").join(target.name());
        fs::create_dir_all(&folder)?;
        Ok(Self { folder: folder.canonicalize()?, all: BTreeMap::new() })
    }

    /// Counts a finding; its input is written when it is the first or the smallest of its kind.
    pub(super) fn keep(&mut self, finding: &Finding, input: &[u8]) -> io::Result<()> {
        let is_smallest = self.all.get(&finding.kind).is_none_or(|it| input.len() < it.size);
        let entry = self.all.entry(finding.kind.clone());
        let entry = entry.or_insert_with(|| Entry { finding: finding.clone(), n_seen: 0, size: 0 });
        entry.n_seen += 1;
        if is_smallest {
            entry.size = input.len();
            entry.finding = finding.clone();
            fs::write(self.file(finding), input)?;
        }
        Ok(())
    }

    /// Puts a smaller input in the place of the one that is there.
    pub(super) fn replace(&mut self, finding: &Finding, input: &[u8]) -> io::Result<()> {
        fs::write(self.file(finding), input)
    }

    /// Writes an input to be tried.
    pub(super) fn trial(&self, input: &[u8]) -> io::Result<PathBuf> {
        let file = self.folder.join(format!("trial-{}", std::process::id()));
        fs::write(&file, input)?;
        Ok(file)
    }

    /// Returns the findings, one of each kind.
    pub fn findings(&self) -> Vec<Finding> {
        self.all.values().map(|it| it.finding.clone()).collect()
    }

    /// Returns how often a kind was seen.
    pub fn n_seen(&self, finding: &Finding) -> usize {
        self.all.get(&finding.kind).map_or(0, |it| it.n_seen)
    }

    /// Returns the input that is kept.
    pub(super) fn input(&self, finding: &Finding) -> io::Result<Vec<u8>> {
        fs::read(self.file(finding))
    }

    /// Returns the file of the input that is kept.
    pub fn file(&self, finding: &Finding) -> PathBuf {
        self.folder.join(finding.slug())
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        let _ =
            fs::remove_file(Path::new(&self.folder).join(format!("trial-{}", std::process::id())));
    }
}
