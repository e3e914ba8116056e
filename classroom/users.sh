#!/usr/bin/env bash
# Makes an account for each name, and prints its password: classroom/users.sh ada alan > passwords
# An account that is there already is left as it is.
set -eu
for name in "$@"; do
  if ! [[ "$name" =~ ^[a-z][a-z0-9_-]{0,30}$ ]]; then
    echo "users.sh: $name: wanted a name of small letters, digits, - and _" >&2
    exit 1
  fi
done
for name in "$@"; do
  if id "$name" > /dev/null 2>&1; then
    echo "users.sh: $name: there is such an account already" >&2
    continue
  fi
  useradd --create-home --shell /bin/bash "$name"
  chmod 700 "$(getent passwd "$name" | cut -d: -f6)"
  password=$(head -c 9 /dev/urandom | base64)
  echo "$name:$password" | chpasswd
  echo "$name $password"
done
