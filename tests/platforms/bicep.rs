//! Reads Bicep, as "Understand the structure and syntax of Bicep files" and "Data types in Bicep" (learn.microsoft.com,
//! azure-resource-manager/bicep/file and /data-types) describe it, as far as the writer has a use for it: resources,
//! comments, objects and arrays with an entry in each line, texts without interpolation, numbers and symbolic names.

use std::collections::BTreeMap;
use std::iter::Peekable;

/// A declared resource.
#[derive(Debug)]
pub struct Resource {
    /// How the file calls it.
    pub symbol: String,
    /// Its type and version, such as `Microsoft.Network/networkSecurityGroups@2024-05-01`.
    pub kind: String,
    /// Whether it is there already, and only referred to.
    pub is_existing: bool,
    pub body: Object,
}

/// What stands between two braces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Object(BTreeMap<String, Value>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    Text(String),
    Number(i64),
    Symbol(String),
    Array(Vec<Value>),
    Object(Object),
}

/// The resources of a file.
pub fn read(text: &str) -> Result<Vec<Resource>, String> {
    if !text.ends_with('\n') || text.ends_with("\n\n") {
        return Err("a file ends with one newline".to_owned());
    }
    let mut tokens = tokens(text)?.into_iter().peekable();
    let mut resources = Vec::new();
    loop {
        skip_lines(&mut tokens);
        match tokens.next() {
            None => return Ok(resources),
            Some(Token::Word(word)) if word == "resource" => resources.push(resource(&mut tokens)?),
            Some(other) => return Err(format!("no declaration: {other:?}")),
        }
    }
}

impl Object {
    /// Takes a property out; `None` if it is not there.
    pub fn take(&mut self, name: &str) -> Option<Value> {
        self.0.remove(name)
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

    /// Takes a symbolic name out.
    pub fn symbol(&mut self, name: &str) -> Result<String, String> {
        match self.take(name) {
            Some(Value::Symbol(symbol)) => Ok(symbol),
            other => Err(format!("{name} is no symbolic name: {other:?}")),
        }
    }

    /// Takes an object out.
    pub fn object(&mut self, name: &str) -> Result<Object, String> {
        match self.take(name) {
            Some(Value::Object(object)) => Ok(object),
            other => Err(format!("{name} is no object: {other:?}")),
        }
    }

    /// Nothing may be left that was not taken out.
    pub fn end(self) -> Result<(), String> {
        match self.0.first_key_value() {
            Some((name, _)) => Err(format!("unknown property: {name}")),
            None => Ok(()),
        }
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Token {
    Word(String),
    Text(String),
    Sign(char),
    Newline,
}

type Tokens = Peekable<std::vec::IntoIter<Token>>;

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut tokens = Vec::new();
    for line in text.lines() {
        let mut letters = line.char_indices().peekable();
        while let Some((start, letter)) = letters.next() {
            match letter {
                ' ' => {}
                '/' if line[start..].starts_with("// ") => break,
                '\'' => {
                    let end = line[start + 1..].find('\'').ok_or_else(|| format!("no end: {line}"))?;
                    let inner = &line[start + 1..start + 1 + end];
                    if inner.contains(['\\', '$']) {
                        return Err(format!("an escape or an interpolation: {line}"));
                    }
                    tokens.push(Token::Text(inner.to_owned()));
                    while letters.next_if(|(at, _)| *at <= start + 1 + end).is_some() {}
                }
                '{' | '}' | '[' | ']' | ':' | '=' => tokens.push(Token::Sign(letter)),
                _ if is_of_word(letter) => {
                    let mut word = letter.to_string();
                    while let Some((_, letter)) = letters.next_if(|(_, letter)| is_of_word(*letter)) {
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
    letter.is_ascii_alphanumeric() || letter == '_'
}

fn skip_lines(tokens: &mut Tokens) {
    while tokens.next_if_eq(&Token::Newline).is_some() {}
}

fn expect(tokens: &mut Tokens, wanted: &Token) -> Result<(), String> {
    match tokens.next() {
        Some(token) if token == *wanted => Ok(()),
        other => Err(format!("{other:?} where {wanted:?} belongs")),
    }
}

/// The rest of `resource symbol 'type' existing = { … }`.
fn resource(tokens: &mut Tokens) -> Result<Resource, String> {
    let (Some(Token::Word(symbol)), Some(Token::Text(kind))) = (tokens.next(), tokens.next()) else {
        return Err("a resource has a symbolic name and a type".to_owned());
    };
    let is_existing = tokens.next_if_eq(&Token::Word("existing".to_owned())).is_some();
    expect(tokens, &Token::Sign('='))?;
    expect(tokens, &Token::Sign('{'))?;
    let body = object(tokens)?;
    expect(tokens, &Token::Newline)?;
    Ok(Resource {
        symbol: symbolic(symbol)?,
        kind,
        is_existing,
        body,
    })
}

/// The rest of an object: a property in each line.
fn object(tokens: &mut Tokens) -> Result<Object, String> {
    let mut object = Object::default();
    loop {
        skip_lines(tokens);
        match tokens.next() {
            Some(Token::Sign('}')) => return Ok(object),
            Some(Token::Word(name)) => {
                expect(tokens, &Token::Sign(':'))?;
                let value = value(tokens)?;
                expect(tokens, &Token::Newline)?;
                if object.0.insert(name.clone(), value).is_some() {
                    return Err(format!("{name} is set twice"));
                }
            }
            other => return Err(format!("no property: {other:?}")),
        }
    }
}

fn value(tokens: &mut Tokens) -> Result<Value, String> {
    match tokens.next() {
        Some(Token::Text(text)) => Ok(Value::Text(text)),
        Some(Token::Word(word)) => match word.parse() {
            Ok(number) => Ok(Value::Number(number)),
            Err(_) => symbolic(word).map(Value::Symbol),
        },
        Some(Token::Sign('{')) => object(tokens).map(Value::Object),
        Some(Token::Sign('[')) => array(tokens),
        other => Err(format!("no value: {other:?}")),
    }
}

/// The rest of an array: an item in each line.
fn array(tokens: &mut Tokens) -> Result<Value, String> {
    let mut items = Vec::new();
    loop {
        skip_lines(tokens);
        if tokens.next_if_eq(&Token::Sign(']')).is_some() {
            return Ok(Value::Array(items));
        }
        items.push(value(tokens)?);
        expect(tokens, &Token::Newline)?;
    }
}

fn symbolic(word: String) -> Result<String, String> {
    if word.starts_with(|letter: char| letter.is_ascii_digit()) {
        Err(format!("no symbolic name: {word}"))
    } else {
        Ok(word)
    }
}
