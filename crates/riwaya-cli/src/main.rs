//! `riwaya`: news in, accounts out.

use riwaya::page::Source;
use std::io::{BufRead, Write};

fn main() -> anyhow::Result<()> {
    let path = std::env::args().nth(2).unwrap_or_default();
    let packs = match std::env::var("RIWAYA_LANGS") {
        Ok(dir) => riwaya::Packs::load(&riwaya_langs::from_dir(dir.as_ref())?)?,
        Err(_) => riwaya::Packs::load(&riwaya_langs::embedded())?,
    };
    let mut readings = Vec::new();
    for line in std::io::BufReader::new(std::fs::File::open(path)?).lines() {
        let page: serde_json::Value = serde_json::from_str(&line?)?;
        let get = |k: &str| page[k].as_str().map(str::to_owned);
        let source = Source {
            id: get("id").unwrap_or_default(),
            url: get("url"),
            outlet: get("outlet"),
            published: get("published"),
            lang: get("lang"),
            ..Source::default()
        };
        readings.push(riwaya::read(source, get("text").unwrap_or_default(), &packs, None));
    }
    let woven = riwaya::weave::weave_all(&mut readings, &packs);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for (n, reading) in readings.iter().enumerate() {
        for line in riwaya::contract::page_lines(n, reading, &woven) {
            serde_json::to_writer(&mut out, &line)?;
            out.write_all(b"\n")?;
        }
    }
    for line in riwaya::contract::woven_lines(&readings, &packs, &woven) {
        serde_json::to_writer(&mut out, &line)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
