//! The grammar of PowerShell.

use tree_sitter::{Parser, Tree};

/// The tree of a text; it may hold errors.
pub fn parse(text: &str) -> Tree {
    let mut parser = Parser::new();
    let language = tree_sitter_powershell::LANGUAGE.into();
    parser.set_language(&language).expect("grammar and parser fit");
    parser.parse(text, None).expect("a parser with a language parses")
}

/// Whether a parser of PowerShell reads all of a text.
pub fn is_powershell(text: &str) -> bool {
    // This grammar wants a statement where PowerShell is content with comments.
    !parse(&format!("{text}$null\n")).root_node().has_error()
}
