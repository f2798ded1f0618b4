//! When a key holds, as a picture: its life as a bar, and in it the time in which messages can be encrypted to it.

use super::key::RevokedView;
use crate::assess::AssessedKey;
use crate::model::Date;
use crate::site::Catalogue;
use serde::Serialize;

/// How wide the picture is. What lies at its edges keeps [`MARGIN`].
const WIDTH: i64 = 1000;
const MARGIN: i64 = 6;

/// A key's life. Lengths are in units of the picture.
#[derive(Serialize)]
pub(super) struct Life {
    begins: Date,
    /// The last day.
    ends: Option<Date>,
    /// Whether its end, or its revocation, lies before the end of the picture.
    ended_before: bool,
    /// When it is revoked; then that is its end.
    revoked_on: Option<RevokedView>,
    whole: Bar,
    /// When messages can be encrypted to it.
    usable: Option<Bar>,
    /// Where today is.
    today: i64,
    /// Where it was revoked.
    revoked: Option<i64>,
    /// What the picture shows.
    words: String,
}

/// From where to where.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Bar {
    x: i64,
    width: i64,
}

impl Life {
    /// The life of a key that was read.
    pub(super) fn new(key: &AssessedKey<'_>, withdrawn: bool, today: Date, texts: &Catalogue) -> Option<Self> {
        let begins = key.created()?;
        let ends = key.expires();
        let revoked = key.revoked().map(|revoked| Date::of(revoked.on));
        let usable = usable(key, begins, revoked);
        let scale = Scale::new(begins, ends, today);
        let bar = |from: Date, to: Option<Date>| {
            let (x, end) = (scale.at(from), to.map_or(WIDTH, |to| scale.at(to)));
            Bar { x, width: (end - x).max(1) }
        };
        Some(Self {
            begins,
            ends,
            ended_before: revoked.or(ends).is_some_and(|end| scale.at(end) < WIDTH - MARGIN),
            revoked_on: RevokedView::new(key, today),
            whole: bar(begins, ends),
            usable: usable.map(|(from, to)| bar(from, to)),
            today: scale.at(today),
            revoked: revoked.map(|on| scale.at(on)),
            words: words([Some(begins), ends, revoked], usable.filter(|_| !withdrawn), today, texts),
        })
    }
}

/// From when until when messages can be encrypted to a key, if they ever could.
fn usable(key: &AssessedKey<'_>, begins: Date, revoked: Option<Date>) -> Option<(Date, Option<Date>)> {
    let subkeys = key.reading().into_iter().flat_map(|reading| &reading.subkeys);
    let first = subkeys.filter(|subkey| subkey.encrypts).map(|subkey| Date::of(subkey.created)).min();
    let from = first.map_or(begins, |first| first.max(begins));
    let until = [key.usable_until(), revoked].into_iter().flatten().min();
    (key.encrypts() && until.is_none_or(|until| from <= until)).then_some((from, until))
}

/// Of encrypting nothing is said where the key is not for it: revoked, not yet valid, or of a team that has withdrawn.
fn words(
    [begins, ends, revoked]: [Option<Date>; 3],
    usable: Option<(Date, Option<Date>)>,
    today: Date,
    texts: &Catalogue,
) -> String {
    let begins = begins.unwrap_or(today);
    let until =
        |end: Option<Date>| end.map_or_else(|| texts.text("life.endless"), |end| texts.say("life.until", &[("day", &end)]));
    let is_past = |end: Option<Date>| end.is_some_and(|end| end < today);
    let span = |key, from: Date, to| texts.say(key, &[("from", &from), ("until", &until(to))]);
    let life = match revoked {
        Some(on) if on <= today => texts.say("life.revoked", &[("from", &begins), ("day", &on)]),
        Some(on) => texts.say("life.revoked_ahead", &[("from", &begins), ("day", &on)]),
        None if begins > today => span("life.not_yet", begins, ends),
        None if is_past(ends) => span("life.past", begins, ends),
        None => span("life.valid", begins, ends),
    };
    let encrypts = match usable {
        Some((from, to)) if revoked.is_none() && begins <= today => {
            span(if is_past(to) { "life.could_encrypt" } else { "life.can_encrypt" }, from, to)
        }
        _ => return texts.say("life.alone", &[("life", &life), ("today", &today)]),
    };
    texts.say("life.both", &[("life", &life), ("encryption", &encrypts), ("today", &today)])
}

/// Where in the picture a day is.
struct Scale {
    first: Date,
    days: i64,
}

impl Scale {
    /// From the earliest to the latest day to be shown; what has no end runs on for a while.
    fn new(begins: Date, ends: Option<Date>, today: Date) -> Self {
        let first = begins.min(today);
        let known = first.days_until(ends.unwrap_or(begins).max(today));
        let days = if ends.is_none() { known + (known / 5).max(365) } else { known };
        Self { first, days: days.max(1) }
    }

    fn at(&self, day: Date) -> i64 {
        let days = self.first.days_until(day).clamp(0, self.days);
        MARGIN + days * (WIDTH - 2 * MARGIN) / self.days
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::texts::english;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn days_lie_where_they_belong() {
        let scale = Scale::new(day("2024-01-01"), Some(day("2028-01-01")), day("2026-01-01"));
        assert_eq!(scale.at(day("2024-01-01")), MARGIN);
        assert_eq!(scale.at(day("2028-01-01")), WIDTH - MARGIN);
        assert_eq!(scale.at(day("2026-01-01")), 500);
        // What lies outside is shown at the edge.
        assert_eq!(scale.at(day("2040-01-01")), WIDTH - MARGIN);
    }

    #[test]
    fn today_is_in_the_picture_whatever_the_key_says() {
        for (begins, ends) in [("2001-01-01", Some("2002-01-01")), ("2001-01-01", None), ("2050-01-01", Some("2051-01-01"))] {
            let scale = Scale::new(day(begins), ends.map(day), day("2026-11-21"));
            for shown in [begins, "2026-11-21"] {
                assert!((MARGIN..=WIDTH - MARGIN).contains(&scale.at(day(shown))), "{begins}");
            }
            assert_eq!(begins < "2026", scale.at(day(begins)) < scale.at(day("2026-11-21")));
        }
        assert_eq!(Scale::new(day("2026-11-21"), Some(day("2026-11-21")), day("2026-11-21")).at(day("2026-11-21")), MARGIN);
    }

    #[test]
    fn the_words_say_what_the_picture_shows() {
        let (begins, ends, today) = (day("2020-01-01"), Some(day("2028-01-01")), day("2026-11-21"));
        let usable = Some((day("2020-02-01"), Some(day("2026-01-01"))));
        for (ends, usable, revoked, today, expected) in [
            (
                ends,
                usable,
                None,
                today,
                "Valid from 2020-01-01, until 2028-01-01; messages could be encrypted to it from 2020-02-01, until 2026-01-01",
            ),
            (ends, usable, Some(today), today, "Made on 2020-01-01, revoked on 2026-11-21"),
            (ends, usable, ends, today, "Made on 2020-01-01; its revocation is dated 2028-01-01"),
            (None, None, None, today, "Valid from 2020-01-01, without an end"),
            (ends, None, None, day("2028-01-02"), "It was valid from 2020-01-01, until 2028-01-01"),
            (None, usable, None, day("2019-01-01"), "Not yet valid: from 2020-01-01, without an end"),
        ] {
            let said = words([Some(begins), ends, revoked], usable, today, &english());
            assert_eq!(said, format!("{expected}. As of {today}."));
        }
    }
}
