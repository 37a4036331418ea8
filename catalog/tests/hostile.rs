//! Hostile bytes: cut, changed, nested and made up, through every reader. A fuzzer goes on where this ends: `make fuzz`.

#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test may panic"
)]

mod properties;
mod records;

use logenabler_catalog::{LOG_TYPES, LogType};
use records::Chance;

/// Everything that the samples, and records made up from the catalogue, have to offer, behind the byte that chooses its log type.
fn seeds() -> Vec<Vec<u8>> {
    let of = |(index, log_type): (usize, &&LogType)| {
        let sample = log_type.sample.lines().map(|line| line.as_bytes().to_vec());
        let made_up = records::record(log_type, &mut Chance::new(1), None).into_bytes();
        let all: Vec<_> = sample.chain([made_up]).collect();
        all.into_iter()
            .map(move |line| [vec![index as u8], line].concat())
    };
    LOG_TYPES.iter().enumerate().flat_map(of).collect()
}

fn check(bytes: &[u8]) {
    properties::record(bytes);
    properties::file(bytes);
}

#[test]
fn records_that_are_cut_anywhere_do_no_harm() {
    for seed in seeds() {
        (0..seed.len()).for_each(|end| properties::file(&seed[..end]));
        (0..seed.len())
            .step_by(7)
            .for_each(|end| properties::record(&seed[..end]));
    }
}

#[test]
fn records_that_are_changed_anywhere_do_no_harm() {
    const BYTES: &[u8] = b" \"\\-0:{}[],\t\r\n.e\0\xff\xed\xa0\x80+Tn'";
    let (seeds, mut chance) = (seeds(), Chance::new(7));
    for _ in 0..20_000 {
        let mut bytes = seeds[chance.below(seeds.len() as u64) as usize].clone();
        for _ in 0..=chance.below(4) {
            let at = chance.below(bytes.len() as u64) as usize;
            let byte = BYTES[chance.below(BYTES.len() as u64) as usize];
            match chance.below(3) {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => bytes.truncate(bytes.len().max(2) - 1),
            }
        }
        check(&bytes);
    }
}

#[test]
fn files_put_together_from_pieces_do_no_harm() {
    let (seeds, mut chance) = (seeds(), Chance::new(8));
    for _ in 0..2_000 {
        let mut bytes = vec![chance.below(256) as u8];
        for _ in 0..chance.below(6) {
            let seed = &seeds[chance.below(seeds.len() as u64) as usize];
            let (from, to) = (
                chance.below(seed.len() as u64),
                chance.below(seed.len() as u64),
            );
            bytes.extend_from_slice(&seed[from.min(to) as usize..from.max(to) as usize]);
            bytes.extend_from_slice([&b"\n"[..], b"\r\n", b"\r", b""][chance.below(4) as usize]);
        }
        check(&bytes);
    }
}

#[test]
fn json_of_any_shape_does_no_harm() {
    const PIECES: &[&str] = &[
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\\u",
        "\\ud83e",
        "null",
        "true",
        "-1.5e3",
        "0",
        " ",
        "\n",
        "NaN",
        "\"Records\"",
        "\"timestamp\":",
        "\"event\":",
        "{\"a\":",
        "[[[[",
    ];
    let mut chance = Chance::new(9);
    for _ in 0..50_000 {
        let mut bytes = vec![chance.below(LOG_TYPES.len() as u64) as u8];
        for _ in 0..chance.below(20) {
            bytes.extend_from_slice(PIECES[chance.below(PIECES.len() as u64) as usize].as_bytes());
        }
        check(&bytes);
    }
    for index in 0..LOG_TYPES.len() {
        for deep in ["[", "{\"a\":", "{\"Records\":[", "{\"event\":["] {
            check(&[&[index as u8], deep.repeat(100_000).as_bytes()].concat());
        }
    }
}

/// The calls of the samples, cut and changed.
#[test]
fn events_that_are_changed_anywhere_do_no_harm() {
    let mut chance = Chance::new(10);
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/events");
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        properties::event(text.as_bytes());
        let words: Vec<_> = text.split_inclusive('"').collect();
        for _ in 0..300 {
            let mut changed = words.clone();
            let (one, other) = (
                chance.below(words.len() as u64),
                chance.below(words.len() as u64),
            );
            changed[one as usize] = words[other as usize];
            properties::event(changed.concat().as_bytes());
        }
    }
}
