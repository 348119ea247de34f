#!/bin/sh
# Makes the images of the tests out of Debian's packages, without a registry. What is there already stays.
# $1: a folder to work in; then the images: busybox, debian, keeps, dind
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$1
shift
mkdir -p "$work"
cd "$work"

has() { docker image inspect "ringfence-test/$1" >/dev/null 2>&1; }

# Unpacks packages of Debian into a folder, without their dependencies and scripts.
unpack() {
    into=$1
    shift
    mkdir -p "$into" debs
    [ -n "$(find /var/lib/apt/lists -name '*_Packages*' -print -quit)" ] || apt-get update -qq
    for package in "$@"; do
        ls debs/"$package"_*.deb >/dev/null 2>&1 || (cd debs && apt-get download -qq "$package" 2>/dev/null)
        dpkg -x debs/"$package"_*.deb "$into"
    done
}

accounts() {
    mkdir -p "$1/etc" "$1/tmp" "$1/root" "$1/home/ci" "$1/proc" "$1/sys" "$1/dev"
    printf 'root:x:0:0:root:/root:/bin/sh\nci:x:1000:1000::/home/ci:/bin/sh\n' > "$1/etc/passwd"
    printf 'root:x:0:\nci:x:1000:\n' > "$1/etc/group"
    chown -R 1000:1000 "$1/home/ci"
    chmod 1777 "$1/tmp"
}

busybox_into() {
    unpack "$1.deb" busybox-static
    mkdir -p "$1/bin"
    cp "$1.deb/bin/busybox" "$1/bin/busybox" 2>/dev/null || cp "$1.deb/usr/bin/busybox" "$1/bin/busybox"
    for applet in $("$1/bin/busybox" --list); do
        [ -e "$1/bin/$applet" ] || ln -s busybox "$1/bin/$applet"
    done
    accounts "$1"
}

# Nothing but one static program: no C library, no bash.
make_busybox() {
    busybox_into busybox
    tar -C busybox -c . | docker import -c 'ENV PATH=/bin' -c 'ENV OF_IMAGE=yes' -c 'CMD ["/bin/sh"]' - ringfence-test/busybox >/dev/null
}

# The C library of GNU, bash, and a user who is not root.
make_debian() {
    unpack debian base-files bash dash coreutils sed grep tar gzip libc6 libtinfo6 libselinux1 libpcre2-8-0 libacl1 libattr1 libgmp10
    ln -sf bash debian/bin/sh
    accounts debian
    tar -C debian -c . | docker import -c 'USER ci' -c 'CMD ["/bin/bash"]' - ringfence-test/debian >/dev/null
}

# Its entrypoint has to run as long as the job does.
make_keeps() {
    busybox_into busybox
    tar -C busybox -c . | docker import -c 'ENV PATH=/bin' -c 'ENV SHARED=of-image' -c 'LABEL com.circleci.preserve-entrypoint=true' \
        -c 'ENTRYPOINT ["/bin/sh", "-c", "echo kept $OWN; exec sleep 100000"]' - ringfence-test/keeps >/dev/null
}

# An engine in a container that makes certificates as Docker's own image does: this machine's programs with the libraries that they need.
make_dind() {
    busybox_into dind
    programs=""
    for name in dockerd docker containerd containerd-shim-runc-v2 runc openssl xtables-nft-multi; do
        programs="$programs $(PATH="/usr/sbin:$PATH" command -v $name)"
    done
    mkdir -p dind/usr/sbin dind/usr/bin dind/etc/ssl dind/var/run dind/usr/lib/x86_64-linux-gnu
    cp -L $programs dind/usr/bin/
    for name in iptables iptables-save iptables-restore ip6tables; do
        ln -sf xtables-nft-multi dind/usr/bin/$name
    done
    cp -rL /usr/lib/*-linux-gnu/xtables dind/usr/lib/x86_64-linux-gnu/
    cp /etc/ssl/openssl.cnf dind/etc/ssl/
    for program in $programs; do
        ldd "$program" 2>/dev/null | grep -o '/[^ ]*' || true
    done | sort -u | while read -r library; do
        mkdir -p "dind$(dirname "$library")"
        cp -L "$library" "dind$library"
    done
    cp "$here/dind-entry.sh" dind/entry.sh
    tar -C dind -c . | docker import -c 'ENV PATH=/usr/bin:/bin:/usr/sbin' -c 'VOLUME /var/lib/docker' -c 'ENTRYPOINT ["/bin/sh", "/entry.sh"]' - ringfence-test/dind >/dev/null
}

for image in "$@"; do
    has "$image" || "make_$image"
done
