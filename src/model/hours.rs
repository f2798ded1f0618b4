//! Business hours, read from the words in which a team states them.
//!
//! Only what can be read with certainty is read: a word that is not known, a time that could be meant in two ways, or times
//! for which no days are named make the whole text unreadable, and nothing is then said of whether the team is there. What
//! words cannot tell (public holidays) is left out on purpose.

use std::fmt;

/// How many minutes a day has.
const DAY: u16 = 24 * 60;

/// How many minutes a week has.
const WEEK: u16 = 7 * DAY;

/// When a team is there, in the local time of its zone: the same every week.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hours {
    /// From the first minute to before the last, counted from the beginning of Monday; sorted, neither overlapping nor
    /// touching, and none of them empty.
    spans: Vec<(u16, u16)>,
}

impl Hours {
    /// The hours that `text` states, where that is certain.
    ///
    /// Read are days and times of a clock in either order, as in `Monday to Friday 08:00-18:00`, `Mon, Wed 9 am to 5 pm`,
    /// `08:00-12:00 and 13:00-17:00 daily`, several of these one after the other, and `24/7`.
    pub fn read(text: &str) -> Option<Self> {
        if text.len() > 200 {
            return None;
        }
        let text = text.to_lowercase();
        let always: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        if matches!(&*always, "24/7" | "24x7" | "24×7" | "24*7" | "24hours/7days" | "24h/7d" | "aroundtheclock") {
            return Some(Self { spans: vec![(0, WEEK)] });
        }
        let runs = runs(&tokens(&text)?)?;
        let mut spans = Vec::new();
        let (pairs, []) = runs.as_chunks::<2>() else { return None };
        let mut named: Days = [false; 7];
        for pair in pairs {
            let (Run::Days(days), Run::Times(times)) = in_order(pair) else { return None };
            // What is said of a day a second time may be an exception from the first, or more of it.
            if share(named, *days) {
                return None;
            }
            add(&mut named, *days);
            let on = |day: u16| times.iter().map(move |(from, to)| (day * DAY + from, day * DAY + to));
            spans.extend((0..7).filter(|day| days[usize::from(*day)]).flat_map(on));
        }
        Self::joined(spans)
    }

    /// Whether they are the whole week.
    pub fn are_always(&self) -> bool {
        self.spans == [(0, WEEK)]
    }

    /// Spans in order, with those as one that overlap or touch; `None` where there are none.
    fn joined(mut spans: Vec<(u16, u16)>) -> Option<Self> {
        spans.sort_unstable();
        let mut joined: Vec<(u16, u16)> = Vec::new();
        for (from, to) in spans {
            match joined.last_mut() {
                Some((_, last)) if from <= *last => *last = to.max(*last),
                _ => joined.push((from, to)),
            }
        }
        (!joined.is_empty()).then_some(Self { spans: joined })
    }
}

impl fmt::Display for Hours {
    /// Minutes of the week from Monday on, for programs: `480-1080 1920-2520`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (from, to)) in self.spans.iter().enumerate() {
            write!(f, "{}{from}-{to}", if at == 0 { "" } else { " " })?;
        }
        Ok(())
    }
}

/// Days of the week, from Monday on.
type Days = [bool; 7];

/// What stands together: the days of a statement, or its times.
#[derive(Debug)]
enum Run {
    Days(Days),
    Times(Vec<(u16, u16)>),
}

/// The days first, as they may also stand behind their times.
fn in_order([first, second]: &[Run; 2]) -> (&Run, &Run) {
    if matches!(first, Run::Times(_)) { (second, first) } else { (first, second) }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Token {
    Day(usize),
    EveryDay,
    /// Minutes since midnight, and whether it was written with `am` or `pm`.
    Time(u16, bool),
    /// Between the ends of a range.
    To,
    /// Between things that are counted up.
    And,
}

/// Days in the languages of the theme, with what they are usually shortened to, but for what means another day elsewhere.
const DAYS: [&[&str]; 7] = [
    &["monday", "mon", "mo", "montag", "lundi", "lunes"],
    &["tuesday", "tue", "tues", "tu", "dienstag", "mardi", "martes"],
    &["wednesday", "wed", "we", "mittwoch", "mercredi", "miércoles"],
    &["thursday", "thu", "thur", "thurs", "th", "donnerstag", "jeudi", "jueves"],
    &["friday", "fri", "fr", "freitag", "vendredi", "viernes"],
    &["saturday", "sat", "sa", "samstag", "sonnabend", "samedi", "sábado"],
    &["sunday", "sun", "su", "sonntag", "dimanche", "domingo"],
];

fn tokens(text: &str) -> Option<Vec<Token>> {
    let text = text.replace("every day", "daily").replace("local time", " ").replace("7 days a week", "daily");
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let is_of = |c: &char| {
            if first.is_alphabetic() { c.is_alphabetic() } else { c.is_ascii_digit() || matches!(c, ':' | '.' | 'h') }
        };
        let length = if first.is_alphabetic() || first.is_ascii_digit() {
            rest.chars().take_while(is_of).map(char::len_utf8).sum()
        } else {
            first.len_utf8()
        };
        let (word, behind) = rest.split_at(length);
        rest = behind.trim_start();
        match word {
            "-" | "–" | "—" | "to" | "until" | "till" | "through" | "bis" | "à" | "a" => tokens.push(Token::To),
            "," | ";" | "&" | "+" | "and" | "und" | "et" | "y" => tokens.push(Token::And),
            "." | "(" | ")" | "from" | "von" | "hours" | "hrs" | "uhr" => {}
            "daily" | "täglich" => tokens.push(Token::EveryDay),
            word if first.is_ascii_digit() => {
                let (time, behind) = time(word, rest)?;
                tokens.push(time);
                rest = behind;
            }
            word => tokens.push(Token::Day(DAYS.iter().position(|names| names.contains(&word))?)),
        }
    }
    Some(tokens)
}

/// A time of the clock, and what follows it: `8:30`, `08.30`, `8h30`, `8h`, `0830`, or with `am` or `pm` behind it, `8`.
fn time<'t>(word: &str, rest: &'t str) -> Option<(Token, &'t str)> {
    let compact = rest.strip_prefix("am").or_else(|| rest.strip_prefix("a.m.")).map(|rest| (0, rest));
    let half = compact.or_else(|| rest.strip_prefix("pm").or_else(|| rest.strip_prefix("p.m.")).map(|rest| (12, rest)));
    let half = half.filter(|(_, rest)| !rest.starts_with(char::is_alphabetic));
    let word = word.trim_end_matches('.');
    let (hour, minute) = match word.split_once([':', '.', 'h']) {
        Some((hour, "")) if word.ends_with('h') => (hour, "00"),
        Some(parts) => parts,
        None if word.len() == 4 => word.split_at(2),
        None if half.is_some() => (word, "00"),
        None => return None,
    };
    let number = |text: &str, lengths: std::ops::RangeInclusive<usize>| -> Option<u16> {
        text.parse().ok().filter(|_| lengths.contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit()))
    };
    let (hour, minute) = (number(hour, 1..=2)?, number(minute, 2..=2).filter(|minute| *minute < 60)?);
    let (hour, rest) = match half {
        Some((noon, rest)) if (1..=12).contains(&hour) => (hour % 12 + noon, rest.trim_start()),
        Some(_) => return None,
        None => (hour, rest),
    };
    let minutes = hour * 60 + minute;
    (minutes <= DAY).then_some((Token::Time(minutes, half.is_some()), rest))
}

/// What stands together, in order: a range of days or of times needs both of its ends.
fn runs(tokens: &[Token]) -> Option<Vec<Run>> {
    let mut runs: Vec<Run> = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let (one, length) = match tokens[at..] {
            [Token::Day(first), Token::To, Token::Day(last), ..] if first != last => (Run::Days(between(first, last)), 3),
            [Token::Day(_) | Token::EveryDay, Token::To, ..] => return None,
            [Token::Day(day), ..] => (Run::Days(between(day, day)), 1),
            [Token::EveryDay, ..] => (Run::Days([true; 7]), 1),
            // What ends before it begins may go on past midnight, or be noon for midnight.
            [Token::Time(from, half), Token::To, Token::Time(to, other), ..] if half == other && from < to && from < DAY => {
                (Run::Times(vec![(from, to)]), 3)
            }
            [Token::And, ..] if at > 0 && at + 1 < tokens.len() => {
                at += 1;
                continue;
            }
            _ => return None,
        };
        at += length;
        match (runs.last_mut(), one) {
            // A day that is named twice narrows what was said (`daily, Monday to Friday`), or is a slip.
            (Some(Run::Days(days)), Run::Days(more)) if share(*days, more) => return None,
            (Some(Run::Days(days)), Run::Days(more)) => add(days, more),
            (Some(Run::Times(times)), Run::Times(more)) => times.extend(more),
            (_, one) => runs.push(one),
        }
    }
    Some(runs)
}

fn share(days: Days, others: Days) -> bool {
    days.iter().zip(others).any(|(one, other)| *one && other)
}

fn add(days: &mut Days, more: Days) {
    days.iter_mut().zip(more).for_each(|(day, more)| *day |= more);
}

/// The days from one to another, over the end of the week where the last comes before the first.
fn between(first: usize, last: usize) -> Days {
    let mut days = [false; 7];
    (0..=(last + 7 - first) % 7).for_each(|after| days[(first + after) % 7] = true);
    days
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Days as `Mo`, and what is there on each, for reading.
    fn told(text: &str) -> String {
        let Some(hours) = Hours::read(text) else { return "?".to_owned() };
        let clock = |minutes: u16| {
            let day = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su", "end"][usize::from(minutes / DAY)];
            format!("{day} {:02}:{:02}", minutes % DAY / 60, minutes % 60)
        };
        let spans = hours.spans.iter().map(|(from, to)| format!("{}-{}", clock(*from), clock(*to)));
        spans.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn the_usual_forms_are_read() {
        let office = "Mo 08:00-Mo 18:00, Tu 08:00-Tu 18:00, We 08:00-We 18:00, Th 08:00-Th 18:00, Fr 08:00-Fr 18:00";
        for text in [
            "Monday to Friday 08:00-18:00",
            "Mon-Fri 8:00 – 18:00",
            "Mon.–Fri., 08.00 - 18.00",
            "Mo-Fr 0800-1800 (local time)",
            "Monday through Friday, 8 am to 6 pm",
            "Mon - Fri 8:00 a.m. - 6:00 p.m.",
            "08:00-18:00 Monday to Friday",
            "from 08:00 to 18:00, Monday until Friday",
            "Montag bis Freitag 8:00 bis 18:00 Uhr",
            "lundi à vendredi 8h00-18h",
            "MONDAY TO FRIDAY 08:00-18:00 hours",
            "Monday to Thursday 08:00-18:00, Friday 08:00-18:00",
            "Mon to Fri 08:00-13:00 and 12:00-18:00",
            "Mon, Tue, Wed, Thu and Fri 08:00-18:00",
        ] {
            assert_eq!(told(text), office, "{text}");
        }
        for (text, expected) in [
            ("24/7", "Mo 00:00-end 00:00"),
            ("24 x 7", "Mo 00:00-end 00:00"),
            ("00:00-24:00 daily", "Mo 00:00-end 00:00"),
            ("Sunday to Tuesday 07:30-15:30", "Mo 07:30-Mo 15:30, Tu 07:30-Tu 15:30, Su 07:30-Su 15:30"),
            ("Fri 08:00-12:00; Mon 08:00-12:00 & 13:00-17:00", "Mo 08:00-Mo 12:00, Mo 13:00-Mo 17:00, Fr 08:00-Fr 12:00"),
            ("12 am to 12 pm Saturday", "Sa 00:00-Sa 12:00"),
            ("Sat 18:00-24:00, Sun 00:00-06:00", "Sa 18:00-Su 06:00"),
        ] {
            assert_eq!(told(text), expected, "{text}");
        }
        assert_eq!(Hours::read("Mon, Tue 8:00-18:00").map(|hours| hours.to_string()).as_deref(), Some("480-1080 1920-2520"));
    }

    #[test]
    fn what_is_not_certain_is_not_guessed() {
        for text in [
            "",
            "09:00-17:00",
            "Monday to Friday",
            "Monday to Friday 9-5",
            "Monday to Friday 9:00-5:00",
            "Monday to Friday 22:00-06:00",
            "Monday to Friday 9:00-5:00 pm",
            "weekdays 08:00-18:00",
            "working days 08:00-18:00",
            "Monday to Friday 08:00-18:00, on call at all other times",
            "Monday to Friday 08:00-18:00 CET",
            "Monday to Friday 08:00-18:00 except holidays",
            "24x7 from April to October, otherwise 08:00-20:00",
            "Daily, Monday to Friday 08:00-18:00",
            "täglich von Montag bis Freitag 08:00-17:00",
            "Monday to Friday daily 08:00-18:00",
            "Monday, daily 08:00-18:00",
            "Monday to Friday 08:00-18:00, Friday 08:00-15:00",
            "Monday to Friday 08:00-18:00 (Friday 08:00-15:00)",
            "Monday 08:00-12:00, Monday 13:00-17:00",
            "Monday to 08:00-18:00",
            "Monday to Monday 08:00-18:00",
            "Monday 08:00-18:00, Tuesday",
            "08:00-18:00 Monday, 09:00-10:00",
            "Monday 08:00",
            "Monday 08:00-",
            "Monday 08:60-18:00",
            "Monday 08:00-25:00",
            "Monday 24:00-24:00",
            "Monday 13 pm-14 pm",
            "Monday 8:0-18:00",
            "Di 08:00-18:00",
            "Monday 08:00-18:00 / Tuesday 08:00-18:00 ?",
            "Monday 99999999999999999999:00-18:00",
            "<script>",
            "月曜日 08:00-18:00",
        ] {
            assert_eq!(told(text), "?", "{text}");
        }
        assert_eq!(told(&"Monday 08:00-18:00, ".repeat(50)), "?", "too long to be hours");
    }
}
