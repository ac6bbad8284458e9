//! The closed vocabularies of the catalogue, each value with its slug and its title.
//!
//! The slugs are public: they stand in addresses, in `catalog.json` and in `data/`. This file has no
//! dependency, because the build script includes it as well.

/// The two public words of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// The name in addresses and files: lower case, stable for ever.
    pub slug: &'static str,
    /// What people read.
    pub title: &'static str,
}

/// A closed list of values that people and files name by slug.
pub trait Vocabulary: Copy + Eq + 'static {
    /// Every value, in the order of the catalogue: the order in which values are written and shown.
    const ALL: &'static [Self];

    /// The words of every value, in the same order.
    const WORDS: &'static [Word];

    /// The position in [`Vocabulary::ALL`].
    fn index(self) -> usize;

    /// The public name: lower case, stable for ever.
    fn slug(self) -> &'static str {
        Self::WORDS[self.index()].slug
    }

    /// What people read.
    fn title(self) -> &'static str {
        Self::WORDS[self.index()].title
    }

    /// The value of a slug, read without regard to case; `None` if there is none.
    fn from_slug(slug: &str) -> Option<Self> {
        position(Self::WORDS, slug).map(|index| Self::ALL[index])
    }
}

/// Where a slug stands in a list of words, read without regard to case.
pub fn position(words: &[Word], slug: &str) -> Option<usize> {
    words.iter().position(|word| word.slug.eq_ignore_ascii_case(slug))
}

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$value_doc:meta])* $value:ident = $slug:literal, $title:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs, reason = "a value that its slug does not explain has a comment")]
        pub enum $name { $($(#[$value_doc])* $value),+ }

        impl Vocabulary for $name {
            const ALL: &'static [Self] = &[$(Self::$value),+];
            const WORDS: &'static [Word] = &[$(Word { slug: $slug, title: $title }),+];

            fn index(self) -> usize {
                self as usize
            }
        }
    };
}

vocabulary! {
    /// A generation of Exchange Server.
    Version {
        Exchange5_5 = "5.5", "5.5";
        Exchange2000 = "2000", "2000";
        Exchange2003 = "2003", "2003";
        Exchange2007 = "2007", "2007";
        Exchange2010 = "2010", "2010";
        Exchange2013 = "2013", "2013";
        Exchange2016 = "2016", "2016";
        Exchange2019 = "2019", "2019";
        ExchangeSe = "se", "SE";
    }
}

vocabulary! {
    /// Where a machine stands.
    Zone {
        Internet = "internet", "Internet";
        Perimeter = "perimeter", "perimeter";
        ClientLan = "client-lan", "client network";
        ServerLan = "server-lan", "servers";
        Directory = "directory", "directory";
        Management = "management", "management";
        Telephony = "telephony", "telephony";
        Cloud = "cloud", "cloud";
        ThirdSite = "third-site", "third site";
        Local = "local", "same machine";
    }
}

vocabulary! {
    /// What carries a flow. `Any` is every IP protocol, not TCP and UDP with all ports.
    Transport {
        Tcp = "tcp", "TCP";
        Udp = "udp", "UDP";
        Icmp = "icmp", "ICMP";
        Esp = "esp", "ESP";
        Any = "any", "any protocol";
    }
}

vocabulary! {
    /// How a span of ports is used.
    PortUse {
        /// One number.
        Fixed = "fixed", "fixed";
        /// All of the range is in use.
        Range = "range", "range";
        /// One number that an administrator picks out of the range.
        Choice = "choice", "one of";
    }
}

vocabulary! {
    /// Whether a flow is needed.
    State {
        Required = "required", "required";
        Optional = "optional", "optional";
        /// Only beside an older version or during a migration.
        Coexistence = "coexistence", "coexistence";
        Legacy = "legacy", "legacy";
        /// Named by a source only to say that Exchange does not use it.
        NotUsed = "not-used", "not used";
        /// Never leaves the machine.
        Local = "local", "local";
    }
}

vocabulary! {
    /// How a flow is protected on the wire.
    Encryption {
        None = "none", "clear text";
        Opportunistic = "opportunistic", "STARTTLS, if offered";
        StartTls = "starttls", "STARTTLS";
        Tls = "tls", "TLS";
        MutualTls = "mutual-tls", "mutual TLS";
        Rpc = "rpc", "RPC";
        Kerberos = "kerberos", "Kerberos";
        Smb = "smb", "SMB";
        Message = "message", "message encryption";
        Ipsec = "ipsec", "IPsec";
        /// Differs by port, by version or by choice: the note says how.
        Mixed = "mixed", "mixed";
    }
}

vocabulary! {
    /// What Microsoft says of a firewall on this path.
    Filtering {
        Allowed = "allowed", "expected here";
        /// Not supported from Exchange 2007 on.
        Unsupported = "unsupported", "not supported from 2007 on";
        /// 2000/2003: Microsoft published a firewall list for it.
        Documented = "documented", "Microsoft published a firewall list";
        Local = "local", "never leaves the machine";
    }
}

vocabulary! {
    /// Who opens the connection, as seen from the Exchange organisation.
    Direction {
        Inbound = "inbound", "inbound";
        Outbound = "outbound", "outbound";
        Internal = "internal", "internal";
        /// Either end may open it.
        Both = "both", "in both directions";
    }
}

vocabulary! {
    /// How well a fact is known.
    Confidence {
        /// Port and transport were read in the cited document or registry.
        High = "high", "high";
        /// Read in a secondary copy, only in part, or one attribute is inferred.
        Medium = "medium", "medium";
        /// From general knowledge; no source was found.
        Low = "low", "low";
    }
}

vocabulary! {
    /// What became of a claim of the source article.
    Verdict {
        Wrong = "wrong", "wrong";
        Disputed = "disputed", "disputed";
        Outdated = "outdated", "outdated";
        Imprecise = "imprecise", "imprecise";
        Confirmed = "confirmed", "confirmed";
    }
}

vocabulary! {
    /// What Microsoft says of a deployment today.
    Judgement {
        Supported = "supported", "supported";
        /// A part of it, or on a condition.
        Partly = "partly", "supported in part";
        /// Right for versions of its time, not for a new one.
        Outdated = "outdated", "outdated";
        Unsupported = "unsupported", "not supported";
    }
}

vocabulary! {
    /// A firewall that stands between two columns of a deployment.
    Wall {
        /// Nearest to the internet.
        Outer = "outer", "outer firewall";
        /// In front of the servers.
        Inner = "inner", "inner firewall";
    }
}

vocabulary! {
    /// What a machine or a program does.
    Role {
        /// Any Exchange role.
        ExchangeServer = "exchange-server", "any Exchange server";
        Mailbox = "mailbox", "Mailbox";
        ClientAccess = "client-access", "Client Access";
        HubTransport = "hub-transport", "Hub Transport";
        EdgeTransport = "edge-transport", "Edge Transport";
        UnifiedMessaging = "unified-messaging", "Unified Messaging";
        FrontEnd = "front-end", "front end";
        BackEnd = "back-end", "back end";
        Exchange5_5 = "exchange-5-5", "Exchange 5.5";
        SiteReplication = "site-replication", "Site Replication Service";
        Conferencing = "conferencing", "Conferencing Server";
        Chat = "chat", "Chat service";
        InstantMessaging = "instant-messaging", "Instant Messaging";
        Outlook = "outlook", "Outlook";
        Browser = "browser", "browser";
        Mobile = "mobile", "mobile device";
        MailClient = "mail-client", "POP, IMAP or SMTP client";
        NewsClient = "news-client", "news client";
        Application = "application", "application or device";
        AdminWorkstation = "admin-workstation", "admin workstation";
        DomainController = "domain-controller", "domain controller";
        DnsServer = "dns-server", "DNS server";
        Witness = "witness", "witness server";
        FileServer = "file-server", "file server";
        CertificateAuthority = "certificate-authority", "certificate authority";
        RightsManagement = "rights-management", "AD RMS server";
        OfficeOnline = "office-online", "Office Online Server";
        Lync = "lync", "Lync or Skype for Business";
        VoipGateway = "voip-gateway", "VoIP gateway or PBX";
        FaxPartner = "fax-partner", "fax partner server";
        MailServer = "mail-server", "mail server";
        SmtpRelay = "smtp-relay", "SMTP relay";
        ReverseProxy = "reverse-proxy", "reverse proxy";
        ExchangeOnline = "exchange-online", "Exchange Online";
        CloudService = "cloud-service", "cloud service";
        HybridAgent = "hybrid-agent", "Hybrid Agent";
        Any = "any", "any machine";
    }
}

impl Role {
    /// Whether this is one of the roles that an Exchange server can hold, [`Role::ExchangeServer`] itself included.
    pub fn is_exchange(self) -> bool {
        self <= Self::InstantMessaging
    }
}

impl Transport {
    /// Whether it has ports.
    pub fn has_ports(self) -> bool {
        matches!(self, Self::Tcp | Self::Udp)
    }
}

impl Encryption {
    /// Whether the flow may run in clear text although both ends could do better.
    pub fn may_be_clear(self) -> bool {
        matches!(self, Self::None | Self::Mixed)
    }
}
