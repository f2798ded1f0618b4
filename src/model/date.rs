//! Days of the calendar. A day lasts until 23:59:59 UTC.

use super::text::with_hyphens;
use crate::diagnostic::{Problem, Rule, shorten};
use chrono::{DateTime, Datelike, Days, Months, NaiveDate, Utc};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// A day. One that is written lies between 1900-01-01 and 2999-12-31.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NaiveDate);

impl Date {
    /// The day, or `None` where the calendar or our range has no such day.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).filter(|date| (1900..=2999).contains(&date.year())).map(Self)
    }

    /// The day on which `instant` (seconds since 1970-01-01T00:00:00 UTC) lies.
    pub fn from_unix(instant: i64) -> Option<Self> {
        let date = DateTime::from_timestamp(instant, 0)?.date_naive();
        Self::new(date.year(), date.month(), date.day())
    }

    /// The day on which `instant` lies; the nearest one of our range where it lies outside of it.
    pub fn of(instant: DateTime<Utc>) -> Self {
        let date = instant.date_naive();
        let (first, last) = (NaiveDate::from_ymd_opt(1900, 1, 1), NaiveDate::from_ymd_opt(2999, 12, 31));
        Self(first.map_or(date, |first| date.max(first)).min(last.unwrap_or(date)))
    }

    /// The day that `text` names, which was calculated from days that were written, so that it may lie behind the last one that can be.
    pub fn calculated(text: &str) -> Option<Self> {
        let date: NaiveDate = text.parse().ok()?;
        let day = Self(date);
        (date.year() >= 1900 && Digits::of(date).as_str() == text).then_some(day)
    }

    /// Its first instant.
    pub fn begin(self) -> DateTime<Utc> {
        self.0.and_time(chrono::NaiveTime::MIN).and_utc()
    }

    /// How many days `later` lies after this day; negative where it lies before.
    pub fn days_until(self, later: Self) -> i64 {
        (later.0 - self.0).num_days()
    }

    /// The next day.
    #[must_use]
    pub fn next(self) -> Self {
        self.plus_days(1)
    }

    /// The day before.
    #[must_use]
    pub fn previous(self) -> Self {
        self.minus_days(1)
    }

    /// The day `days` days later.
    #[must_use]
    pub fn plus_days(self, days: u32) -> Self {
        Self(self.0.checked_add_days(Days::new(days.into())).unwrap_or(self.0))
    }

    /// The day `days` days earlier.
    #[must_use]
    pub fn minus_days(self, days: u32) -> Self {
        Self(self.0.checked_sub_days(Days::new(days.into())).unwrap_or(self.0))
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.0.year()
    }
}

/// The day `months` months after `date`; the last day of the month where the month is shorter.
pub fn months_after(date: Date, months: u32) -> Date {
    Date(date.0.checked_add_months(Months::new(months)).unwrap_or(date.0))
}

/// The day `years` years after `date`; 28 February where that year has no 29 February.
pub fn years_after(date: Date, years: u32) -> Date {
    months_after(date, years.saturating_mul(12))
}

/// `2026-05-01`, without an allocation: a page has dozens of dates.
struct Digits([u8; 10]);

impl Digits {
    fn of(date: NaiveDate) -> Self {
        let digit = |number: u32, unit: u32| u8::try_from(number / unit % 10).map_or(b'0', |digit| b'0' + digit);
        let (year, month, day) = (date.year().unsigned_abs(), date.month(), date.day());
        let year = [1000, 100, 10, 1].map(|unit| digit(year, unit));
        let [month, day] = [month, day].map(|number| [digit(number, 10), digit(number, 1)]);
        Self([year[0], year[1], year[2], year[3], b'-', month[0], month[1], b'-', day[0], day[1]])
    }

    fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(Digits::of(self.0).as_str())
    }
}

impl serde::Serialize for Date {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(Digits::of(self.0).as_str())
    }
}

impl FromStr for Date {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let shown = shorten(text);
        let fail = |help: Cow<'static, str>| Problem::new(Rule::InvalidDate, format!("`{shown}` is not a date"), help);
        // chrono alone would take `2024-1-5`, blanks and signs.
        let shape = text.len() == 10
            && text.bytes().enumerate().all(|(at, b)| if matches!(at, 4 | 7) { b == b'-' } else { b.is_ascii_digit() });
        if !shape {
            if let Some((help, meant)) = with_hyphens::<Self>(text) {
                return Err(fail(help.into()).or_rather(Some(meant)));
            }
            return Err(fail("write it as year, month and day: 2026-05-01".into()));
        }
        let number = |range: std::ops::Range<usize>| text[range].parse().unwrap_or(0);
        let (year, month, day) = (number(0..4), number(5..7), number(8..10));
        Self::new(i32::try_from(year).unwrap_or(0), month, day).ok_or_else(|| {
            let help = match (year, month, day) {
                (1900..=2999, 1..=12, 1..=31) => "that month has no such day",
                (1900..=2999, 1..=12, _) => "the day, the last part, goes from 01 to 31",
                (1900..=2999, ..) => "the month, the middle part, goes from 01 to 12",
                _ => "the year goes from 1900 to 2999",
            };
            fail(help.into())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn takes_only_the_one_form() {
        for bad in [
            "2024-1-5",
            " 2024-01-05",
            "+2024-01-05",
            "2024-01-05T00:00",
            "20240105",
            "2024-02-30",
            "2023-02-29",
            "0000-01-01",
            "٢٠٢٤-٠١-٠١",
            "",
        ] {
            assert_eq!(bad.parse::<Date>().map_err(|p| p.rule), Err(Rule::InvalidDate), "{bad}");
        }
        assert_eq!(date("2024-02-29").to_string(), "2024-02-29");
    }

    #[test]
    fn dashes_are_told_as_such() {
        let problem = "2024–03−05".parse::<Date>().unwrap_err();
        assert_eq!(problem.help, "write hyphens in place of the dashes: 2024-03-05");
        assert_eq!(problem.replacement.as_deref(), Some("2024-03-05"));
        let problem = "2024–02–30".parse::<Date>().unwrap_err();
        assert_eq!(problem.replacement, None);
    }

    #[test]
    fn what_was_calculated_is_read_again() {
        for text in ["1900-01-01", "2999-12-31", "3000-01-01", "6649-12-31"] {
            assert_eq!(Date::calculated(text).map(|day| day.to_string()).as_deref(), Some(text));
        }
        for bad in ["2024-1-5", "2024-02-30", "1899-12-31", "12024-01-01", "+3000-01-01", ""] {
            assert_eq!(Date::calculated(bad), None, "{bad}");
        }
    }

    #[test]
    fn leap_days_fall_back() {
        assert_eq!(years_after(date("2024-02-29"), 3), date("2027-02-28"));
        assert_eq!(years_after(date("2024-02-29"), 4), date("2028-02-29"));
        assert_eq!(months_after(date("2026-08-31"), 6), date("2027-02-28"));
    }

    #[test]
    fn knows_the_day_of_an_instant() {
        assert_eq!(Date::from_unix(0), Date::new(1970, 1, 1));
        assert_eq!(Date::from_unix(86_399), Date::new(1970, 1, 1));
        assert_eq!(Date::from_unix(86_400), Date::new(1970, 1, 2));
    }
}
