#!/usr/bin/env bash
# Sets up the class, or brings it up to date: run it as root in a checkout that students can read, as /opt/dlfs.
set -eu
umask 022
cd "$(dirname "$0")/.."
npm run build
if [ ! -x classroom/.venv/bin/python ]; then "${PYTHON:-python3}" -m venv classroom/.venv; fi
# a Python or Node in root's own folders would end each student's server at its start
for program in classroom/.venv/bin/python "$(command -v node)"; do
  if ! runuser -u nobody -- "$program" --version > /dev/null 2>&1; then
    echo "install.sh: students cannot run $program: wanted a program and folders that all users can read." >&2
    echo "Another Python is chosen by PYTHON=/usr/bin/python3 $0, after rm -r .venv classroom/.venv; Node by PATH." >&2
    exit 1
  fi
done
classroom/.venv/bin/pip install --quiet --disable-pip-version-check -r classroom/requirements.txt
npm ci --prefix classroom --no-fund --no-audit
node kernel/dist/start/install.js --prefix classroom/.venv
# the notebooks that students get, without outputs: per language with and without the solutions of the exercises
rm -rf classroom/lessons.new
for language in en ja zh; do
  npm run --silent notebooks -- --lang "$language" --blank "classroom/lessons.new/$language-1" > /dev/null
  npm run --silent notebooks -- --lang "$language" --blank "classroom/lessons.new/$language-0" --no-solutions > /dev/null
done
rm -rf classroom/lessons
mv classroom/lessons.new classroom/lessons
# keys and the list of who is logged in: for root alone
install -d -m 700 /var/lib/dlfs-classroom
echo "the class is set up: classroom/users.sh NAME ... makes accounts, classroom/start.sh begins"
