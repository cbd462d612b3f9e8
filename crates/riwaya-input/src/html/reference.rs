//! What does a character reference stand for, and how long is it?

/// The longest reference that has a name (`&CounterClockwiseContourIntegral;`), in bytes.
const LONGEST: usize = 33;

/// What the reference at the start of `text` («&quot;», «&#1575;», «&copy 2021») stands for, and its length in bytes;
/// none where the ampersand is only an ampersand.
pub fn reference(text: &str) -> Option<(String, usize)> {
    let behind = text.strip_prefix('&')?;
    let end = behind.bytes().take(LONGEST).position(|b| !b.is_ascii_alphanumeric() && b != b'#');
    let end = match end {
        Some(end) if behind.as_bytes()[end] == b';' => end + 1,
        Some(end) => end,
        None => behind.len().min(LONGEST),
    };
    let whole = text.get(..1 + end)?;
    let read = htmlize::unescape(whole);
    if read == whole {
        return None;
    }
    // «&notit;» is «¬it;»: what stands unchanged behind is no part of it. The first character always is.
    let first = read.chars().next()?.len_utf8();
    let same = whole.bytes().rev().zip(read.bytes().skip(first).collect::<Vec<_>>().into_iter().rev());
    let rest = same.take_while(|(a, b)| a == b).count();
    Some((read[..read.len() - rest].to_owned(), whole.len() - rest))
}

/// A text in which references were left as they stand, as linked data often is.
pub fn plain_text(text: &str) -> String {
    if text.contains('&') { htmlize::unescape(text).into_owned() } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::reference;

    #[test]
    fn references() {
        let read = |text| reference(text).map(|(text, length)| format!("{text} {length}"));
        for (text, wanted) in [
            ("&amp; more", "& 5"),
            ("&amp;lt;", "& 5"),
            ("&quot;نعم", "\" 6"),
            ("&#1575;&#1604;", "ا 7"),
            ("&#x627;", "ا 7"),
            ("&#59;;", "; 5"),
            ("&semi;;", "; 6"),
            ("&copy 2021", "© 5"),
            ("&notit;", "¬ 4"),
            ("&nbsp;", "\u{a0} 6"),
            ("&nGg;", "⋙\u{338} 5"),
            ("&#0;", "\u{fffd} 4"),
        ] {
            assert_eq!(read(text).as_deref(), Some(wanted), "{text}");
        }
        for text in ["&", "& b", "&;", "&#;", "&unknown;", "AT&T", "&و"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
