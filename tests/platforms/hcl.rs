//! Reads HCL, as the "HCL Native Syntax Specification" (github.com/hashicorp/hcl, hclsyntax/spec.md) describes it, as
//! far as the writers have a use for it: blocks, comments, and arguments that are texts, numbers, words of the language,
//! references, or lists of these. Templates, heredocs, operators and functions are errors.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::iter::Peekable;
use std::str::Chars;

/// What stands between two braces, or in the whole file.
#[derive(Debug, Default)]
pub struct Body {
    arguments: BTreeMap<String, Value>,
    blocks: Vec<Block>,
}

/// A block, such as `resource "aws_security_group" "mail" { … }`.
#[derive(Debug)]
pub struct Block {
    pub kind: String,
    pub labels: Vec<String>,
    pub body: Body,
}

/// What a Terraform file declares.
#[derive(Debug, Default)]
pub struct Module {
    variables: Vec<String>,
    pub resources: Vec<Resource>,
}

/// A resource of a Terraform file.
#[derive(Debug)]
pub struct Resource {
    pub kind: String,
    pub name: String,
    pub body: Body,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Text(String),
    Number(i64),
    /// A word of the language or a reference, such as `true` or `aws_security_group.mail.id`.
    Word(String),
    List(Vec<Value>),
}

/// The blocks of a file.
pub fn read(text: &str) -> Result<Vec<Block>, String> {
    let mut parser = Parser {
        tokens: tokens(text)?.into_iter().peekable(),
    };
    let body = parser.body()?;
    if let Some(token) = parser.tokens.next() {
        return Err(format!("{token:?} closes nothing"));
    }
    match body.arguments.first_key_value() {
        Some((name, _)) => Err(format!("{name} stands outside of a block")),
        None => Ok(body.blocks),
    }
}

/// A Terraform file. A variable has a type and a description, and a type no second resource of a name.
pub fn terraform(text: &str) -> Result<Module, String> {
    let mut module = Module::default();
    for Block { kind, labels, mut body } in read(text)? {
        match (kind.as_str(), &labels[..]) {
            ("variable", [name]) => {
                if body.word("type")? != "string" || body.text("description")?.is_empty() {
                    return Err(format!("unknown variable: {name}"));
                }
                body.end()?;
                module.variables.push(name.clone());
            }
            ("resource", [kind, name]) => {
                if module
                    .resources
                    .iter()
                    .any(|known| (&known.kind, &known.name) == (kind, name))
                {
                    return Err(format!("{kind}.{name} is declared twice"));
                }
                let (kind, name) = (kind.clone(), name.clone());
                module.resources.push(Resource { kind, name, body });
            }
            _ => return Err(format!("unknown block: {kind} {labels:?}")),
        }
    }
    Ok(module)
}

impl Module {
    /// Whether a reference is that of a variable which the file declares.
    pub fn has_variable(&self, reference: &str) -> bool {
        let name = reference.strip_prefix("var.");
        self.variables.iter().any(|known| name == Some(known))
    }
}

impl Body {
    /// Takes an argument out; `None` if it is not there.
    pub fn take(&mut self, name: &str) -> Option<Value> {
        self.arguments.remove(name)
    }

    /// Takes a text out.
    pub fn text(&mut self, name: &str) -> Result<String, String> {
        match self.take(name) {
            Some(Value::Text(text)) => Ok(text),
            other => Err(format!("{name} is no text: {other:?}")),
        }
    }

    /// Takes a number out.
    pub fn number(&mut self, name: &str) -> Result<i64, String> {
        match self.take(name) {
            Some(Value::Number(number)) => Ok(number),
            other => Err(format!("{name} is no number: {other:?}")),
        }
    }

    /// Takes a word of the language or a reference out.
    pub fn word(&mut self, name: &str) -> Result<String, String> {
        match self.take(name) {
            Some(Value::Word(word)) => Ok(word),
            other => Err(format!("{name} is no word: {other:?}")),
        }
    }

    /// Takes a list of texts out.
    pub fn texts(&mut self, name: &str) -> Result<Vec<String>, String> {
        let Some(Value::List(items)) = self.take(name) else {
            return Err(format!("{name} is no list"));
        };
        let text = |item| match item {
            Value::Text(text) => Ok(text),
            other => Err(format!("no text in {name}: {other:?}")),
        };
        items.into_iter().map(text).collect()
    }

    /// Takes the blocks of a kind out.
    pub fn blocks(&mut self, kind: &str) -> Vec<Body> {
        let blocks = std::mem::take(&mut self.blocks);
        let (wanted, others) = blocks
            .into_iter()
            .partition(|block| block.kind == kind && block.labels.is_empty());
        self.blocks = others;
        let wanted: Vec<Block> = wanted;
        wanted.into_iter().map(|block| block.body).collect()
    }

    /// Nothing may be left that was not taken out.
    pub fn end(self) -> Result<(), String> {
        if self.arguments.is_empty() && self.blocks.is_empty() {
            Ok(())
        } else {
            Err(format!("unknown arguments or blocks: {self:?}"))
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    /// A name, a number, or names with dots between them.
    Word(String),
    Text(String),
    Sign(char),
    Newline,
}

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    if !text.ends_with('\n') || text.ends_with("\n\n") {
        return Err("a file ends with one newline".to_owned());
    }
    let mut tokens = Vec::new();
    for line in text.lines() {
        let mut letters = line.chars().peekable();
        while let Some(letter) = letters.next() {
            match letter {
                ' ' => {}
                '#' => break,
                '"' => tokens.push(Token::Text(quoted(&mut letters)?)),
                '{' | '}' | '[' | ']' | '=' | ',' => tokens.push(Token::Sign(letter)),
                _ if is_of_word(letter) => {
                    let mut word = letter.to_string();
                    while let Some(letter) = letters.next_if(|&letter| is_of_word(letter)) {
                        word.push(letter);
                    }
                    tokens.push(Token::Word(word));
                }
                _ => return Err(format!("unknown sign {letter:?}: {line}")),
            }
        }
        tokens.push(Token::Newline);
    }
    Ok(tokens)
}

fn is_of_word(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || matches!(letter, '_' | '-' | '.')
}

/// The rest of a quoted text. It ends in its line and holds no template.
fn quoted(letters: &mut Peekable<Chars>) -> Result<String, String> {
    let mut text = String::new();
    loop {
        match letters.next().ok_or_else(|| format!("no end: {text}"))? {
            '"' => return Ok(text),
            '\\' => match letters.next() {
                Some(letter @ ('"' | '\\')) => text.push(letter),
                other => return Err(format!("unknown escape: {other:?}")),
            },
            sign @ ('$' | '%') if letters.peek() == Some(&'{') => return Err(format!("a template: {text}{sign}{{")),
            letter => text.push(letter),
        }
    }
}

struct Parser {
    tokens: Peekable<std::vec::IntoIter<Token>>,
}

impl Parser {
    /// Everything up to a closing brace, or to the end.
    fn body(&mut self) -> Result<Body, String> {
        let mut body = Body::default();
        loop {
            while self.tokens.next_if_eq(&Token::Newline).is_some() {}
            let Some(Token::Word(name)) = self.tokens.next_if(|token| matches!(token, Token::Word(_))) else {
                return Ok(body);
            };
            let name = identifier(name)?;
            if self.tokens.next_if_eq(&Token::Sign('=')).is_some() {
                let value = self.value()?;
                self.expect(&Token::Newline)?;
                if body.arguments.insert(name.clone(), value).is_some() {
                    return Err(format!("{name} is set twice"));
                }
            } else {
                let block = self.block(name)?;
                body.blocks.push(block);
            }
        }
    }

    fn block(&mut self, kind: String) -> Result<Block, String> {
        let mut labels = Vec::new();
        while let Some(Token::Text(label)) = self.tokens.next_if(|token| matches!(token, Token::Text(_))) {
            labels.push(identifier(label)?);
        }
        self.expect(&Token::Sign('{'))?;
        self.expect(&Token::Newline)?;
        let body = self.body()?;
        self.expect(&Token::Sign('}'))?;
        self.expect(&Token::Newline)?;
        Ok(Block { kind, labels, body })
    }

    fn value(&mut self) -> Result<Value, String> {
        match self.tokens.next() {
            Some(Token::Text(text)) => Ok(Value::Text(text)),
            Some(Token::Word(word)) => match word.parse() {
                Ok(number) => Ok(Value::Number(number)),
                Err(_) => reference(word).map(Value::Word),
            },
            Some(Token::Sign('[')) => self.list(),
            other => Err(format!("no value: {other:?}")),
        }
    }

    /// The rest of a list. In brackets newlines mean nothing, and a comma may follow the last item.
    fn list(&mut self) -> Result<Value, String> {
        let mut items = Vec::new();
        loop {
            while self.tokens.next_if_eq(&Token::Newline).is_some() {}
            if self.tokens.next_if_eq(&Token::Sign(']')).is_some() {
                return Ok(Value::List(items));
            }
            items.push(self.value()?);
            while self.tokens.next_if_eq(&Token::Newline).is_some() {}
            if self.tokens.next_if_eq(&Token::Sign(',')).is_none() {
                self.expect(&Token::Sign(']'))?;
                return Ok(Value::List(items));
            }
        }
    }

    fn expect(&mut self, wanted: &Token) -> Result<(), String> {
        match self.tokens.next() {
            Some(token) if token == *wanted => Ok(()),
            other => Err(format!("{other:?} where {wanted:?} belongs")),
        }
    }
}

/// A name: it begins with a letter, and a dash is one of its letters.
fn identifier(word: String) -> Result<String, String> {
    let begins = word.starts_with(|letter: char| letter.is_ascii_alphabetic());
    if begins && !word.contains('.') {
        Ok(word)
    } else {
        Err(format!("no name: {word}"))
    }
}

/// Names with dots between them.
fn reference(word: String) -> Result<String, String> {
    for name in word.split('.') {
        identifier(name.to_owned()).map_err(|_| format!("no reference: {word}"))?;
    }
    Ok(word)
}
