# Is the program as new as what it is built from? Sourced by ./ringfence (sh) and build/publish.sh (bash), which set root, out and program.
# shellcheck shell=sh disable=SC2154

# A deleted or moved file is seen by its folder. A stamp is as old as the start of the build.
is_unchanged_since() {
    # Not 'stamp': sh has no local variables, and this would change the one of whoever calls.
    unchanged_since=$1
    shift
    [ -f "$unchanged_since" ] && [ -z "$(find "$@" "$root/build" "$root/Directory.Build.props" "$root/Directory.Build.targets" \
        "$root/Directory.Packages.props" "$root/global.json" -newer "$unchanged_since" -print -quit 2>&1)" ]
}

is_current() {
    [ -x "$program" ] && is_unchanged_since "$out/stamp" "$root/src" && is_as_wanted
}

# What was built in a lesser way is built again once the better one is possible and wanted.
is_as_wanted() {
    if [ -f "$out/current/agent-needs-compiler" ] && linker >/dev/null; then return 1; fi
    [ -z "${RINGFENCE_NATIVE:-}" ] || [ ! -f "$out/current/dotnet-root" ] || [ -f "$out/current/native-failed" ]
}

# A compiler that cannot link a static C program (no headers or libraries of C) is no use.
linker() {
    for compiler in gcc clang; do
        # No pipe: under pipefail a compiler that does not read to the end would count as none.
        if command -v "$compiler" >/dev/null && "$compiler" -static -x c - -o /dev/null 2>/dev/null <<'C'
int main(void) { return 0; }
C
        then
            printf '%s' "$compiler"
            return 0
        fi
    done
    return 1
}
