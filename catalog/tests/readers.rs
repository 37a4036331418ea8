//! A line is read twice: by Hive through the generated regex, and natively. Both give the same columns, or both refuse.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

use logenabler_catalog::{Format, LOG_TYPES, LogType, Row, Tokens};

struct Readers {
    log_type: &'static LogType,
    regex: fancy_regex::Regex,
}

impl Readers {
    fn new(log_type: &'static LogType, tokens: &Tokens) -> Self {
        let regex = format!(r"\A(?:{})\z", tokens.regex(0));
        Self {
            log_type,
            regex: fancy_regex::Regex::new(&regex).unwrap(),
        }
    }

    fn check(&self, line: &str) {
        let native = self.log_type.read(line.as_bytes()).unwrap();
        assert_eq!(
            native.ok().map(|row| texts(&row)),
            self.through_regex(line),
            "the regex and the native reader disagree on:\n{line}"
        );
    }

    fn through_regex(&self, line: &str) -> Option<Vec<Option<String>>> {
        let groups = self.regex.captures(line).unwrap()?;
        let values = groups.iter().skip(1).zip(self.log_type.columns());
        Some(
            values
                .map(|(group, column)| {
                    group
                        .map(|group| group.as_str())
                        .filter(|text| column.ty.holds(text.as_bytes()))
                        .map(str::to_owned)
                })
                .collect(),
        )
    }
}

fn texts(row: &Row) -> Vec<Option<String>> {
    row.values
        .iter()
        .map(|value| value.map(|bytes| String::from_utf8(bytes.to_vec()).unwrap()))
        .collect()
}

/// The log types that Hive reads through a regex.
fn of_tokens() -> impl Iterator<Item = (&'static LogType, &'static Tokens)> {
    LOG_TYPES
        .iter()
        .filter_map(|log_type| match &log_type.format {
            Format::Tokens(tokens) => Some((*log_type, tokens)),
            _ => None,
        })
}

#[test]
fn one_group_per_column() {
    for (log_type, tokens) in of_tokens() {
        let readers = Readers::new(log_type, tokens);
        assert_eq!(readers.regex.captures_len() - 1, log_type.columns().count());
    }
}

/// Java's engine takes a stack frame per round of such a loop, and overflows on a long line.
#[test]
fn every_loop_is_possessive_and_none_is_over_an_alternation() {
    for (_, tokens) in of_tokens() {
        let regex = tokens.regex(2);
        let mut opened = Vec::new();
        let mut closed_with_alternation = false;
        let bare = without_classes(&regex);
        for (index, c) in bare.char_indices() {
            match c {
                '(' => opened.push(false),
                '|' => *opened.last_mut().unwrap() = true,
                ')' => closed_with_alternation = opened.pop().unwrap(),
                '*' | '+' if !bare[..index].ends_with(['*', '+', '?']) => {
                    assert!(
                        bare[index + 1..].starts_with('+'),
                        "not possessive: {}",
                        &bare[..=index]
                    );
                    let over_group = bare[..index].ends_with(')');
                    assert!(
                        !(over_group && closed_with_alternation),
                        "over an alternation: {}",
                        &bare[..=index]
                    );
                }
                _ => {}
            }
        }
    }
}

/// The regex with `C` for each character class and escape, so that what is left is structure.
fn without_classes(regex: &str) -> String {
    let mut bare = String::new();
    let mut chars = regex.chars();
    while let Some(c) = chars.next() {
        match c {
            '[' => {
                chars.by_ref().find(|c| *c == ']');
                bare.push('C');
            }
            '\\' => {
                chars.next();
                bare.push('C');
            }
            other => bare.push(other),
        }
    }
    bare
}

#[test]
fn both_readers_agree_on_samples_and_on_every_prefix_of_them() {
    for (log_type, tokens) in of_tokens() {
        let readers = Readers::new(log_type, tokens);
        for line in log_type.sample.lines() {
            line.char_indices()
                .for_each(|(end, _)| readers.check(&line[..end]));
            readers.check(line);
        }
    }
}

#[test]
fn both_readers_agree_when_a_character_is_changed_dropped_or_added() {
    for (log_type, tokens) in of_tokens() {
        let readers = Readers::new(log_type, tokens);
        for line in log_type.sample.lines() {
            for (index, c) in line.char_indices() {
                let (before, after) = (&line[..index], &line[index + c.len_utf8()..]);
                for other in ["", " ", "\"", "\\", "-", "0", ":", "x", "\" \""] {
                    readers.check(&format!("{before}{other}{after}"));
                    readers.check(&format!("{before}{other}{c}{after}"));
                }
            }
        }
    }
}

#[test]
fn no_byte_makes_the_native_reader_panic() {
    let lines =
        |log_type: &'static &LogType| log_type.sample.lines().map(move |line| (*log_type, line));
    for (log_type, line) in LOG_TYPES.iter().flat_map(lines) {
        let mut line = line.as_bytes().to_vec();
        for index in 0..line.len() {
            for bit in 0..8 {
                line[index] ^= 1 << bit;
                let _ = log_type.read(&line);
                line[index] ^= 1 << bit;
            }
        }
    }
}
