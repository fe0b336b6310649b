//! Sources that share a token through a store, in virtual time: what the fleet asks for, and what it does
//! when the store, a machine, a clock or the token server misbehaves.

mod attacks;
mod machines;
pub(crate) mod memory;
mod outages;
mod sharing;
