//! The one clock.

use super::Failure;
use crate::model::Date;
use chrono::{DateTime, Utc};
use std::time::{SystemTime, UNIX_EPOCH};

/// The day for which to work: as typed, else from `SOURCE_DATE_EPOCH`, else now, in UTC.
pub(super) fn today(typed: Option<Date>) -> Result<Date, Failure> {
    if let Some(date) = typed {
        return Ok(date);
    }
    if let Some(epoch) = std::env::var_os("SOURCE_DATE_EPOCH") {
        let day = epoch.to_str().and_then(|text| text.parse().ok()).and_then(Date::from_unix);
        return day.ok_or_else(|| {
            "SOURCE_DATE_EPOCH is not a number of seconds since 1970 within the years 1900 to 2999; unset it, or use --today"
                .into()
        });
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?;
    let day = i64::try_from(now.as_secs()).ok().and_then(Date::from_unix);
    day.ok_or_else(|| "this machine's clock is out of range; use --today".into())
}

/// This instant, for the date of a signature: no other program takes one from the future for genuine.
pub(super) fn now() -> Result<DateTime<Utc>, Failure> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?;
    let now = i64::try_from(now.as_secs()).ok().and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    now.ok_or_else(|| "this machine's clock is out of range".into())
}
