//! Which stage of the pipeline a source file of this crate belongs to.

/// Returns the stage that a source file belongs to: its folder or file below
/// our `src/`; `None` when the file belongs to another crate. Whoever catches a
/// panic of a stage can name it by the file that the panic names.
pub fn of_source(file: &str) -> Option<&str> {
    let sources = file!().strip_suffix("stage.rs")?;
    let first = file.strip_prefix(sources)?.split('/').next()?;
    Some(first.strip_suffix(".rs").unwrap_or(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stage_is_the_folder_or_file_below_our_sources() {
        let ours = file!().strip_suffix("stage.rs").unwrap();
        assert_eq!(of_source(&format!("{ours}lower/all_of.rs")), Some("lower"));
        assert_eq!(of_source(&format!("{ours}sync.rs")), Some("sync"));
        assert_eq!(of_source("/elsewhere/other-1.0/src/lower.rs"), None);
    }
}
