//! The real tools of Debian: what they write of this machine is read, line for line.

use std::net::{TcpListener, TcpStream, UdpSocket};
use std::process::Command;

use exchange_ports::catalog::Transport;
use exchange_ports::connections::{Endpoint, Format, Row, Table, TcpState};

use super::table;

/// A listener, a connection to it, and a UDP socket, open for as long as the tools look.
struct Sockets {
    listener: TcpListener,
    client: TcpStream,
    _server: TcpStream,
    udp: UdpSocket,
}

fn open(address: &str) -> Sockets {
    let listener = TcpListener::bind(address).expect("a port is free");
    let client = TcpStream::connect(listener.local_addr().expect("it has an address")).expect("it listens");
    let (server, _) = listener.accept().expect("somebody connects");
    let udp = UdpSocket::bind(address).expect("a port is free");
    Sockets {
        listener,
        client,
        _server: server,
        udp,
    }
}

fn run(program: &str, arguments: &[&str]) -> Table {
    let output = Command::new(program).args(arguments).env("LC_ALL", "C").output();
    let output = output.unwrap_or_else(|error| panic!("{program}: {error}; make test installs it"));
    assert!(output.status.success(), "{program}: {output:?}");
    let table = table(&String::from_utf8_lossy(&output.stdout));
    assert_eq!(table.unread, [], "{}", String::from_utf8_lossy(&output.stdout));
    table
}

fn end(address: std::io::Result<std::net::SocketAddr>) -> Endpoint {
    let address = address.expect("it has an address");
    Endpoint::of(&address.ip().to_string(), &address.port().to_string()).expect("an address is one")
}

fn shows(table: &Table, sockets: &Sockets) {
    let listener = end(sockets.listener.local_addr());
    let client = end(sockets.client.local_addr());
    let udp = end(sockets.udp.local_addr());
    let has = |transport, local, remote, state| {
        let is_it = |row: &&Row| (row.transport, row.local, row.remote, row.state) == (transport, local, remote, state);
        assert!(table.rows.iter().any(|row| is_it(&row)), "{local} in {:?}", table.rows);
    };
    has(Transport::Tcp, listener, None, Some(TcpState::Listen));
    has(Transport::Tcp, client, Some(listener), Some(TcpState::Established));
    has(Transport::Tcp, listener, Some(client), Some(TcpState::Established));
    has(Transport::Udp, udp, None, None);
}

fn is_read(program: &str, arguments: &[&str], format: Format) {
    for address in ["127.0.0.1:0", "[::1]:0"] {
        let sockets = open(address);
        let table = run(program, arguments);
        assert_eq!(table.format, Some(format));
        shows(&table, &sockets);
    }
}

#[test]
fn ss_is_read() {
    is_read("ss", &["-tuna"], Format::Ss);
    is_read("ss", &["-tunap"], Format::Ss);
}

#[test]
fn netstat_is_read() {
    is_read("netstat", &["-tuna"], Format::LinuxNetstat);
    is_read("netstat", &["-tunape"], Format::LinuxNetstat);
}
