//! What is asked of a record? The questions that the program and the server have in common.
//!
//! | module | the question it answers |
//! |---|---|
//! | [`account`] | What do these pages tell, read now on all threads? |
//! | [`findings`] | What did the record's pages tell, as lines of the contract? |
//! | [`filter`] | Which of these lines are asked for? |
//! | [`search`] | Where do these words stand, and who says them? |
//! | [`lists`] | Who says what, which contacts are reported, what does not fit, as rows? |
//! | [`compare`] | How do the sides stand to one another? |
//! | [`trace`] | Through whom did words come? |
//! | [`verify`] | Does a text quote what stands on the pages? |
//! | [`brief`] | What does the record hold of a story? |
//! | [`ledger`] | What was announced, and what became of it? |
//! | [`correction`] | How does somebody put right what was read wrongly? |
//! | [`quoting`] | Which words of a page are shown for a finding? |
//! | [`citation`] | How are cited words found again? |
//! | [`table`], [`markdown`], [`html`], [`ics`], [`atom`], [`linked`] | How does an answer look as a file? |
//! | [`error`] | What can go wrong with a question? |

pub mod account;
pub mod atom;
pub mod brief;
pub mod citation;
pub mod compare;
pub mod correction;
pub mod error;
pub mod filter;
pub mod findings;
pub mod html;
pub mod ics;
pub mod ledger;
pub mod linked;
pub mod lists;
pub mod markdown;
pub mod quoting;
pub mod search;
pub mod table;
pub mod trace;
pub mod verify;

pub use account::{Account, Reader};
pub use error::Error;
pub use filter::{Fold, PageFilter, Pages};
pub use findings::Findings;
pub use table::Table;

/// Words that run over lines, in one.
pub fn one_line(text: &str) -> String {
    text.split(['\n', '\r', '\t']).map(str::trim).filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" ")
}
