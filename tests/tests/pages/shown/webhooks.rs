//! `docs/webhooks.md`.

use tamarack_goldens::golden::webhooks::v1::webhooks::{ShipArrived, Webhook};
use tamarack_goldens::runtime::bytes::Bytes;
use tamarack_goldens::runtime::http::Request;

use super::Done;

fn any(received: &Request<Bytes>) -> Done {
    let request = received.clone();
    match Webhook::read(&request)? {
        Webhook::ShipArrived(it) => println!("{} has arrived", it.body.name),
        Webhook::TideDelete(it) => println!("no tide at {}", it.at),
        Webhook::Unrecognized(it) => println!("kept: {:?}", it.request().method()),
        _ => {}
    }
    Ok(())
}

fn one(received: &Request<Bytes>) -> Done {
    let request = received.clone();
    let arrived = ShipArrived::read(&request)?;
    Ok(())
}
