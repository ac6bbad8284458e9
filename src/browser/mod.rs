//! Everything that calls the browser. Above this room nothing does, below it nothing could.

mod address;
mod clipboard;
mod download;
mod focus;
mod marks;
mod page;
mod storage;
mod takeover;
mod texts;

pub use address::{fragment, full_address, on_change, write_address};
pub use clipboard::copy;
pub use download::download;
pub use focus::{focus_search, go_to, is_in_field, on_key, scroll_to_top, select_text};
pub use marks::mark;
pub use page::{mark_ready, mount, set_theme, set_title, show_view, single_file_bytes};
pub use storage::{drafts, keep_drafts, keep_platform, keep_theme, preferences};

pub use takeover::{remember, restore, words};
pub use texts::texts;

use web_sys::{Document, Window};

fn window() -> Window {
    web_sys::window().expect("the app runs in a page")
}

fn document() -> Document {
    window().document().expect("a page has a document")
}
