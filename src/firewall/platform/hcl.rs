//! HCL, the language of Terraform's files, laid out as `terraform fmt` lays it out.

use std::fmt::Display;

use super::script::Script;

/// Where a list ends that stands in one line; a longer one has a line for each item.
const WIDTH: usize = 120;

/// What an argument is set to.
pub enum Value {
    /// A number, a word of the language, or a reference.
    Word(String),
    /// A text.
    Text(String),
    /// Texts in brackets.
    Texts(Vec<String>),
}

impl Value {
    /// A number, a word of the language such as `true`, or a reference such as `aws_security_group.mail.id`.
    pub fn word(word: impl Display) -> Self {
        Self::Word(word.to_string())
    }

    /// A text.
    pub fn text(text: impl Display) -> Self {
        Self::Text(text.to_string())
    }

    /// Texts in brackets.
    pub fn texts<T: Display>(texts: impl IntoIterator<Item = T>) -> Self {
        Self::Texts(texts.into_iter().map(|text| text.to_string()).collect())
    }

    fn in_one_line(&self) -> String {
        match self {
            Self::Word(word) => word.clone(),
            Self::Text(text) => quote(text),
            Self::Texts(texts) => {
                let texts: Vec<String> = texts.iter().map(|text| quote(text)).collect();
                format!("[{}]", texts.join(", "))
            }
        }
    }
}

/// Adds a block, such as `resource "aws_security_group" "mail" { … }`.
pub fn block(kind: &str, labels: &[&str], out: &mut Script, content: impl FnOnce(&mut Script)) {
    let labels: Vec<String> = labels.iter().map(|label| quote(label) + " ").collect();
    out.block(format_args!("{kind} {}{{", labels.concat()), "}", content);
}

/// Adds arguments. The signs of neighbours that have one line stand in one column.
pub fn arguments(arguments: &[(&str, Value)], out: &mut Script) {
    let neighbours = arguments.chunk_by(|(_, one), (_, other)| is_short(one) && is_short(other));
    for arguments in neighbours {
        let width = arguments.iter().map(|(name, _)| name.len()).max().unwrap_or(0);
        for (name, value) in arguments {
            match value {
                Value::Texts(texts) if !is_short(value) => out.block(format_args!("{name} = ["), "]", |out| {
                    for text in texts {
                        out.line(format_args!("{},", quote(text)));
                    }
                }),
                _ => out.line(format_args!("{name:width$} = {}", value.in_one_line())),
            }
        }
    }
}

fn is_short(value: &Value) -> bool {
    !matches!(value, Value::Texts(_)) || value.in_one_line().len() <= WIDTH
}

/// A text in quotes, in which no sign is one of the language.
fn quote(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    // Before a brace they would begin a template; doubled, they are themselves.
    let text = text.replace("${", "$${").replace("%{", "%%{");
    format!("\"{text}\"")
}

#[cfg(test)]
mod tests {
    use super::{Value, arguments, block};
    use crate::firewall::platform::script::Script;

    fn written(content: impl FnOnce(&mut Script)) -> String {
        let mut out = Script::new("# ");
        content(&mut out);
        out.into_text()
    }

    #[test]
    fn no_sign_in_a_text_is_one_of_the_language() {
        let text = Value::text("a\"b\\c\n${d} %{e} $ % {");
        let written = written(|out| arguments(&[("text", text)], out));
        assert_eq!(written, "text = \"a\\\"b\\\\c\\n$${d} %%{e} $ % {\"\n");
    }

    #[test]
    fn neighbours_of_one_line_have_their_signs_in_one_column() {
        let long = "2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff";
        let written = written(|out| {
            block("resource", &["kind", "name"], out, |out| {
                arguments(
                    &[
                        ("to", Value::word(1)),
                        ("ports", Value::texts(["25", "443"])),
                        ("hosts", Value::texts([long, long, long])),
                        ("b", Value::word(true)),
                    ],
                    out,
                );
            });
        });
        let lines = [
            "resource \"kind\" \"name\" {",
            "  to    = 1",
            "  ports = [\"25\", \"443\"]",
            "  hosts = [",
            "    \"2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff\",",
            "    \"2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff\",",
            "    \"2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff\",",
            "  ]",
            "  b = true",
            "}",
        ];
        assert_eq!(written.lines().collect::<Vec<_>>(), lines);
    }
}
