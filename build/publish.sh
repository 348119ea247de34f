#!/usr/bin/env bash
# Builds the program into artifacts/ringfence. ./ringfence calls it with the root of the checkout when sources are newer.
set -uo pipefail
root=$1
out=$root/artifacts/ringfence
program=$out/current/ringfence
# shellcheck source=build/sdk.sh
source "$root/build/sdk.sh"
# shellcheck source=build/is-current.sh
source "$root/build/is-current.sh"

publish_say() { [[ -n ${RINGFENCE_VERBOSE:-} ]] && sdk_say "$*" || true; }

# Several first uses at once: one builds, the others wait and find it done.
publish_once() {
    mkdir -p "$out"
    if command -v flock >/dev/null; then
        exec 9>"$out/lock"
        flock 9
        is_current && return 0
    fi
    sdk_require || exit
    publish
}

publish() {
    local why='sources changed' next=$out/build-$$ log=$out/build.log stamp=$out/stamp.$$
    [[ -e $out/current ]] || why='first use, about a minute'
    sdk_say "Building ringfence ($why)…"
    touch "$stamp"
    rm -rf "$next"

    # The checked-in lock file first: what follows uses the same packages.
    publish_dotnet restore --locked-mode >"$log" 2>&1 || publish_failed "$log"
    if ! publish_ahead_of_time "$next" >>"$log" 2>&1; then
        # A mistake in the sources is not cured by building in another way.
        grep -qE 'error (CS|RS|CA|IDE|IL)[0-9]+' "$log" && publish_failed "$log"
        publish_say 'Not compiled ahead of time; building for the .NET runtime instead.'
        rm -rf "$next"
        publish_for_runtime "$next" ReadyToRun >>"$log" 2>&1 || { rm -rf "$next"; publish_for_runtime "$next" >>"$log" 2>&1; } || publish_failed "$log"
        printf '%s\n' "$DOTNET_ROOT" >"$next/dotnet-root"
    fi
    if [[ -n ${RINGFENCE_VERBOSE:-} ]]; then cat "$log" >&2; fi
    publish_switch "$next" "$stamp"
}

# Replaces the link in one step, and leaves the previous build to those who are just starting it.
publish_switch() {
    local next=$1 stamp=$2 previous old
    previous=$(readlink "$out/current" 2>/dev/null || true)
    ln -sfn "${next##*/}" "$out/current.$$"
    mv -fT "$out/current.$$" "$out/current" 2>/dev/null || { rm -f "$out/current.$$"; ln -sfn "${next##*/}" "$out/current"; }
    mv -f "$stamp" "$out/stamp"
    for old in "$out"/build-*; do
        [[ -d $old && ${old##*/} != "${next##*/}" && ${old##*/} != "$previous" ]] && rm -rf "$old"
    done
    return 0
}

publish_dotnet() {
    local verb=$1
    shift
    # Its own folder for intermediate files: ./test and an editor may be building at the same time.
    (cd "$root" && "$DOTNET" "$verb" src/Ringfence.Cli/Ringfence.Cli.csproj --disable-build-servers "-p:ArtifactsPath=$out/work" "$@" 9>&-)
}

publish_ahead_of_time() {
    local linker
    linker=$(publish_linker) || { echo 'No C linker.'; return 1; }
    publish_dotnet publish -c Release --use-current-runtime -p:PublishAot=true "-p:CppCompilerAndLinker=$linker" -p:StripSymbols=true -o "$1"
}

publish_for_runtime() {
    publish_dotnet publish -c Release --use-current-runtime --no-self-contained -p:TieredPGO=true "-p:PublishReadyToRun=${2:+true}" -o "$1"
}

# A compiler that cannot link a C program (no headers or libraries of C) is no use.
publish_linker() {
    local compiler
    for compiler in clang gcc; do
        if command -v "$compiler" >/dev/null && echo 'int main(void) { return 0; }' | "$compiler" -x c - -o /dev/null 2>/dev/null; then
            printf '%s' "$compiler"
            return 0
        fi
    done
    return 1
}

publish_failed() {
    rm -rf "$out"/build-$$ "$out"/stamp.$$
    if [[ -n ${RINGFENCE_VERBOSE:-} ]]; then cat "$1" >&2; else grep -E '(error|warning) [A-Z]+[0-9]+' "$1" | sed 's/ \[.*//' | sort -u >&2 || cat "$1" >&2; fi
    sdk_say "The build failed; all of its output is in ${1#"$PWD"/}."
    exit "$BUILD_FAILED"
}

publish_once
