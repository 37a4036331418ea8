//! Reading takes no memory: not for a field, and not for a record either where a row is read into again.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod records;

use logenabler_catalog::{LOG_TYPES, Row};

#[test]
fn a_row_that_is_read_into_again_takes_no_memory() {
    const RECORDS: usize = 1000;
    for log_type in LOG_TYPES {
        let Some(reader) = log_type.format.reader() else {
            continue;
        };
        let file = records::file(log_type, RECORDS, None);
        let (mut rows, mut row) = (reader.rows(&file), Row::default());
        // The first one makes room.
        rows.next_into(&mut row).unwrap().unwrap();
        let (mut read, mut values) = (1, 0);
        let taken = allocation_counter::measure(|| {
            while let Some(result) = rows.next_into(&mut row) {
                read += usize::from(result.is_ok());
                values += reader.values(&row).count();
            }
        });
        assert_eq!(read, RECORDS, "{}", log_type.name);
        assert_eq!(values, (RECORDS - 1) * log_type.columns().count());
        assert_eq!(taken.count_total, 0, "{}", log_type.name);
    }
}
