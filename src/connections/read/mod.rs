//! From bytes to a table, whatever tool wrote them.

mod columns;
mod csv;
mod decode;
mod endpoint;
mod format;
mod netstat;
mod paste;
mod port_set;
mod powershell;
mod reader;
mod row;
mod ss;
mod table;
mod tcp_state;

pub use decode::decode;
pub use endpoint::Endpoint;
pub use format::Format;
pub use paste::Paste;
pub use port_set::PortSet;
pub use row::{Row, Unread};
pub use table::Table;
pub use tcp_state::TcpState;
