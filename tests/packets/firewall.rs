//! Firewalls of Linux: how a reader of a snippet loads it.

use std::fs;

use exchange_ports::firewall::{Platform, Rest, Snippet};
use tempfile::tempdir;

use super::cases::Case;
use super::namespace::Namespace;
use super::support::{firewalld, rules, ufw};

/// A firewall that runs here.
pub struct Firewall {
    /// What tests call it.
    pub name: &'static str,
    /// The platforms whose files it loads together.
    platforms: &'static [&'static str],
    /// Whether its rules can be about echo requests.
    pub has_icmp: bool,
    /// Shell scripts for what it cannot do without.
    begin: &'static [&'static str],
    /// A shell script for the reader's own firewall: it drops everything, but for what a host cannot do without.
    of_reader: &'static str,
    /// A shell script that makes it active.
    end: &'static str,
}

/// Every firewall.
pub const FIREWALLS: [Firewall; 4] = [NFTABLES, IPTABLES, UFW, FIREWALLD];

/// nftables, both families in one file.
pub const NFTABLES: Firewall = Firewall {
    name: "nftables",
    platforms: &["nftables"],
    has_icmp: true,
    begin: &[],
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
        }\nEND\n",
    end: "",
};

/// iptables and ip6tables, a file for each family.
const IPTABLES: Firewall = Firewall {
    name: "iptables",
    platforms: &["iptables", "ip6tables"],
    has_icmp: true,
    begin: &[],
    of_reader: "
        for tool in iptables ip6tables; do
            for chain in FORWARD INPUT OUTPUT; do
                $tool -P $chain DROP
                $tool -A $chain -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
            done
            $tool -A INPUT -i lo -j ACCEPT
            $tool -A OUTPUT -o lo -j ACCEPT
        done
        for chain in INPUT OUTPUT; do
            ip6tables -A $chain -p icmpv6 --icmpv6-type neighbour-solicitation -j ACCEPT
            ip6tables -A $chain -p icmpv6 --icmpv6-type neighbour-advertisement -j ACCEPT
        done\n",
    end: "",
};

/// ufw. Echo requests are what its `before.rules` say, so here they say nothing.
const UFW: Firewall = Firewall {
    name: "ufw",
    platforms: &["ufw"],
    has_icmp: false,
    begin: &[ufw::PRIVATE],
    of_reader: "for direction in incoming outgoing routed; do ufw default deny $direction; done\n",
    end: "sed -i /echo-request/d /etc/ufw/before*.rules\nufw --force enable\n",
};

/// firewalld. What it lets out by default, a policy of the reader drops.
const FIREWALLD: Firewall = Firewall {
    name: "firewalld",
    platforms: &["firewalld"],
    has_icmp: true,
    begin: &[firewalld::FILES, firewalld::SERVICE],
    of_reader: r#"
    mkdir /etc/firewalld/zones /etc/firewalld/policies
    echo '<zone target="DROP"/>' > /etc/firewalld/zones/public.xml
    cat > /etc/firewalld/policies/mine.xml <<'END'
        <policy priority="100" target="DROP">
            <ingress-zone name="HOST"/>
            <egress-zone name="ANY"/>
            <rule family="ipv6"><icmp-type name="neighbour-solicitation"/><accept/></rule>
            <rule family="ipv6"><icmp-type name="neighbour-advertisement"/><accept/></rule>
        </policy>
END
"#,
    end: "",
};

/// The snippet of one platform.
pub struct Text {
    platform: &'static Platform,
    /// What it writes.
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
        let folder = tempdir().expect("there is room for files");
        let mut script = format!("{}cd {}\n", self.begin.concat(), folder.path().display());
        if rest == Rest::Keep {
            script += self.of_reader;
        }
        for Text { platform, snippet } in texts {
            fs::write(folder.path().join(platform.file_name), &snippet.rules).expect("a new folder takes files");
            script.extend(snippet.apply.split_inclusive('\n').filter(|line| !is_dry_run(line)));
        }
        machine.run(&(script + self.end));
    }
}

/// It changes nothing, and takes ufw as long as all the rest.
fn is_dry_run(line: &str) -> bool {
    line.contains("--dry-run")
}
