//! Commands in a network namespace of their own, so that the firewall of this machine is never read or changed.

use std::io::Write;
use std::process::{Command, Stdio};

/// Runs a shell script in a fresh namespace with a text on its standard input; gives its output, or what it complains.
pub fn run(script: &str, input: &str) -> Result<String, String> {
    let mut child = Command::new("unshare")
        .args(["--map-root-user", "--net", "sh", "-eu", "-c", script])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("unshare starts; Debian's util-linux has it");
    let mut pipe = child.stdin.take().expect("the input is a pipe");
    pipe.write_all(input.as_bytes()).expect("the script reads its input");
    drop(pipe);
    let output = child.wait_with_output().expect("the script ends");
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).into_owned())
    }
}
