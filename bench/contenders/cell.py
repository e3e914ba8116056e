"""Runs one cell after another in the project's kernel: a line of JSON {"code"} gets a line of JSON {"text"}, what the cell printed."""
import json
import sys

from jupyter_client.manager import start_new_kernel

manager, client = start_new_kernel(kernel_name="tslab", startup_timeout=120)
try:
    for line in sys.stdin:
        text = []

        def keep(message):
            content = message["content"]
            if message["msg_type"] == "stream":
                text.append(content["text"])
            if message["msg_type"] == "error":
                raise RuntimeError("\n".join(content["traceback"]))

        client.execute_interactive(json.loads(line)["code"], output_hook=keep, timeout=600)
        print(json.dumps({"text": "".join(text)}), flush=True)
finally:
    client.stop_channels()
    manager.shutdown_kernel(now=True)
