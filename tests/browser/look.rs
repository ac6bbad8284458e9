//! How the page fits into windows.

use serde_json::json;

use super::browser::walk;

const PAGES: [&str; 3] = ["#/", "#/flow/smtp-in?platform=nftables", "#/about"];

#[test]
fn no_page_is_wider_than_the_window() {
    walk(async |browser| {
        for width in [1440, 1024, 768, 390] {
            let window = json!({ "width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false });
            browser.command("Emulation.setDeviceMetricsOverride", window).await;
            for page in PAGES {
                browser.open(page).await;
                let (page_width, window_width): (u32, u32) =
                    browser.ask("[document.documentElement.scrollWidth, innerWidth]").await;
                assert_eq!(window_width, width, "the window");
                assert!(page_width <= window_width, "{page} needs {page_width} of {window_width} pixels");
            }
        }
    });
}
