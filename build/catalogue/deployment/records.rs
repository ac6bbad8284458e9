//! A deployment in the file of long texts.

use super::raw::{Deployment, Link};
use crate::catalogue::emit::in_catalogue_order;
use crate::catalogue::raw::{Catalogue, Flow};
use crate::catalogue::texts::{list, positions, record};
use crate::catalogue::vocabulary::Vocabulary;

/// Its records, as `src/catalog/deployment.rs` reads them.
pub fn records(deployment: &Deployment, catalogue: &Catalogue) -> Vec<Vec<String>> {
    let sources = positions(&deployment.sources, &catalogue.sources, |source| &source.id);
    let judgement = deployment.judgement.slug().to_owned();
    let mut records = vec![record(
        "deployment",
        [
            &deployment.title,
            &judgement,
            &deployment.supported,
            &slugs(&deployment.unsupported),
            &deployment.notes,
            &sources,
        ],
    )];
    if let Some(article) = &deployment.article {
        let errata = catalogue.errata.iter().enumerate();
        let errata = errata.filter(|(_, entry)| article.errata.contains(&entry.value.number));
        let errata = list(errata.map(|(position, _)| position));
        records.push(record("article", [&article.says, &article.today, &errata]));
    }
    for zone in deployment.columns().concat() {
        let label = deployment.zones.iter().find(|placed| placed.zone == zone);
        let label = label.map_or("", |placed| &placed.label).to_owned();
        let column = deployment.column(zone).unwrap_or_default().to_string();
        let host = if deployment.hosts.contains(&zone) { "host" } else { "" }.to_owned();
        records.push(record("zone", [&zone.slug().to_owned(), &label, &column, &host]));
    }
    for (wall, column) in deployment.walls() {
        records.push(record("wall", [&wall.slug().to_owned(), &column.to_string()]));
    }
    let flows = in_catalogue_order(&catalogue.flows);
    records.extend(deployment.links.iter().map(|link| link_record(link, &flows)));
    records
}

fn link_record(link: &Link, flows: &[&Flow]) -> Vec<String> {
    let places = flows.iter().enumerate();
    let places = places.filter(|(_, flow)| link.flows.contains(&flow.id));
    let closed: Vec<String> = link.closed_ports.iter().map(|ports| ports.range.to_string()).collect();
    record(
        "link",
        [
            &link.from.slug().to_owned(),
            &link.to.slug().to_owned(),
            &list(places.map(|(position, _)| position)),
            &link.note,
            &link.keep_closed,
            &closed.join(","),
            &link.reason,
        ],
    )
}

fn slugs<T: Vocabulary>(values: &[T]) -> String {
    let slugs: Vec<&str> = values.iter().map(|value| value.slug()).collect();
    slugs.join(",")
}
