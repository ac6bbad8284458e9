//! What all files for Terraform share, whatever cloud they are for.

use super::hcl::{self, Value};
use super::script::Script;
use crate::firewall::policy::Policy;

/// The name of a variable: the prefix keeps selections in one folder apart, and without dashes an environment can set it.
pub fn variable_name(policy: &Policy, what: &str) -> String {
    format!("{}_{what}", policy.options.prefix.as_str().replace('-', "_"))
}

/// Adds a variable that the reader sets; Terraform asks for it where nothing does.
pub fn variable(name: &str, about: &str, out: &mut Script) {
    let arguments = [("type", Value::word("string")), ("description", Value::text(about))];
    hcl::block("variable", &[name], out, |out| hcl::arguments(&arguments, out));
}

/// Adds the commands that apply a file.
pub fn apply(file: &str, out: &mut Script) {
    out.note("In the folder of your Terraform files. Applying it twice changes nothing; rules that are no longer");
    out.note("in the file are removed.");
    out.line(format_args!("terraform fmt -check {file}"));
    out.line("terraform validate");
    out.line("terraform plan -out exchange.tfplan");
    out.line("terraform apply exchange.tfplan");
}

/// Says how a variable is set.
pub fn asks_for(what: &str, variable: &str, out: &mut Script) {
    out.note(format_args!(
        "The plan asks for {what}, unless TF_VAR_{variable} is it."
    ));
}

/// The commands that remove resources, and nothing else.
pub fn undo(resources: &[String], file: &str) -> String {
    let mut out = Script::new("# ");
    let Some((last, others)) = resources.split_last() else {
        out.note("No rule is written, so there is nothing to undo.");
        return out.into_text();
    };
    out.line("terraform destroy \\");
    for resource in others {
        out.line(format_args!("  -target={resource} \\"));
    }
    out.line(format_args!("  -target={last}"));
    out.note("Without the file the next run does not write them again.");
    out.line(format_args!("rm {file}"));
    out.into_text()
}
