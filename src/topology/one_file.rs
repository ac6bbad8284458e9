//! The rules of all firewalls of a deployment in one text, in clear parts.

use std::fmt::Write;

use super::deployed::Deployed;
use super::firewall::Firewall;
use super::rules::Order;
use crate::catalog::{Vocabulary, date};
use crate::firewall::Platform;

impl Deployed {
    /// One text for people to take apart: a header, then for each firewall on which the platform can stand the file that
    /// its tool loads, between two marks. Ends with one newline.
    pub fn one_file(&self, platform: &'static Platform, order: &Order) -> String {
        let firewalls = self.firewalls_of(platform);
        let comment = comment(platform);
        let mut text = String::new();
        for line in self.header(platform, &firewalls, order.permalink) {
            line_to(&mut text, comment, &line);
        }
        let options = crate::firewall::Options {
            platform: Some(platform),
            ..order.options.clone()
        };
        let order = Order {
            options: &options,
            ..*order
        };
        for (number, firewall) in (1..).zip(&firewalls) {
            let part = format!("{number} of {}: {}", firewalls.len(), firewall.slug());
            let snippet = platform.write(&self.policy(*firewall, &order));
            text.push('\n');
            line_to(&mut text, comment, &format!("======== {part} ========"));
            for remark in &snippet.remarks {
                line_to(&mut text, comment, remark);
            }
            text += &snippet.rules;
            line_to(&mut text, comment, &format!("======== end of {part} ========"));
        }
        text
    }

    /// The name of that text as a file.
    pub fn file_name(&self, platform: &Platform) -> String {
        format!("exchange-{}-{}.txt", self.deployment.id, platform.id)
    }

    fn header(&self, platform: &Platform, firewalls: &[Firewall], permalink: &str) -> Vec<String> {
        let (id, version) = (self.deployment.id, self.version.slug());
        let mut lines = vec![
            format!(
                "exchange-ports, catalogue of {}, {}: {id}, version {version}",
                date(),
                platform.id
            ),
            permalink.to_owned(),
            "Each part is the whole file of one firewall. Load it there and nowhere else.".to_owned(),
        ];
        for (number, firewall) in (1..).zip(firewalls) {
            lines.push(format!("part {number}: {}", firewall.slug()));
        }
        let elsewhere = self
            .firewalls()
            .into_iter()
            .filter(|firewall| !firewalls.contains(firewall));
        lines.extend(elsewhere.map(|firewall| {
            let slug = firewall.slug();
            format!("no part for {slug}: {} cannot stand there", platform.id)
        }));
        lines
    }
}

/// What begins a comment of the platform; formats without comments get a sign that people know.
fn comment(platform: &Platform) -> &'static str {
    if platform.comment.is_empty() {
        "# "
    } else {
        platform.comment
    }
}

fn line_to(text: &mut String, comment: &str, line: &str) {
    writeln!(text, "{comment}{line}").expect("a string can be written");
}
