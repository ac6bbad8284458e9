//! The built site in Chromium, used as a reader uses it.
//!
//! `make test` builds the site and names its folder in `EXCHANGE_PORTS_SITE`. Each test has a server, a
//! chromedriver and a Chromium with an empty profile to itself, so that all may run at once.

mod bad_input;
mod browser;
mod chromium;
mod facets;
mod hostile;
mod links;
mod look;
mod main_job;
mod manners;
mod offline;
mod port_pages;
mod question;
mod rules;
mod search;
mod security;
mod single_file;
mod site;
mod take_over;
mod walk;
