//! Starts the app.

fn main() {
    exchange_ports::ui::start();
}
