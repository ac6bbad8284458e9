//! Rules that a kernel loads, and real packets: all that a selection allows arrive, and no other does.
//!
//! Three hosts surround a router ([`world`]). The rules of each selection ([`cases`]) are applied as their snippet says
//! ([`firewall`]), on the router or on one of the hosts. Then every host calls every other, over both families, from an
//! address that rules name and from one that they do not, with every kind of packet ([`proof`]).

mod allowance;
mod cases;
mod firewall;
mod inbox;
mod itself;
mod namespace;
mod one_cpu;
mod probe;
mod proof;
#[path = "../support/mod.rs"]
mod support;
mod world;

use std::num::NonZero;
use std::thread::available_parallelism;

use exchange_ports::firewall::Rest;
use libtest_mimic::{Arguments, Failed, Trial};
use nix::sys::resource::{Resource, getrlimit, setrlimit};

use cases::{CASES, Case};
use firewall::{FIREWALLS, Firewall};
use proof::Packets;
use world::PATIENCE;

/// A case holds some thousand sockets, so more of them at once could be too many.
const AT_ONCE: usize = 4;

fn main() {
    namespace::become_root();
    let (_, most) = getrlimit(Resource::RLIMIT_NOFILE).expect("there is a limit");
    setrlimit(Resource::RLIMIT_NOFILE, most, most).expect("a process may open what it is allowed to");
    let mut arguments = Arguments::from_args();
    let processors = available_parallelism().map_or(1, NonZero::get);
    arguments.test_threads.get_or_insert(processors.min(AT_ONCE));
    let trials = cases().chain(itself::trials()).collect();
    libtest_mimic::run(&arguments, trials).exit();
}

/// Each case with each firewall, as additions to a firewall that drops and as all there is.
fn cases() -> impl Iterator<Item = Trial> {
    let firewalls = FIREWALLS
        .iter()
        .flat_map(|firewall| Rest::ALL.iter().map(move |rest| (firewall, *rest)));
    firewalls.flat_map(|(firewall, rest)| {
        // A rule that is not written allows nothing that could be seen to arrive.
        let written = |case: &&Case| firewall.has_icmp || !case.is_icmp();
        CASES.iter().filter(written).map(move |case| {
            let name = format!("{} rest={}: {}", firewall.name, rest.slug(), case.name);
            Trial::test(name, move || prove(case, firewall, rest))
        })
    })
}

fn prove(case: &Case, firewall: &Firewall, rest: Rest) -> Result<(), Failed> {
    let texts = firewall.texts(case, rest);
    let difference = proof::compare(&Packets::new(case), firewall, rest, &texts, PATIENCE);
    if difference.is_none() {
        return Ok(());
    }
    let rules: Vec<&str> = texts.iter().map(|text| &*text.snippet.rules).collect();
    Err(format!("{difference}{}", rules.join("\n")).into())
}
