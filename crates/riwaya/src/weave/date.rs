//! When was a page published that does not say so, given the other pages of its story?
//!
//! A page that says «مكالمة هاتفية اليوم الخميس» of a call that a dated page puts on 30 December 2021 was published on
//! that day. «يوم الخميس» alone fits several days and dates nothing, and a page whose own days contradict one another
//! stays undated.

use crate::because::Because;
use crate::read::Reading;
use crate::time::{self, Published, PublishedFrom};
use crate::weave::Woven;
use crate::weave::when::Day;
use jiff::ToSpan;
use jiff::civil::Date;

/// For each page without a date, the one day that its own words and the other pages of its story leave; none where
/// several are left or its words contradict one another.
pub fn dates(readings: &[Reading], woven: &Woven) -> Vec<Option<Published>> {
    (0..readings.len()).map(|page| date(page, readings, woven)).collect()
}

fn date(page: usize, readings: &[Reading], woven: &Woven) -> Option<Published> {
    let reading = &readings[page];
    if reading.published.is_some() || !time::clashes(&reading.text, &reading.times, None).is_empty() {
        return None;
    }
    let mut found: Option<(Date, Because)> = None;
    for (n, event) in reading.events.iter().enumerate() {
        let Some(day) = known_day(woven.contact_of[page][n], page, readings, woven) else { continue };
        for span in event.when.iter().flat_map(|w| &w.because.from) {
            let Some(said) = reading.times.iter().find(|t| t.span == *span).map(|t| t.said) else { continue };
            let Some(offset) = said.offset else { continue };
            let Ok(today) = day.checked_sub(offset.days()) else { continue };
            match &found {
                Some((other, _)) if *other != today => return None,
                _ => found = Some((today, Because::one("date/contact-of-story", *span))),
            }
        }
    }
    let (date, because) = found?;
    let fits = reading.times.iter().all(|t| match (t.said.weekday, t.said.offset) {
        (Some(weekday), Some(offset)) => {
            date.checked_add(offset.days()).is_ok_and(|d| d.weekday().to_monday_one_offset() == weekday)
        }
        _ => true,
    });
    fits.then_some(Published { date, from: PublishedFrom::Stories, because })
}

/// The day of a contact, where another, dated page gives it and none gives another one.
fn known_day(contact: usize, page: usize, readings: &[Reading], woven: &Woven) -> Option<Date> {
    let mut days = woven.contacts.get(contact)?.history.iter().filter(|r| r.page != page).filter_map(|report| {
        readings[report.page].published.as_ref()?;
        Day::parse(report.when.as_deref()?).date()
    });
    let day = days.next()?;
    days.all(|other| other == day).then_some(day)
}
