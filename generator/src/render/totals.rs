//! The line that counts diagnostics.

use crate::diagnostic::{Diagnostic, Severity};

/// Returns, for example, `3 errors, 1 warning; 2 skipped; 2 accepted gaps`;
/// what there is none of is left out, and `None` means that there is nothing.
pub fn totals(diagnostics: &[Diagnostic], n_accepted: usize) -> Option<String> {
    let n_of = |severity| diagnostics.iter().filter(|it| it.severity == severity).count();
    let counted = |n: usize, one: &str, many: &str| match n {
        0 => None,
        1 => Some(format!("1 {one}")),
        n => Some(format!("{n} {many}")),
    };
    let wrong: Vec<String> = [
        counted(n_of(Severity::Error), "error", "errors"),
        counted(n_of(Severity::Warning), "warning", "warnings"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let parts: Vec<String> = [
        (!wrong.is_empty()).then(|| wrong.join(", ")),
        counted(n_of(Severity::Skipped), "skipped", "skipped"),
        counted(n_accepted, "accepted gap", "accepted gaps"),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!parts.is_empty()).then(|| parts.join("; "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes;
    use crate::pointer::Pointer;

    #[test]
    fn each_kind_is_counted_and_none_is_left_out() {
        let error = Diagnostic::error(codes::DANGLING_REF, Pointer::root(), "a");
        let warning = Diagnostic::warning(codes::COERCED, Pointer::root(), "b");
        let skipped = Diagnostic::skipped(codes::SCHEMA, Pointer::root(), "c");
        let all = [error.clone(), error.clone(), error, warning.clone(), skipped.clone(), skipped];
        assert_eq!(
            totals(&all, 2).as_deref(),
            Some("3 errors, 1 warning; 2 skipped; 2 accepted gaps")
        );
        assert_eq!(totals(&[warning], 0).as_deref(), Some("1 warning"));
        assert_eq!(totals(&all[4..], 1).as_deref(), Some("2 skipped; 1 accepted gap"));
        assert_eq!(totals(&[], 0), None);
    }
}
