//! What do we hold, since when, from where? The record: one SQLite file.
//!
//! | module | the question it answers |
//! |---|---|
//! | [`record`] | Which pages do we hold, and what was read from them? |
//! | [`nearby`] | Which pages are near a new one, and how are their findings replaced? |
//! | [`corrections`] | What did somebody put right by hand, and is it in force? |
//! | [`watched`] | Which addresses are looked at, when next, and what is still to be told of what they gave? |
//! | [`words`] | How do words stay out of the findings and come back from the text? |
//! | [`error`] | What can go wrong with a file? |

pub mod corrections;
pub mod error;
pub mod nearby;
pub mod record;
pub mod watched;
pub mod words;

pub use corrections::{Corrected, Entry};
pub use error::Error;
pub use nearby::{Marks, Nearby};
pub use record::{Added, Page, RawPage, Received, Record, Version};
pub use watched::{Found, Look, Role, Untold, Waiting, Watched};
