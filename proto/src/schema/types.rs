//! Terraform's types, as far as providers need them.

use std::fmt;

use serde_json::{Value as Json, json};

/// The type of an attribute, parameter or result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    String,
    Bool,
    Number,
    List(Box<Type>),
    Set(Box<Type>),
    Map(Box<Type>),
    Object(Vec<(String, Type)>),
}

impl Type {
    pub fn list(element: Self) -> Self {
        Self::List(Box::new(element))
    }

    pub fn set(element: Self) -> Self {
        Self::Set(Box::new(element))
    }

    pub fn map(element: Self) -> Self {
        Self::Map(Box::new(element))
    }

    /// The JSON by which Terraform names types: `"string"`, `["list","string"]`.
    pub(crate) fn to_json(&self) -> Json {
        match self {
            Self::String => json!("string"),
            Self::Bool => json!("bool"),
            Self::Number => json!("number"),
            Self::List(element) => json!(["list", element.to_json()]),
            Self::Set(element) => json!(["set", element.to_json()]),
            Self::Map(element) => json!(["map", element.to_json()]),
            Self::Object(attributes) => {
                let attributes = attributes
                    .iter()
                    .map(|(name, ty)| (name.clone(), ty.to_json()));
                json!(["object", Json::Object(attributes.collect())])
            }
        }
    }
}

/// As the registry's documentation names them: `Set of String`.
impl fmt::Display for Type {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::String => f.write_str("String"),
            Self::Bool => f.write_str("Boolean"),
            Self::Number => f.write_str("Number"),
            Self::List(element) => write!(f, "List of {element}"),
            Self::Set(element) => write!(f, "Set of {element}"),
            Self::Map(element) => write!(f, "Map of {element}"),
            Self::Object(_) => f.write_str("Object"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_have_a_wire_form_and_a_name() {
        let check = |ty: Type, wire: &str, name: &str| {
            assert_eq!(ty.to_json().to_string(), wire);
            assert_eq!(ty.to_string(), name);
        };
        check(Type::Bool, r#""bool""#, "Boolean");
        check(
            Type::set(Type::list(Type::String)),
            r#"["set",["list","string"]]"#,
            "Set of List of String",
        );
        let object = Type::Object(vec![("a".to_owned(), Type::Number)]);
        check(
            Type::map(object),
            r#"["map",["object",{"a":"number"}]]"#,
            "Map of Object",
        );
    }
}
