//! The reading room: a record as pages for people, as an API for programs, as tools for models.
//!
//! | module | the question it answers |
//! |---|---|
//! | [`server`] | Who may ask, over which address, and how does it end? |
//! | [`room`] | How do many readers share one record? |
//! | [`kept`] | Which answers need not be made again? |
//! | [`asked`] | What does an address ask for, and in which form? |
//! | [`answer`] | How does an answer go back: kind, tags, safety? |
//! | [`view`] | What is on each page? |
//! | [`mcp`] | Which tools does a model get? |
//! | [`markup`] | How is a page's text shown with all that was found in it? |
//! | [`draw`] | How are times and copies drawn? |
//! | [`open_api`] | How is the room described to programs? |
//! | [`interface`] | In which language does the room speak? |
//!
//! Words of pages are untrusted: they are escaped wherever they are shown, marks that turn the direction of writing are
//! made visible, no script of a page runs and none is loaded from elsewhere.

pub mod answer;
pub mod asked;
pub mod draw;
pub mod interface;
pub mod kept;
pub mod markup;
pub mod mcp;
pub mod open_api;
pub mod room;
pub mod server;
pub mod view;

pub use server::{Options, serve, speak};
