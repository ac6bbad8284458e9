//! A walk through the site: what is there before it begins, and what is checked after each.

use std::mem;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use tokio::runtime;

use super::browser::Browser;
use super::chromium::Driver;
use super::site::Site;

/// Walks through the site; afterwards Chromium must have nothing to complain about.
pub fn walk(journey: impl AsyncFnOnce(&mut Browser)) {
    let runtime = runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .expect("a runtime starts");
    let mut browser = runtime.block_on(Browser::start());
    // Chromium has to end however the journey does.
    let walked = catch_unwind(AssertUnwindSafe(|| runtime.block_on(journey(&mut browser))));
    let complaints = runtime.block_on(browser.end());
    if let Err(panic) = walked {
        eprintln!("Chromium complains: {complaints:#?}");
        resume_unwind(panic);
    }
    assert!(complaints.is_empty(), "Chromium complains: {complaints:#?}");
}

impl Browser {
    async fn start() -> Self {
        let site = Site::serve().await;
        let driver = Driver::start();
        // Last, because nothing would end it if something after it failed.
        let chromium = driver.open().await;
        Self {
            site,
            driver,
            chromium,
            complaints: Vec::new(),
        }
    }

    async fn end(mut self) -> Vec<String> {
        let complaints = self.complaints().await;
        self.chromium.quit().await;
        complaints
    }

    /// What Chromium has complained about so far; whoever asks has to judge it.
    pub async fn complaints(&mut self) -> Vec<String> {
        let mut complaints = mem::take(&mut self.complaints);
        complaints.extend(self.chromium.complaints(&self.site.address).await);
        complaints
    }

    /// Goes on as somebody who was never here.
    pub async fn become_a_stranger(&mut self) {
        self.complaints = self.complaints().await;
        let stranger = self.driver.open().await;
        mem::replace(&mut self.chromium, stranger).quit().await;
    }
}
