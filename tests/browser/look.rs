//! How the page fits into windows.

use serde_json::json;

use super::walk::walk;

const PAGES: [&str; 8] = [
    "#/",
    "#/?version=2003&platform=nftables&addr.server-lan=2001:db8:1111:2222:3333:4444:5555:6666",
    "#/flow/smtp-in?platform=change-request-csv",
    "#/topology",
    "#/static-ports",
    "#/compare?old=2010&new=2019",
    "#/about",
    "#/embed",
];

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
                assert!(
                    page_width <= window_width,
                    "{page} needs {page_width} of {window_width} pixels"
                );
            }
        }
    });
}
