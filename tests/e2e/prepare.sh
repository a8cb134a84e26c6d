# Read by run.sh and playground.sh: Node, the two node packages and a browser, or a clear word on what is missing.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
modules=$root/build/node

say() { printf '%s\n' "$*" >&2; }

need_node() {
    if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
        say "This needs Node 20 or later with npm, and there is none here: get it from nodejs.org, by brew install node" \
            "(macOS) or apt-get install nodejs npm (Debian 13). make demo shows the bot without it."
        exit 1
    fi
    if ! node -e 'process.exit(parseInt(process.versions.node, 10) < 20 ? 1 : 0)'; then
        say "This needs Node 20 or later, and here is $(node --version). nodejs.org has newer ones."
        exit 1
    fi
}

# $1: packages named in package.json beside this file, all of them when nothing is given. No lock file is written,
# and the Playground's licence allows trying, not passing on: it stays in build/.
need_packages() {
    local wanted
    wanted=$(node "$root/tests/e2e/missing_packages.mjs" "$modules" "$@")
    if [ -z "$wanted" ]; then return; fi
    say "Installing" $wanted "into build/node ..."
    mkdir -p "$modules"
    npm install --silent --prefix "$modules" --no-package-lock --ignore-scripts --no-audit --no-fund $wanted >&2
}

# Prints the browser to drive.
find_browser() {
    local candidate
    for candidate in "${AVTALSBOT_CHROMIUM:-}" chromium chromium-browser google-chrome google-chrome-stable \
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome" \
        "/Applications/Chromium.app/Contents/MacOS/Chromium"; do
        if [ -n "$candidate" ] && command -v "$candidate" >/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "Installing chromium ..."
        { apt-get install -y -q chromium || { apt-get update -q && apt-get install -y -q chromium; }; } >/dev/null 2>&1
        command -v chromium && return
    fi
    say "No Chromium or Chrome found. Install one (Debian: sudo apt-get install chromium), or name it in AVTALSBOT_CHROMIUM."
    exit 1
}
