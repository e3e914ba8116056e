"""Runs a Python script or module, and ends it when the process that started it has ended for any reason.

python attached.py PARENT SCRIPT [ARGUMENT ...]
python attached.py PARENT -m MODULE [ARGUMENT ...]
"""

import os
import pathlib
import runpy
import signal
import sys
import threading
import time

CHECK = 0.5  # seconds between two looks at the parent
GRACE = 3  # seconds to end in an orderly way


def end_with(parent):
    while os.getppid() == parent:
        time.sleep(CHECK)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(128 + signal.SIGTERM)


_, parent, *rest = sys.argv
if os.name == "posix":
    threading.Thread(target=end_with, args=[int(parent)], daemon=True).start()
if rest[0] == "-m":
    sys.argv = rest[1:]
    sys.path[0] = os.getcwd()
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
else:
    sys.argv = rest
    sys.path[0] = str(pathlib.Path(rest[0]).parent)
    runpy.run_path(rest[0], run_name="__main__")
