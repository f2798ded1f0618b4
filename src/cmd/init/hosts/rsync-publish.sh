#!/bin/sh
# Builds the directory, sends it into a new folder on another machine, and then leads the name `current` there, so that
# visitors see the old site or the new one. Unchanged files take no room twice; the last three sites are kept.
#    sh hosting/rsync/publish.sh HOST FOLDER       as in: deploy@www.directory.example /srv/directory
# The web server's root is FOLDER/current.
set -eu
host=$1 folder=$2
case $folder in *[!A-Za-z0-9._/-]*) echo "the folder may hold letters, digits and . _ / - alone: $folder" >&2; exit 2 ;; esac
cd "$(dirname "$0")/../.."
if [ -d .git ] && git remote get-url origin >/dev/null 2>&1; then git pull --quiet --ff-only; fi
# A number of its own for each quarter of an hour: a mirror takes two sites under one for a forgery.
peerage build --serial $(($(date -u +%s) % 86400 / 900))
new=$(date -u +%Y%m%dT%H%M%SZ)
remote() { ${RSYNC_RSH:-ssh} "$host" "$1"; }
remote "mkdir -p '$folder/sites'"
# Times say nothing here, so contents are compared.
rsync --recursive --perms --chmod=D755,F644 --checksum --link-dest=../../current/ public/ "$host:$folder/sites/$new/"
remote "cd '$folder' && ln -sfn 'sites/$new' next && mv -T next current && ls -d sites/* | head -n -3 | xargs -r rm -rf"
