#!/bin/sh
set -eu
ls coverage
test "$(ls coverage/unit-*.cov coverage/smoke-*.txt | wc -l)" = 4
(echo "mode: set"; cat coverage/unit-*.cov | grep -v '^mode:') > profile.cov
(cd .. && go tool cover -html=test/profile.cov -o test/coverage.html)
