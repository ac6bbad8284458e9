//! Network namespaces: networks of their own, so that the network of this machine is never read or changed.

use std::fs::{self, File};
use std::os::fd::AsRawFd;
use std::process::Command;

use nix::sched::{CloneFlags, setns, unshare};
use nix::unistd::{getgid, getuid};

/// Makes this process root of a user namespace, with nothing but itself to rule. It must not have threads yet.
pub fn become_root() {
    let (user, group) = (getuid(), getgid());
    unshare(CloneFlags::CLONE_NEWUSER).expect("the kernel lets everybody have a user namespace");
    for (file, text) in [
        ("setgroups", "deny".to_owned()),
        ("uid_map", format!("0 {user} 1")),
        ("gid_map", format!("0 {group} 1")),
    ] {
        fs::write(format!("/proc/self/{file}"), text).expect("a new user namespace may be described once");
    }
}

/// A network namespace; it lives as long as this value, and the sockets that were opened inside.
pub struct Namespace(File);

impl Namespace {
    /// One with nothing in it.
    pub fn new() -> Self {
        unshare(CloneFlags::CLONE_NEWNET).expect("root has network namespaces");
        Self(File::open("/proc/thread-self/ns/net").expect("a thread has a network namespace"))
    }

    /// Calls a function inside. Sockets that it opens, and commands that it starts, belong to this namespace.
    pub fn inside<T>(&self, call: impl FnOnce() -> T) -> T {
        setns(&self.0, CloneFlags::CLONE_NEWNET).expect("root enters its own namespaces");
        call()
    }

    /// A path that other commands know it by.
    pub fn path(&self) -> String {
        format!("/proc/{}/fd/{}", std::process::id(), self.0.as_raw_fd())
    }

    /// Runs a shell script inside, with mounts of its own. It must succeed.
    pub fn run(&self, script: &str) {
        let mut shell = Command::new("unshare");
        shell.args(["--mount", "sh", "-euc", script]);
        let output = self.inside(|| shell.output().expect("Debian's util-linux has unshare"));
        let complaint = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{complaint}\n{script}");
    }
}
