//! What strangers wrote, in a message for people.

const LONGEST: usize = 100;

/// In quotes, with what cannot be seen escaped, and cut where it would flood the screen.
pub fn shown(text: &str) -> String {
    let start: String = text.chars().take(LONGEST).collect();
    let cut = if start.len() < text.len() { "..." } else { "" };
    format!("{start:?}{cut}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_huge_text_is_cut_and_a_strange_one_escaped() {
        assert_eq!(shown("a\n\"b\""), r#""a\n\"b\"""#);
        let long = shown(&"é".repeat(5_000));
        assert!(long.len() < 210 && long.ends_with("..."), "{long}");
    }
}
