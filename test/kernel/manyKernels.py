"""Starts kernels by jupyter_client.

many COUNT: starts so many at once, runs a cell in each, stops them all, and prints their ports and process ids.
hold: starts one, prints its process ids, and waits to be killed.
"""

import asyncio
import json
import subprocess
import sys
import time

from jupyter_client.manager import AsyncKernelManager, KernelManager


def processes(pid):
    """The process and those it started."""
    listing = subprocess.run(["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    pairs = [tuple(map(int, line.split())) for line in listing.splitlines()]
    found = [pid]
    for parent in found:
        found += [child for child, of in pairs if of == parent]
    return found


async def one(number):
    manager = AsyncKernelManager(kernel_name="tslab")
    await manager.start_kernel()
    client = manager.client()
    client.start_channels()
    await client.wait_for_ready(timeout=300)
    ports = [manager.shell_port, manager.iopub_port, manager.stdin_port, manager.control_port, manager.hb_port]
    pids = processes(manager.provisioner.pid)
    client.execute(f"{number} * 2")
    text = None
    while text is None:
        message = await client.get_iopub_msg(timeout=300)
        if message["msg_type"] == "execute_result":
            text = message["content"]["data"]["text/plain"]
    client.stop_channels()
    await manager.shutdown_kernel()
    return {"ports": ports, "pids": pids, "file": manager.connection_file, "text": text}


async def many(count):
    print(json.dumps(await asyncio.gather(*(one(number) for number in range(count)))))


def hold():
    manager = KernelManager(kernel_name="tslab")
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=300)
    if len(sys.argv) > 2:
        client.execute(sys.argv[2])
    print(json.dumps(processes(manager.provisioner.pid)), flush=True)
    while True:
        time.sleep(60)


if sys.argv[1] == "many":
    asyncio.run(many(int(sys.argv[2])))
else:
    hold()
