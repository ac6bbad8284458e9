//! What a policy means where rules are attached to machines: each rule at each end that has machines of the reader's.

use exchange_ports::catalog::Zone;
use exchange_ports::firewall::{Rule, Side};

use super::atom::{Atoms, of_rule};

/// What a rule allows at its ends.
pub fn of_ends(rule: &Rule) -> Atoms {
    let at = |side| of_rule(&Rule { side, ..rule.clone() });
    sides(rule).into_iter().flat_map(at).collect()
}

fn sides(rule: &Rule) -> Vec<Side> {
    let ends = [(rule.to, Side::Inbound), (rule.from, Side::Outbound)];
    match rule.side {
        Side::Between => {
            let own = ends.into_iter().filter(|(zone, _)| *zone != Zone::Internet);
            own.map(|(_, side)| side).collect()
        }
        side => vec![side],
    }
}
