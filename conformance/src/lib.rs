//! Tests which duties a [`Transport`] honours, against servers on loopback that misbehave.
//!
//! For example, as a test of a transport of one's own that needs no runtime:
//!
//! ```
//! # use tamarack_runtime::ureq3::Ureq3 as MyTransport;
//! use std::sync::Arc;
//!
//! use tamarack_conformance::transport_conformance;
//! use tamarack_runtime::blocking::block_on;
//!
//! transport_conformance(Arc::new(MyTransport::new()), block_on).assert_kept();
//! ```

mod as_it_is;
mod as_it_says;
mod bench;
mod body_cap;
mod deadline;
mod head_cap;
mod nothing_added;
mod redirects;
mod report;
mod sent_once;
mod server;
mod short_body;
mod silence;
mod streams;

use std::sync::{Arc, Mutex};
use std::thread;

use tamarack_runtime::{BoxFuture, Transport};

use bench::Bench;

pub use report::{Breach, ConformanceReport, Duty};

/// What one look at a transport found; the text says what was wrong.
type Finding = Result<(), String>;

/// One look at one duty.
struct Probe {
    duty: Duty,
    name: &'static str,
    look: fn(&Bench) -> Finding,
}

const PROBES: [&[Probe]; 9] = [
    as_it_is::PROBES,
    as_it_says::PROBES,
    redirects::PROBES,
    deadline::PROBES,
    body_cap::PROBES,
    head_cap::PROBES,
    sent_once::PROBES,
    nothing_added::PROBES,
    short_body::PROBES,
];

/// Looks at every duty that [`Transport`] lists and that can be seen from outside; takes a few seconds.
///
/// `drive` runs a future to its end on the thread it is called on, on several threads at a time. For a
/// transport that needs a Tokio runtime it is `move |future| runtime.block_on(future)`, with a runtime
/// made once, else [`block_on`](tamarack_runtime::blocking::block_on) (feature `blocking`).
///
/// A future that never ends is left behind on its thread and counts as a duty that is not kept, so this
/// returns whatever the transport does. What it cannot see is the duty to end a request whose future is
/// dropped, and what happens over TLS.
///
/// # Panics
///
/// On a machine on which no socket can be opened on loopback.
pub fn transport_conformance(
    transport: Arc<dyn Transport>,
    drive: impl Fn(BoxFuture<'static, ()>) + Send + Sync + 'static,
) -> ConformanceReport {
    look(transport, drive, &PROBES)
}

/// Looks at the duties of [`Transport::stream`], which a transport that only has the default does not keep:
/// it buffers. Takes a few seconds; `drive` is as for [`transport_conformance`].
///
/// # Panics
///
/// On a machine on which no socket can be opened on loopback.
pub fn stream_conformance(
    transport: Arc<dyn Transport>,
    drive: impl Fn(BoxFuture<'static, ()>) + Send + Sync + 'static,
) -> ConformanceReport {
    look(transport, drive, &[streams::PROBES])
}

fn look(
    transport: Arc<dyn Transport>,
    drive: impl Fn(BoxFuture<'static, ()>) + Send + Sync + 'static,
    probes: &[&'static [Probe]],
) -> ConformanceReport {
    let errors = Arc::new(Mutex::new(Vec::new()));
    let bench = Bench::new(transport, Arc::new(drive), Arc::clone(&errors));
    // Most of the time goes by in waiting for deadlines; so all wait at once.
    let running: Vec<_> = (probes.iter().flat_map(|probes| probes.iter()))
        .map(|probe| {
            let bench = bench.clone();
            (probe, thread::spawn(move || (probe.look)(&bench)))
        })
        .collect();
    let mut report = ConformanceReport::default();
    for (probe, look) in running {
        let finding = look.join().unwrap_or_else(|_| Err("the probe itself broke".to_owned()));
        report.add(probe.duty, probe.name, finding);
    }
    let errors = bench::lock(&errors);
    report.add(Duty::SilentErrors, "every error that was seen", silence::check(&errors));
    report
}

/// Runs the example of `README.md` as a test.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
