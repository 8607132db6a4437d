"""The page for users of R: its code is run by R, and prints what the page says."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from ..conftest import CHECKOUT, serving

PAGE = (CHECKOUT / "docs" / "r.md").read_text()
CODE = re.findall(r"```r\n(.*?)```", PAGE, re.DOTALL)
PRINTED = re.findall(r"```\n\n```\n(.*?)```", PAGE, re.DOTALL)
HAS_R = (
    shutil.which("Rscript") and not subprocess.run(["Rscript", "-e", "library(httr2)"], capture_output=True).returncode
)


@pytest.mark.skipif(not HAS_R, reason="R with httr2 is not installed")
def test_the_page_for_r(demo_folder: Path, tmp_path: Path) -> None:
    script = tmp_path / "page.R"
    with serving(demo_folder) as (url, _):
        script.write_text("".join(CODE).replace("http://127.0.0.1:8000/graphql", url))
        done = subprocess.run(["Rscript", str(script)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == "".join(PRINTED).split()
