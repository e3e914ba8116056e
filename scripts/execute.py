"""Executes one notebook by nbclient and reports each cell as a line of JSON on standard output.

python execute.py NOTEBOOK RESULT --kernel NAME --cwd FOLDER
"""

import argparse
import json
import os
import pathlib
import signal
import sys
import tempfile

import nbformat
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError


def main():
    options = parse_options()
    notebook = nbformat.read(options.notebook, as_version=4)
    clear(notebook)
    failure = run(notebook, options)
    # A notebook that failed is written too: its outputs up to the failure show what happened.
    write(notebook, options.result)
    report(**(failure or {"event": "done", "of": len(code_cells(notebook))}))
    sys.exit(1 if failure else 0)


def parse_options():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notebook", type=pathlib.Path)
    parser.add_argument("result", type=pathlib.Path)
    parser.add_argument("--kernel", default="tslab")
    parser.add_argument("--cwd", type=pathlib.Path, required=True)
    return parser.parse_args()


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def clear(notebook):
    """Removes the saved outputs, which are those of another run: a cell that does not run now then has none."""
    for cell in code_cells(notebook):
        cell.outputs = []
        cell.execution_count = None


def report(**event):
    print(json.dumps(event), flush=True)


def run(notebook, options):
    """Gives None, or the event that says which cell failed and why."""
    begun = []

    def started(cell, cell_index):
        begun.append(cell)
        lines = [line for line in cell.source.splitlines() if line.strip()]
        line = next((line for line in lines if not line.startswith("//")), lines[0])
        report(event="cell", line=line, **place(notebook, cell))

    client = NotebookClient(
        notebook,
        kernel_name=options.kernel,
        kernel_manager_class=Manager,
        timeout=1800,
        startup_timeout=120,
        record_timing=False,  # else every run writes other bytes
        coalesce_streams=True,
        resources={"metadata": {"path": str(options.cwd)}},
        on_cell_execute=started,
    )
    # What the kernel's process itself prints goes into a file: on our standard output it would mix with the events.
    with tempfile.TemporaryFile() as log:
        try:
            client.execute(stdout=log, stderr=log)
        except CellExecutionError as error:
            return failed(notebook, begun, error.ename, error.evalue)
        except Exception as error:  # whatever it is, the cell has no reply
            reason = f"{str(error) or 'no reply'}{how_it_ended(log)}"
            leave_unfinished(begun, type(error).__name__, reason)
            return failed(notebook, begun, type(error).__name__, reason)
    return None


class Manager(AsyncKernelManager):
    """Remembers how the kernel's process ended: afterwards nbclient has forgotten it."""

    exit_code = None

    async def is_alive(self):
        alive = await super().is_alive()
        if not alive and self.has_kernel:
            Manager.exit_code = await self.provisioner.poll()
        return alive


def how_it_ended(log):
    code = Manager.exit_code
    end = ""
    if code is not None:
        cause = f"by {signal.Signals(-code).name}" if code < 0 else f"with exit code {code}"
        end = f": its process ended {cause}"
    log.seek(0)
    lines = log.read().decode(errors="replace").strip().splitlines()[-40:]
    return "\n".join([f"{end}; the last that it said:", *lines]) if lines else end


def leave_unfinished(begun, name, reason):
    """Records the error at the last cell that began, and marks that this cell did not run to its end."""
    if begun:
        begun[-1].execution_count = None
        error = nbformat.v4.new_output("error", ename=name, evalue=reason, traceback=[f"{name}: {reason}"])
        begun[-1].outputs.append(error)


def failed(notebook, begun, name, message):
    """Returns the event of a failure. If no cell has begun, the kernel never became ready."""
    cell = begun[-1] if begun else nbformat.v4.new_code_cell(id="none")
    errors = [output for output in cell.outputs if output.output_type == "error"]
    traceback = [line for output in errors for line in output.traceback]
    event = {"event": "failed", "source": cell.source, "name": name, "message": message, "traceback": traceback}
    return event | place(notebook, cell)


def place(notebook, cell):
    """Which code cell it is, from 1 on. Two cells may be equal, so they are told apart by identity."""
    codes = code_cells(notebook)
    at = next((i + 1 for i, code in enumerate(codes) if code is cell), 0)
    return {"at": at, "of": len(codes), "id": cell.get("id", "")}


def write(notebook, result):
    result.parent.mkdir(parents=True, exist_ok=True)
    beside = result.with_name(f"{result.name}.{os.getpid()}.new")
    nbformat.write(notebook, beside)
    os.replace(beside, result)


main()
