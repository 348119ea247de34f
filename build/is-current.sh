# Is the program as new as what it is built from? Sourced by ./ringfence (sh) and build/publish.sh (bash), which set root, out and program.
# shellcheck shell=sh disable=SC2154

# A deleted or moved file is seen by its folder. The stamp is as old as the start of the build.
is_current() {
    [ -x "$program" ] && [ -z "$(find "$root/src" "$root/build" "$root/Directory.Build.props" "$root/Directory.Build.targets" \
        "$root/Directory.Packages.props" "$root/global.json" -newer "$out/stamp" -print -quit 2>&1)" ]
}
