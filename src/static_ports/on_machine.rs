//! What a plan does on one kind of machine: its files, what has to start again, and how to see that it works.

use super::command::{self, CommandLine};
use super::file::File;
use super::plan::{Pin, Plan};
use super::{powershell, registry_file};
use crate::catalog::{Machine, RegistryValue, Setting, Version, Vocabulary, Way, date, setting};

/// What is done on every machine of a kind.
#[derive(Clone, Debug)]
pub struct OnMachine {
    /// The kind of machine.
    pub machine: Machine,
    /// Which machines, in words.
    pub which: &'static str,
    /// The registry files; `None` if nothing there stands in the registry.
    pub registry: Option<Change>,
    /// What cannot stand in a registry file and has to be done by hand beside it.
    pub by_hand: Vec<String>,
    /// The scripts; `None` if the Windows of this version has no PowerShell.
    pub powershell: Option<Change>,
    /// What has to start again, in words.
    pub restart: String,
    /// The commands that show whether it works.
    pub commands: Vec<CommandLine>,
}

/// A file and the one that undoes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Sets the ports.
    pub apply: File,
    /// Restores what was before.
    pub undo: File,
}

/// Something that a pin writes on a machine.
#[derive(Clone, Copy, Debug)]
pub enum Written {
    /// A registry value.
    Value {
        /// The pin behind it.
        pin: Pin,
        /// Which one.
        value: &'static RegistryValue,
    },
    /// A key in a file.
    File {
        /// The pin behind it.
        pin: Pin,
        /// The file; what stands between `%` is a variable of the environment.
        path: &'static str,
        /// The key.
        key: &'static str,
    },
}

impl Written {
    /// The pin behind it.
    pub fn pin(&self) -> Pin {
        match self {
            Self::Value { pin, .. } | Self::File { pin, .. } => *pin,
        }
    }

    /// How its port is set.
    pub fn setting(&self) -> &'static Setting {
        setting(self.pin().procedure)
    }

    /// The number that is written.
    pub fn number(&self) -> u16 {
        match self {
            Self::Value { pin, value } => value.fixed.unwrap_or(pin.port.get()),
            Self::File { pin, .. } => pin.port.get(),
        }
    }

    /// Its type, in words.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Value { value, .. } => value.kind.title(),
            Self::File { .. } => "XML attribute",
        }
    }

    /// Where it stands, in words.
    pub fn place(&self) -> String {
        match self {
            Self::Value { value, .. } => format!(r"{}\{}", value.key, value.name),
            Self::File { path, key, .. } => format!("{path}, appSettings, {key}"),
        }
    }
}

/// What a plan writes on machines of a kind.
pub fn written(plan: &Plan, machine: Machine) -> Vec<Written> {
    let mut all: Vec<Written> = Vec::new();
    for pin in &plan.pins {
        match &setting(pin.procedure).way {
            Way::Registry(values) => {
                let here = values.iter().filter(|value| value.machine == machine);
                all.extend(here.map(|value| Written::Value { pin: *pin, value }));
            }
            Way::ConfigFile { path, key } if setting(pin.procedure).machine == machine => {
                all.push(Written::File { pin: *pin, path, key });
            }
            Way::ConfigFile { .. } | Way::Nothing => {}
        }
    }
    all
}

impl OnMachine {
    /// What a plan does on machines of a kind; `None` if it does nothing there.
    pub(super) fn new(plan: &Plan, machine: Machine) -> Option<Self> {
        let written = written(plan, machine);
        if written.is_empty() {
            return None;
        }
        let has_values = written.iter().any(|written| matches!(written, Written::Value { .. }));
        let job = Job { plan, machine, written };
        Some(Self {
            machine,
            which: which(machine),
            registry: has_values.then(|| registry_file::write(&job)),
            by_hand: job.written.iter().filter_map(by_hand).collect(),
            powershell: job.has_powershell().then(|| powershell::write(&job)),
            restart: job.restart(),
            commands: command::lines(plan, machine, &job.written),
        })
    }
}

/// What the writers of files need to know.
pub struct Job<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// The kind of machine.
    pub machine: Machine,
    /// What is written there, at least one thing.
    pub written: Vec<Written>,
}

impl Job<'_> {
    /// What the names of its files begin with.
    pub fn file_stem(&self) -> String {
        format!("{}-{}", self.plan.file_stem(), self.machine.slug())
    }

    /// The first lines of a file, without comment signs: what it is, and where it comes from.
    pub fn header(&self) -> [String; 3] {
        let (version, date) = (self.plan.version.title(), date());
        [
            format!("exchange-ports, catalogue of {date}: static ports of Exchange {version}"),
            self.plan.permalink(),
            format!("For {}.", which(self.machine)),
        ]
    }

    /// Whether the file is meant for Windows NT 4.0, on which Exchange 5.5 may run.
    pub fn is_for_nt4(&self) -> bool {
        self.plan.version == Version::Exchange5_5
    }

    /// PowerShell needs Windows Server 2003; Exchange 5.5 and 2000 run on older ones only, their domain controllers may not.
    fn has_powershell(&self) -> bool {
        self.plan.version >= Version::Exchange2003 || self.machine == Machine::DomainController
    }

    /// The Windows services to restart, each once.
    pub fn services(&self) -> Vec<&'static str> {
        let mut services = Vec::new();
        if self.machine != Machine::Outlook {
            for service in self.written.iter().filter_map(|written| written.setting().restarts) {
                if !services.contains(&service) {
                    services.push(service);
                }
            }
        }
        services
    }

    /// Whether a service reads its port only when the computer starts.
    pub fn needs_reboot(&self) -> bool {
        let has_no_service = |written: &Written| written.setting().restarts.is_none();
        self.machine != Machine::Outlook && self.written.iter().any(has_no_service)
    }

    /// What has to start again, in words.
    pub fn restart(&self) -> String {
        if self.machine == Machine::Outlook {
            return "Restart Outlook.".to_owned();
        }
        if self.needs_reboot() {
            return "Restart the computer.".to_owned();
        }
        match self.services()[..] {
            [service] => format!("Restart the service {service}."),
            ref services => format!("Restart the services {}.", services.join(", ")),
        }
    }
}

/// Which machines, in words.
fn which(machine: Machine) -> &'static str {
    match machine {
        Machine::ExchangeServer => "every Exchange server that runs these services",
        Machine::ClientAccess => "every Client Access server of the array",
        Machine::PublicFolders => "every Mailbox server with a database of public folders",
        Machine::DomainController => "every domain controller that Exchange uses",
        Machine::Outlook => "every computer with Outlook 2003, as its user",
    }
}

fn by_hand(written: &Written) -> Option<String> {
    match written {
        Written::Value { .. } => None,
        Written::File { pin, path, key } => Some(format!(
            "in {path}, under <appSettings>, set <add key=\"{key}\" value=\"{}\" />. Keep a copy of the file before.",
            pin.port
        )),
    }
}
