//! chromedriver and Chromium: how they start, what they complain about, how they end.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use thirtyfour::{Capabilities, WebDriver};

/// How long a page may take, on a machine that is busy with other things.
pub const DEADLINE: Duration = Duration::from_secs(30);

const FLAGS: [&str; 9] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1440,900",
    // Nothing but the site exists.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];

/// A running chromedriver.
pub struct Driver {
    process: Child,
    address: String,
}

impl Driver {
    pub fn start() -> Self {
        // It lets IPv6 choose a port, and gives up if that one is taken in IPv4.
        let started = (0..50).find_map(|_| Self::try_start());
        started.expect("chromedriver tells its port")
    }

    fn try_start() -> Option<Self> {
        let process = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver starts; `make test` installs it");
        let mut driver = Self {
            process,
            address: String::new(),
        };
        // The pipe stays open: chromedriver may go on writing.
        let output = driver.process.stdout.as_mut()?;
        let port = BufReader::new(output)
            .lines()
            .map_while(Result::ok)
            .find_map(|line| port(&line))?;
        driver.address = format!("http://127.0.0.1:{port}");
        Some(driver)
    }

    /// A Chromium with an empty profile, which chromedriver makes and deletes.
    pub async fn open(&self) -> Chromium {
        let deadline = DEADLINE.as_millis();
        let mut wishes = Capabilities::new();
        for (key, wish) in [
            ("browserName", json!("chrome")),
            ("goog:chromeOptions", json!({ "args": FLAGS })),
            ("goog:loggingPrefs", json!({ "browser": "ALL", "performance": "ALL" })),
            ("timeouts", json!({ "script": deadline, "pageLoad": deadline })),
        ] {
            wishes.set(key, wish).expect("the wish is JSON");
        }
        let driver = WebDriver::new(&self.address, wishes).await.expect("Chromium starts");
        Chromium { driver }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // It may have ended by itself.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// The port in `ChromeDriver was started successfully on port 40123.`
fn port(line: &str) -> Option<u16> {
    let (_, port) = line.split_once("successfully on port ")?;
    port.trim_end_matches('.').parse().ok()
}

/// A running Chromium.
pub struct Chromium {
    pub driver: WebDriver,
}

impl Chromium {
    /// What went wrong since the last call: warnings, errors, and requests to elsewhere than the site.
    pub async fn complaints(&self, site: &str) -> Vec<String> {
        let logged = self.log("browser").await;
        let requests = self.log("performance").await;
        let logged = logged
            .into_iter()
            .filter(is_bad)
            .map(|(level, text)| format!("{level} {text}"));
        let requests = requests.iter().filter_map(|(_, event)| requested(event));
        let outside = requests
            .filter(|url| !is_inside(url, site))
            .map(|url| format!("a request to {url}"));
        logged.chain(outside).collect()
    }

    async fn log(&self, kind: &str) -> Vec<(String, String)> {
        match self.driver.get_log(kind).await {
            Ok(entries) => entries.into_iter().map(|entry| (entry.level, entry.message)).collect(),
            Err(error) => vec![("SEVERE".to_owned(), format!("no {kind} log: {error}"))],
        }
    }

    /// Ends it.
    pub async fn quit(self) {
        // One that has crashed is gone already, and its log said so.
        drop(self.driver.quit().await);
    }
}

fn is_bad((level, text): &(String, String)) -> bool {
    ["WARNING", "SEVERE"].contains(&level.as_str()) || text.contains("Content Security Policy")
}

/// The address that an event of the performance log asks for.
fn requested(event: &str) -> Option<String> {
    let event: Value = serde_json::from_str(event).ok()?;
    let message = &event["message"];
    let url = &message["params"]["request"]["url"];
    (message["method"] == "Network.requestWillBeSent").then(|| url.as_str().unwrap_or_default().to_owned())
}

fn is_inside(url: &str, site: &str) -> bool {
    let url = url.strip_prefix("blob:").unwrap_or(url);
    url.starts_with("data:") || url.strip_prefix(site).is_some_and(|path| path.starts_with('/'))
}
