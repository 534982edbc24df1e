//! How payments go on.

use economy::shop::{GatewayState, News, Payment, Status, Step};

const STATES: [GatewayState; 5] = [
    GatewayState::Authorized,
    GatewayState::Captured,
    GatewayState::Declined,
    GatewayState::Pending,
    GatewayState::Refunded,
];

fn all_news() -> impl Iterator<Item = News> {
    let states = STATES.into_iter().map(News::State);
    states.chain([News::GivenUp])
}

/// Every payment that there can be.
fn payments() -> impl Iterator<Item = Payment> {
    Status::ALL.into_iter().flat_map(|status| {
        let flags = [(false, false), (false, true), (true, false), (true, true)];
        flags.map(|(is_late, has_room)| Payment {
            status,
            is_late,
            has_room,
        })
    })
}

#[test]
fn only_a_capture_in_time_and_with_room_credits() {
    for payment in payments() {
        for news in all_news() {
            let credits = payment
                .after(news)
                .is_some_and(|it| it.to == Status::Captured && payment.status != Status::Captured);
            let is_due = payment.status == Status::Pending
                && news == News::State(GatewayState::Captured)
                && !payment.is_late
                && payment.has_room;
            assert_eq!(credits, is_due, "{payment:?} {news:?}");
        }
    }
}

#[test]
fn money_that_was_taken_for_what_is_over_is_owed() {
    let taken = News::State(GatewayState::Captured);
    for payment in payments().filter(|it| it.status != Status::Captured) {
        let owed = payment.after(taken).is_none_or(|step| step.refund_due);
        let is_credited = payment
            .after(taken)
            .is_some_and(|it| it.to == Status::Captured);
        assert!(owed || is_credited, "{payment:?}");
    }
}

#[test]
fn what_is_paid_or_refunded_stays_so() {
    for payment in payments().filter(|it| matches!(it.status, Status::Captured | Status::Refunded))
    {
        for news in all_news() {
            assert_eq!(payment.after(news), None, "{payment:?} {news:?}");
        }
    }
}

#[test]
fn only_what_waits_has_an_end_to_come() {
    for payment in payments() {
        let moves = |news| {
            payment
                .after(news)
                .is_some_and(|it| it.to != payment.status)
        };
        assert_eq!(
            payment.status.is_open(),
            all_news().any(moves),
            "{payment:?}"
        );
    }
}

#[test]
fn only_what_is_paid_and_delivered_is_undone_and_money_is_owed_then() {
    for status in Status::ALL {
        for is_paid_with_money in [false, true] {
            let step = Step {
                to: Status::Refunded,
                refund_due: is_paid_with_money,
            };
            let expected = (status == Status::Captured).then_some(step);
            assert_eq!(status.undone(is_paid_with_money), expected, "{status:?}");
        }
    }
}

#[test]
fn money_is_owed_until_the_gateway_says_that_it_is_back_or_was_never_taken() {
    for status in Status::ALL {
        for told in STATES.map(Some).into_iter().chain([None]) {
            let is_back = match told {
                Some(GatewayState::Refunded) => true,
                Some(GatewayState::Declined) => status != Status::Refunded,
                _ => false,
            };
            assert_eq!(status.is_given_back(told), is_back, "{status:?} {told:?}");
        }
    }
}

#[test]
fn what_is_over_does_not_come_back() {
    let over = |status| matches!(status, Status::Voided | Status::Declined);
    for payment in payments().filter(|it| over(it.status)) {
        for news in all_news() {
            let to = payment.after(news).map(|step| step.to);
            assert!(
                to.is_none_or(|to| to == payment.status),
                "{payment:?} {news:?}"
            );
        }
    }
}

#[test]
fn giving_up_lets_go_what_may_be_held() {
    let waits = Payment {
        status: Status::Pending,
        is_late: true,
        has_room: true,
    };
    let step = Step {
        to: Status::Voided,
        refund_due: true,
    };
    assert_eq!(waits.after(News::GivenUp), Some(step));
    let charged_back = Payment {
        status: Status::Captured,
        ..waits
    };
    assert!(charged_back.is_charged_back(News::State(GatewayState::Refunded)));
    assert!(!waits.is_charged_back(News::State(GatewayState::Refunded)));
}
