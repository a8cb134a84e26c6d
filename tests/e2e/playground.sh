#!/usr/bin/env bash
# make playground: be the demo's people in Microsoft 365 Agents Playground. Arguments: beginnings of mail addresses.
set -euo pipefail
. "$(dirname "$0")/prepare.sh"
need_node
need_packages @microsoft/m365agentsplayground
exec node "$root/tests/e2e/open.mjs" "$@"
