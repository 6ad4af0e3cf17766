#!/usr/bin/env bash
# Installs what is missing, builds everything, and runs the tests.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
.ci/writable build
.ci/install
exec cmake --workflow --preset release
