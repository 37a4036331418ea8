//! How fast records are read natively, each log type beside what most people would take. `make bench` prints it as a table.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark is run by hand"
)]

mod peer;
#[path = "../../tests/records/mod.rs"]
mod records;
mod summary;

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, Throughput};
use logenabler_catalog::{LOG_TYPES, LogType, Row};
use peer::Peer;
use summary::Summary;

/// About as much as fits into a processor's second cache, so that memory is no part of it.
const BYTES: usize = 512 * 1024;
const AGENTS: [(&str, usize); 3] = [("", 0), (", 2 KB agent", 2048), (", 8 KB agent", 8192)];

fn main() {
    let folder = std::env::current_exe().expect("this program lies in a folder");
    let folder = folder.with_file_name("criterion");
    let mut summary = Summary::new(folder.clone());
    let mut criterion = Criterion::default()
        .output_directory(&folder)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_millis(600))
        .sample_size(20)
        .nresamples(1000)
        .configure_from_args();
    for log_type in LOG_TYPES {
        let has_agent = log_type.columns().any(records::is_agent);
        for (name, length) in AGENTS
            .iter()
            .filter(|(_, length)| has_agent || *length == 0)
        {
            bench(&mut criterion, &mut summary, log_type, name, *length);
        }
    }
    summary.print();
}

fn bench(
    criterion: &mut Criterion,
    summary: &mut Summary,
    log_type: &LogType,
    note: &str,
    agent: usize,
) {
    let (Some(reader), Some(peer)) = (log_type.format.reader(), Peer::of(log_type)) else {
        return;
    };
    let agent = (agent > 0).then(|| "Mozilla/5.0 (like Gecko) ".repeat(agent / 25));
    let one = records::file(log_type, 1, agent.as_deref()).len();
    let count = BYTES / one;
    let file = records::file(log_type, count, agent.as_deref());
    let name = format!("{}{note}", log_type.name);
    let native = |file: &[u8]| {
        let (mut rows, mut row, mut read) = (reader.rows(file), Row::default(), 0);
        while let Some(result) = rows.next_into(&mut row) {
            read += usize::from(result.is_ok());
            reader.values(&row).for_each(|value| _ = black_box(value));
        }
        read
    };
    assert_eq!(
        [native(&file), peer.read(&file)],
        [count; 2],
        "not all of {name} are read"
    );
    let mut group = criterion.benchmark_group(&name);
    group.throughput(Throughput::Bytes(file.len() as u64));
    group.bench_function("native", |bencher| {
        bencher.iter(|| native(black_box(&file)))
    });
    group.bench_function(peer.name(), |bencher| {
        bencher.iter(|| peer.read(black_box(&file)))
    });
    group.finish();
    summary.add(&name, peer.name(), file.len(), count);
}
