//! Which port to propose for a service: the usual one, or the next that nobody has.

use std::num::NonZeroU16;

use super::check::taken;
use super::plan::Pin;
use crate::catalog::{Procedure, Setting, Version, setting};

/// A port for a service beside those that are planned. What is accepted only in one place is proposed in any case.
pub fn proposal(procedure: &'static Procedure, version: Version, planned: &[Pin]) -> NonZeroU16 {
    let setting = setting(procedure);
    let others = planned.iter().filter(|pin| pin.procedure != procedure);
    let is_free = |port: NonZeroU16| {
        let pin = Pin { procedure, port };
        let is_alone = others.clone().all(|other| !pin.collides_with(other));
        is_alone && taken(&pin, version).next().is_none()
    };
    let range = setting.recommended.unwrap_or(setting.accepted);
    let ports = (setting.proposed..=range.last()).filter_map(NonZeroU16::new);
    ports.clone().find(|&port| is_free(port)).unwrap_or(usual(setting))
}

fn usual(setting: &Setting) -> NonZeroU16 {
    NonZeroU16::new(setting.proposed).unwrap_or(NonZeroU16::MIN)
}
