"""Begins a student's server: gives the student the notebooks in a folder of their own, then runs JupyterLab.

Runs as the student. A notebook that the student has not changed is replaced when the class has a newer one; a changed one
stays, and the newer one is put beside it under another name.
"""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from datetime import date
from itertools import count
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
HOME = Path.home() / "dlfs"
# the digest of each file as it was given to the student
GIVEN = HOME / ".given.json"


def digest(file):
    """Of what a student writes: the cells of a notebook without outputs, or the bytes of another file."""
    content = file.read_bytes()
    if file.suffix == ".ipynb":
        try:
            cells = json.loads(content)["cells"]
            texts = [[cell["cell_type"], "".join(cell["source"])] for cell in cells]
            content = json.dumps(texts).encode()
        except (ValueError, KeyError, TypeError):
            pass  # a damaged notebook counts as changed
    return hashlib.sha256(content).hexdigest()


def beside(file):
    """A free name for the class's new edition of a file that the student has changed."""
    stem = f"{file.stem} (new {date.today().isoformat()})"
    for number in count(1):
        other = file.with_name(f"{stem}{file.suffix}" if number == 1 else f"{stem} {number}{file.suffix}")
        if not other.exists():
            return other


def given_before():
    """The digests of GIVEN. Without them, each file that is there counts as changed."""
    try:
        return json.loads(GIVEN.read_text())
    except (OSError, ValueError):
        return {}


def copy(source, target):
    """Writes the whole file or nothing, for the disk may be full."""
    part = target.with_name(f".{target.name}.part")
    part.write_bytes(source.read_bytes())
    part.replace(target)


def give(lesson):
    """Copies the files of a folder to the student; returns the names of those that were put beside a changed one."""
    HOME.mkdir(exist_ok=True)
    given = given_before()
    news = []
    for source in sorted(lesson.iterdir()):
        target = HOME / source.name
        new = digest(source)
        if given.get(source.name) == new:
            continue  # the student has this edition; if the file is gone, the student has removed it
        if target.exists() and digest(target) not in (given.get(source.name), new):
            target = beside(target)
            news.append(target.name)
        copy(source, target)
        given[source.name] = new
        part = GIVEN.with_name(".given.part")
        part.write_text(json.dumps(given, indent=1))
        part.replace(GIVEN)
    return news


def main():
    language, solutions = os.environ.get("DLFS_LANGUAGE", "en"), os.environ.get("DLFS_SOLUTIONS", "1")
    lesson = CHECKOUT / "classroom" / "lessons" / f"{language}-{solutions}"
    for name in give(lesson):
        print(f"the class has a newer edition: {HOME / name}", file=sys.stderr)
    os.chdir(HOME)
    os.execv(sys.executable, [sys.executable, "-m", "jupyterhub.singleuser", *sys.argv[1:]])


if __name__ == "__main__":
    main()
