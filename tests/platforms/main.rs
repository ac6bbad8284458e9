//! Every platform writes exactly the rules of the policy: a reader of its own, written from the vendor's reference,
//! turns each text back into what it allows.

#[path = "../support/mod.rs"]
mod support;

mod ansible_windows;
mod atom;
mod aws_cli;
mod aws_cloudformation;
mod azure;
mod azure_bicep;
mod azure_cli;
mod bicep;
mod change_request;
mod checkpoint;
mod cisco_asa;
mod cisco_ios;
mod cisco_nxos;
mod firewalld;
mod fortios;
mod gcloud;
mod google;
mod hcl;
mod injection;
mod juniper_srx;
mod netsh;
mod nftables;
mod opnsense_alias;
mod pan_os;
mod pf;
mod powershell;
mod restore;
mod routeros;
mod security_group;
mod snapshots;
mod stateless;
mod terraform_aws;
mod terraform_azure;
mod terraform_google;
mod ufw;
mod vyos;
mod windows;
mod words;

use exchange_ports::firewall::{Platform, Policy, Snippet};
use exchange_ports::link::{Page, State, View};
use proptest::prelude::*;

use atom::{Atoms, of_policy};
use support::views;

/// How a platform's text is read, and what of a policy it is to say.
struct Reader {
    id: &'static str,
    read: fn(&Snippet) -> Result<Atoms, String>,
    meant: fn(&Policy) -> Atoms,
}

const READERS: [Reader; 29] = [
    Reader {
        id: "powershell",
        read: powershell::read,
        meant: of_policy,
    },
    Reader {
        id: "netsh",
        read: netsh::read,
        meant: of_policy,
    },
    Reader {
        id: "nftables",
        read: nftables::read,
        meant: of_policy,
    },
    Reader {
        id: "iptables",
        read: restore::read_v4,
        meant: restore::meant_v4,
    },
    Reader {
        id: "ip6tables",
        read: restore::read_v6,
        meant: restore::meant_v6,
    },
    Reader {
        id: "ufw",
        read: ufw::read,
        meant: ufw::meant,
    },
    Reader {
        id: "firewalld",
        read: firewalld::read,
        meant: of_policy,
    },
    Reader {
        id: "pf",
        read: pf::read,
        meant: of_policy,
    },
    Reader {
        id: "ansible-windows",
        read: ansible_windows::read,
        meant: of_policy,
    },
    Reader {
        id: "pan-os",
        read: pan_os::read,
        meant: pan_os::meant,
    },
    Reader {
        id: "fortios",
        read: fortios::read,
        meant: of_policy,
    },
    Reader {
        id: "cisco-ios",
        read: cisco_ios::read,
        meant: stateless::meant,
    },
    Reader {
        id: "cisco-asa",
        read: cisco_asa::read,
        meant: cisco_asa::meant,
    },
    Reader {
        id: "cisco-nxos",
        read: cisco_nxos::read,
        meant: stateless::meant,
    },
    Reader {
        id: "juniper-srx",
        read: juniper_srx::read,
        meant: of_policy,
    },
    Reader {
        id: "checkpoint",
        read: checkpoint::read,
        meant: of_policy,
    },
    Reader {
        id: "vyos",
        read: vyos::read,
        meant: of_policy,
    },
    Reader {
        id: "routeros",
        read: routeros::read,
        meant: of_policy,
    },
    Reader {
        id: "opnsense-alias",
        read: opnsense_alias::read,
        meant: of_policy,
    },
    Reader {
        id: "azure-cli",
        read: azure_cli::read,
        meant: azure::meant,
    },
    Reader {
        id: "azure-bicep",
        read: azure_bicep::read,
        meant: azure::meant,
    },
    Reader {
        id: "aws-cli",
        read: aws_cli::read,
        meant: security_group::meant,
    },
    Reader {
        id: "aws-cloudformation",
        read: aws_cloudformation::read,
        meant: security_group::meant,
    },
    Reader {
        id: "gcloud",
        read: gcloud::read,
        meant: azure::meant,
    },
    Reader {
        id: "terraform-aws",
        read: terraform_aws::read,
        meant: security_group::meant,
    },
    Reader {
        id: "terraform-azure",
        read: terraform_azure::read,
        meant: azure::meant,
    },
    Reader {
        id: "terraform-google",
        read: terraform_google::read,
        meant: azure::meant,
    },
    Reader {
        id: "change-request-csv",
        read: change_request::read_csv,
        meant: change_request::meant,
    },
    Reader {
        id: "change-request-markdown",
        read: change_request::read_markdown,
        meant: change_request::meant,
    },
];

fn policy(mut view: View, platform: &'static Platform) -> Policy {
    view.page = Page::List;
    view.options.platform = Some(platform);
    let state = State {
        view,
        ..State::default()
    };
    state.policy(&state.view.flows())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn what_is_read_back_is_what_was_meant(view in views::selection()) {
        for Reader { id, read, meant } in READERS {
            let platform = Platform::find(id).expect("it is a platform");
            let policy = policy(view.clone(), platform);
            let text = platform.write(&policy);
            let read = read(&text).unwrap_or_else(|error| panic!("{id}: {error}\n{}", text.rules));
            prop_assert_eq!(&read, &meant(&policy), "{}\n{}", id, text.rules);
        }
    }
}
