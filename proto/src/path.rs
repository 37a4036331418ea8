//! Where in a resource something is: `tags["a"][0].x`.

use std::fmt;

/// One step into a value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Step {
    Attribute(String),
    Key(String),
    Index(usize),
}

/// The way from the root of a resource, data source or provider to one of its values.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Path {
    steps: Vec<Step>,
}

impl Path {
    pub(crate) fn root() -> Self {
        Self::default()
    }

    /// The path of a top-level attribute or block.
    pub fn attribute(name: impl Into<String>) -> Self {
        Self::root().field(name)
    }

    /// An attribute of the object at this path.
    #[must_use]
    pub fn field(self, name: impl Into<String>) -> Self {
        self.step(Step::Attribute(name.into()))
    }

    /// An element of the map at this path.
    #[must_use]
    pub fn key(self, key: impl Into<String>) -> Self {
        self.step(Step::Key(key.into()))
    }

    /// An element of the list at this path.
    #[must_use]
    pub fn index(self, index: usize) -> Self {
        self.step(Step::Index(index))
    }

    pub fn is_root(&self) -> bool {
        self.steps.is_empty()
    }

    pub(crate) fn step(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }

    pub(crate) fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// This path as seen from the object that holds it at `outer`.
    pub(crate) fn under(self, outer: Step) -> Self {
        let mut steps = vec![outer];
        steps.extend(self.steps);
        Self { steps }
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.steps.iter().enumerate() {
            match step {
                Step::Attribute(name) if position == 0 => write!(f, "{name}")?,
                Step::Attribute(name) => write!(f, ".{name}")?,
                Step::Key(key) => write!(f, "[{key:?}]")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_read_like_terraform() {
        let check = |path: Path, expected: &str| assert_eq!(path.to_string(), expected);
        check(Path::root(), "");
        check(Path::attribute("tags"), "tags");
        check(
            Path::attribute("tags").key("a\"b").index(0).field("x"),
            r#"tags["a\"b"][0].x"#,
        );
    }
}
