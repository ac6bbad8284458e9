//! What stands at an arrow: the ports that fit.

use super::measure::text_width;
use crate::catalog::{PortRange, Set, Transport, Vocabulary};
use crate::topology::lane::{Lane, Row};

/// What carries lanes, each a text of its own: any protocol first, because it is all that one needs to know, then other
/// transports without ports, then ports in ascending order.
pub fn ports<'a>(lanes: impl Iterator<Item = &'a Lane>) -> Vec<String> {
    let rows: Vec<&Row> = lanes.flat_map(|lane| &lane.rows).collect();
    let transports: Set<Transport> = rows.iter().flat_map(|row| row.transports.iter()).collect();
    let without = transports.iter().rev().filter(|transport| !transport.has_ports());
    let mut ranges: Vec<PortRange> = rows.iter().flat_map(|row| row.ports).map(|ports| ports.range).collect();
    ranges.sort_unstable();
    ranges.dedup();
    let ranges = ranges.iter().map(|range| range.to_string().replace('-', "–"));
    without.map(name).chain(ranges).collect()
}

fn name(transport: Transport) -> String {
    match transport {
        Transport::Any => "any".to_owned(),
        other => other.title().to_owned(),
    }
}

/// Puts texts into places of these widths, as many as fit; the last one tells how many do not.
pub fn fit(texts: &[String], widths: &[i32], size: i32) -> Vec<String> {
    let shown = (1..=texts.len()).rev().find_map(|count| {
        let left_out = texts.len() - count;
        let more = (left_out > 0).then(|| format!("+{left_out}"));
        spread(texts[..count].iter().cloned().chain(more), widths, size)
    });
    shown.unwrap_or_default()
}

/// Puts texts into places one after the other; `None` if they do not fit.
fn spread(texts: impl Iterator<Item = String>, widths: &[i32], size: i32) -> Option<Vec<String>> {
    let mut places: Vec<String> = vec![String::new()];
    for text in texts {
        loop {
            let place = places.last_mut()?;
            let longer = if place.is_empty() {
                text.clone()
            } else {
                format!("{place} {text}")
            };
            if text_width(&longer, size) <= *widths.get(places.len() - 1)? {
                *places.last_mut()? = longer;
                break;
            }
            places.push(String::new());
        }
    }
    Some(places)
}
