//! Does a line call its readers to follow the outlet?
//!
//! A report may name the same networks and use the same verbs: «انضم الوزير إلى منصة تيك توك». A call speaks of the
//! page itself («قناتنا», “our”, the outlet's name) or opens its line with a word that only invites.

use super::lexicon::{CallWord, Invite, Lexicon};
use super::line::{Line, Lines};
use std::sync::Arc;

/// Most calls are no longer, in words.
const SHORT: usize = 18;
/// An unsure invitation is one of the first words.
const FIRST: usize = 5;
/// Marks around so few tokens hold a name.
const NAME: usize = 5;

/// The row that knows line `n` as a call.
pub(super) fn call(lines: &Lines<'_>, n: usize, lexicon: &Lexicon) -> Option<Arc<str>> {
    let line = &lines.lines[n];
    let words: Vec<&str> = line.words.split(' ').collect();
    let openings = lexicon.openings.get(words[0]);
    if line.count > SHORT && openings.is_none() {
        return None;
    }
    let roles: Vec<Option<&CallWord>> = words.iter().map(|w| role(w, lexicon)).collect();
    let has = |is_so: fn(&CallWord) -> bool| roles.iter().flatten().any(|role| is_so(role));
    if !has(|w| w.channel) || is_speech(lines, line) || has(|w| w.told) {
        return None;
    }
    let is_named = || format!(" {} ", line.words).contains(&format!(" {} ", lines.outlet));
    let ours = has(|w| w.ours) || !lines.outlet.is_empty() && is_named();
    let channel_after = |at: usize, near: usize| roles.iter().skip(at).take(near).flatten().any(|w| w.channel);
    for opening in openings.into_iter().flatten() {
        let Some(rest) = line.words.strip_prefix(opening.words.as_str()).filter(|r| r.starts_with(' ')) else {
            continue;
        };
        let at = words.len() - rest.split(' ').count() + 1;
        // Of a long line it is the first words: «Join our WhatsApp group and get the news sent straight to …».
        let near = if line.count > SHORT { 1 } else { SHORT };
        let counts = ours || opening.invite == Invite::Sure && !line.stopped;
        if counts && channel_after(at, near) {
            return Some(opening.rule.clone());
        }
    }
    if line.count > SHORT {
        return None;
    }
    roles.iter().enumerate().find_map(|(at, role)| {
        let (invite, rule) = role.and_then(|role| role.invite.as_ref())?;
        let counts = match invite {
            // «Читать нас можно и в MAX, подписывайтесь»
            Invite::Sure => ours || at == 0 && !line.stopped && channel_after(1, SHORT),
            Invite::Unsure => ours && at < FIRST && channel_after(at + 1, SHORT),
        };
        counts.then(|| rule.clone())
    })
}

/// What a word is in a call, with or without the small words that are written in front of it.
fn role<'l>(word: &str, lexicon: &'l Lexicon) -> Option<&'l CallWord> {
    let find = |word: &str| lexicon.calls.get(word);
    find(word).or_else(|| word.strip_prefix(['و', 'ل', 'ب']).and_then(find))
}

/// Does the line quote more than a name?
fn is_speech(lines: &Lines<'_>, line: &Line) -> bool {
    let quotes = lines.text.quotes();
    let mut of_line = line.tokens.clone().filter_map(|i| lines.text.quote_of(i));
    of_line.any(|q| quotes[q].inside().len() > NAME)
}
