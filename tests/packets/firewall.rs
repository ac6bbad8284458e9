//! Firewalls of Linux: how a reader of a snippet loads it.

use std::fs;

use exchange_ports::firewall::{Platform, Rest, Snippet};
use tempfile::tempdir;

use super::cases::Case;
use super::namespace::Namespace;
use super::support::rules;

/// A firewall that runs here.
pub struct Firewall {
    /// What tests call it.
    pub name: &'static str,
    /// The platforms whose files it loads together.
    pub platforms: &'static [&'static str],
    /// A shell script for the reader's own firewall: it drops everything, but for what a host cannot do without.
    pub of_reader: &'static str,
}

/// Every firewall.
pub const FIREWALLS: [Firewall; 1] = [NFTABLES];

/// nftables, both families in one file.
pub const NFTABLES: Firewall = Firewall {
    name: "nftables",
    platforms: &["nftables"],
    of_reader: "nft -f - <<'END'
        table inet filter {
            chain forward {
                type filter hook forward priority filter; policy drop;
                ct state established,related accept
            }
            chain input {
                type filter hook input priority filter; policy drop;
                ct state established,related accept
                iifname lo accept
                icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept
            }
            chain output {
                type filter hook output priority filter; policy drop;
                ct state established,related accept
                oifname lo accept
                icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept
            }
        }
END",
};

/// The snippet of one platform.
pub struct Text {
    platform: &'static Platform,
    pub snippet: Snippet,
}

impl Firewall {
    /// The snippets of a case.
    pub fn texts(&self, case: &Case, rest: Rest) -> Vec<Text> {
        let text = |id: &&str| {
            let mut policy = rules::policy(&format!("{}&platform={id}&rest={}", case.address, rest.slug()));
            (case.edit)(&mut policy);
            let platform = Platform::find(id).expect("it is a platform");
            let snippet = platform.write(&policy);
            Text { platform, snippet }
        };
        self.platforms.iter().map(text).collect()
    }

    /// Applies snippets, in the way that they say themselves.
    pub fn load(&self, machine: &Namespace, rest: Rest, texts: &[Text]) {
        if rest == Rest::Keep {
            machine.run(self.of_reader);
        }
        for Text { platform, snippet } in texts {
            let folder = tempdir().expect("there is room for a file");
            let file = folder.path().join(platform.file_name);
            fs::write(file, &snippet.rules).expect("a new folder takes a file");
            machine.run(&format!("cd {}\n{}", folder.path().display(), snippet.apply));
        }
    }
}
