"""Measures a class: N students open a notebook and train TwoLayerNet at the same time, beside the same in NumPy.

Run as root after install.sh, with no JupyterHub running: classroom/.venv/bin/python classroom/measure.py 1 5 10 20
It makes accounts measure-1, measure-2, ... and removes them at the end. Memory is the proportional set size of all of a
student's processes, so that pages which several students share count once.
"""

import json
import os
import pwd
import secrets
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen
from uuid import uuid4

from websocket import create_connection

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parent
HUB = "http://127.0.0.1:8000"
LOG = Path("/var/lib/dlfs-classroom/measure.log")
TOKEN = secrets.token_hex(16)

TYPESCRIPT = """
import { loadMnist, random, train, TwoLayerNet } from "dlfs";
random.seed(0);
const network = new TwoLayerNet(784, 50, 10);
const history = await train(network, await loadMnist(), { iterations: ITERATIONS, evaluateEvery: 600 });
console.log(history.testAccuracy.at(-1));
"""

# the same steps and evaluations in NumPy, by the book's network
PYTHON = """
import gzip, sys
import numpy as np
sys.path.insert(0, "FOLDER/bench/contenders")
from networks import TwoLayerNet
def read(name, start):
    with gzip.open(f"FOLDER/data/{name}-ubyte.gz") as file:
        return np.frombuffer(file.read(), np.uint8, offset=start)
def images(name):
    return read(f"{name}-images-idx3", 16).reshape(-1, 784).astype(np.float32) / 255
x, t = images("train"), np.eye(10)[read("train-labels-idx1", 8)]
x_test, t_test = images("t10k"), np.eye(10)[read("t10k-labels-idx1", 8)]
network = TwoLayerNet(50)
for step in range(ITERATIONS):
    batch = np.random.choice(len(x), 100)
    for key, gradient in network.gradient(x[batch], t[batch]).items():
        network.params[key] -= 0.1 * gradient
    network.loss(x[batch], t[batch])
    if step % 600 == 0:
        network.accuracy(x, t)
        accuracy = network.accuracy(x_test, t_test)
print(accuracy)
"""
ITERATIONS = 601


def hub(method, path):
    request = Request(f"{HUB}/hub/api{path}", method=method, headers={"Authorization": f"token {TOKEN}"})
    with urlopen(request, timeout=120) as answer:
        return json.loads(answer.read() or "null")


def server(name, method, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    request = Request(f"{HUB}/user/{name}/api{path}", method=method, data=data)
    request.add_header("Authorization", f"token {TOKEN}")
    request.add_header("Content-Type", "application/json")
    with urlopen(request, timeout=120) as answer:
        return json.loads(answer.read() or "null")


def execute(socket, code):
    """Runs a cell; returns its text, and raises what the cell raises."""
    message_id = uuid4().hex
    header = {"msg_id": message_id, "msg_type": "execute_request", "session": "measure", "username": "", "version": "5.3"}
    content = {"code": code, "silent": False, "store_history": False, "stop_on_error": True}
    message = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell"}
    socket.send(json.dumps(message))
    text, error, awaited = "", None, {"reply", "idle"}  # the output may arrive after the reply
    while awaited:
        answer = json.loads(socket.recv())
        kind, content = answer["header"]["msg_type"], answer["content"]
        state = content.get("execution_state")
        if state in ("restarting", "dead"):
            raise RuntimeError(f"the kernel ended: {state}")
        if answer["parent_header"].get("msg_id") != message_id:
            continue
        if kind == "stream":
            text += content["text"]
        elif kind == "error":
            error = RuntimeError(f"{content['ename']}: {content['evalue']}")
        elif kind == "execute_reply":
            awaited.discard("reply")
        elif state == "idle":
            awaited.discard("idle")
    if error:
        raise error
    return text


def processes(names, file):
    """The texts of a file of /proc, one for each process of these users."""
    users = {pwd.getpwnam(name).pw_uid for name in names}
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and folder.stat().st_uid in users:
                yield (folder / file).read_text()
        except (FileNotFoundError, ProcessLookupError):
            pass  # it has ended meanwhile


def memory(names):
    """MiB of all processes of these users, shared pages counted once."""
    lines = (line for text in processes(names, "smaps_rollup") for line in text.splitlines())
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def cpu(names):
    """Seconds of computing time of all processes of these users."""
    fields = (text.rsplit(")", 1)[1].split() for text in processes(names, "stat"))
    ticks = sum(int(field[11]) + int(field[12]) for field in fields)
    return ticks / os.sysconf("SC_CLK_TCK")


class Student:
    def __init__(self, name):
        self.name = name

    def begin(self):
        """Starts the student's server; returns the seconds that it took."""
        began = time.monotonic()
        hub("POST", f"/users/{self.name}/server")
        while not hub("GET", f"/users/{self.name}")["servers"].get("", {}).get("ready"):
            time.sleep(0.2)  # the hub has no call that waits
        return time.monotonic() - began

    def end(self):
        """Ends the student's server; a new one can be started only when it is gone."""
        hub("DELETE", f"/users/{self.name}/server")
        while hub("GET", f"/users/{self.name}")["servers"]:
            time.sleep(0.2)

    def open(self, kernel):
        """Starts a kernel, and waits until it answers; returns the seconds that it took."""
        began = time.monotonic()
        self.kernel = server(self.name, "POST", "/kernels", {"name": kernel})["id"]
        address = f"{HUB.replace('http', 'ws')}/user/{self.name}/api/kernels/{self.kernel}/channels"
        self.socket = create_connection(address, header=[f"Authorization: token {TOKEN}"], timeout=900)
        execute(self.socket, "1")
        return time.monotonic() - began

    def train(self, code):
        began = time.monotonic()
        text = execute(self.socket, code)
        return time.monotonic() - began, text.strip().splitlines()[-1]

    def close(self):
        self.socket.close()
        server(self.name, "DELETE", f"/kernels/{self.kernel}")


def together(students, action):
    with ThreadPoolExecutor(len(students)) as pool:
        return list(pool.map(action, students))


def measure(count, name):
    kernel, code = WORK[name]
    code = code.replace("FOLDER", str(CHECKOUT)).replace("ITERATIONS", str(ITERATIONS))
    students = [Student(f"measure-{number + 1}") for number in range(count)]
    names = [student.name for student in students]
    began = together(students, Student.begin)
    servers = memory(names)
    opened = together(students, lambda student: student.open(kernel))
    idle = memory(names)
    used = cpu(names)
    trained = together(students, lambda student: student.train(code))
    used = cpu(names) - used
    after = memory(names)
    accuracies = {accuracy for _, accuracy in trained}
    if len(accuracies) != 1:
        raise RuntimeError(f"the students' accuracies differ: {accuracies}")
    together(students, Student.close)
    together(students, Student.end)
    return {
        "students": count,
        "work": name,
        "server": max(began),
        "open": max(opened),
        "train": max(seconds for seconds, _ in trained),
        "cpu": used / count,
        "memory server": servers / count,
        "memory open": idle / count,
        "memory trained": after / count,
        "accuracy": accuracies.pop(),
    }


ROWS = {
    "server": "server ready, s",
    "open": "notebook's kernel ready, s",
    "train": "training, s",
    "cpu": "computing time of the training, s a student",
    "memory server": "memory of the server, MiB a student",
    "memory open": "with an open notebook",
    "memory trained": "after the training",
}


def table(measured):
    """The figures as Markdown; each cell has one for each entry of WORK."""
    counts = sorted({one["students"] for one in measured})
    of = {(one["students"], one["work"]): one for one in measured}
    lines = [f"| {' / '.join(WORK)} | {' | '.join(f'{count} students' for count in counts)} |", "|---" * (len(counts) + 1) + "|"]
    for key, title in ROWS.items():
        digits = 0 if key.startswith("memory") else 1
        figures = lambda count: " / ".join(f"{of[count, name][key]:.{digits}f}" for name in WORK)
        lines.append(f"| {title} | {' | '.join(figures(count) for count in counts)} |")
    return "\n".join(lines)


WORK = {
    "TypeScript": ("tslab", TYPESCRIPT),
    "one thread": ("tslab", 'process.env.DLFS_THREADS = "1";\n' + TYPESCRIPT),
    "NumPy": ("measure-numpy", PYTHON),
}


def numpy_kernel():
    """A kernelspec for the Python of the checkout, which has NumPy."""
    folder = HERE / ".venv" / "share" / "jupyter" / "kernels" / "measure-numpy"
    folder.mkdir(parents=True, exist_ok=True)
    argv = [str(CHECKOUT / ".venv" / "bin" / "python"), "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = {"argv": argv, "display_name": "NumPy", "language": "python"}
    (folder / "kernel.json").write_text(json.dumps(spec))
    return folder


def main():
    counts = [int(word) for word in sys.argv[1:]] or [1, 5, 10, 20]
    names = [f"measure-{number + 1}" for number in range(max(counts))]
    subprocess.run([str(HERE / "users.sh"), *names], stdout=subprocess.DEVNULL, check=True)
    folder = numpy_kernel()
    environment = {**os.environ, "DLFS_CLASS_TOKEN": TOKEN}
    hub_process = subprocess.Popen([str(HERE / "start.sh")], env=environment, stderr=LOG.open("w"))
    measured = []
    try:
        while True:
            try:
                hub("GET", "/")
                break
            except OSError:
                time.sleep(0.5)  # it has no other sign that it is ready
        for name in names:
            try:
                hub("POST", f"/users/{name}")
            except HTTPError as error:
                if error.code != 409:  # the hub knows the name from a run that was stopped
                    raise
        for count in counts:
            for name in WORK:
                measured.append(measure(count, name))
                print(measured[-1], file=sys.stderr, flush=True)
        print(table(measured))
        for name in names:
            hub("DELETE", f"/users/{name}")
    finally:
        hub_process.terminate()
        hub_process.wait()
        for file in folder.iterdir():
            file.unlink()
        folder.rmdir()
        for name in names:
            subprocess.run(["userdel", "--remove", name], stderr=subprocess.DEVNULL, check=False)


if __name__ == "__main__":
    main()
