//! The formats of tables, and how one is recognised.

use super::endpoint::Endpoint;
use super::tcp_state::TcpState;

/// What a tool writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// `netstat -na`, `-ano`, `-anob` of Windows.
    WindowsNetstat,
    /// `Get-NetTCPConnection` or `Get-NetUDPEndpoint` as a table.
    PowerShellTable,
    /// The same through `Format-List`.
    PowerShellList,
    /// The same through `ConvertTo-Csv` or `Export-Csv`.
    PowerShellCsv,
    /// `ss -tuna`.
    Ss,
    /// `netstat -tuna` of Linux.
    LinuxNetstat,
}

impl Format {
    /// Every format, in the order in which they are offered.
    pub const ALL: [Self; 6] = [
        Self::WindowsNetstat,
        Self::PowerShellTable,
        Self::PowerShellList,
        Self::PowerShellCsv,
        Self::Ss,
        Self::LinuxNetstat,
    ];

    /// The public name.
    pub fn slug(self) -> &'static str {
        match self {
            Self::WindowsNetstat => "windows-netstat",
            Self::PowerShellTable => "powershell-table",
            Self::PowerShellList => "powershell-list",
            Self::PowerShellCsv => "powershell-csv",
            Self::Ss => "ss",
            Self::LinuxNetstat => "linux-netstat",
        }
    }

    /// What people read.
    pub fn title(self) -> &'static str {
        match self {
            Self::WindowsNetstat => "Windows netstat -ano",
            Self::PowerShellTable => "Get-NetTCPConnection, table",
            Self::PowerShellList => "Get-NetTCPConnection, list",
            Self::PowerShellCsv => "Get-NetTCPConnection, CSV",
            Self::Ss => "ss -tuna",
            Self::LinuxNetstat => "Linux netstat -tuna",
        }
    }

    /// The format of a slug.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.slug() == slug)
    }

    /// The format that a line shows by its headings or by its shape.
    pub fn recognise(line: &str) -> Option<Self> {
        let mut words = line.split_whitespace();
        let (first, second) = (words.next()?, words.next());
        if line.contains("LocalAddress") {
            return Some(powershell(line, second));
        }
        if first.starts_with("#TYPE") {
            return Some(Self::PowerShellCsv);
        }
        match (protocol(first), second) {
            (Some(_), Some(second)) if is_number(second) => Some(Self::LinuxNetstat),
            (Some(_), Some(second)) if TcpState::known(second).is_some() => Some(Self::Ss),
            (Some(_), Some(_)) => Some(Self::WindowsNetstat),
            _ if is_heading(first) && line.contains("Recv-Q") => Some(Self::LinuxNetstat),
            _ if is_heading(first) => Some(Self::WindowsNetstat),
            (None, Some(":")) if first.bytes().all(|byte| byte.is_ascii_alphabetic()) => Some(Self::PowerShellList),
            _ if first == "Netid" || first == "State" && line.contains("Peer") => Some(Self::Ss),
            _ if TcpState::known(first).is_some() && second.is_some_and(is_number) => Some(Self::Ss),
            (None, Some(second)) if Endpoint::of(first, second).is_ok() => Some(Self::PowerShellTable),
            _ => None,
        }
    }
}

fn powershell(line: &str, second: Option<&str>) -> Format {
    if line.contains("LocalPort") && line.contains([',', ';', '\t']) {
        Format::PowerShellCsv
    } else if second.is_some_and(|word| word.starts_with(':')) {
        Format::PowerShellList
    } else {
        Format::PowerShellTable
    }
}

/// Whether a word begins the line of headings of netstat. Russian Windows calls the column of protocols a name.
pub fn is_heading(word: &str) -> bool {
    matches!(word, "Proto" | "Имя")
}

/// The transport of the word of a protocol; `tcp6` and `udp6` are the same over IPv6.
pub fn protocol(word: &str) -> Option<crate::catalog::Transport> {
    use crate::catalog::Transport::{Tcp, Udp};
    let bare = word.strip_suffix('6').unwrap_or(word);
    if bare.eq_ignore_ascii_case("tcp") {
        Some(Tcp)
    } else if bare.eq_ignore_ascii_case("udp") {
        Some(Udp)
    } else {
        None
    }
}

pub fn is_number(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a line says nothing about connections: an empty one, a title, a prompt, the command itself.
pub fn is_beside(line: &str) -> bool {
    const TITLES: [&str; 8] = [
        "Active ",
        "Aktive ",
        "Connexions ",
        "Conexiones ",
        "Активные ",
        "Microsoft Windows [",
        "(c) ",
        "(C) ",
    ];
    const COMMANDS: [&str; 4] = ["netstat ", "Get-NetTCPConnection", "Get-NetUDPEndpoint", "ss -"];
    let line = line.trim();
    let is_title = TITLES.iter().any(|title| line.starts_with(title));
    let is_command = COMMANDS.iter().any(|command| line.contains(command));
    let is_prompt = line.ends_with('>') && line.contains(":\\");
    // A title in the code page of another language: not a digit in it, and letters that were not understood.
    let is_foreign = line.contains(char::REPLACEMENT_CHARACTER) && !line.contains(|letter: char| letter.is_numeric());
    line.is_empty() || is_title || is_command || is_prompt || is_foreign
}
