#!/bin/bash
# Runs ten real configs with ringfence, each as it is, and says how each ended. First make the images: images/make.sh.
# Usage: run.sh CONFIGS [NAME...]; CONFIGS: a folder with the configs as <owner>__<project>.yml.
# RINGFENCE: the program. PROJECTS: a folder with clones <owner>__<project>, instead of cloning from GitHub. WORK: where to run and to keep the logs.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
configs=$(cd "$1" && pwd)
shift
only=" $* "
ringfence=${RINGFENCE:-ringfence}
work=${WORK:-$(mktemp -d)}
export RINGFENCE_HOME=${RINGFENCE_HOME:-$work/home}
mkdir -p "$work"

# Makes the project: a commit of a repository, or the stand-in beside this script.
project() {
    local name=$1 of=$2 branch=$3
    rm -rf "${work:?}/$name"
    if [ "$of" = stand-in ]; then
        cp -r "$here/$name" "$work/$name"
        git -C "$work/$name" init -q -b "$branch"
    else
        local from=https://github.com/${of%@*}
        [ -z "${PROJECTS:-}" ] || from=$PROJECTS/$name
        git clone -q --no-checkout "$from" "$work/$name"
        git -C "$work/$name" checkout -q -B main "${of#*@}"
        git -C "$work/$name" checkout -q -B "$branch"
    fi
    mkdir -p "$work/$name/.circleci"
    cp "$configs/$name.yml" "$work/$name/.circleci/config.yml"
}

# Makes the project and runs its config: NAME, STAND-IN OR REPOSITORY@COMMIT, BRANCH, options of ringfence run.
ten() {
    local name=$1 of=$2 branch=$3 began=$SECONDS
    shift 3
    [ "$only" = "  " ] || [[ $only = *" $name "* ]] || return 0
    project "$name" "$of" "$branch"
    [ -z "${touched:-}" ] || echo >> "$work/$name/$touched"
    commit "$name" "Try $name"
    [[ " $* " != *" --tag "* ]] || git -C "$work/$name" tag v1.4.1
    (cd "$work/$name" && "$ringfence" run --plain "$@") > "$work/$name.log" 2>&1
    local code=$?
    cmp -s "$configs/$name.yml" "$work/$name/.circleci/config.yml" || echo "$name: the config has changed"
    printf '%-50s exit code %d, %4ds, %s\n' "$name" "$code" $((SECONDS - began)) "$work/$name.log"
}

commit() { git -C "$work/$1" add -A && git -C "$work/$1" -c user.name=ten -c user.email=ten@example.invalid commit -q --allow-empty -m "$2"; }

n=ringfence-ten/node
ten auth0__node-jsonwebtoken auth0/node-jsonwebtoken@926c1a8c1284ecb6206812236d4ab5916616b73c master --image "node:*=$n:*"
# Its dependencies of today need a newer Node than the 9 of the config.
ten MetaMask__eth-contract-metadata MetaMask/eth-contract-metadata@4dc83a8b8904ce0acdd7e42f8107fb6a7d8b4efd master --image "circleci/node:9=$n:16"
ten vuejs__vue stand-in main --image "node:lts=$n:16"
ten hashicorp__raft stand-in main --image 'docker.mirror.hashicorp.services/circleci/golang:*=ringfence-ten/go'
ten weaveworks__weave stand-in topic --image 'weaveworks/weavebuild:*=ringfence-ten/go' --remote-docker-image "${DIND:-docker:dind}"
ten launchdarkly__python-server-sdk stand-in main --image 'cimg/python:*=ringfence-ten/python' --image 'redis=ringfence-ten/redis' \
    --image 'amazon/dynamodb-local=ringfence-ten/dynamodb' --image 'hashicorp/consul=ringfence-ten/consul'
ten sphinx-doc__sphinx stand-in main --image 'sphinxdoc/docker-ci=ringfence-ten/python:root'
ten facebook__zstd stand-in dev --tag v1.4.1 --image 'fbopensource/zstd-circleci-primary:*=ringfence-ten/c'
ten Financial-Times__dotcom-page-kit__v2_2021-03-31 stand-in renovate-prettier --approve waiting-for-approval --image "circleci/node:12.22-browsers=$n:12"
touched=v8-coverage-collector/README.md \
ten CircleCI-Public__smarter-testing-plugins CircleCI-Public/smarter-testing-plugins@c4da071664357d036742565f02a7ab989020f2fc readme \
    --image 'cimg/base:current=ringfence-ten/dynamic' --image "cimg/node:24.18.0=$n:24"
