#!/usr/bin/env bash
# make e2e: the whole story in a headless browser. Pictures of every step are left in build/e2e.
set -euo pipefail
. "$(dirname "$0")/prepare.sh"
need_node
need_packages
AVTALSBOT_CHROMIUM=$(find_browser)
export AVTALSBOT_CHROMIUM
exec node "$root/tests/e2e/main.mjs"
