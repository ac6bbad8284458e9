//! Whether something that comes later is there.

/// How far a part of the site is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Loaded {
    /// It is on its way.
    #[default]
    NotYet,
    /// It is there.
    Here,
    /// It did not come.
    Failed,
}
