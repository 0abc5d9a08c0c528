"""Two validators of Office Open XML that share nothing: Microsoft's SDK, and openxml-audit in Python."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from openxml_audit import OpenXmlValidator

SDK = Path("build/word/node_modules/.bin/ooxml-validator")
"""Where scripts/word-parts.sh puts the SDK's command."""


def audited(path: Path) -> list[str]:
    """What openxml-audit says against a file."""
    errors = OpenXmlValidator(max_errors=0).validate(str(path)).errors
    return [f"{error.part_uri}: {error.description}" for error in errors]


def sdk(path: Path) -> list[str]:
    """What Microsoft's validator says against a file. Raises ValueError where it didn't run."""
    done = subprocess.run([SDK, path], capture_output=True, text=True, timeout=120, check=False)
    if done.returncode not in {0, 1}:
        raise ValueError(f"the validator did not run: {done.stderr.strip()}")
    errors = json.loads(done.stdout)["errors"]
    return [f"{error['path']}: {error['description']} {error['xPath']}" for error in errors]
