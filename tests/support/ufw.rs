//! A ufw of one's own: it keeps its rules in `/etc/ufw`, and those of this machine are never read or changed.

/// What Debian installs, in memory, with an empty folder to work in. No `sysctl.conf`: ufw would set the kernel.
pub const PRIVATE: &str = "
    mount -t tmpfs -o mode=755 none /run
    mount -t tmpfs -o mode=755 none /etc/ufw
    mkdir /etc/ufw/applications.d /run/folder
    cp /usr/share/ufw/iptables/*.rules /usr/share/ufw/*.init /usr/share/ufw/ufw.conf /etc/ufw
    cp /etc/default/ufw /run/default
    mount --bind /run/default /etc/default/ufw
    cd /run/folder
";
