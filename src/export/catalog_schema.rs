//! `catalog.schema.json`: what `catalog.json` holds, as JSON Schema.

use serde_json::{Value, json};

use super::catalog_json::SCHEMA;
use crate::catalog::{
    Confidence, Direction, Encryption, Filtering, PortUse, Role, State, Transport, Verdict, Version, Vocabulary, Zone,
};

/// The text of the file; ends with a newline.
///
/// # Panics
///
/// Never: a JSON value can be written.
pub fn catalog_schema() -> String {
    serde_json::to_string_pretty(&schema()).expect("a value can be written") + "\n"
}

fn schema() -> Value {
    let mut schema = closed(json!({
        "schema": { "const": SCHEMA },
        "date": { "type": "string", "format": "date", "description": "date of the newest change of the catalogue" },
        "flows": list_of(flow()),
        "sources": list_of(closed(json!({
            "id": id(),
            "title": text(),
            "url": { "type": ["string", "null"], "format": "uri", "description": "only if a source gives it" },
        }))),
        "versions": words::<Version>(),
        "roles": words::<Role>(),
        "zones": words::<Zone>(),
    }));
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!("exchange-ports catalogue");
    schema
}

fn flow() -> Value {
    closed(json!({
        "id": id(),
        "service": text(),
        "ports": list_of(closed(json!({
            "first": port(),
            "last": port(),
            "use": one_of::<PortUse>(),
        }))),
        "transports": set_of::<Transport>(1),
        "versions": set_of::<Version>(1),
        "versions_inferred": set_of::<Version>(0),
        "from": end(1),
        "to": end(0),
        "direction": one_of::<Direction>(),
        "encryption": one_of::<Encryption>(),
        "encryption_note": note(),
        "authentication": note(),
        "configurable": text(),
        "state": one_of::<State>(),
        "state_note": note(),
        "filtering": one_of::<Filtering>(),
        "filtering_note": note(),
        "block_from": set_of::<Zone>(0),
        "purpose": text(),
        "notes": note(),
        "iana": note(),
        "confidence": one_of::<Confidence>(),
        "instead_of": { "type": ["string", "null"], "description": "id of the flow that a pinned one replaces" },
        "disputes": list_of(closed(json!({
            "what": text(),
            "readings": {
                "type": "array",
                "minItems": 2,
                "items": closed(json!({ "value": text(), "sources": ids(1), "rule": { "type": "boolean" } })),
            },
        }))),
        "article": {
            "oneOf": [
                { "type": "null" },
                closed(json!({ "verdict": one_of::<Verdict>(), "text": text() })),
            ],
        },
        "in_source_article": { "type": "boolean" },
        "sources": ids(1),
    }))
}

/// An object with exactly these properties.
fn closed(properties: Value) -> Value {
    let required: Vec<String> = properties
        .as_object()
        .map(|properties| properties.keys().cloned().collect())
        .unwrap_or_default();
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn end(least_zones: usize) -> Value {
    closed(json!({
        "roles": set_of::<Role>(0),
        "zones": set_of::<Zone>(least_zones),
        "note": note(),
    }))
}

fn list_of(items: Value) -> Value {
    json!({ "type": "array", "items": items })
}

fn words<T: Vocabulary>() -> Value {
    list_of(closed(json!({ "id": one_of::<T>(), "title": text() })))
}

fn one_of<T: Vocabulary>() -> Value {
    let slugs: Vec<&str> = T::WORDS.iter().map(|word| word.slug).collect();
    json!({ "enum": slugs })
}

fn set_of<T: Vocabulary>(least: usize) -> Value {
    json!({ "type": "array", "items": one_of::<T>(), "uniqueItems": true, "minItems": least })
}

fn ids(least: usize) -> Value {
    json!({ "type": "array", "items": id(), "uniqueItems": true, "minItems": least })
}

fn id() -> Value {
    json!({ "type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$" })
}

fn port() -> Value {
    json!({ "type": "integer", "minimum": 1, "maximum": 65535 })
}

fn text() -> Value {
    json!({ "type": "string", "minLength": 1 })
}

fn note() -> Value {
    json!({ "type": "string" })
}
