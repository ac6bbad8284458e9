//! The states of a TCP connection, in the words of the tools.

/// The state of a TCP connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are those of RFC 9293")]
pub enum TcpState {
    Listen,
    SynSent,
    SynReceived,
    Established,
    FinWait1,
    FinWait2,
    CloseWait,
    Closing,
    LastAck,
    TimeWait,
    Closed,
    /// A port is taken, nothing listens, nobody is connected.
    Bound,
    /// A word that is not in the list, in a line that is whole.
    Other,
}

/// The words, in lower case and without what joins them: Windows writes `FIN_WAIT_2`, PowerShell `FinWait2` or its
/// number, ss `FIN-WAIT-2`. German is the one of the five languages in which Windows translates them.
const WORDS: &[(TcpState, &[&str])] = &[
    (TcpState::Listen, &["listening", "listen", "abhören", "abhoeren", "2"]),
    (TcpState::SynSent, &["synsent", "syngesendet", "3"]),
    (
        TcpState::SynReceived,
        &["synreceived", "synrecv", "synrcvd", "synempfangen", "4"],
    ),
    (
        TcpState::Established,
        &["established", "estab", "hergestellt", "verbunden", "5"],
    ),
    (TcpState::FinWait1, &["finwait1", "finwarten1", "6"]),
    (TcpState::FinWait2, &["finwait2", "finwarten2", "7"]),
    (TcpState::CloseWait, &["closewait", "schliessenwarten", "8"]),
    (TcpState::Closing, &["closing", "schliessend", "9"]),
    (TcpState::LastAck, &["lastack", "letztesack", "10"]),
    (TcpState::TimeWait, &["timewait", "wartend", "11"]),
    (
        TcpState::Closed,
        &["closed", "close", "unconn", "geschlossen", "deletetcb", "1", "12"],
    ),
    (TcpState::Bound, &["bound", "100"]),
];

impl TcpState {
    /// The state of a word, or [`TcpState::Other`].
    pub fn read(word: &str) -> Self {
        Self::known(word).unwrap_or(Self::Other)
    }

    /// The state of a word that the tools use.
    pub fn known(word: &str) -> Option<Self> {
        // The common words first: they stand in nearly all of 100,000 lines.
        match word {
            "ESTABLISHED" | "ESTAB" | "Established" => return Some(Self::Established),
            "LISTENING" | "LISTEN" | "Listen" => return Some(Self::Listen),
            "TIME_WAIT" | "TIME-WAIT" | "TimeWait" => return Some(Self::TimeWait),
            _ => {}
        }
        // No word is longer, and what is pasted may be.
        let letters = word.chars().take(40).filter(|letter| !matches!(letter, '_' | '-'));
        let word: String = letters.flat_map(char::to_lowercase).collect();
        let of_word = WORDS.iter().find(|(_, words)| words.contains(&word.as_str()));
        of_word.map(|(state, _)| *state)
    }

    /// The word that Windows uses.
    pub fn title(self) -> &'static str {
        match self {
            Self::Listen => "LISTENING",
            Self::SynSent => "SYN_SENT",
            Self::SynReceived => "SYN_RECEIVED",
            Self::Established => "ESTABLISHED",
            Self::FinWait1 => "FIN_WAIT_1",
            Self::FinWait2 => "FIN_WAIT_2",
            Self::CloseWait => "CLOSE_WAIT",
            Self::Closing => "CLOSING",
            Self::LastAck => "LAST_ACK",
            Self::TimeWait => "TIME_WAIT",
            Self::Closed => "CLOSED",
            Self::Bound => "BOUND",
            Self::Other => "in a word unknown here",
        }
    }
}
