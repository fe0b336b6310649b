//! Five targets: each makes an input of random choices, and says what must hold for it.
//!
//! An input is always the content of a file, so that what fails can be kept,
//! made smaller and run again. `fuzz/` gives the choices of LLVM's fuzzer to
//! the same targets; the binary of this crate, `cargo xtask fuzz`, needs no
//! more than a stable compiler.

pub mod choices;
pub mod compile;
pub mod decode;
pub mod diff;
pub mod driver;
pub mod encode;
pub mod finding;
pub mod load;
pub mod minimise;
pub mod mutate;
pub mod pipeline;
pub mod seeds;
pub mod stage;
pub mod tables;
pub mod target;

pub use choices::Choices;
pub use finding::Finding;
pub use seeds::Seeds;
pub use target::Target;

/// Makes an input of the bytes that a fuzzer chose and runs it: what `fuzz/` calls.
///
/// # Panics
///
/// When something does not hold, with what it is.
pub fn of_bytes(target: Target, seeds: &Seeds, bytes: &[u8]) {
    let input = target.make(seeds, &mut Choices::of_bytes(bytes));
    if let Err(finding) = target.run(&input) {
        panic!("{finding}\n{}", String::from_utf8_lossy(&input));
    }
}
