"""JupyterHub for a class on one machine: ordinary users of the system, one shared installation that they can only read.

docs/classroom.md says how to set it up. What a teacher may want to change is in `settings.json` beside this file; without
it, the values of `DEFAULTS` hold.
"""

import json
import os
import resource
import sys
from pathlib import Path

from jupyterhub.spawner import LocalProcessSpawner

HERE = Path(__file__).resolve().parent

DEFAULTS = {
    "address": "http://127.0.0.1:8000",
    # of each process of a student, so of each kernel; a cell that wants more gets an error
    "memory_gib": 2,
    "processes": 200,
    # minutes after which a kernel that computes nothing is ended, and a server without kernels too
    "idle_minutes": 60,
    # the edition of the notebooks: en, ja or zh
    "language": "en",
    # without the solutions of the exercises
    "solutions": True,
}


def settings():
    file = HERE / "settings.json"
    chosen = json.loads(file.read_text()) if file.exists() else {}
    unknown = sorted(set(chosen) - set(DEFAULTS))
    if unknown:
        sys.exit(f"{file}: {', '.join(unknown)}: wanted some of {', '.join(DEFAULTS)}")
    return {**DEFAULTS, **chosen}


SETTINGS = settings()


class Student(LocalProcessSpawner):
    """A student's server, as a process of this user, with limits for it and for each of its kernels."""

    def make_preexec_fn(self, name):
        become_user = super().make_preexec_fn(name)

        def begin():
            memory = SETTINGS["memory_gib"] * 2**30
            # the memory that a process has for its data: a limit of the address space would end shared WebAssembly
            resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            become_user()
            processes = SETTINGS["processes"]
            resource.setrlimit(resource.RLIMIT_NPROC, (processes, processes))

        return begin


c = get_config()  # noqa: F821
c.JupyterHub.bind_url = SETTINGS["address"]
c.JupyterHub.spawner_class = Student
c.JupyterHub.cookie_secret_file = "/var/lib/dlfs-classroom/cookie_secret"
c.JupyterHub.db_url = "sqlite:////var/lib/dlfs-classroom/jupyterhub.sqlite"
c.ConfigurableHTTPProxy.pid_file = "/var/lib/dlfs-classroom/proxy.pid"
c.ConfigurableHTTPProxy.command = [str(HERE / "node_modules" / ".bin" / "configurable-http-proxy")]

# everyone who has an account on this machine may log in
c.Authenticator.allow_all = True
c.Spawner.cmd = [str(HERE / ".venv" / "bin" / "python"), str(HERE / "begin.py")]
c.Spawner.notebook_dir = "~/dlfs"
# when a whole class logs in at once, a server may take a minute to start
c.Spawner.start_timeout = c.Spawner.http_timeout = 180
c.Spawner.default_url = "/lab/tree/README.md"
c.Spawner.environment = {
    "DLFS_LANGUAGE": SETTINGS["language"],
    "DLFS_SOLUTIONS": str(int(SETTINGS["solutions"])),
    "PATH": f"{HERE / '.venv' / 'bin'}:{os.environ['PATH']}",
}
idle = round(SETTINGS["idle_minutes"] * 60)
c.Spawner.args = [
    # sockets in the student's own folder: ports are chosen before a kernel takes them, and 20 servers choose the same ones
    "--KernelManager.transport=ipc",
    f"--MappingKernelManager.cull_idle_timeout={idle}",
    f"--MappingKernelManager.cull_interval={min(idle, 60)}",
    "--MappingKernelManager.cull_connected=True",  # a forgotten window keeps nothing alive
    f"--ServerApp.shutdown_no_activity_timeout={idle}",
    "--LabApp.extension_manager=readonly",
]

# classroom/measure.py starts servers as a teacher could, with a token that it has made for this run
if token := os.environ.get("DLFS_CLASS_TOKEN"):
    c.JupyterHub.services = [{"name": "measure", "api_token": token}]
    scopes = ["admin:users", "admin:servers", "access:servers", "list:users"]
    c.JupyterHub.load_roles = [{"name": "measure", "services": ["measure"], "scopes": scopes}]
