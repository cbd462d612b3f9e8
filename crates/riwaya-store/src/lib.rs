//! What do we hold, since when, from where? The record: one SQLite file.
//!
//! | module | the question it answers |
//! |---|---|
//! | [`record`] | How is a record opened, brought up to date and changed? |
//! | [`pages`] | Which pages do we hold, and what were they before they changed? |
//! | [`findings`] | What was read from the pages, as lines of the contract? |
//! | [`lookup`] | Which lines are of this speaker, entity, story or day? |
//! | [`search`] | Which pages, statements and entities hold these words? |
//! | [`counts`] | How many lines are there of somebody, of a day? |
//! | [`nearby`] | Which pages are near a new one, and how are their findings replaced? |
//! | [`corrections`] | What did somebody put right by hand, and is it in force? |
//! | [`watched`] | Which addresses are looked at, when next, and what is still to be told of what they gave? |
//! | [`words`] | How do words stay out of the findings and come back from the text? |
//! | [`error`] | What can go wrong with a file? |

pub mod corrections;
pub mod counts;
pub mod error;
pub mod findings;
pub mod lookup;
pub mod nearby;
pub mod pages;
pub mod record;
pub mod search;
pub mod watched;
pub mod words;

pub use corrections::{Corrected, Entry};
pub use counts::Speaker;
pub use error::Error;
pub use nearby::{Marks, Nearby};
pub use pages::{Added, Page, RawPage, Received, Version};
pub use record::Record;
pub use search::{Shadow, no_words};
pub use watched::{Found, Look, Role, Untold, Waiting, Watched};
