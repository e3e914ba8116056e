"""Executes one notebook by nbclient and reports each cell as a line of JSON on standard output.

python execute.py NOTEBOOK RESULT --kernel NAME --cwd FOLDER
"""

import argparse
import json
import os
import pathlib
import sys

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError

parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
parser.add_argument("notebook", type=pathlib.Path)
parser.add_argument("result", type=pathlib.Path)
parser.add_argument("--kernel", default="tslab")
parser.add_argument("--cwd", type=pathlib.Path, required=True)
options = parser.parse_args()


def report(**event):
    print(json.dumps(event), flush=True)


notebook = nbformat.read(options.notebook, as_version=4)
total = sum(cell.cell_type == "code" for cell in notebook.cells)
client = NotebookClient(
    notebook,
    kernel_name=options.kernel,
    timeout=1800,
    startup_timeout=120,
    record_timing=False,  # else every run writes other bytes
    coalesce_streams=True,
    resources={"metadata": {"path": str(options.cwd)}},
)
done = 0


def started(cell, cell_index):
    if cell.cell_type == "code" and cell.source.strip():
        report(event="cell", at=done + 1, of=total, id=cell.get("id", str(cell_index)), line=first_line(cell))


def first_line(cell):
    return next((line for line in cell.source.splitlines() if line.strip()), "")


def executed(cell, cell_index, execute_reply):
    global done
    done += 1


client.on_cell_execute = started
client.on_cell_executed = executed
failure = None
try:
    client.execute()
except CellExecutionError as error:
    failure = {"name": error.ename, "message": error.evalue}
except (DeadKernelError, RuntimeError, TimeoutError) as error:
    failure = {"name": type(error).__name__, "message": str(error)}

# A notebook that failed is written too: its outputs up to the failure show what happened.
options.result.parent.mkdir(parents=True, exist_ok=True)
beside = options.result.with_name(f"{options.result.name}.{os.getpid()}.new")
nbformat.write(notebook, beside)
os.replace(beside, options.result)

if failure:
    codes = [cell for cell in notebook.cells if cell.cell_type == "code"]
    cell = next((c for c in codes if any(o.output_type == "error" for o in c.outputs)), codes[min(done, total - 1)])
    outputs = [o for o in cell.outputs if o.output_type == "error"]
    report(
        event="failed",
        at=codes.index(cell) + 1,
        of=total,
        id=cell.get("id", ""),
        source=cell.source,
        traceback=[line for o in outputs for line in o.traceback],
        **failure,
    )
    sys.exit(1)
report(event="done", of=total)
