# Finds a .NET 10 SDK, or gets one into the user's cache. Sourced by ./ringfence, ./test and ./dev.
# Afterwards DOTNET is the program to run, and DOTNET_ROOT its folder.
# shellcheck shell=bash

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false
export MSBUILDDISABLENODEREUSE=1 MSBUILDTERMINALLOGGER=off

# The caller's exit codes; see CONTRIBUTING.md.
readonly NO_SDK=69 BUILD_FAILED=70

sdk_say() { printf '%s\n' "$*" >&2; }

sdk_cache() { printf '%s' "${XDG_CACHE_HOME:-${HOME:-/tmp}/.cache}/ringfence/dotnet"; }

# Is the program at $1 a .NET host with a version 10 SDK?
sdk_is_usable() { [[ -x $1 ]] && "$1" --list-sdks 2>/dev/null | grep -q '^10\.'; }

sdk_use() {
    DOTNET=$(readlink -f "$1" 2>/dev/null || printf '%s' "$1")
    DOTNET_ROOT=${DOTNET%/*}
    export DOTNET DOTNET_ROOT
    # The SDK itself wants ICU and stops without it; nothing here needs other cultures.
    if ! compgen -G '/usr/lib/*/libicuuc.so*' >/dev/null && ! compgen -G '/usr/lib*/libicuuc.so*' >/dev/null; then
        export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
    fi
}

sdk_find() {
    local candidate cache
    cache=$(sdk_cache)
    for candidate in "$(command -v dotnet || true)" "${DOTNET_ROOT:-/nowhere}/dotnet" "${HOME:-/nowhere}/.dotnet/dotnet" \
        "$cache/dotnet" "$cache/usr/lib/dotnet/dotnet" "$cache/usr/share/dotnet/dotnet"; do
        if sdk_is_usable "$candidate"; then
            sdk_use "$candidate"
            return 0
        fi
    done
    return 1
}

sdk_apt_offers() {
    command -v apt-get >/dev/null && command -v apt-cache >/dev/null \
        && apt-cache policy dotnet-sdk-10.0 2>/dev/null | grep -q '^ *Candidate: *[0-9]'
}

sdk_from_apt_as_root() {
    sdk_say 'No .NET 10 SDK here: installing the package dotnet-sdk-10.0 with apt-get…'
    apt-get install -y --no-install-recommends dotnet-sdk-10.0 >/dev/null
}

# Without root, the packages are unpacked into the cache. What they depend on besides .NET itself is in any usual system.
sdk_from_apt_into_cache() {
    local cache downloads
    cache=$(sdk_cache)
    sdk_say "No .NET 10 SDK here: unpacking the package dotnet-sdk-10.0 into $cache…"
    downloads=$(mktemp -d) || return 1
    (
        cd "$downloads" || exit 1
        apt-cache depends --recurse --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances dotnet-sdk-10.0 \
            | grep -E '^(dotnet|aspnetcore|netstandard)-[a-z0-9.-]+$' | sort -u | xargs apt-get download -q >/dev/null || exit 1
        mkdir -p "$cache" || exit 1
        for package in ./*.deb; do dpkg-deb -x "$package" "$cache" || exit 1; done
    )
    local result=$?
    rm -rf "$downloads"
    return $result
}

# https://learn.microsoft.com/dotnet/core/tools/dotnet-install-script
sdk_from_microsoft() {
    local cache script url=https://dot.net/v1/dotnet-install.sh
    cache=$(sdk_cache)
    script=$(mktemp) || return 1
    if command -v curl >/dev/null; then
        curl --proto '=https' --tlsv1.2 --connect-timeout 10 -fsSL "$url" -o "$script" 2>/dev/null
    elif command -v wget >/dev/null; then
        wget --https-only --timeout=10 --tries=1 -q "$url" -O "$script" 2>/dev/null
    else
        false
    fi || { rm -f "$script"; return 1; }
    sdk_say "No .NET 10 SDK here: installing Microsoft's into $cache (about 250 MB)…"
    bash "$script" --channel 10.0 --install-dir "$cache" --no-path >/dev/null
    local result=$?
    rm -f "$script"
    return $result
}

# Finds or installs an SDK; otherwise says in one line what to install, and returns 69.
sdk_require() {
    sdk_find && return 0
    if sdk_apt_offers; then
        if [[ $(id -u) == 0 ]]; then sdk_from_apt_as_root || true; else sdk_from_apt_into_cache || true; fi
        sdk_find && return 0
    fi
    { sdk_from_microsoft || true; } && sdk_find && return 0
    sdk_say 'Ringfence needs the .NET 10 SDK and could not install it: install the package dotnet-sdk-10.0, or see https://dotnet.microsoft.com/download'
    return "$NO_SDK"
}

# dotnet, for what builds. All projects are compiled by one process, which is warm after the first and goes when this one does.
# It counts nothing for later optimisation (TieredPGO): nobody compiles long enough to gain from that. Nor is it debugged, for which each process
# would leave a socket behind.
sdk_build() (
    server=ringfence-$BASHPID-$RANDOM
    trap 'sdk_end_compiler "$server"' EXIT
    DOTNET_TieredPGO=0 DOTNET_EnableDiagnostics=0 "$DOTNET" "$@" -nodeReuse:false -p:UseRazorBuildServer=false -p:UseSharedCompilation=true "-p:SharedCompilationId=$server"
)

# Without pkill, which a small system may not have. The compiler leaves its socket behind.
sdk_end_compiler() {
    local file pid
    for file in $(grep -lsxzF -e "-pipename:$1" /proc/[0-9]*/cmdline); do
        pid=${file#/proc/}
        kill "${pid%/cmdline}" 2>/dev/null
    done
    rm -f "${TMPDIR:-/tmp}/$1"
}
