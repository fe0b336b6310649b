//! Streams of items: the rules of the HTML standard for events, lines of JSON, and any division into pieces.

#![allow(clippy::unwrap_used, reason = "clippy takes the helpers of a test program for a program")]

mod events;
mod lines;
mod named;
mod pieces;
