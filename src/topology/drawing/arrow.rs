//! An arrow: its ends, what stands at it, and its rings.

use super::columns::Columns;
use super::grid::row_top;
use super::label;
use super::measure::text_width;
use super::shapes::{Arrow, Ring, Text};
use crate::catalog::{Flow, Zone};
use crate::topology::deployed::Deployed;
use crate::topology::firewall::Firewall;
use crate::topology::lane::Lane;

/// From the top of a row to its arrow.
const ARROW: i32 = 24;
/// From the top of a row to the line on which its text stands.
const LABEL: i32 = 12;
/// From the edge of a host to the ring of its firewall.
const OUTSIDE: i32 = 24;

/// The arrow of a lane, given by its place, in a row.
pub fn draw(deployed: &Deployed, place: usize, row: usize, columns: &Columns) -> Arrow {
    let lane = &deployed.lanes[place];
    let (from, to) = (column(deployed, lane.link.from), column(deployed, lane.link.to));
    let (from_x, to_x) = if from < to {
        (columns.right(from), columns.left(to))
    } else {
        (columns.left(from), columns.right(to))
    };
    let spaces = columns.spaces(from.min(to), from.max(to));
    let (ports, service) = labels(lane, &spaces, row_top(row) + LABEL);
    let y = row_top(row) + ARROW;
    let rings = passed(deployed, lane, columns).filter(|(.., x)| (from_x.min(to_x)..from_x.max(to_x)).contains(x));
    Arrow {
        lane: place,
        from_x,
        to_x,
        y,
        ports,
        service,
        rings: rings
            .map(|(firewall, number, x)| Ring { firewall, number, x, y })
            .collect(),
    }
}

/// The ports in the spaces at the arrow; in the next one the service, if it is one alone and fits.
fn labels(lane: &Lane, spaces: &[(i32, i32)], y: i32) -> (Vec<Text>, Option<Text>) {
    let widths: Vec<i32> = spaces.iter().map(|(start, end)| end - start).collect();
    let ports = label::fit(&label::ports([lane].into_iter()), &widths, Text::SIZE);
    let mut flows = lane.flows();
    let only = flows.next().filter(|_| flows.next().is_none()).map(Flow::service);
    let service = only.zip(spaces.get(ports.len()));
    let service = service.filter(|(service, (start, end))| text_width(service, Text::SIZE) <= end - start);
    let text = |&(x, _): &(i32, i32), text| Text { x, y, text };
    let texts = spaces.iter().zip(ports).map(|(space, ports)| text(space, ports));
    (
        texts.collect(),
        service.map(|(service, space)| text(space, service.to_owned())),
    )
}

/// The firewalls that a lane passes, its number there and where. Hosts have rings where there are no walls.
fn passed(deployed: &Deployed, lane: &Lane, columns: &Columns) -> impl Iterator<Item = (Firewall, usize, i32)> {
    let placed = deployed.firewalls().into_iter().flat_map(|firewall| {
        let places = match firewall {
            Firewall::Wall(wall) => columns.wall(wall).into_iter().collect(),
            Firewall::Host(zone) if columns.walls.is_empty() => {
                let column = column(deployed, zone);
                vec![columns.left(column) - OUTSIDE, columns.right(column) + OUTSIDE]
            }
            Firewall::Host(_) => Vec::new(),
        };
        places.into_iter().map(move |x| (firewall, x))
    });
    placed.filter_map(move |(firewall, x)| {
        let mut crossings = deployed.crossings(firewall);
        let own = crossings.find(|crossing| std::ptr::eq(crossing.lane, lane));
        own.map(|crossing| (firewall, crossing.number, x))
    })
}

fn column(deployed: &Deployed, zone: Zone) -> usize {
    deployed.texts.zone(zone).map_or(0, |placed| placed.column)
}
