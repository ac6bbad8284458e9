//! Whether something that comes later is there.

/// How far the long texts are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Loaded {
    /// They are on their way.
    #[default]
    NotYet,
    /// They are there.
    Here,
    /// They did not come.
    Failed,
}
