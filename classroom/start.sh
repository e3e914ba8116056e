#!/usr/bin/env bash
# Runs JupyterHub until it is stopped; as root, because each student's server runs as that student.
set -eu
cd "$(dirname "$0")"
umask 022
exec .venv/bin/python -m jupyterhub --config jupyterhub_config.py "$@"
