//! A subscriber that keeps the spans of one future.

use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// The spans of calls: each a line of its name and its fields, in the order in which they were recorded.
#[derive(Clone, Default)]
pub(crate) struct Spans(Arc<Mutex<Vec<String>>>);

impl Spans {
    pub(crate) fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }

    /// Keeps the spans that a future makes.
    pub(crate) async fn watch<F: Future>(&self, future: F) -> F::Output {
        let mut future: Pin<Box<F>> = Box::pin(future);
        let dispatch = tracing::Dispatch::new(self.clone());
        std::future::poll_fn(move |context| {
            tracing::dispatcher::with_default(&dispatch, || future.as_mut().poll(context))
        })
        .await
    }

    fn line(&self, id: &Id, write: impl FnOnce(&mut Line<'_>)) {
        let index = usize::try_from(id.into_u64()).unwrap() - 1;
        write(&mut Line(&mut self.0.lock().unwrap()[index]));
    }
}

struct Line<'a>(&'a mut String);

impl Visit for Line<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.record_str(field, &format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.extend([" ", field.name(), "=", value]);
    }
}

impl Subscriber for Spans {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "tamarack_runtime::call"
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut lines = self.0.lock().unwrap();
        let mut line = span.metadata().name().to_owned();
        span.record(&mut Line(&mut line));
        lines.push(line);
        Id::from_u64(lines.len() as u64)
    }

    fn record(&self, span: &Id, values: &Record<'_>) {
        self.line(span, |line| values.record(line));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, _: &Event<'_>) {}

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}
