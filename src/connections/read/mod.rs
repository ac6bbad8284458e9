//! From bytes to a table, whatever tool wrote them.

mod columns;
mod csv;
mod decode;
mod endpoint;
mod format;
mod netstat;
mod port_set;
mod powershell;
mod reader;
mod reading;
mod row;
mod ss;
mod table;
mod tcp_state;

pub use decode::decode;
pub use endpoint::Endpoint;
pub use format::Format;
pub use port_set::PortSet;
pub use reading::Reading;
pub use row::{Row, Unread};
pub use table::Table;
pub use tcp_state::TcpState;
