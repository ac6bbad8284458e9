//! What each tool would print for given sockets, written from its documentation and not from the reader.

use std::fmt::Write;
use std::net::IpAddr;

use exchange_ports::catalog::Transport;
use exchange_ports::connections::{Endpoint, Format, Row, TcpState};

/// Sockets as a tool prints them, and what of them the tool can say.
pub fn print(format: Format, rows: &[Row], variant: usize) -> (String, Vec<Row>) {
    let kept: Vec<Row> = rows.iter().filter_map(|row| kept(format, row)).collect();
    let text = match format {
        Format::WindowsNetstat => windows(&kept, variant),
        Format::LinuxNetstat => linux(&kept),
        Format::Ss => ss(&kept),
        Format::PowerShellTable => table(&kept, variant),
        Format::PowerShellList => list(&kept),
        Format::PowerShellCsv => csv(&kept, variant),
    };
    (text, kept)
}

/// The row without what the format does not show.
fn kept(format: Format, row: &Row) -> Option<Row> {
    let windows = matches!(
        format,
        Format::WindowsNetstat | Format::PowerShellTable | Format::PowerShellList | Format::PowerShellCsv
    );
    let powershell = windows && format != Format::WindowsNetstat;
    // Windows shows no other end of UDP sockets, and one command of PowerShell shows one transport.
    if windows && row.transport == Transport::Udp && (row.remote.is_some() || powershell) {
        return None;
    }
    let mut row = row.clone();
    row.line = 0;
    if !matches!(format, Format::Ss | Format::LinuxNetstat) || row.pid.is_none() {
        row.process = None;
    }
    Some(row)
}

const HEADINGS: [(&str, [&str; 4]); 5] = [
    (
        "Active Connections",
        ["Proto", "Local Address", "Foreign Address", "State"],
    ),
    (
        "Aktive Verbindungen",
        ["Proto", "Lokale Adresse", "Remoteadresse", "Status"],
    ),
    (
        "Connexions actives",
        ["Proto", "Adresse locale", "Adresse distante", "État"],
    ),
    (
        "Conexiones activas",
        ["Proto", "Dirección local", "Dirección remota", "Estado"],
    ),
    (
        "Активные подключения",
        ["Имя", "Локальный адрес", "Внешний адрес", "Состояние"],
    ),
];

fn windows(rows: &[Row], variant: usize) -> String {
    let (title, [proto, local, foreign, state]) = HEADINGS[variant % HEADINGS.len()];
    let german = variant % HEADINGS.len() == 1;
    let mut out = format!("\r\n{title}\r\n\r\n  {proto:<6} {local:<22} {foreign:<22} {state:<15} PID\r\n");
    for row in rows {
        let udp = row.transport == Transport::Udp;
        let other = match row.remote {
            None if udp => "*:*".to_owned(),
            None if is_v6(row.local) => "[::]:0".to_owned(),
            None => "0.0.0.0:0".to_owned(),
            Some(remote) => windows_end(remote),
        };
        let proto = if udp { "UDP" } else { "TCP" };
        let word = row.state.map_or("", |state| windows_word(state, german));
        let pid = row.pid.map(|pid| pid.to_string()).unwrap_or_default();
        let local = windows_end(row.local);
        write!(out, "  {proto:<6} {local:<22} {other:<22} {word:<15} {pid}\r\n").expect("a string can be written");
    }
    out
}

fn windows_word(state: TcpState, german: bool) -> &'static str {
    match state {
        TcpState::Listen if german => "ABHÖREN",
        TcpState::Established if german => "HERGESTELLT",
        TcpState::TimeWait if german => "WARTEND",
        TcpState::CloseWait if german => "SCHLIESSEN_WARTEN",
        TcpState::SynSent if german => "SYN_GESENDET",
        TcpState::Listen => "LISTENING",
        TcpState::SynSent => "SYN_SENT",
        TcpState::SynReceived => "SYN_RECEIVED",
        TcpState::Established => "ESTABLISHED",
        TcpState::FinWait1 => "FIN_WAIT_1",
        TcpState::FinWait2 => "FIN_WAIT_2",
        TcpState::CloseWait => "CLOSE_WAIT",
        TcpState::Closing => "CLOSING",
        TcpState::LastAck => "LAST_ACK",
        TcpState::TimeWait => "TIME_WAIT",
        _ => "CLOSED",
    }
}

fn is_v6(end: Endpoint) -> bool {
    end.address.is_some_and(|address| address.is_ipv6())
}

fn windows_end(end: Endpoint) -> String {
    let port = end.port.map_or(0, std::num::NonZeroU16::get);
    match end.address {
        None => format!("0.0.0.0:{port}"),
        Some(IpAddr::V4(address)) => format!("{address}:{port}"),
        Some(IpAddr::V6(address)) => format!("[{address}%7]:{port}"),
    }
}

fn linux(rows: &[Row]) -> String {
    let mut out = "Active Internet connections (servers and established)\n\
                   Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name    \n"
        .to_owned();
    for row in rows {
        let proto = if row.transport == Transport::Udp { "udp" } else { "tcp" };
        let proto = format!("{proto}{}", if is_v6(row.local) { "6" } else { "" });
        let (local, remote) = (linux_end(Some(row.local)), linux_end(row.remote));
        let word = match row.state {
            None if row.remote.is_some() => "ESTABLISHED",
            None => "",
            Some(TcpState::Listen) => "LISTEN",
            Some(TcpState::SynReceived) => "SYN_RECV",
            Some(TcpState::FinWait1) => "FIN_WAIT1",
            Some(TcpState::FinWait2) => "FIN_WAIT2",
            Some(TcpState::Closed) => "CLOSE",
            Some(state) => windows_word(state, false),
        };
        let program = match (row.pid, &row.process) {
            (Some(pid), Some(process)) => format!("{pid}/{process}"),
            (Some(pid), None) => format!("{pid}/"),
            _ => "-".to_owned(),
        };
        writeln!(
            out,
            "{proto:<5}      0      0 {local:<23} {remote:<23} {word:<11} {program:<19}"
        )
        .expect("a string can be written");
    }
    out
}

fn linux_end(end: Option<Endpoint>) -> String {
    let Some(end) = end else { return "0.0.0.0:*".to_owned() };
    let port = end.port.map_or("*".to_owned(), |port| port.to_string());
    match end.address {
        None => format!("0.0.0.0:{port}"),
        Some(address) => format!("{address}:{port}"),
    }
}

fn ss(rows: &[Row]) -> String {
    let mut out = "Netid State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess\n".to_owned();
    for row in rows {
        let udp = row.transport == Transport::Udp;
        let word = match row.state {
            None if row.remote.is_none() => "UNCONN",
            None | Some(TcpState::Established) => "ESTAB",
            Some(TcpState::Listen) => "LISTEN",
            Some(TcpState::SynSent) => "SYN-SENT",
            Some(TcpState::SynReceived) => "SYN-RECV",
            Some(TcpState::FinWait1) => "FIN-WAIT-1",
            Some(TcpState::FinWait2) => "FIN-WAIT-2",
            Some(TcpState::CloseWait) => "CLOSE-WAIT",
            Some(TcpState::LastAck) => "LAST-ACK",
            Some(TcpState::TimeWait) => "TIME-WAIT",
            Some(TcpState::Closing) => "CLOSING",
            Some(_) => "UNCONN",
        };
        let process = match (row.pid, &row.process) {
            (Some(pid), Some(process)) => format!("users:((\"{process}\",pid={pid},fd=3))"),
            (Some(pid), None) => format!("users:((pid={pid},fd=3))"),
            _ => String::new(),
        };
        let netid = if udp { "udp" } else { "tcp" };
        let (local, remote) = (ss_end(Some(row.local)), ss_end(row.remote));
        writeln!(
            out,
            "{netid:<5} {word:<10} 0      128 {local:>20} {remote:>20} {process}"
        )
        .expect("a string can be written");
    }
    out
}

fn ss_end(end: Option<Endpoint>) -> String {
    let Some(end) = end else { return "*:*".to_owned() };
    let port = end.port.map_or("*".to_owned(), |port| port.to_string());
    match end.address {
        None => format!("*:{port}"),
        Some(IpAddr::V4(address)) => format!("{address}%eth0:{port}"),
        Some(IpAddr::V6(address)) => format!("[{address}]%eth0:{port}"),
    }
}

/// The properties of a TCP connection, in the order of the default view.
fn properties(row: &Row) -> [String; 7] {
    let address = |end: Option<Endpoint>| match end.and_then(|end| end.address) {
        Some(address) => address.to_string(),
        None if is_v6(row.local) => "::".to_owned(),
        None => "0.0.0.0".to_owned(),
    };
    let port = |end: Option<Endpoint>| {
        end.and_then(|end| end.port)
            .map_or("0".to_owned(), |port| port.to_string())
    };
    let word = match row.state {
        Some(TcpState::Listen) => "Listen",
        Some(TcpState::SynSent) => "SynSent",
        Some(TcpState::SynReceived) => "SynReceived",
        Some(TcpState::Established) => "Established",
        Some(TcpState::FinWait1) => "FinWait1",
        Some(TcpState::FinWait2) => "FinWait2",
        Some(TcpState::CloseWait) => "CloseWait",
        Some(TcpState::Closing) => "Closing",
        Some(TcpState::LastAck) => "LastAck",
        Some(TcpState::TimeWait) => "TimeWait",
        _ => "Closed",
    };
    let setting = if row.remote.is_some() { "Internet" } else { "" };
    [
        address(Some(row.local)),
        port(Some(row.local)),
        address(row.remote),
        port(row.remote),
        word.to_owned(),
        setting.to_owned(),
        row.pid.map(|pid| pid.to_string()).unwrap_or_default(),
    ]
}

const PROPERTIES: [&str; 7] = [
    "LocalAddress",
    "LocalPort",
    "RemoteAddress",
    "RemotePort",
    "State",
    "AppliedSetting",
    "OwningProcess",
];

/// The default view, or one that `Format-Table -AutoSize` makes of chosen properties: numbers to the right.
fn table(rows: &[Row], variant: usize) -> String {
    let cells: Vec<[String; 7]> = rows.iter().map(properties).collect();
    let width = |index: usize| {
        let longest = cells.iter().map(|row| row[index].len()).max().unwrap_or(0);
        longest.max(PROPERTIES[index].len())
    };
    let right = |index: usize| variant % 2 == 1 && matches!(index, 1 | 3 | 6);
    let line = |cells: &[String; 7]| {
        let cells: Vec<String> = (0..7)
            .map(|index| {
                let (cell, width) = (&cells[index], width(index));
                if right(index) {
                    format!("{cell:>width$}")
                } else {
                    format!("{cell:<width$}")
                }
            })
            .collect();
        cells.join(" ") + "\r\n"
    };
    let dashes = PROPERTIES.map(|heading| "-".repeat(heading.len()));
    let head = line(&PROPERTIES.map(str::to_owned)) + &line(&dashes);
    let body: String = cells.iter().map(line).collect();
    format!("\r\n{head}{body}\r\n\r\n")
}

fn list(rows: &[Row]) -> String {
    let object = |row: &Row| {
        let values = properties(row);
        let lines = PROPERTIES
            .iter()
            .zip(&values)
            .map(|(name, value)| format!("{name:<14} : {value}\r\n"));
        lines.collect::<String>() + "\r\n"
    };
    let objects: String = rows.iter().map(object).collect();
    format!("\r\n\r\n{objects}\r\n")
}

fn csv(rows: &[Row], variant: usize) -> String {
    let separator = [",", ";", "\t"][variant % 3];
    let line = |cells: Vec<String>| {
        let cells: Vec<String> = cells.iter().map(|cell| format!("\"{cell}\"")).collect();
        cells.join(separator) + "\r\n"
    };
    let head = line(PROPERTIES.map(str::to_owned).to_vec());
    let body: String = rows.iter().map(|row| line(properties(row).to_vec())).collect();
    format!(
        "#TYPE Microsoft.Management.Infrastructure.CimInstance#ROOT/StandardCimv2/MSFT_NetTCPConnection\r\n{head}{body}"
    )
}
