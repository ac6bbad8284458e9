//! A firewalld of one's own: its service, its bus and its files are never those of this machine.

/// Files of its own, with nothing in them. What Debian installs elsewhere is only read.
pub const FILES: &str = "
    mount -t tmpfs -o mode=755 none /etc/firewalld
    touch /etc/firewalld/firewalld.conf
";

/// Starts the service on a bus of its own, and ends both with the script. The rules stay in the kernel then.
pub const SERVICE: &str = r#"
    mount -t tmpfs -o mode=755 none /run
    mkdir /run/dbus
    cat > /run/bus.conf <<'END'
        <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
            "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
        <busconfig>
            <type>system</type>
            <listen>unix:path=/run/dbus/system_bus_socket</listen>
            <auth>EXTERNAL</auth>
            <policy context="default">
                <allow own="*"/>
                <allow send_destination="*" eavesdrop="true"/>
                <allow receive_sender="*" eavesdrop="true"/>
            </policy>
        </busconfig>
END
    trap 'kill -9 $(cat /run/bus.pid /run/firewalld.pid)' EXIT
    dbus-daemon --config-file=/run/bus.conf --fork --print-pid=3 3> /run/bus.pid > /dev/null 2>&1
    firewalld --log-target=console > /dev/null 2>&1
    until firewall-cmd --state > /dev/null 2>&1; do sleep 0.05; done
"#;
