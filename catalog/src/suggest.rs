//! The log type that somebody probably meant.

use crate::log_types::LOG_TYPES;

/// The closest name, if one is close enough to be a slip.
pub fn did_you_mean(name: &str) -> Option<&'static str> {
    let slips = |known: &str| distance(name, known);
    let close = LOG_TYPES
        .iter()
        .map(|known| (slips(known.name), known.name));
    close
        .filter(|(slips, known)| *slips <= known.len() / 3)
        .min()
        .map(|(_, known)| known)
}

/// How many letters have to be added, dropped or replaced (Levenshtein). Case and `-` for `_` are free; names too long
/// to be a slip are not compared, as the work grows with the length.
fn distance(name: &str, known: &str) -> usize {
    if name.len() > 2 * known.len() {
        return usize::MAX;
    }
    let mut row: Vec<usize> = (0..=known.len()).collect();
    for letter in name.chars().map(|c| {
        if c == '-' {
            '_'
        } else {
            c.to_ascii_lowercase()
        }
    }) {
        let mut next = vec![row.first().map_or(0, |first| first + 1)];
        for (known_letter, pair) in known.chars().zip(row.windows(2)) {
            let &[diagonal, above] = pair else { continue };
            let left = next.last().copied().unwrap_or_default();
            next.push(
                (diagonal + usize::from(letter != known_letter))
                    .min(above + 1)
                    .min(left + 1),
            );
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, meant: Option<&str>) {
        assert_eq!(did_you_mean(name), meant, "{name}");
    }

    #[test]
    fn slips_are_recognised() {
        check("alb_access", Some("alb_access"));
        check("alb-access", Some("alb_access"));
        check("ALB_Acess", Some("alb_access"));
        check("alb_acces_log", None);
        check("alb_accesss", Some("alb_access"));
        check("vpc", None);
        check("", None);
        check(&"alb_access".repeat(10_000), None);
    }
}
