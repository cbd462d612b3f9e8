//! Tables for people: aligned in columns, Arabic set apart, the long last column wrapped.

use super::{Out, Style};
use riwaya_query::one_line;
use riwaya_query::table::Table;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

const GAP: usize = 2;
const WIDEST: usize = 28;

/// Writes the first `limit` rows aligned in columns, and how many more there are.
///
/// # Errors
/// Where standard output cannot be written to.
pub fn print(table: &Table, out: &mut Out, limit: usize) -> anyhow::Result<()> {
    let rows: Vec<Vec<String>> =
        table.rows().iter().take(limit).map(|r| r.iter().map(|c| one_line(c)).collect()).collect();
    let style = out.style;
    let widths = widths(table, &rows, style);
    let header: Vec<String> = table.columns().iter().map(|c| (*c).to_owned()).collect();
    let indent = " ".repeat(table.indent());
    for line in laid_out(&header, &widths, style) {
        out.line(&format!("{indent}{}", style.bold(&line)))?;
    }
    for (n, row) in rows.iter().enumerate() {
        for line in laid_out(row, &widths, style) {
            let line = table.marked(n).map_or(line.clone(), |words| style.marked(&line, &one_line(words)));
            out.line(&format!("{indent}{line}"))?;
        }
    }
    match table.rows().len().saturating_sub(limit) {
        0 => Ok(()),
        more => out.line(&style.faint(&format!("… and {more} more: --all"))),
    }
}

/// The widths of all columns; on a terminal no column but the last is wider than `WIDEST`.
fn widths(table: &Table, rows: &[Vec<String>], style: Style) -> Vec<usize> {
    let mut widths: Vec<usize> = table.columns().iter().map(|c| c.width()).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.as_str().width());
        }
    }
    let last = widths.len().saturating_sub(1);
    if let Some(terminal) = style.width {
        widths[..last].iter_mut().for_each(|w| *w = (*w).min(WIDEST));
        let before: usize = widths[..last].iter().map(|w| w + GAP).sum();
        widths[last] = widths[last].min(terminal.saturating_sub(before + table.indent()).max(24));
    }
    widths
}

/// One row as lines of a table: cells wrapped to their widths, next to one another.
fn laid_out(row: &[String], widths: &[usize], style: Style) -> Vec<String> {
    let cells: Vec<Vec<String>> = row.iter().zip(widths).map(|(cell, width)| wrapped(cell, *width)).collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or(0);
    let line = |n: usize| {
        let mut line = String::new();
        for (column, (cell, width)) in cells.iter().zip(widths).enumerate() {
            let text = cell.get(n).map_or("", String::as_str);
            line.push_str(&style.isolated(text));
            if column + 1 < cells.len() {
                line.push_str(&" ".repeat(width.saturating_sub(text.width()) + GAP));
            }
        }
        line.trim_end().to_owned()
    };
    (0..height).map(line).collect()
}

/// `text` in lines no wider than `width`, broken between words where that can be done.
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split(' ') {
        let wide = word.width();
        if used > 0 && used + 1 + wide > width {
            lines.push(String::new());
            used = 0;
        }
        let Some(line) = lines.last_mut() else { break };
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        if wide <= width {
            line.push_str(word);
            used += wide;
            continue;
        }
        for c in word.chars() {
            let one = c.width().unwrap_or(0);
            if used + one > width && used > 0 {
                lines.push(String::new());
                used = 0;
            }
            if let Some(line) = lines.last_mut() {
                line.push(c);
            }
            used += one;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_wrap_by_the_columns_they_take() {
        assert_eq!(wrapped("قال الوزير إنه سيعود", 11), ["قال الوزير", "إنه سيعود"]);
        assert_eq!(wrapped("abcdefgh ij", 4), ["abcd", "efgh", "ij"]);
        assert_eq!(wrapped("قَالَ x", 5), ["قَالَ x"], "vowel marks take no column");
        assert_eq!(wrapped("", 4), [""]);
    }
}
