//! Responses that are a stream of items: events (`text/event-stream`) and lines of JSON.

mod error;
mod event;
mod events;
mod items;
mod lines;
mod sequence;

pub use error::{ItemError, StreamError};
pub use event::Event;
pub use events::EventStream;
pub use lines::ItemStream;
