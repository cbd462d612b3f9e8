//! What is handed in? Files, folders, globs, archives and standard input in; pages out, by content and not by name.
//!
//! | module | the question it answers |
//! |---|---|
//! | [`input`] | Which pages do these arguments name, and what could not be read? |
//! | `paths` | Which files does an argument name? |
//! | `sniff` | What are these bytes? |
//! | `lines`, `json`, `web`, `warc`, `mail`, `compressed` | Which pages do they hold? |
//! | `remote` | Which pages does an address of the web hold? |
//! | [`fetch`] | How is it fetched, politely and within limits? |
//! | [`feed`] | Which pages does a feed tell of? |
//! | [`html`] | Where is the article on a web page? |
//! | [`origin`] | Where do the characters of its text stand among the bytes that came? |

mod compressed;
pub mod feed;
pub mod fetch;
pub mod html;
pub mod input;
mod json;
mod lines;
mod mail;
pub mod origin;
mod paths;
mod remote;
mod sniff;
mod warc;
mod web;

pub use input::{Input, Page, Problem, Raw, hash};
pub use origin::Origin;
