//! Words that are nearly the same.

/// How many letters may be wrong, missing, too many or swapped in a word of so many: short words must be right.
pub fn tolerated(letters: usize) -> usize {
    match letters {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// Longer words are compared by their beginnings.
const LONGEST: usize = 32;

/// How many letters are wrong, missing, too many or swapped in what was typed for the beginning of a word; `None` if
/// they are more than `most`. Both in lower case.
pub fn errors(typed: &str, word: &str, most: usize) -> Option<usize> {
    let typed = &typed.as_bytes()[..typed.len().min(LONGEST)];
    let word = &word.as_bytes()[..word.len().min(LONGEST)];
    if typed.len() > word.len() + most {
        return None;
    }
    // Optimal string alignment; each row is for one more typed letter, each column for one more of the word.
    let mut before_last = [0; LONGEST + 1];
    let mut last: [usize; LONGEST + 1] = std::array::from_fn(|column| column);
    for (row, letter) in typed.iter().enumerate() {
        let mut next = [row + 1; LONGEST + 1];
        for (column, wanted) in word.iter().enumerate() {
            let replaced = last[column] + usize::from(letter != wanted);
            let mut fewest = replaced.min(last[column + 1] + 1).min(next[column] + 1);
            if row > 0 && column > 0 && typed[row - 1] == *wanted && word[column - 1] == *letter {
                fewest = fewest.min(before_last[column - 1] + 1);
            }
            next[column + 1] = fewest;
        }
        (before_last, last) = (last, next);
    }
    let fewest = last[..=word.len()].iter().copied().min()?;
    (fewest <= most).then_some(fewest)
}
