#!/bin/sh
# Builds the directory into the folder from which nginx serves it. Each file is old or new, whole, at every moment.
#    sh hosting/nginx/publish.sh [FOLDER]
set -eu
out=${1:-/srv/www/directory}
cd "$(dirname "$0")/../.."
if [ -d .git ] && git remote get-url origin >/dev/null 2>&1; then git pull --quiet --ff-only; fi
# A number of its own for each quarter of an hour: a mirror takes two sites under one for a forgery.
peerage build --out "$out" --serial $(($(date -u +%s) % 86400 / 900))
