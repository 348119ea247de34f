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
    local why='sources changed' next=$out/build-$$ log=$out/build.log stamp=$out/stamp.$$ with_agent=''
    [[ -e $out/current ]] || why='first use, about 40 seconds'
    [[ -z ${RINGFENCE_NATIVE:-} ]] || why+=', ahead of time'
    sdk_say "Building ringfence ($why)…"
    touch "$stamp"
    rm -rf "$next"
    : >"$log"

    agent_is_current || with_agent=yes
    publish_as_well_as_possible "$with_agent" "$log" || publish_failed "$log"
    mv "$out/msbuild/publish/Ringfence.Cli/release" "$next" || publish_failed "$log"
    publish_marks "$next"
    publish_agent "$next" "$stamp" "$with_agent" || publish_failed "$log"
    if [[ -n ${RINGFENCE_VERBOSE:-} ]]; then cat "$log" >&2; fi
    publish_switch "$next" "$stamp"
}

# Sets program_as and agent_as to what succeeded: native or runtime; static, single-file, none, or kept.
publish_as_well_as_possible() {
    local with_agent=$1 log=$2 linker='' way ways=()
    program_as=runtime agent_as=kept
    linker=$(linker) || true
    if [[ -n $with_agent ]]; then
        [[ -n $linker ]] && ways+=('runtime static')
        ways+=('runtime single-file' 'runtime none')
    else
        ways+=('runtime kept')
    fi
    [[ -n $linker && -n ${RINGFENCE_NATIVE:-} ]] && ways=("native ${ways[0]#* }" "${ways[@]}")

    for way in "${ways[@]}"; do
        program_as=${way% *} agent_as=${way#* }
        publish_way "$program_as" "$agent_as" "$linker" >>"$log" 2>&1 && return 0
        # A mistake in the sources is not cured by building in another way.
        grep -qE 'error (CS|RS|CA|IDE|IL)[0-9]+' "$log" && return 1
        publish_say "Building the program ($program_as) with the agent ($agent_as) failed."
    done
    return 1
}

# A build that was stopped while it linked has left a file that looks new, and would do so for ever.
publish_way() {
    publish_dotnet "$@" || return
    agent_runs "$2" && return 0
    echo 'The agent does not run, so everything is built anew.'
    rm -rf "$out/msbuild"
    publish_dotnet "$@" && agent_runs "$2"
}

agent_runs() {
    [[ $1 != static && $1 != single-file ]] || "$out/msbuild/publish/Ringfence.Agent/release/ringfence-agent" version >/dev/null
}

# What ./ringfence has to know when it starts the program or asks whether it is as wanted.
publish_marks() {
    local next=$1
    if [[ $program_as == runtime ]]; then
        printf '%s\n' "$DOTNET_ROOT" >"$next/dotnet-root"
        [[ -z ${RINGFENCE_NATIVE:-} ]] || touch "$next/native-failed"
    fi
}

agent_is_current() {
    [[ -x $out/current/agent/ringfence-agent ]] && { [[ ! -f $out/current/agent-needs-compiler ]] || ! linker >/dev/null; } \
        && is_unchanged_since "$out/agent-stamp" "$root/src/Ringfence.Agent" "$root/src/Ringfence.Protocol" "$root/src/Ringfence.Primitives"
}

# The folder that is mounted into every job: the agent, under each of the names that configs call it by.
publish_agent() {
    local next=$1 stamp=$2 with_agent=$3 built=$out/msbuild/publish/Ringfence.Agent/release/ringfence-agent name
    if [[ $agent_as == none ]]; then
        sdk_say 'The agent could not be built, so no jobs can be run; why is in artifacts/ringfence/build.log.'
        return 0
    fi
    if [[ -z $with_agent ]]; then
        built=$out/current/agent/ringfence-agent
        [[ ! -f $out/current/agent-needs-compiler ]] || touch "$next/agent-needs-compiler"
    elif [[ $agent_as == single-file ]]; then
        if linker >/dev/null; then
            sdk_say 'Jobs in containers need the agent as a static file, which could not be built; why is in artifacts/ringfence/build.log.'
        else
            sdk_say 'Jobs in containers need the agent as a static file, which takes a C compiler: apt-get install gcc libc6-dev'
            touch "$next/agent-needs-compiler"
        fi
    fi
    mkdir -p "$next/agent"
    for name in ringfence-agent circleci circleci-agent ringfence-mask; do
        ln "$built" "$next/agent/$name" 2>/dev/null || cp "$built" "$next/agent/$name" || return
    done
    [[ -z $with_agent ]] || touch -r "$stamp" "$out/agent-stamp"
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

# Properties are the same for all projects, so that none is built twice. Analysers are for ./test, and take as long as the compiler.
publish_dotnet() {
    local program_as=$1 agent_as=$2 linker=$3 what=build/publish.slnx options=()
    case $agent_as in
        static | single-file) options+=("-p:AgentAs=$agent_as") ;;
        *) what=src/Ringfence.Cli/Ringfence.Cli.csproj ;;
    esac
    [[ $program_as == native ]] && options+=(-p:ProgramAs=native)
    [[ -z $linker ]] || options+=("-p:CppCompilerAndLinker=$linker")
    rm -rf "$out/msbuild/publish"
    # Its own folder for intermediate files: ./test and an editor may be building at the same time.
    # RestoreLockedMode: with the packages of the checked-in lock files.
    (cd "$root" && sdk_build publish "$what" -c Release "-p:ArtifactsPath=$out/msbuild" -p:RestoreLockedMode=true \
        -p:ShouldUnsetParentConfigurationAndPlatform=false -p:RunAnalyzers=false -p:EnforceCodeStyleInBuild=false -p:GenerateDocumentationFile=false \
        -p:EnableSourceControlManagerQueries=false -p:IncludeSourceRevisionInInformationalVersion=false "${options[@]}" 9>&-)
}

publish_failed() {
    rm -rf "$out"/build-$$ "$out"/stamp.$$
    if [[ -n ${RINGFENCE_VERBOSE:-} ]]; then cat "$1" >&2; else grep -E '(error|warning) [A-Z]+[0-9]+' "$1" | sed 's/ \[.*//' | sort -u >&2 || cat "$1" >&2; fi
    sdk_say "The build failed; all of its output is in ${1#"$PWD"/}."
    exit "$BUILD_FAILED"
}

publish_once
