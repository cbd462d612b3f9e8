//! Which words look like a slip of a translation?

use super::{Desk, Flag, FlagKind, Hit, Severity, Sign};
use crate::weave::{Grounds, Passage};

impl Desk<'_> {
    /// «تبادل الأوراق النقدية» between two foreign ministries: the original may have had notes, and not banknotes.
    pub(super) fn slips<'d>(&'d self, page: usize, hits: &'d [Hit]) -> impl Iterator<Item = Flag> {
        hits.iter().filter_map(move |hit| {
            let Sign::Mistranslated(meant) = &hit.sign else { return None };
            let explain = format!("these words may be a slip of a translation, for “{meant}”");
            let grounds = Grounds::new(hit.rule.clone(), vec![Passage { page, span: hit.span }]);
            Some(Flag::new(FlagKind::TranslationSuspect, Severity::Note, grounds, explain))
        })
    }
}
