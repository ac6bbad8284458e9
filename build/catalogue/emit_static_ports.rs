//! Writes what the planner for static ports needs as static tables of their own: whoever only names procedures, as the
//! app does, does not carry them.

use super::emit::{in_catalogue_order, list, set, value};
use super::ports::PortRange;
use super::raw::{Catalogue, Command, DynamicRange, Procedure, Source, Value};

/// The tables, as `src/catalog` includes them.
pub fn static_ports(catalogue: &Catalogue) -> String {
    let mut out = String::new();
    let cited = Cited::new(catalogue);
    let procedures: Vec<&Procedure> = catalogue.procedures.iter().map(|entry| &entry.value).collect();
    list(&mut out, "CITED", "Cited", &cited.0, |source| {
        format!("Cited {{ id: {:?}, title: {:?} }}", source.id, source.title)
    });
    list(&mut out, "SETTINGS", "Setting", &procedures, |procedure| {
        setting(procedure, catalogue, &cited)
    });
    let ranges: Vec<&DynamicRange> = catalogue.dynamic_ranges.iter().map(|entry| &entry.value).collect();
    list(&mut out, "DYNAMIC_RANGES", "DynamicRange", &ranges, |range| {
        dynamic_range(range, &cited)
    });
    let commands: Vec<&Command> = catalogue.commands.iter().map(|entry| &entry.value).collect();
    list(&mut out, "COMMANDS", "Command", &commands, |entry| command(entry));
    out
}

/// The sources that the planner cites.
struct Cited<'a>(Vec<&'a Source>);

impl<'a> Cited<'a> {
    fn new(catalogue: &'a Catalogue) -> Self {
        let procedures = catalogue.procedures.iter().map(|entry| &entry.value);
        let of_procedures = procedures.flat_map(|procedure| procedure.sources.iter().chain(&procedure.range_sources));
        let of_ranges = catalogue.dynamic_ranges.iter().flat_map(|entry| &entry.value.sources);
        let ids: Vec<&String> = of_procedures.chain(of_ranges).collect();
        let sources = catalogue.sources.iter().map(|entry| &entry.value);
        Self(sources.filter(|source| ids.contains(&&source.id)).collect())
    }

    fn references(&self, ids: &[String]) -> String {
        let positions = ids
            .iter()
            .filter_map(|id| self.0.iter().position(|source| source.id == *id));
        references("CITED", positions)
    }
}

fn references(table: &str, positions: impl Iterator<Item = usize>) -> String {
    let references: Vec<String> = positions.map(|position| format!("&{table}[{position}]")).collect();
    format!("&[{}]", references.join(", "))
}

fn setting(procedure: &Procedure, catalogue: &Catalogue, cited: &Cited) -> String {
    let order = in_catalogue_order(&catalogue.flows);
    let flows = |ids: &[String]| {
        let positions = ids.iter().filter_map(|id| order.iter().position(|flow| flow.id == *id));
        references("FLOWS", positions)
    };
    let of_ranges = if procedure.range_sources.is_empty() {
        &procedure.sources
    } else {
        &procedure.range_sources
    };
    let fields = [
        format!("service: {:?}", procedure.service),
        format!("role: {:?}", procedure.role),
        value("machine", "Machine", procedure.machine),
        format!("way: {}", way(procedure)),
        format!("restarts: {:?}", procedure.restarts),
        format!("proposed: {}", procedure.proposed.unwrap_or(procedure.accepted.first())),
        format!("accepted: {}", range(procedure.accepted)),
        format!("recommended: {}", optional(procedure.recommended)),
        format!("allowed: {:?}", procedure.allowed),
        format!("caution: {:?}", procedure.caution),
        format!("creates: {:?}", procedure.creates),
        format!("flows: {}", flows(&procedure.flows)),
        format!("mappers: {}", flows(&procedure.mappers)),
        format!("range_sources: {}", cited.references(of_ranges)),
        format!("sources: {}", cited.references(&procedure.sources)),
    ];
    format!("Setting {{ {} }}", fields.join(", "))
}

fn way(procedure: &Procedure) -> String {
    if let Some(file) = &procedure.file {
        return format!("Way::ConfigFile {{ path: {:?}, key: {:?} }}", file.path, file.key);
    }
    if procedure.values.is_empty() {
        return "Way::Nothing".to_owned();
    }
    let values = procedure.values.iter().map(|value| registry_value(value, procedure));
    format!("Way::Registry(&[{}])", values.collect::<Vec<_>>().join(", "))
}

fn registry_value(entry: &Value, procedure: &Procedure) -> String {
    let fields = [
        value("machine", "Machine", entry.machine.unwrap_or(procedure.machine)),
        format!("key: {:?}", entry.key),
        format!("name: {:?}", entry.name),
        value("kind", "ValueKind", entry.kind),
        format!("fixed: {:?}", entry.fixed),
    ];
    format!("RegistryValue {{ {} }}", fields.join(", "))
}

fn dynamic_range(entry: &DynamicRange, cited: &Cited) -> String {
    let fields = [
        format!("ports: {}", range(entry.ports)),
        format!("machines: {}", set(&entry.machines)),
        format!("versions: {}", set(&entry.versions)),
        format!("when: {:?}", entry.when),
        format!("sources: {}", cited.references(&entry.sources)),
    ];
    format!("DynamicRange {{ {} }}", fields.join(", "))
}

fn command(entry: &Command) -> String {
    let fields = [
        format!("name: {:?}", entry.name),
        format!("versions: {}", set(&entry.versions)),
        value("desk", "Desk", entry.on),
        format!("text: {:?}", entry.text),
        format!("note: {:?}", entry.note),
    ];
    format!("Command {{ {} }}", fields.join(", "))
}

fn range(range: PortRange) -> String {
    format!("range({}, {})", range.first(), range.last())
}

fn optional(found: Option<PortRange>) -> String {
    found.map_or_else(|| "None".to_owned(), |found| format!("Some({})", range(found)))
}
