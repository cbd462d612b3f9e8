//! What the words of a temporal expression say, before it is known which day that is.

/// One thing that words can say. A word of a class fills a slot; the meaning of a row says what the filled
/// slots mean together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// Monday is 1.
    Weekday,
    /// Days from today: «أمس» -1.
    Offset,
    /// Day of the month.
    Day,
    /// Gregorian month.
    Month,
    /// Gregorian year.
    Year,
    /// Hijri month.
    Hijri,
    /// Day of the Hijri month.
    HijriDay,
    /// Hijri year.
    HijriYear,
    /// -1 «الماضي», 0 «الجاري», 1 «المقبل».
    Shift,
    /// A [`Unit`].
    Unit,
    /// A number.
    N,
    /// Which of its kind in a month: «أول جمعة» 1, «آخر أسبوع» -1.
    Nth,
    /// Digits after the point.
    Decimal,
    /// And a half: «عام ونصف».
    Half,
    /// A [`Part`] of the day.
    Part,
    /// 0 to 24.
    Hour,
    /// 0 to 59.
    Minute,
    /// A zone of the lexicon.
    Zone,
    /// 1 spring, 2 summer, 3 autumn, 4 winter.
    Season,
    /// 2 a half of the year, 4 a quarter; which one is in [`Slot::N`].
    Fraction,
    /// «التسعينيات» 199.
    Decade,
    /// -1 `PAST_REF`, 0 `PRESENT_REF`, 1 `FUTURE_REF`.
    Reference,
}

const COUNT: usize = 22;

impl Slot {
    const NAMES: [(&'static str, Slot); COUNT] = [
        ("weekday", Slot::Weekday),
        ("offset", Slot::Offset),
        ("day", Slot::Day),
        ("month", Slot::Month),
        ("year", Slot::Year),
        ("hijri", Slot::Hijri),
        ("hijri-day", Slot::HijriDay),
        ("hijri-year", Slot::HijriYear),
        ("shift", Slot::Shift),
        ("unit", Slot::Unit),
        ("n", Slot::N),
        ("nth", Slot::Nth),
        ("decimal", Slot::Decimal),
        ("half", Slot::Half),
        ("part", Slot::Part),
        ("hour", Slot::Hour),
        ("minute", Slot::Minute),
        ("zone", Slot::Zone),
        ("season", Slot::Season),
        ("fraction", Slot::Fraction),
        ("decade", Slot::Decade),
        ("reference", Slot::Reference),
    ];

    /// The slot of this name.
    pub(super) fn named(name: &str) -> Option<Slot> {
        Slot::NAMES.iter().find(|(n, _)| *n == name).map(|(_, slot)| *slot)
    }
}

/// Filled and empty slots.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slots([i32; COUNT]);

const EMPTY: i32 = i32::MIN;

impl Default for Slots {
    fn default() -> Slots {
        Slots([EMPTY; COUNT])
    }
}

impl Slots {
    /// What fills `slot`.
    pub(super) fn get(&self, slot: Slot) -> Option<i32> {
        Some(self.0[slot as usize]).filter(|v| *v != EMPTY)
    }

    /// Is `slot` filled?
    pub(super) fn has(&self, slot: Slot) -> bool {
        self.0[slot as usize] != EMPTY
    }

    /// Fills `slot`, over what was there.
    pub(super) fn set(&mut self, slot: Slot, value: i32) {
        self.0[slot as usize] = value;
    }

    /// Empties `slot`.
    pub(super) fn clear(&mut self, slot: Slot) {
        self.0[slot as usize] = EMPTY;
    }

    /// With `slot` filled.
    pub(super) fn with(mut self, slot: Slot, value: i32) -> Slots {
        self.set(slot, value);
        self
    }

    /// Both together, unless they say two things of one slot: «يناير/كانون الثاني» is one month, «مايو/يونيو» is
    /// none.
    pub(super) fn and(&self, other: &Slots) -> Option<Slots> {
        let mut both = *self;
        for (mine, theirs) in both.0.iter_mut().zip(&other.0) {
            match (*mine, *theirs) {
                (_, EMPTY) => {}
                (EMPTY, value) => *mine = value,
                (a, b) if a == b => {}
                _ => return None,
            }
        }
        Some(both)
    }
}

/// A unit of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
    Decade,
    Century,
    Quarter,
    Weekend,
}

impl Unit {
    const NAMES: [(&'static str, Unit); 11] = [
        ("second", Unit::Second),
        ("minute", Unit::Minute),
        ("hour", Unit::Hour),
        ("day", Unit::Day),
        ("week", Unit::Week),
        ("month", Unit::Month),
        ("year", Unit::Year),
        ("decade", Unit::Decade),
        ("century", Unit::Century),
        ("quarter", Unit::Quarter),
        ("weekend", Unit::Weekend),
    ];

    /// The unit of this name.
    pub(super) fn named(name: &str) -> Option<Unit> {
        Unit::NAMES.iter().find(|(n, _)| *n == name).map(|(_, unit)| *unit)
    }

    /// The unit in [`Slot::Unit`].
    pub(super) fn of(slots: &Slots) -> Option<Unit> {
        let n = slots.get(Slot::Unit)?;
        Unit::NAMES.iter().map(|(_, unit)| *unit).find(|unit| *unit as i32 == n)
    }

    /// Is it shorter than a day?
    pub(super) fn is_short(self) -> bool {
        matches!(self, Unit::Second | Unit::Minute | Unit::Hour)
    }

    /// The TIMEX3 letter.
    pub(super) fn letter(self) -> &'static str {
        match self {
            Unit::Second => "S",
            Unit::Minute | Unit::Month => "M",
            Unit::Hour => "H",
            Unit::Day => "D",
            Unit::Week => "W",
            Unit::Year => "Y",
            Unit::Decade => "DE",
            Unit::Century => "CE",
            Unit::Quarter => "Q",
            Unit::Weekend => "WE",
        }
    }
}

/// A part of the day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Morning,
    Midday,
    Afternoon,
    Evening,
    Night,
}

impl Part {
    const ALL: [(&'static str, Part); 5] = [
        ("MO", Part::Morning),
        ("MI", Part::Midday),
        ("AF", Part::Afternoon),
        ("EV", Part::Evening),
        ("NI", Part::Night),
    ];

    /// The part that TIMEX3 writes `T` and this.
    pub(super) fn named(name: &str) -> Option<Part> {
        Part::ALL.iter().find(|(n, _)| *n == name).map(|(_, part)| *part)
    }

    /// The part in [`Slot::Part`].
    pub(super) fn of(slots: &Slots) -> Option<Part> {
        let n = slots.get(Slot::Part)?;
        Part::ALL.iter().map(|(_, part)| *part).find(|part| *part as i32 == n)
    }

    /// The two letters of TIMEX3.
    pub(super) fn letters(self) -> &'static str {
        Part::ALL[self as usize].0
    }

    /// Hour `hour` of the twelve-hour clock in this part of the day: ten in the evening is 22.
    pub(super) fn hour(self, hour: i32) -> i32 {
        match self {
            Part::Morning => hour % 12,
            Part::Midday if hour >= 10 => hour,
            // Twelve at night ends the day.
            Part::Night if hour == 12 => 24,
            Part::Night if hour < 5 => hour,
            _ => hour % 12 + 12,
        }
    }
}
