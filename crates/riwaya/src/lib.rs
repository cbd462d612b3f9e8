//! Riwaya reads news pages and keeps every account word for word: who said what, to whom, when, according to
//! whom, and where the accounts agree, differ or fall silent.
//!
//! This crate is the engine: a page in, its findings out. It opens no file, asks no clock, starts no thread.
//!
//! | module | the question it answers |
//! |---|---|
//! | [`page`] | Where is the article on this page? |
//! | [`text`] | Where do sentences and words begin and end? |
//! | [`time`] | When? |
//! | [`mention`] | Who and what is named? |
//! | [`statement`] | Who says what to whom? |
//! | [`event`] | Which contacts are reported? |
//! | [`read`] | All of the above for one page |
//! | [`weave`] | What do the pages tell together? |
//! | [`correction`] | What did somebody put right by hand? |
//! | [`contract`] | How is it printed? |

pub mod because;
pub mod clitic;
pub mod contract;
pub mod correction;
pub mod error;
pub mod event;
pub mod language;
pub mod mention;
pub mod names;
pub mod pack;
pub mod page;
pub mod quote;
pub mod read;
pub mod rows;
pub mod show;
pub mod statement;
pub mod text;
pub mod time;
pub mod weave;

pub use error::Error;
pub use pack::Packs;
pub use read::{Reading, read};
