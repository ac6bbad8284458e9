//! What several tests share.
#![allow(dead_code, reason = "each test uses a part of it")]

pub mod netns;
pub mod powershell;
pub mod rules;
pub mod selections;
pub mod ufw;
pub mod views;
