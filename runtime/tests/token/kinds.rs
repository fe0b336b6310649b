//! The rows of the table of faults once more, for sources of other kinds: those that ask a token URL, by
//! HTTP Basic and by a refresh token, and those that share their token through a store.

use std::panic::catch_unwind;

use tamarack_runtime::TransportErrorKind;
use tamarack_runtime::token::{TokenErrorKind, TokenSourceConfig};

use crate::support::{Act, Kind, Rig, ms, reply, token, with_kind};
#[cfg(feature = "tokio")]
use crate::tasks;
use crate::{
    cancel, failures, flights, keyed, leaks, model, panics, reads, rejected, replies, scenarios,
};

macro_rules! rows {
    ($($module:ident: $($row:ident,)*;)*) => {
        &[$($((stringify!($row), $module::$row as fn()),)*)*]
    };
}

/// The rows of virtual time. What is left are rows of sockets, which look at the transport alone.
const ROWS: &[(&str, fn())] = rows! {
    cancel:
        fault_38_impatient_readers,
        fault_39_the_reader_that_began_gives_up,
        fault_40_all_give_up,
    ;
    failures:
        fault_01_a_redirect_is_final,
        fault_03_a_redirect_out_of_tls,
        fault_04_a_page_is_not_asked_for_again,
        fault_05_three_attempts,
        fault_06_the_second_attempt_succeeds,
        fault_07_the_server_asks_for_a_second,
        fault_08_the_server_asks_for_an_hour,
        fault_09_dates_and_numbers_to_wait,
        fault_10_refused_credentials_are_not_tried_again_at_once,
        fault_13_refusals_are_final,
        fault_16_a_server_error_with_a_code_passes,
        fault_34_failures_of_the_wire,
        fault_32_a_silent_server_costs_the_budget,
        fault_50_a_panic_costs_one_read,
    ;
    flights:
        fault_36_fifty_cold_readers,
        fault_37_twenty_cold_readers_and_a_failing_server,
        fault_36_fifty_threads,
        fault_57_threads_that_come_and_go,
    ;
    keyed:
        fault_52_a_thousand_keys_one_of_which_hangs,
    ;
    leaks:
        fault_53_no_error_and_no_log_shows_a_secret,
        fault_53_nothing_else_shows_a_secret,
        fault_53_a_part_of_a_secret_is_withheld_and_less_is_shown,
    ;
    model:
        fault_57_random_operations,
    ;
    panics:
        fault_51_a_clock_that_panics,
        fault_51_a_clock_that_panics_while_a_token_is_rejected,
        fault_50_observers_and_jitter_that_panic,
    ;
    reads:
        fault_41_a_failing_server_in_the_window,
        fault_42_a_silent_server_in_the_window,
        fault_43_a_dead_token_is_not_served,
        fault_44_the_wall_clock_jumps,
        fault_45_a_token_that_arrives_dead,
        fault_46_short_lives,
        fault_47_late_rejections,
        fault_48_the_same_token_rejected_again_and_again,
        fault_51_a_clock_that_goes_back,
    ;
    rejected:
        fault_48_an_api_that_rejects_what_the_server_gives_again,
    ;
    replies:
        fault_11_a_message_of_a_gateway,
        fault_12_no_body,
        fault_14_a_code_without_a_name,
        fault_15_codes_that_are_none,
        fault_17_an_error_with_the_status_of_success,
        fault_18_no_token_to_speak_of,
        fault_18_a_token_of_a_megabyte,
        fault_19_lifetimes_in_other_spellings,
        fault_20_lifetimes_that_are_none,
        fault_21_no_lifetime,
        fault_22_lifetimes_without_an_end,
        fault_23_types_of_token,
        fault_24_bodies_that_are_no_objects,
        fault_25_encodings,
        fault_26_a_member_twice,
        fault_27_a_body_of_brackets,
    ;
    scenarios:
        fault_56_scenarios,
    ;
};

/// The rows of a runtime whose tasks refresh.
#[cfg(feature = "tokio")]
const TASKS: &[(&str, fn())] = rows! {
    tasks:
        fault_38_a_task_outlives_its_readers,
        fault_39_the_task_that_began_is_aborted,
        fault_40_a_task_ends_with_the_last_handle,
        fault_42_a_task_hangs_in_the_window,
        fault_49_the_runtime_of_a_refresh_ends,
        fault_49_a_reader_waits_while_the_runtime_ends,
    ;
};
#[cfg(not(feature = "tokio"))]
const TASKS: &[(&str, fn())] = &[];

/// Where a kind does something else on purpose, and the test that says what.
const DEVIATIONS: &[(Kind, &str)] = &[
    // `lost_responses_are_not_repeated_at_once`: the first request may have used the token up.
    (Kind::RefreshToken, "fault_34_failures_of_the_wire"),
    // `no_setting_lets_more_of_a_response_in`: of a token URL no more is read than a token can need.
    (Kind::Basic, "fault_18_a_token_of_a_megabyte"),
    (Kind::RefreshToken, "fault_18_a_token_of_a_megabyte"),
];

fn check(kind: Kind) {
    let mut wrong = Vec::new();
    for (name, row) in ROWS.iter().chain(TASKS) {
        let holds = catch_unwind(|| with_kind(kind, row)).is_ok();
        // A deviation that is none any more would hide the next one.
        if holds == DEVIATIONS.contains(&(kind, name)) {
            wrong.push(*name);
        }
    }
    assert!(wrong.is_empty(), "{kind:?}: {wrong:?}");
}

#[test]
fn the_rows_hold_for_basic() {
    check(Kind::Basic);
}

#[test]
fn the_rows_hold_for_refresh_tokens() {
    check(Kind::RefreshToken);
}

#[test]
#[cfg(feature = "token-store")]
fn the_rows_hold_for_shared_tokens() {
    check(Kind::Shared);
}

/// Rows 30, 31, 33 and 34: whoever sends a refresh token twice may be taken for a thief (RFC 9700 section
/// 4.14.2), so the second time is after the backoff, and the error says that there is a doubt.
#[test]
fn lost_responses_are_not_repeated_at_once() {
    use TransportErrorKind::{Connect, Interrupted, Other, Timeout, Tls};
    with_kind(Kind::RefreshToken, || {
        for (kind, n_requests, is_in_doubt) in [
            (Connect, 3, false),
            (Tls, 1, false),
            (Interrupted, 1, true),
            (Timeout, 1, true),
            (Other, 1, true),
        ] {
            let rig = Rig::new(move |n| if n < 3 { Act::Fail(kind) } else { token(n, 3_600) });
            let error = rig.read().unwrap_err();
            assert_eq!(error.kind(), &TokenErrorKind::Transport(kind));
            assert_eq!(
                (rig.requests(), error.is_in_doubt()),
                (n_requests, is_in_doubt),
                "{kind:?}"
            );
            assert_eq!(rig.read_at_once().unwrap_err().kind(), &TokenErrorKind::Backoff);
            assert_eq!(rig.requests(), n_requests);
            rig.clock.advance(ms(2_000));
            while rig.read().is_err() {
                rig.clock.advance(ms(10_000));
            }
            assert_eq!(rig.requests(), 4);
        }
    });
}

/// Row 18, whose last response is larger than any token: it is cut before it is looked at.
#[test]
fn no_setting_lets_more_of_a_response_in() {
    for kind in [Kind::Basic, Kind::RefreshToken] {
        with_kind(kind, || {
            let mut config = TokenSourceConfig::default();
            config.max_body = 2 << 20;
            let large = || reply(200, format!(r#"{{"access_token":"{}"}}"#, "a".repeat(1 << 20)));
            let rig = Rig::with(move |_| large(), |builder| builder.config(config));
            let error = rig.read().unwrap_err();
            assert!(matches!(error.kind(), TokenErrorKind::TooLarge { .. }), "{error:?}");
            assert_eq!(rig.requests(), 1);
        });
    }
}
