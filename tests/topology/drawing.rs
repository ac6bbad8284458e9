//! Where deployments are drawn: every one, in every version.

use std::collections::HashSet;

use exchange_ports::catalog::Zone;
use exchange_ports::topology::{Arrow, Deployed, Drawing, Firewall, Ring, Text, ZoneBox, text_width};

use crate::{all, deployed, name};

/// A part of a drawing with its edges.
#[derive(Clone, Debug)]
struct Part {
    what: String,
    left: i32,
    top: i32,
    right: i32,
    bottom: i32,
}

impl Part {
    fn meets(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    fn is_within(&self, other: &Self) -> bool {
        other.left <= self.left && self.right <= other.right && other.top <= self.top && self.bottom <= other.bottom
    }
}

fn text(text: &Text) -> Part {
    Part {
        what: format!("{:?}", text.text),
        left: text.x,
        top: text.y - 9,
        right: text.x + text_width(&text.text, Text::SIZE),
        bottom: text.y + 2,
    }
}

fn zone_box(zone: &ZoneBox) -> Part {
    Part {
        what: format!("the box of {:?}", zone.zone),
        left: zone.x,
        top: zone.y,
        right: zone.x + zone.width,
        bottom: zone.y + zone.height,
    }
}

fn ring(ring: &Ring) -> Part {
    Part {
        what: format!("ring {} of {:?}", ring.number, ring.firewall),
        left: ring.x - Ring::RADIUS,
        top: ring.y - Ring::RADIUS,
        right: ring.x + Ring::RADIUS,
        bottom: ring.y + Ring::RADIUS,
    }
}

fn arrow(arrow: &Arrow) -> Part {
    Part {
        what: format!("arrow {}", arrow.lane),
        left: arrow.from_x.min(arrow.to_x),
        top: arrow.y - 1,
        right: arrow.from_x.max(arrow.to_x),
        bottom: arrow.y + 1,
    }
}

fn walls(drawing: &Drawing) -> Vec<Part> {
    let wall = |wall: &exchange_ports::topology::DrawnWall| Part {
        what: format!("wall {:?}", wall.wall),
        left: wall.x - 2,
        top: wall.top,
        right: wall.x + 2,
        bottom: wall.bottom,
    };
    drawing.walls.iter().map(wall).collect()
}

fn wall_names(drawing: &Drawing) -> Vec<Part> {
    use exchange_ports::catalog::Vocabulary;
    let name = |wall: &exchange_ports::topology::DrawnWall| {
        let width = text_width(wall.wall.title(), Text::SIZE);
        text(&Text {
            x: wall.x - width / 2,
            y: wall.name_y,
            text: wall.wall.title().to_owned(),
        })
    };
    drawing.walls.iter().map(name).collect()
}

/// Ports and services at arrows.
fn labels(drawing: &Drawing) -> Vec<Part> {
    let texts = |arrow: &Arrow| arrow.ports.iter().chain(&arrow.service).map(text).collect::<Vec<_>>();
    drawing.arrows.iter().flat_map(texts).collect()
}

/// The texts of a box, the two letters of the zone as wide as they can be.
fn inside(zone: &ZoneBox) -> Vec<Part> {
    let (x, y) = zone.letters;
    let letters = Text {
        x,
        y,
        text: "WW".to_owned(),
    };
    std::iter::once(&letters)
        .chain(&zone.name)
        .chain(&zone.label)
        .map(text)
        .collect()
}

fn apart(all: &[Part], drawing: &str) {
    for (index, part) in all.iter().enumerate() {
        for other in &all[index + 1..] {
            assert!(
                !part.meets(other),
                "{drawing}: {} and {} overlap",
                part.what,
                other.what
            );
        }
    }
}

fn drawn() -> impl Iterator<Item = (Deployed, Drawing)> {
    all().into_iter().map(|deployed| {
        let drawing = deployed.drawing();
        (deployed, drawing)
    })
}

#[test]
fn no_two_of_boxes_labels_rings_and_names_overlap() {
    for (deployed, drawing) in drawn() {
        let mut parts: Vec<Part> = drawing.boxes.iter().map(zone_box).collect();
        parts.extend(labels(&drawing));
        parts.extend(drawing.arrows.iter().flat_map(|arrow| arrow.rings.iter().map(ring)));
        parts.extend(wall_names(&drawing));
        apart(&parts, &name(&deployed));
    }
}

#[test]
fn no_label_is_crossed_by_a_wall_and_no_wall_by_a_box() {
    for (deployed, drawing) in drawn() {
        for wall in walls(&drawing) {
            for part in labels(&drawing).into_iter().chain(drawing.boxes.iter().map(zone_box)) {
                assert!(
                    !wall.meets(&part),
                    "{}: {} meets {}",
                    name(&deployed),
                    wall.what,
                    part.what
                );
            }
        }
    }
}

#[test]
fn no_arrow_runs_through_a_box_a_label_or_another_arrow() {
    for (deployed, drawing) in drawn() {
        let arrows: Vec<Part> = drawing.arrows.iter().map(arrow).collect();
        apart(&arrows, &name(&deployed));
        for arrow in &arrows {
            for part in labels(&drawing).into_iter().chain(drawing.boxes.iter().map(zone_box)) {
                assert!(
                    !arrow.meets(&part),
                    "{}: {} meets {}",
                    name(&deployed),
                    arrow.what,
                    part.what
                );
            }
        }
    }
}

#[test]
fn everything_is_inside_of_the_picture() {
    for (deployed, drawing) in drawn() {
        assert!(drawing.width <= 750, "{}", name(&deployed));
        let picture = Part {
            what: "the picture".to_owned(),
            left: 0,
            top: 0,
            right: drawing.width,
            bottom: drawing.height,
        };
        let mut parts = walls(&drawing);
        parts.extend(drawing.boxes.iter().map(zone_box));
        parts.extend(labels(&drawing));
        parts.extend(wall_names(&drawing));
        parts.extend(drawing.arrows.iter().map(arrow));
        parts.extend(drawing.arrows.iter().flat_map(|arrow| arrow.rings.iter().map(ring)));
        for part in parts {
            assert!(part.is_within(&picture), "{}: {}", name(&deployed), part.what);
        }
    }
}

#[test]
fn the_words_of_a_box_stand_in_it_and_apart() {
    for (deployed, drawing) in drawn() {
        for zone in &drawing.boxes {
            let parts = inside(zone);
            apart(&parts, &name(&deployed));
            for part in parts {
                assert!(part.is_within(&zone_box(zone)), "{}: {}", name(&deployed), part.what);
            }
        }
    }
}

#[test]
fn arrows_join_the_boxes_of_their_ends() {
    for (deployed, drawing) in drawn() {
        let of = |zone: Zone| {
            drawing
                .boxes
                .iter()
                .find(|drawn| drawn.zone == zone)
                .expect("each zone has a box")
        };
        for arrow in &drawing.arrows {
            let link = deployed.lanes[arrow.lane].link;
            for (zone, x) in [(of(link.from), arrow.from_x), (of(link.to), arrow.to_x)] {
                let place = format!("{}: {arrow:?} and {zone:?}", name(&deployed));
                assert!(x == zone.x || x == zone.x + zone.width, "{place}");
                assert!(zone.y < arrow.y && arrow.y < zone.y + zone.height, "{place}");
            }
        }
    }
}

#[test]
fn every_lane_is_drawn_once_or_stands_in_the_box_of_its_zone() {
    for (deployed, drawing) in drawn() {
        let drawn: Vec<usize> = drawing.arrows.iter().map(|arrow| arrow.lane).collect();
        let between = (0..deployed.lanes.len()).filter(|&lane| {
            let link = deployed.lanes[lane].link;
            link.from != link.to
        });
        assert_eq!(drawn, between.collect::<Vec<_>>(), "{}", name(&deployed));
        for lane in deployed.lanes.iter().filter(|lane| lane.link.from == lane.link.to) {
            let zone = drawing.boxes.iter().find(|drawn| drawn.zone == lane.link.from);
            let label = &zone.expect("each zone has a box").label;
            assert!(
                label.iter().any(|line| line.text == "among them:"),
                "{}",
                name(&deployed)
            );
        }
    }
}

#[test]
fn a_label_names_a_port_or_what_carries_it_before_it_counts_the_rest() {
    for (deployed, drawing) in drawn() {
        for arrow in &drawing.arrows {
            let first = arrow.ports.first().map(|text| text.text.as_str()).unwrap_or_default();
            assert!(
                !first.is_empty() && !first.starts_with('+'),
                "{}: {arrow:?}",
                name(&deployed)
            );
        }
    }
}

#[test]
fn rings_stand_on_the_arrow_where_it_crosses_a_wall_with_the_number_of_the_table() {
    for (deployed, drawing) in drawn() {
        let mut seen = HashSet::new();
        for arrow in &drawing.arrows {
            for ring in &arrow.rings {
                let lane = &deployed.lanes[arrow.lane];
                let mut crossings = deployed.crossings(ring.firewall);
                let own = crossings.find(|crossing| std::ptr::eq(crossing.lane, lane));
                assert_eq!(
                    own.map(|crossing| crossing.number),
                    Some(ring.number),
                    "{}",
                    name(&deployed)
                );
                assert_eq!(ring.y, arrow.y);
                if let Firewall::Wall(wall) = ring.firewall {
                    assert!(
                        drawing
                            .walls
                            .iter()
                            .any(|drawn| drawn.wall == wall && drawn.x == ring.x)
                    );
                }
                assert!(
                    seen.insert((ring.firewall.slug(), ring.number)),
                    "{}: {ring:?}",
                    name(&deployed)
                );
            }
        }
        let walls = deployed
            .firewalls()
            .into_iter()
            .filter(|firewall| matches!(firewall, Firewall::Wall(_)));
        let crossings: usize = walls.map(|wall| deployed.crossings(wall).count()).sum();
        if !drawing.walls.is_empty() {
            assert_eq!(seen.len(), crossings, "{}", name(&deployed));
        }
    }
}

#[test]
fn where_there_is_no_wall_the_host_has_the_rings() {
    let deployed = deployed("firewall-on-mail-server", "2003");
    let drawing = deployed.drawing();
    assert!(drawing.walls.is_empty());
    let rings = drawing.arrows.iter().flat_map(|arrow| &arrow.rings);
    assert_eq!(
        rings.count(),
        deployed.crossings(Firewall::Host(Zone::ServerLan)).count()
    );
}

#[test]
fn edge_in_the_perimeter_is_drawn_as_it_is_known() {
    let drawing = deployed("edge-perimeter", "2019").drawing();
    let texts = |arrow: &Arrow| -> String {
        let parts = arrow.ports.iter().chain(&arrow.service);
        parts.map(|part| part.text.as_str()).collect::<Vec<_>>().join(" | ")
    };
    let arrows: Vec<String> = drawing.arrows.iter().map(texts).collect();
    assert_eq!(
        arrows,
        [
            "25",
            "25",
            "53 | DNS from Edge",
            "23 80 1080 | 1081 3128 6588",
            "25",
            "25",
            "50636 | EdgeSync",
            "3389",
        ]
    );
}
