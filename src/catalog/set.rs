//! A set of values of one vocabulary, in one machine word.

use std::marker::PhantomData;

use super::vocabulary::Vocabulary;

/// A set of vocabulary values; iterates in catalogue order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Set<T> {
    bits: u64,
    values: PhantomData<T>,
}

impl<T> Set<T> {
    /// No value.
    pub const EMPTY: Self = Self::from_bits(0);

    /// The set whose values stand at the positions of the set bits.
    pub const fn from_bits(bits: u64) -> Self {
        Self {
            bits,
            values: PhantomData,
        }
    }

    /// One bit for each value, at its position in the vocabulary.
    pub const fn bits(self) -> u64 {
        self.bits
    }

    /// Whether there is no value.
    pub const fn is_empty(self) -> bool {
        self.bits == 0
    }
}

impl<T: Vocabulary> Set<T> {
    /// Whether the two have a value in common.
    pub const fn intersects(self, other: Self) -> bool {
        self.bits & other.bits != 0
    }

    /// The values of both.
    #[must_use]
    pub const fn union(self, other: Self) -> Self {
        Self::from_bits(self.bits | other.bits)
    }

    /// Whether the value is in the set.
    pub fn contains(self, value: T) -> bool {
        self.bits & bit(value) != 0
    }

    /// Whether the set asks for nothing or holds the value: what an unset facet means.
    pub fn allows(self, value: T) -> bool {
        self.is_empty() || self.contains(value)
    }

    /// The same set with the value in it.
    #[must_use]
    pub fn with(self, value: T) -> Self {
        Self::from_bits(self.bits | bit(value))
    }

    /// The values in catalogue order.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = T> {
        T::ALL.iter().copied().filter(move |&value| self.contains(value))
    }
}

fn bit<T: Vocabulary>(value: T) -> u64 {
    1 << value.index()
}

impl<T> Default for Set<T> {
    fn default() -> Self {
        Self::EMPTY
    }
}

impl<T: Vocabulary> FromIterator<T> for Set<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        values.into_iter().fold(Self::EMPTY, Self::with)
    }
}
