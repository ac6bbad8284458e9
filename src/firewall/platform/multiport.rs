//! Lists of ports as netfilter's multiport match holds them: iptables and ufw write them alike.

use crate::catalog::PortRange;

/// The most slots of a list: a port takes one, a range two.
const SLOTS: usize = 15;

/// The ports in as few lists as hold them, such as `25,443,6001:6004`.
pub fn lists(ports: &[PortRange]) -> Vec<String> {
    let mut lists: Vec<String> = Vec::new();
    let mut free = 0;
    for &range in ports {
        let needed = if range.width() == 1 { 1 } else { 2 };
        if let Some(list) = lists.last_mut().filter(|_| needed <= free) {
            *list += ",";
            *list += &item(range);
        } else {
            lists.push(item(range));
            free = SLOTS;
        }
        free -= needed;
    }
    lists
}

fn item(range: PortRange) -> String {
    range.to_string().replace('-', ":")
}
