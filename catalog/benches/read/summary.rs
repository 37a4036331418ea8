//! What was measured, as a table.

use std::fs;
use std::path::PathBuf;

pub(crate) struct Summary {
    /// Where criterion keeps what it measured.
    folder: PathBuf,
    lines: Vec<String>,
}

impl Summary {
    /// What was measured another time is no part of it, so it goes; mostly there is none.
    pub(crate) fn new(folder: PathBuf) -> Self {
        _ = fs::remove_dir_all(&folder);
        let lines = Vec::new();
        Self { folder, lines }
    }

    pub(crate) fn add(&mut self, name: &str, peer: &str, bytes: usize, records: usize) {
        let (Some(native), Some(other)) = (
            self.nanoseconds(name, "native"),
            self.nanoseconds(name, peer),
        ) else {
            return;
        };
        let speeds = |nanoseconds: f64| {
            let megabytes = bytes as f64 * 1e3 / nanoseconds;
            let thousands = records as f64 * 1e6 / nanoseconds;
            format!("{megabytes:7.0} {thousands:7.0}")
        };
        let ratio = other / native;
        self.lines.push(format!(
            "{name:36} {} | {peer:10} {} | {ratio:5.1}",
            speeds(native),
            speeds(other)
        ));
    }

    /// What a round takes; nothing where it was only tried.
    fn nanoseconds(&self, name: &str, reader: &str) -> Option<f64> {
        let folder = self
            .folder
            .join(name.replace(['?', '"', '/', '\\', '*', '<', '>', ':', '|', '^'], "_"));
        let estimates = fs::read(folder.join(reader).join("new/estimates.json")).ok()?;
        let estimates: serde_json::Value = serde_json::from_slice(&estimates).ok()?;
        estimates.pointer("/median/point_estimate")?.as_f64()
    }

    pub(crate) fn print(&self) {
        println!(
            "\n{:36} {:7} {:>7} | {:10} {:>7} {:>7} | ratio",
            "native", "   MB/s", "1000/s", "peer", "MB/s", "1000/s"
        );
        self.lines.iter().for_each(|line| println!("{line}"));
    }
}
