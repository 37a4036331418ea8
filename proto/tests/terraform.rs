//! The example provider, driven by the real Terraform: `TERRAFORM`, or `terraform` or `tofu` on the
//! PATH.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may stop at the first surprise"
)]
#![allow(
    clippy::disallowed_methods,
    reason = "which Terraform to use comes from the environment"
)]
#![allow(clippy::print_stderr, reason = "a test that is skipped must say so")]

use std::fs;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};
use tempfile::TempDir;

#[test]
fn wrong_configuration_is_shown_where_it_is() {
    let Some(at) = Workspace::new() else { return };
    let wrong = r#"
        name  = ""
        tags  = ["a", ""]
        label = { text = "" }
        lid { material = "tin" }
        lid { material = "" }
    "#;
    at.jar(wrong);
    let output = at.fails(&["validate"]);
    for place in ["name", "tags", "label.text", "lid[1].material"] {
        assert!(
            output.contains(&format!("Error: Invalid value for {place}\n")),
            "{place}: {output}"
        );
    }
    assert!(output.contains("on main.tf line"), "{output}");
}

#[test]
fn a_jar_lives() {
    let Some(at) = Workspace::new() else { return };
    let whole = r#"
        name    = "plum"
        content = "plums"
        grams   = 0.1
        recipe  = "much sugar"
        label   = { text = "plum" }
        tags    = ["b", "a"]
        lid { material = "tin" }
    "#;
    at.jar(whole);
    let output = at.succeeds(&["apply", "-auto-approve"]);
    assert!(
        output.contains(r#"label = "a b c""#) && output.contains(r#"printed = "PLUM""#),
        "{output}"
    );
    assert!(!output.contains("much sugar"), "{output}");
    at.is_unchanged();

    fs::write(at.file("plum"), "worms").unwrap();
    assert!(at.changes().contains(r#""worms" -> "plums""#));
    at.succeeds(&["apply", "-auto-approve"]);
    assert_eq!(fs::read_to_string(at.file("plum")).unwrap(), "plums");

    at.jar(&whole.replace(r#""plums""#, r#""jam""#));
    let output = at.succeeds(&["apply", "-auto-approve"]);
    assert!(
        output.contains("0 added, 1 changed, 0 destroyed"),
        "{output}"
    );
    at.is_unchanged();

    at.jar(&whole.replace(r#"name    = "plum""#, r#"name    = "prune""#));
    let output = at.succeeds(&["apply", "-auto-approve"]);
    assert!(
        output.contains("# forces replacement")
            && output.contains("1 added, 0 changed, 1 destroyed"),
        "{output}"
    );
    assert!(!at.file("plum").exists() && at.file("prune").exists());

    at.succeeds(&["destroy", "-auto-approve"]);
    assert!(!at.file("prune").exists());
}

#[test]
fn what_is_gone_is_made_again() {
    let Some(at) = Workspace::new() else { return };
    at.jar(r#"name = "fig""#);
    at.succeeds(&["apply", "-auto-approve"]);
    fs::remove_file(at.file("fig")).unwrap();
    assert!(at.changes().contains("1 to add"));
}

#[test]
fn what_is_there_is_imported() {
    let Some(at) = Workspace::new() else { return };
    fs::write(at.file("old"), "dust").unwrap();
    at.jar(r#"name = "old""#);
    let output = at.fails(&["apply", "-auto-approve"]);
    assert!(output.contains("Import it instead"), "{output}");
    at.succeeds(&["import", "pantry_jar.it", "old"]);
    assert!(at.changes().contains(r#""dust" -> "air""#));
    at.jar("name = \"old\"\ncontent = \"dust\"");
    at.is_unchanged();
}

#[test]
fn stored_state_is_upgraded_step_by_step() {
    let Some(at) = Workspace::new() else { return };
    fs::write(at.file("fig"), "figs").unwrap();
    at.jar("name = \"fig\"\ncontent = \"figs\"\ngrams = 500");
    for (version, jar) in [
        (0, json!({"kilograms": 0.5, "filling": "figs"})),
        (
            1,
            json!({"grams": 500, "filling": "figs", "never_known": [1]}),
        ),
        (2, json!({"grams": 500, "content": "figs"})),
    ] {
        at.stored(version, jar);
        at.is_unchanged();
    }
    at.stored(3, json!({}));
    let output = at.fails(&["plan"]);
    assert!(
        output.contains("created by a newer provider version"),
        "{output}"
    );
}

#[test]
fn failures_lose_nothing() {
    let Some(at) = Workspace::new() else { return };
    at.jar(r#"name = "fig""#);
    fs::write(at.file("fig.cracked"), "").unwrap();
    assert!(
        at.fails(&["apply", "-auto-approve"])
            .contains("The jar cracked")
    );
    let output = at.changes();
    assert!(
        output.contains("is tainted, so must be replaced"),
        "{output}"
    );
    fs::remove_file(at.file("fig.cracked")).unwrap();
    at.succeeds(&["apply", "-auto-approve"]);

    fs::write(at.file("fig.stuck"), "").unwrap();
    assert!(
        at.fails(&["destroy", "-auto-approve"])
            .contains("Pull harder.")
    );
    assert_eq!(at.succeeds(&["state", "list"]), "pantry_jar.it\n");
}

#[test]
fn ctrl_c_loses_nothing() {
    let Some(at) = Workspace::new() else { return };
    let terraform = at.slow_create();
    // To the whole process group, as a terminal does.
    let group = format!("-{}", terraform.id());
    assert!(
        Command::new("kill")
            .args(["-INT", "--", &group])
            .status()
            .unwrap()
            .success()
    );
    fs::remove_file(at.file("fig.slow")).unwrap();
    terraform.wait_with_output().unwrap();
    let state = at.succeeds(&["state", "list"]);
    assert!(state.contains("pantry_jar.it"), "{state}");
}

#[test]
fn a_killed_terraform_leaves_no_provider() {
    let Some(at) = Workspace::new() else { return };
    let mut terraform = at.slow_create();
    let provider = at.provider().expect("the provider runs");
    // Not the process started above: that may be a wrapper around Terraform.
    let parent = parent_of(&provider).expect("Terraform runs");
    let killed = Command::new("kill").args(["-KILL", &parent]).status();
    assert!(killed.unwrap().success());
    terraform.wait().unwrap();
    eventually("the provider ends", || !provider.exists());
}

/// A folder with a configuration, and one with jars.
struct Workspace {
    folder: TempDir,
    terraform: PathBuf,
}

impl Workspace {
    fn new() -> Option<Self> {
        let Some(terraform) = find_terraform() else {
            eprintln!(
                "SKIPPED: there is no Terraform; put terraform or tofu on the PATH, or set TERRAFORM."
            );
            return None;
        };
        let folder = tempfile::tempdir().unwrap();
        let plugins = folder.path().join("plugins");
        fs::create_dir(folder.path().join("pantry")).unwrap();
        fs::create_dir(&plugins).unwrap();
        std::os::unix::fs::symlink(example(), plugins.join("terraform-provider-pantry")).unwrap();
        let overrides = format!("dev_overrides {{ \"example/pantry\" = {plugins:?} }}");
        fs::write(
            folder.path().join("cli.tfrc"),
            format!("provider_installation {{\n{overrides}\n}}"),
        )
        .unwrap();
        Some(Self { folder, terraform })
    }

    fn file(&self, name: &str) -> PathBuf {
        self.folder.path().join("pantry").join(name)
    }

    /// Writes a configuration with one jar.
    fn jar(&self, body: &str) {
        let pantry = self.folder.path().join("pantry");
        let config = format!(
            r#"
terraform {{
  required_providers {{ pantry = {{ source = "example/pantry" }} }}
}}
provider "pantry" {{ folder = {pantry:?} }}
resource "pantry_jar" "it" {{
{body}
}}
data "pantry_shelf" "all" {{ prefix = "no such jar" }}
output "label" {{ value = provider::pantry::label("a", "b", "c") }}
"#
        );
        fs::write(self.folder.path().join("main.tf"), config).unwrap();
    }

    /// Puts a state in place of the one there is, as a provider of that schema version stored it.
    fn stored(&self, version: u64, jar: Json) {
        let mut attributes = json!({"id": self.file("fig"), "name": "fig", "revision": 1});
        attributes
            .as_object_mut()
            .unwrap()
            .extend(jar.as_object().unwrap().clone());
        let instance = json!({"schema_version": version, "attributes": attributes});
        let state = json!({
            "version": 4,
            "lineage": "l",
            "outputs": {"label": {"value": "a b c", "type": "string"}},
            "resources": [{
                "mode": "managed",
                "type": "pantry_jar",
                "name": "it",
                "provider": "provider[\"registry.terraform.io/example/pantry\"]",
                "instances": [instance],
            }],
        });
        fs::write(
            self.folder.path().join("terraform.tfstate"),
            state.to_string(),
        )
        .unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.terraform);
        command
            .args(arguments)
            .current_dir(&self.folder)
            .env("TF_CLI_CONFIG_FILE", self.folder.path().join("cli.tfrc"))
            .env("TF_CLI_ARGS", "-no-color")
            .env("TF_IN_AUTOMATION", "1")
            .env("CHECKPOINT_DISABLE", "1")
            .env("RUST_BACKTRACE", "1")
            .stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> (Option<i32>, String) {
        let output = self.command(arguments).output().unwrap();
        let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
        (
            output.status.code(),
            text(&output.stdout) + &text(&output.stderr),
        )
    }

    fn succeeds(&self, arguments: &[&str]) -> String {
        let (code, output) = self.run(arguments);
        assert_eq!(code, Some(0), "{arguments:?}: {output}");
        output
    }

    fn fails(&self, arguments: &[&str]) -> String {
        let (code, output) = self.run(arguments);
        assert_eq!(code, Some(1), "{arguments:?}: {output}");
        output
    }

    fn is_unchanged(&self) {
        self.succeeds(&["plan", "-detailed-exitcode"]);
    }

    fn changes(&self) -> String {
        let (code, output) = self.run(&["plan", "-detailed-exitcode"]);
        assert_eq!(code, Some(2), "{output}");
        output
    }

    /// The entry in /proc of the provider that runs for this folder.
    fn provider(&self) -> Option<PathBuf> {
        let folder = self.folder.path().display().to_string();
        let ours = |process: &PathBuf| {
            let line = fs::read(process.join("cmdline")).unwrap_or_default();
            String::from_utf8_lossy(&line).starts_with(&folder)
        };
        fs::read_dir("/proc")
            .ok()?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .find(ours)
    }

    /// A Terraform in the middle of creating a jar, in a process group of its own.
    fn slow_create(&self) -> Child {
        self.jar(r#"name = "fig""#);
        fs::write(self.file("fig.slow"), "").unwrap();
        let mut command = self.command(&["apply", "-auto-approve"]);
        let terraform = command
            .process_group(0)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        eventually("the jar is being made", || self.file("fig").exists());
        terraform
    }
}

fn find_terraform() -> Option<PathBuf> {
    let named = std::env::var_os("TERRAFORM").map(PathBuf::from);
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = ["terraform", "tofu"].into_iter().flat_map(|name| {
        std::env::split_paths(&path)
            .map(move |folder| folder.join(name))
            .collect::<Vec<_>>()
    });
    named.or_else(|| found.into_iter().find(|file| file.is_file()))
}

/// Cargo puts examples beside the folder of the tests.
fn example() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let file = test
        .parent()
        .and_then(Path::parent)
        .unwrap()
        .join("examples/terraform-provider-pantry");
    assert!(
        file.is_file(),
        "run `cargo build --example terraform-provider-pantry` first"
    );
    file
}

/// The id of the process that started the one with this entry in /proc.
fn parent_of(process: &Path) -> Option<String> {
    let status = fs::read_to_string(process.join("status")).ok()?;
    status
        .lines()
        .find_map(|line| Some(line.strip_prefix("PPid:")?.trim().to_owned()))
}

fn eventually(what: &str, condition: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(60);
    while !condition() {
        assert!(Instant::now() < deadline, "it never happened that {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}
