//! Where the tools are, and how they run: in a network namespace without a way out.

use std::path::PathBuf;

use super::support::netns;

/// The program of a tool that `setup/vendors.sh` installed, such as `program("cfn-lint", "bin/cfn-lint")`.
pub fn program(tool: &str, program: &str) -> String {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(".tools/vendors");
    let path = folder.join(tool).join(program);
    assert!(path.exists(), "{} is missing: run make test-vendors", path.display());
    path.display().to_string()
}

/// Runs a shell script in a namespace of its own, in an empty folder, with a text in the file `rules`. Gives what it
/// prints, or what it complains.
pub fn run(script: &str, rules: &str) -> Result<String, String> {
    let folder = "folder=$(mktemp -d); trap 'rm -rf \"$folder\"' EXIT; cd \"$folder\"; cat > rules\n";
    netns::run(&format!("{folder}{script}"), rules)
}
