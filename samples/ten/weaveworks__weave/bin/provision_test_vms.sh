#!/bin/sh
# Stands in for the making of virtual machines: a folder.
set -eu
mkdir -p vms
echo "machines of $(id -un) on $(uname -s): $(pwd)/vms"
