//! Files as services pack them, as far as they are there.

use std::io::Read;

use flate2::bufread::MultiGzDecoder;

/// How each file begins that is packed; services name some otherwise.
const GZIP: &[u8] = &[0x1f, 0x8b];
/// So much text has records enough, whatever a file unpacks to.
const MOST: usize = 1 << 20;

/// The text of a file that begins with these bytes, and whether it is cut there.
pub(crate) fn unpack(bytes: Vec<u8>, is_cut: bool) -> (Vec<u8>, bool) {
    if !bytes.starts_with(GZIP) {
        return (bytes, is_cut);
    }
    let mut text = Vec::new();
    // What was read before it failed is there.
    let read = MultiGzDecoder::new(&*bytes)
        .take(MOST as u64)
        .read_to_end(&mut text);
    let is_cut = is_cut || read.is_err() || text.len() == MOST;
    (text, is_cut)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    fn packed(text: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    /// Hardly packs: so that what is cut has something in it.
    fn lines() -> Vec<u8> {
        let line = |number: u32| format!("{:08x}\n", number.wrapping_mul(2_654_435_761));
        (0..20_000).map(line).collect::<String>().into_bytes()
    }

    fn check(bytes: &[u8], is_cut: bool, expected: (&[u8], bool)) {
        let (text, is_cut) = unpack(bytes.to_vec(), is_cut);
        assert!(
            (&*text, is_cut) == expected,
            "{} bytes, {is_cut}",
            text.len()
        );
    }

    #[test]
    fn what_is_packed_is_unpacked_and_all_else_stays_as_it_is() {
        let text = lines();
        check(&packed(&text), false, (&text, false));
        check(&text, false, (&text, false));
        check(b"", false, (b"", false));
        let several = [packed(b"a\n"), packed(b""), packed(b"b\n")].concat();
        check(&several, false, (b"a\nb\n", false));
    }

    #[test]
    fn of_what_is_cut_all_that_is_there_is_unpacked() {
        let text = lines();
        let bytes = packed(&text);
        for end in (2..bytes.len()).step_by(997) {
            let (found, is_cut) = unpack(bytes[..end].to_vec(), true);
            assert!(is_cut && text.starts_with(&found), "{end}");
            assert!(found.len() + 40_000 > end, "{} of {end}", found.len());
        }
        let (found, is_cut) = unpack([packed(b"a\n"), b"garbage".to_vec()].concat(), false);
        assert_eq!((&*found, is_cut), (&b"a\n"[..], true));
    }

    #[test]
    fn what_is_no_file_of_its_kind_is_cut() {
        for hostile in [
            &b"\x1f\x8b"[..],
            b"\x1f\x8b\x08\xff\xff\xff",
            &[0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 7, 7],
        ] {
            check(hostile, false, (b"", true));
        }
    }

    #[test]
    fn little_that_unpacks_to_much_takes_no_more_memory_than_that() {
        let (text, is_cut) = unpack(packed(&vec![b'x'; 50 * MOST]), false);
        assert_eq!((text.len(), is_cut), (MOST, true));
    }
}
