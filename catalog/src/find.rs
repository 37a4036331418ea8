//! Looking for a byte. Most fields end soon: the first bytes are looked at eight at a time, which costs less than a call, and
//! only then takes over what is quick on long texts.

/// How far to look in steps of eight.
const NEAR: usize = 32;
const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = 0x8080_8080_8080_8080;

/// Where this byte is, or the length.
#[inline]
pub(crate) fn find(bytes: &[u8], wanted: u8) -> usize {
    let near = |word: u64| zeros(word ^ (ONES * u64::from(wanted)));
    nearby(bytes, near, |byte| byte == wanted).unwrap_or_else(|| {
        let far = bytes.get(NEAR..).unwrap_or_default();
        NEAR + memchr::memchr(wanted, far).unwrap_or(far.len())
    })
}

/// Where the first of these bytes is, or the length.
#[inline]
pub(crate) fn find_either(bytes: &[u8], [one, other]: [u8; 2]) -> usize {
    let near =
        |word: u64| zeros(word ^ (ONES * u64::from(one))) | zeros(word ^ (ONES * u64::from(other)));
    nearby(bytes, near, |byte| byte == one || byte == other).unwrap_or_else(|| {
        let far = bytes.get(NEAR..).unwrap_or_default();
        NEAR + memchr::memchr2(one, other, far).unwrap_or(far.len())
    })
}

/// The high bit of each byte that is zero, and perhaps of some that are higher in the word than one that is.
#[inline]
fn zeros(word: u64) -> u64 {
    word.wrapping_sub(ONES) & !word & HIGH
}

/// Where it is, or the length, if that is near.
#[inline]
fn nearby(
    bytes: &[u8],
    in_word: impl Fn(u64) -> u64,
    wanted: impl Fn(u8) -> bool,
) -> Option<usize> {
    let mut rest = bytes;
    let mut at = 0;
    while at < NEAR {
        let Some((word, behind)) = rest.split_first_chunk() else {
            let found = rest.iter().position(|byte| wanted(*byte));
            return Some(at + found.unwrap_or(rest.len()));
        };
        let found = in_word(u64::from_le_bytes(*word));
        if found != 0 {
            return Some(at + found.trailing_zeros() as usize / 8);
        }
        at += word.len();
        rest = behind;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_is_found_wherever_it_is() {
        for length in 0..100 {
            for at in 0..=length {
                let mut bytes = vec![b'!'; length];
                assert_eq!(find(&bytes, b' '), length);
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = b' ';
                }
                bytes.extend_from_slice(b"!  \"!");
                let expected = if at < length { at } else { length + 1 };
                assert_eq!(find(&bytes, b' '), expected);
                assert_eq!(find_either(&bytes, [b'"', b' ']), expected);
                let quote = length + 3;
                assert_eq!(find(&bytes, b'"'), quote);
                assert_eq!(find_either(&bytes, [0, b'"']), quote);
            }
        }
    }
}
