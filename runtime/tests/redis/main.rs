//! Processes that share a token through a real Redis server, over sockets and in real time; they say
//! "skipped" where there is no `redis-server`.

#![allow(clippy::unwrap_used, reason = "clippy takes the helpers of a test program for a program")]

mod duties;
mod leaks;
mod member;
mod outages;
mod processes;
mod proxy;
mod redis_server;
#[path = "../shown/mod.rs"]
mod shown;
#[path = "../stores/mod.rs"]
mod stores;
mod token_server;
