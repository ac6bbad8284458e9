//! What findings say.

use std::net::IpAddr;

use super::about::About;
use super::group::Way;
use super::peer::Peer;
use crate::catalog::{EncryptedPort, Encryption, Flow, PortRange, Role, Set, Transport};

impl About {
    /// The headline, without a full stop.
    pub fn title(&self, flows: &[&Flow]) -> String {
        match self {
            Self::Nothing => "No line was understood".to_owned(),
            Self::PinSilent { port, .. } => format!("{port} is not listening"),
            Self::PinUnused { port, .. } => format!("{} is not on {port}", client(flows)),
            Self::PinInUse { port, .. } => format!("{} is on {port}", service(flows)),
            Self::PinLate { ports } => format!("Clients are still on {}", list(ports)),
            Self::Missing {
                port, is_local: true, ..
            } => format!("{port} listens on the loopback address only"),
            Self::Missing { port, transports, .. } => format!("{}{port} is not listening", udp(*transports)),
            Self::WrongZone { port, peer, .. } => format!("{} is connected on {port}", capital(peer.title())),
            Self::ClearText { port, instead, .. } => format!("{} on {port}", clear(instead.flow)),
            Self::UnknownListener { ports, transports, .. } if flows.is_empty() => {
                format!("{}{} has no name here", udp(*transports), list(ports))
            }
            Self::UnknownListener { ports, transports, .. } => {
                format!("{}{} is not for this machine", udp(*transports), list(ports))
            }
            Self::DynamicListeners { ports } => format!("Listeners in the dynamic range: {}", counted(ports)),
            Self::MissingOptional { ports } => format!("Optional services do not listen on {}", counted(ports)),
            Self::NoListeners => "The table shows no listener".to_owned(),
            Self::Unread { count: 1, .. } => "1 line was not understood".to_owned(),
            Self::Unread { count, .. } => format!("{count} lines were not understood"),
        }
    }

    /// What it means and what to do, in sentences.
    pub fn text(&self, flows: &[&Flow], count: u32) -> String {
        match self {
            Self::Nothing => {
                "Paste what netstat -ano, Get-NetTCPConnection, ss -tuna or netstat -tuna writes, headings included, or \
                 choose the format."
                    .to_owned()
            }
            Self::PinSilent { instead, client, .. } => silent(flows, instead, *client),
            Self::PinUnused { instead, .. } => unused(flows, instead),
            Self::PinInUse {
                listens, connections, ..
            } => in_use(*listens, *connections),
            Self::PinLate { .. } => format!(
                "{} beside the static ports. They were opened before the service restarted, or belong to another \
                 service: restart Outlook and look again.",
                connected(count)
            ),
            Self::Missing { when, .. } => missing(flows, when),
            Self::WrongZone { .. } => format!(
                "{} from there, and no flow of the catalogue comes from there to this port. Check the addresses, then \
                 the firewall between.",
                connected(count)
            ),
            Self::ClearText { way, peers, instead, .. } => clear_text(*way, peers, instead, count),
            Self::UnknownListener { pid, process, .. } => unknown(flows, *pid, process.as_deref()),
            Self::DynamicListeners { ports } => format!(
                "{}: services take these numbers when they start, so the catalogue has no name for each. The process \
                 tells more.",
                list(ports)
            ),
            Self::MissingOptional { ports } => format!(
                "{}. Services that are not needed everywhere, or belong to another role; nothing is wrong if nobody \
                 uses them here.",
                list(ports)
            ),
            Self::NoListeners => "So nothing can be said of what is missing. Run netstat -ano, with -a: connections alone \
                 do not show what waits for them."
                .to_owned(),
            Self::Unread { why, .. } => format!("Why: {why}. The other lines are not affected."),
        }
    }
}

fn silent(flows: &[&Flow], instead: &[PortRange], client: Option<IpAddr>) -> String {
    let elsewhere = client.map(|client| format!(" Client {client} is on {} instead.", list(instead)));
    format!(
        "The plan puts {} there.{} Check the value in the registry, its type too, and whether the service was \
         restarted.",
        service(flows),
        elsewhere.unwrap_or_default()
    )
}

fn unused(flows: &[&Flow], instead: &[PortRange]) -> String {
    let (service, client) = (service(flows), client(flows));
    if instead.is_empty() {
        format!(
            "The plan puts {service} there, and the table has no connection to that port: start {client}, look again."
        )
    } else {
        let instead = list(instead);
        format!(
            "The plan puts {service} there. It is connected to {instead} instead: check the server, restart {client}."
        )
    }
}

/// What connects to a pinned port from this machine.
fn client(flows: &[&Flow]) -> &'static str {
    if flows.iter().any(|flow| flow.from.roles.contains(Role::Outlook)) {
        "Outlook"
    } else {
        "Exchange"
    }
}

fn in_use(listens: bool, connections: u32) -> String {
    match (listens, connections) {
        (true, 0) => "Listening; no client is connected yet.".to_owned(),
        (true, _) => format!("Listening. {}.", connected(connections)),
        (false, _) => format!("{}.", connected(connections)),
    }
}

fn missing(flows: &[&Flow], when: &str) -> String {
    let purposes: Vec<&str> = flows.iter().take(3).map(|flow| flow.purpose()).collect();
    let needed = if when.is_empty() {
        "Required here".to_owned()
    } else {
        format!("Required {when}")
    };
    format!("{needed}. {}", purposes.join(" "))
}

fn clear_text(way: Way, peers: &[Peer], instead: &EncryptedPort, count: u32) -> String {
    let mut places: Vec<&str> = peers.iter().map(|peer| peer.title()).collect();
    places.dedup();
    let side = if way == Way::Inbound { "from" } else { "to" };
    let note = match instead.flow.encryption_note {
        "" => String::new(),
        note => format!(" On this port: {note}."),
    };
    format!(
        "{} {side}: {}.{note} The encrypted port is {}.",
        connected(count),
        places.join(", "),
        instead.instead_port
    )
}

fn unknown(flows: &[&Flow], pid: Option<u32>, process: Option<&str>) -> String {
    let known = if flows.is_empty() {
        "No flow of this version names it".to_owned()
    } else {
        format!("The catalogue knows it as {}, of another role", service(flows))
    };
    let owner = match (process, pid) {
        (Some(process), _) => format!("{process} owns it."),
        (None, Some(pid)) => format!("Process {pid} owns it: tasklist /fi \"PID eq {pid}\"."),
        (None, None) => "netstat -ano shows the process that owns it.".to_owned(),
    };
    format!("{known}. {owner}")
}

/// The service of a flow, and how sure it is that nobody else can read it.
fn clear(flow: &Flow) -> String {
    let sure = if flow.encryption == Encryption::None {
        "in clear text"
    } else {
        "perhaps in clear text"
    };
    format!("{} {sure}", flow.service())
}

/// The services of flows, each once; three at most. Of a pinned service and the dynamic one that it replaces, the
/// pinned one.
fn service(flows: &[&Flow]) -> String {
    let mut services: Vec<&str> = Vec::new();
    let is_replaced = |flow: &Flow| flows.iter().any(|other| other.instead_of == Some(flow.id));
    for flow in flows.iter().filter(|flow| !is_replaced(flow)) {
        if !services.contains(&flow.service()) {
            services.push(flow.service());
        }
    }
    services.truncate(3);
    services.join(", ")
}

fn list(ports: &[PortRange]) -> String {
    const MOST: usize = 12;
    let mut ports: Vec<String> = ports.iter().map(ToString::to_string).collect();
    if ports.len() > MOST {
        let more = ports.len() - MOST;
        ports.truncate(MOST);
        ports.push(format!("{more} more"));
    }
    ports.join(", ")
}

fn counted(ports: &[PortRange]) -> String {
    let count: u32 = ports.iter().map(|range| u32::from(range.width())).sum();
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} port{plural}")
}

fn connected(count: u32) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} connection{plural}")
}

/// TCP is what everybody expects of a number.
fn udp(transports: Set<Transport>) -> &'static str {
    if transports == Set::EMPTY.with(Transport::Udp) {
        "UDP "
    } else {
        ""
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}
