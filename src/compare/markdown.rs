//! The comparison as Markdown, for an issue, a wiki or a change request.

use super::comparison::Comparison;
use super::entry::{self, Aspect, Entry, Owner, Stay};
use super::pair::Pair;
use crate::catalog::{Encryption, Role, Set, Vocabulary, date};
use crate::firewall::markdown::{escape, row};

impl Comparison {
    /// The whole comparison as GitHub reads it; ends with one newline. `permalink` is the address of its page.
    pub fn markdown(&self, permalink: &str) -> String {
        let (old, new) = (self.question.old.title(), self.question.new.title());
        let mut parts = vec![
            format!("# Exchange {old} to {new}"),
            format!("**{}**", self.finding()),
            self.flows(),
        ];
        parts.extend(self.filtered_table());
        parts.extend(self.changes_table());
        parts.extend(self.ranges_table());
        parts.extend(self.unfiltered_table());
        parts.push(format!(
            "exchange-ports, catalogue of {}, {}",
            date(),
            escape(permalink)
        ));
        parts.join("\n\n") + "\n"
    }

    fn flows(&self) -> String {
        let (old, new) = (self.question.old.title(), self.question.new.title());
        let (ends, stays, begins) = (self.ends.len(), self.stays.len(), self.begins.len());
        format!("Flows of Exchange {old} only: {ends}, of {new} only: {begins}, of both: {stays}.")
    }

    fn filtered_table(&self) -> Option<String> {
        let changed = self.filtered().filter(|pair| !pair.is_unchanged());
        let rows = changed.map(|pair| {
            let stays = pair.stays.iter().map(|stay| entry::text(&stay.opened));
            [
                between(pair),
                texts(&pair.closes),
                texts(&pair.opens),
                some(stays.collect(), ", "),
                pair.why().join("; "),
            ]
        });
        let heads = ["Between", "Closes", "Opens", "Stays", "Versions of what speaks there"];
        table("Firewalls between zones", heads, rows)
    }

    fn changes_table(&self) -> Option<String> {
        let stays = self
            .pairs
            .iter()
            .flat_map(|pair| pair.stays.iter().map(move |stay| (pair, stay)));
        let rows = stays
            .filter(|(_, stay)| !stay.changes().is_empty())
            .map(|(pair, stay)| {
                let Stay { opened, old, new } = stay;
                let changes = stay.changes();
                [
                    entry::text(opened),
                    between(pair),
                    told(old, &changes),
                    told(new, &changes),
                ]
            });
        let (old, new) = (self.question.old.title(), self.question.new.title());
        table("Same port, something else", ["Port", "Between", old, new], rows)
    }

    fn ranges_table(&self) -> Option<String> {
        let moved = self.pairs.iter().flat_map(|pair| {
            let ranges = pair.moved_ranges().into_iter();
            ranges.map(move |(old, new)| [between(pair), old.to_string(), new.to_string()])
        });
        let (old, new) = (self.question.old.title(), self.question.new.title());
        table("Ranges that move", ["Between", old, new], moved)
    }

    fn unfiltered_table(&self) -> Option<String> {
        let changed = self.unfiltered().filter(|pair| !pair.is_unchanged());
        let rows = changed.map(|pair| [between(pair), texts(&pair.closes), texts(&pair.opens), self.note(pair)]);
        let heads = ["Between", "Goes", "Comes", "Why no firewall rule"];
        table("For information", heads, rows)
    }

    /// Why no firewall between zones holds entries for a pair; empty if one does.
    pub fn note(&self, pair: &Pair) -> String {
        let whole = [
            (self.question.old, pair.is_whole_in_old),
            (self.question.new, pair.is_whole_in_new),
        ];
        let whole = whole.iter().filter(|(_, is_whole)| *is_whole);
        let mut whole: Vec<&str> = whole.map(|(version, _)| version.title()).collect();
        whole.dedup();
        if whole.is_empty() {
            let inside = if pair.from == pair.to { "inside one zone" } else { "" };
            return inside.to_owned();
        }
        format!(
            "open as a whole: Microsoft does not support filtering it in {}",
            whole.join(" and ")
        )
    }
}

fn between(pair: &Pair) -> String {
    format!("{} → {}", pair.from.title(), pair.to.title())
}

fn texts(entries: &[Entry]) -> String {
    some(entries.iter().map(ToString::to_string).collect(), ", ")
}

fn some(texts: Vec<String>, separator: &str) -> String {
    if texts.is_empty() {
        "nothing".to_owned()
    } else {
        texts.join(separator)
    }
}

/// Who uses an entry, as far as it changes.
fn told(owner: &Owner, changes: &[Aspect]) -> String {
    let mut parts = vec![owner.services().join(", ")];
    parts.extend(changes.iter().map(|aspect| match aspect {
        Aspect::Encryption => titles::<Encryption>(owner.encryptions),
        Aspect::Roles => format!("{} → {}", titles::<Role>(owner.callers), titles::<Role>(owner.called)),
        Aspect::State => owner.state().map(Vocabulary::title).unwrap_or_default().to_owned(),
    }));
    parts.join("; ")
}

fn titles<T: Vocabulary>(values: Set<T>) -> String {
    values.iter().map(T::title).collect::<Vec<_>>().join(", ")
}

/// A heading and a table; nothing without rows.
fn table<const N: usize>(heading: &str, heads: [&str; N], rows: impl Iterator<Item = [String; N]>) -> Option<String> {
    let rows: Vec<String> = rows.map(|cells| row(&cells.map(|cell| escape(&cell)))).collect();
    let first = format!("## {heading}\n\n{}\n{}", row(&heads), row(&heads.map(|_| "---")));
    (!rows.is_empty()).then(|| format!("{first}\n{}", rows.join("\n")))
}
