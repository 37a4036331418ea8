//! A whole provider: jars are files in a folder. The tests drive it with a real Terraform.
//!
//! A file `<name>.slow` beside a jar makes its creation slow, `<name>.stuck` makes its deletion
//! fail and `<name>.cracked` lets its creation fail half way, so that tests can look at what
//! happens then.

use std::io::ErrorKind;
use std::path::{Path as File, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json};
use tfplugin::{
    Attribute, Block, Call, DataSource, Diagnostic, Diagnostics, Dynamic, Function, FunctionError,
    Nesting, Parameter, Path, Plan, Provider, Resource, Schema, ServeError, Server, Signature,
    Type, Value,
};

#[tokio::main]
async fn main() -> Result<(), ServeError> {
    let server = Server::<Pantry>::new()
        .resource::<Jar>()
        .data_source::<Shelf>()
        .function::<Label>();
    tfplugin::serve(server).await
}

struct Pantry;

#[derive(Clone, Serialize, Deserialize)]
struct Config {
    folder: Value<String>,
}

impl Provider for Pantry {
    type Config = Config;
    type Client = PathBuf;
    const NAME: &'static str = "pantry";

    fn schema() -> Schema {
        Schema::new("Keeps jars.")
            .attribute(Attribute::string("folder", "Where the jars stand.").required())
    }

    async fn configure(config: Config, _: &str) -> Result<PathBuf, Diagnostics> {
        // While Terraform plans, the folder may depend on something that is not there yet.
        Ok(PathBuf::from(
            config.folder.into_known().unwrap_or_default(),
        ))
    }
}

struct Jar;

#[derive(Clone, Serialize, Deserialize)]
struct JarModel {
    id: Value<String>,
    name: Value<String>,
    content: Value<String>,
    grams: Value<f64>,
    recipe: Value<String>,
    label: Value<JarLabel>,
    tags: Value<Vec<String>>,
    lid: Value<Vec<Lid>>,
    note: Value<String>,
    revision: Value<i64>,
}

#[derive(Clone, Serialize, Deserialize)]
struct JarLabel {
    text: Value<String>,
    color: Value<String>,
    printed: Value<String>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Lid {
    material: Value<String>,
}

fn label() -> Attribute {
    let inside = vec![
        Attribute::string("text", "What it says.")
            .required()
            .validate(not_empty),
        Attribute::string("color", "Its color.").default("white"),
        Attribute::string("printed", "As it looks.").computed(),
    ];
    Attribute::nested("label", Nesting::Single, inside, "The label.").optional()
}

fn lid() -> Block {
    let material = Attribute::string("material", "What it is made of.")
        .required()
        .validate(not_empty);
    Block::list("lid", "A lid.").attribute(material).items(0, 2)
}

impl Resource<PathBuf> for Jar {
    type Model = JarModel;
    const NAME: &'static str = "jar";

    fn schema() -> Schema {
        Schema::new("A jar.")
            .version(2)
            .attribute(
                Attribute::string("id", "The path of the file.")
                    .computed()
                    .keeps(),
            )
            .attribute(
                Attribute::string("name", "The name of the file.")
                    .required()
                    .replaces()
                    .validate(not_empty),
            )
            .attribute(Attribute::string("content", "What is in it.").default("air"))
            .attribute(Attribute::number("grams", "What it weighs.").optional())
            .attribute(
                Attribute::string("recipe", "A secret.")
                    .optional()
                    .sensitive(),
            )
            .attribute(label())
            .attribute(
                Attribute::set("tags", Type::String, "Words to find it by.")
                    .optional()
                    .validate(not_empty),
            )
            .block(lid())
            .attribute(
                Attribute::string("note", "Told once, not stored.")
                    .optional()
                    .write_only(),
            )
            .attribute(Attribute::int("revision", "How often it was changed.").computed())
    }

    fn plan(_: &PathBuf, plan: &mut Plan<JarModel>) -> Result<(), Diagnostics> {
        if let Value::Known(label) = &mut plan.planned.label {
            label.printed = label.text.clone().map(|text| text.to_uppercase());
        }
        Ok(())
    }

    async fn create(
        call: &Call<PathBuf, JarModel>,
        mut planned: JarModel,
    ) -> Result<JarModel, Diagnostics> {
        let name = planned.name.as_str().unwrap_or_default().to_owned();
        let file = call.client().join(&name);
        if file.exists() {
            let detail = format!("Import it instead: terraform import pantry_jar.<name> {name}");
            return Err(Diagnostic::error("The jar is there already", detail)
                .at(Path::attribute("name"))
                .into());
        }
        planned.id = Value::from(file.display().to_string());
        planned.revision = Value::from(1);
        write(&file, &planned)?;
        call.save(&planned);
        while call.client().join(format!("{name}.slow")).exists() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        if call.client().join(format!("{name}.cracked")).exists() {
            return Err(Diagnostic::error("The jar cracked", "Buy a new one.").into());
        }
        Ok(planned)
    }

    async fn read(
        call: &Call<PathBuf, JarModel>,
        mut prior: JarModel,
    ) -> Result<Option<JarModel>, Diagnostics> {
        match std::fs::read_to_string(call.client().join(prior.name.as_str().unwrap_or_default())) {
            Ok(content) => {
                prior.id = Value::from(
                    call.client()
                        .join(prior.name.as_str().unwrap_or_default())
                        .display()
                        .to_string(),
                );
                prior.content = Value::from(content);
                prior.revision = prior.revision.or(1);
                Ok(Some(prior))
            }
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(broken(&error)),
        }
    }

    async fn update(
        _: &Call<PathBuf, JarModel>,
        prior: JarModel,
        mut planned: JarModel,
    ) -> Result<JarModel, Diagnostics> {
        planned.revision = prior.revision.map(|revision| revision + 1);
        write(File::new(prior.id.as_str().unwrap_or_default()), &planned)?;
        Ok(planned)
    }

    async fn delete(call: &Call<PathBuf, JarModel>, prior: JarModel) -> Result<(), Diagnostics> {
        let name = prior.name.as_str().unwrap_or_default();
        if call.client().join(format!("{name}.stuck")).exists() {
            return Err(Diagnostic::error("The jar is stuck to the shelf", "Pull harder.").into());
        }
        match std::fs::remove_file(call.client().join(name)) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(broken(&error)),
            _ => Ok(()),
        }
    }

    async fn import(_: &Call<PathBuf, JarModel>, id: &str) -> Result<JarModel, Diagnostics> {
        Ok(JarModel {
            id: Value::Null,
            name: Value::from(id),
            content: Value::Null,
            grams: Value::Null,
            recipe: Value::Null,
            label: Value::Null,
            tags: Value::Null,
            lid: Value::Null,
            note: Value::Null,
            revision: Value::Null,
        })
    }

    fn upgrade(version: u64, mut state: Json) -> Result<Json, Diagnostics> {
        if let Some(jar) = state.as_object_mut() {
            let steps = [in_grams, renamed];
            let from = usize::try_from(version).unwrap_or_default();
            steps.iter().skip(from).for_each(|step| step(jar));
        }
        Ok(state)
    }
}

/// Version 0 weighed in kilograms.
fn in_grams(jar: &mut Map<String, Json>) {
    if let Some(kilograms) = jar.remove("kilograms").and_then(|weight| weight.as_f64()) {
        jar.insert("grams".to_owned(), Json::from(kilograms * 1000.0));
    }
}

/// Until version 1 what is in it was called so.
fn renamed(jar: &mut Map<String, Json>) {
    if let Some(filling) = jar.remove("filling") {
        jar.insert("content".to_owned(), filling);
    }
}

struct Shelf;

#[derive(Clone, Serialize, Deserialize)]
struct ShelfModel {
    prefix: Value<String>,
    jars: Value<Vec<String>>,
}

impl DataSource<PathBuf> for Shelf {
    type Model = ShelfModel;
    const NAME: &'static str = "shelf";

    fn schema() -> Schema {
        Schema::new("All jars.")
            .attribute(Attribute::string("prefix", "Only jars whose name begins so.").default(""))
            .attribute(Attribute::list("jars", Type::String, "Their names.").computed())
    }

    async fn read(
        call: &Call<PathBuf, ShelfModel>,
        mut config: ShelfModel,
    ) -> Result<ShelfModel, Diagnostics> {
        let prefix = config.prefix.as_str().unwrap_or_default();
        let entries = std::fs::read_dir(call.client()).map_err(|error| broken(&error))?;
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let mut names: Vec<_> = names.filter(|name| name.starts_with(prefix)).collect();
        names.sort();
        config.jars = Value::from(names);
        Ok(config)
    }
}

struct Label;

impl Function for Label {
    const NAME: &'static str = "label";

    fn definition() -> Signature {
        Signature::new(
            "Writes a label.",
            "Joins words to the text of a label.",
            Type::String,
        )
        .parameter(Parameter::new("word", Type::String, "The first word."))
        .variadic(Parameter::new("more", Type::String, "More words."))
    }

    fn call(arguments: Vec<Dynamic>) -> Result<Dynamic, FunctionError> {
        let words: Vec<_> = arguments.iter().filter_map(Dynamic::as_str).collect();
        match words.iter().position(|word| word.is_empty()) {
            Some(index) => Err(FunctionError::new("A word must not be empty.").argument(index)),
            None => Ok(Dynamic::from(words.join(" "))),
        }
    }
}

fn not_empty(text: &str) -> Result<(), String> {
    if text.is_empty() {
        Err("It must not be empty.".to_owned())
    } else {
        Ok(())
    }
}

fn write(file: &File, jar: &JarModel) -> Result<(), Diagnostics> {
    std::fs::write(file, jar.content.as_str().unwrap_or_default()).map_err(|error| broken(&error))
}

fn broken(error: &std::io::Error) -> Diagnostics {
    Diagnostic::error(
        "The pantry cannot be used",
        format!("{error}. Look at the folder of the provider."),
    )
    .into()
}
