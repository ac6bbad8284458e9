//! What several tests share.
#![allow(dead_code, reason = "each test uses a part of it")]

pub mod firewalld;
pub mod netns;
pub mod rules;
pub mod selections;
pub mod ufw;
pub mod views;
