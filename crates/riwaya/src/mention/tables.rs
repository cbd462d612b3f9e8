//! Tables of words that say what the names beside them are.

use super::lexicon::{Head, Lexicon, Needs, Title, TitleKind, class};
use crate::error::Error;
use crate::language::Language;
use crate::rows::Files;

impl Lexicon {
    /// `titles.tsv`: what people are called.
    pub(super) fn add_titles(&mut self, files: &Files, language: &Language) -> Result<(), Error> {
        let path = format!("{}/titles.tsv", language.code);
        for row in files.table(&path, &["form", "kind", "gender", "number"])?.rows() {
            let kind = match row.get("kind") {
                "role" | "counterpart" => TitleKind::Role,
                "honorific" => TitleKind::Honorific,
                "unnamed" => TitleKind::Unnamed,
                "group" => TitleKind::Group,
                "quality" => TitleKind::Quality,
                "link" => TitleKind::Link,
                "none" => TitleKind::None,
                "subject" => {
                    self.add_forms(row, "form", language, |word, _| word.classes |= class::SUBJECT);
                    continue;
                }
                _ => {
                    return Err(row.error(
                        "kind",
                        "role, counterpart, honorific, unnamed, group, quality, link, subject or none",
                    ));
                }
            };
            self.title_bases.extend(row.list("form").map(|f| language.fold(f).into()));
            let (feminine, plural) = (row.get("gender") == "f", row.get("number") == "p");
            let common = row.get("gender").is_empty();
            self.titles.push(Title { kind, feminine, common, plural, rule: row.rule() });
            let title = self.titles.len() as u16;
            let article = kind != TitleKind::Link;
            let class = class::TITLE | if row.get("kind") == "counterpart" { class::COUNTERPART } else { 0 };
            self.add_forms(row, "form", language, |word, definite| {
                if (article || !definite) && word.title == 0 {
                    word.classes |= class;
                    word.title = title;
                }
            });
        }
        Ok(())
    }

    /// `organisations.tsv` and `places.tsv`: words for bodies and places.
    pub(super) fn add_heads(&mut self, files: &Files, language: &Language) -> Result<(), Error> {
        let path = format!("{}/organisations.tsv", language.code);
        for row in files.table(&path, &["form", "shape", "needs", "gender"])?.rows() {
            let needs = match row.get("needs") {
                "any" => Needs::Any,
                "nation" => Needs::Nation,
                "name" | "proper" => Needs::Name,
                "alone" => Needs::Alone,
                "adjective" => Needs::Adjective,
                "body" => Needs::Body,
                "long" => Needs::Long,
                _ => return Err(row.error("needs", "any, nation, name, proper, alone, adjective, body or long")),
            };
            let more = match row.get("shape") {
                "tail" => class::TAIL,
                "head" if self.capitals => class::DEFINITE_HEAD,
                _ => 0,
            };
            let with_article = match row.get("shape") {
                "head" | "tail" => false,
                "definite" => true,
                "thing" | "link" => {
                    let bit = if row.get("shape") == "thing" { class::THING } else { class::LINK };
                    self.add_forms(row, "form", language, |word, _| word.classes |= bit);
                    continue;
                }
                "noun-ending" => {
                    self.noun_endings.extend(row.list("form").map(|e| language.fold(e).into()));
                    continue;
                }
                "adjective" => {
                    self.add_forms(row, "form", language, |word, _| word.classes |= class::ADJECTIVE);
                    continue;
                }
                "purpose" => {
                    self.add_forms(row, "form", language, |word, _| word.classes |= class::PURPOSE);
                    continue;
                }
                "role-adjective" => {
                    self.add_forms(row, "form", language, |word, _| word.classes |= class::ROLE_ADJECTIVE);
                    continue;
                }
                "none" => {
                    self.no_names.extend(row.list("form").map(|f| language.fold_phrase(f).into()));
                    continue;
                }
                "ending" => {
                    self.adjective_endings.extend(row.list("form").map(|e| language.fold(e).into()));
                    continue;
                }
                _ => {
                    return Err(
                        row.error("shape", "head, tail, definite, adjective, role-adjective, purpose, thing, link, none, ending or noun-ending")
                    );
                }
            };
            let before = row.get("needs") == "proper";
            self.heads.push(Head { needs, before, feminine: row.get("gender") == "f", rule: row.rule() });
            let head = self.heads.len() as u16;
            self.add_forms(row, "form", language, |word, definite| {
                if definite == with_article {
                    word.classes |= more | if definite { class::DEFINITE_HEAD } else { class::HEAD };
                    word.head = head;
                }
            });
        }
        let path = format!("{}/places.tsv", language.code);
        for row in files.table(&path, &["form", "class"])?.rows() {
            let bits = match row.get("class") {
                "named" => class::NAMED_PLACE,
                "district" => class::NAMED_PLACE | class::DISTRICT,
                "built" => class::NAMED_PLACE | class::BUILT,
                "known" => 0,
                "tail" | "land" => {
                    let land = row.get("class") == "land";
                    self.add_forms(row, "form", language, |word, _| {
                        word.classes |= class::PLACE_ADJECTIVE | if land { class::BUILT } else { 0 };
                    });
                    continue;
                }
                "opener" | "side" => {
                    let opener = row.get("class") == "opener";
                    self.add_forms(row, "form", language, |word, definite| {
                        if definite != opener {
                            word.classes |= if opener { class::PLACE_OPENER } else { class::PLACE_ADJECTIVE };
                        }
                    });
                    continue;
                }
                _ => return Err(row.error("class", "known, named, district, built, opener, side, tail or land")),
            };
            self.add_forms(row, "form", language, |word, definite| {
                if !definite {
                    word.classes |= class::PLACE_HEAD | bits;
                }
            });
        }
        Ok(())
    }

    /// `sport.tsv`: pages of sport and their clubs.
    pub(super) fn add_sport(&mut self, files: &Files, language: &Language) -> Result<(), Error> {
        for row in files.table(&format!("{}/sport.tsv", language.code), &["form", "class"])?.rows() {
            let bit = match row.get("class") {
                "page" => class::SPORT,
                "before" => class::CLUB_HEAD,
                "both" => class::SPORT | class::CLUB_HEAD,
                _ => return Err(row.error("class", "page, before or both")),
            };
            self.add_forms(row, "form", language, |word, _| word.classes |= bit);
        }
        Ok(())
    }
}
