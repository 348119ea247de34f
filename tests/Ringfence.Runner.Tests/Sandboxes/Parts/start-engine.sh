#!/bin/sh
# Starts Docker on a Debian machine without an init system, as root. Safe to call when it runs already. It stays running, like a service.
# $1: a folder for the log and the settings
set -eu
here=$(cd "$(dirname "$0")" && pwd)
state=$1
mkdir -p "$state"

answers() { [ -S /var/run/docker.sock ] && curl -fsS --max-time 5 --unix-socket /var/run/docker.sock http://engine/_ping >/dev/null 2>&1; }

missing=""
for pair in dockerd:docker.io curl:curl iptables:iptables; do
    command -v "${pair%%:*}" >/dev/null || [ -x "/usr/sbin/${pair%%:*}" ] || missing="$missing ${pair##*:}"
done
if [ -n "$missing" ]; then
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $missing >/dev/null
fi

answers && exit 0
settings='{}'
# CAP_SYS_RESOURCE is bit 24. Where root does not have it, runc has to be spared what needs it.
bounds=$(sed -n 's/^CapBnd:[[:space:]]*//p' /proc/self/status)
if [ $(( (0x$bounds >> 24) & 1 )) -eq 0 ]; then
    settings=$(printf '{"runtimes":{"modest":{"path":"%s/modest-runc"}},"default-runtime":"modest"}' "$here")
fi
printf '%s\n' "$settings" > "$state/daemon.json"
rm -f /var/run/docker.pid
setsid /usr/sbin/dockerd --config-file "$state/daemon.json" >"$state/dockerd.log" 2>&1 </dev/null &
tries=0
until answers; do
    tries=$((tries + 1))
    [ $tries -lt 150 ] || { tail -n 3 "$state/dockerd.log" >&2; exit 1; }
    sleep 0.2
done
