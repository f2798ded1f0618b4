#!/bin/sh
# Builds the directory and sends it to a bucket of S3 or of a host that speaks its protocol.
#    sh hosting/s3/publish.sh BUCKET               AWS_ENDPOINT_URL names another host
# A bucket keeps the media type and the caching of each file, not of each path, so they are read from `_headers` here. First
# comes what pages need, then the pages, then what is no longer there goes, and last what vouches for all of it. Headers for safety are those of the CDN.
set -eu
bucket=$1
cd "$(dirname "$0")/../.."
if [ -d .git ] && git remote get-url origin >/dev/null 2>&1; then git pull --quiet --ff-only; fi
# A number of its own for each quarter of an hour: a mirror takes two sites under one for a forgery.
peerage build --serial $(($(date -u +%s) % 86400 / 900))
if ! [ -f public/_headers ]; then
  echo "public/_headers is missing, so nothing was sent: write \`headers\` into \`hosting\` in content/site.yaml" >&2
  exit 2
fi

# Each rule on a line: pattern, caching, media type, with tabs between them.
rules() {
  awk '
    function done() { if (pattern != "/*" && pattern !~ /\/$/ && pattern != "") print pattern "\t" cache "\t" type }
    /^\// { done(); pattern = $0; cache = type = "" }
    sub(/^  Cache-Control: /, "") { cache = $0 }
    sub(/^  Content-Type: /, "") { type = $0 }
    END { done() }
  ' public/_headers
}

send() {
  aws s3 cp public "s3://$bucket" --recursive --only-show-errors --exclude '*' "$@"
}

tab=$(printf '\t')
pages=
named=
last=
while IFS=$tab read -r pattern cache type; do
  pattern=${pattern#/}
  named="$named $pattern"
  case $pattern in
    '*.html') pages=$cache; continue ;;
    SHA256SUMS | manifest.json) last="$last$pattern$tab$cache$tab$type
"; continue ;;
  esac
  set -- --include "$pattern" --cache-control "$cache"
  [ -z "$type" ] || set -- "$@" --content-type "$type"
  send "$@"
done <<RULES
$(rules)
RULES
send --include '*.html' --exclude 'trusted-introducer/*' --cache-control "$pages" --content-type 'text/html; charset=utf-8'
# What no rule names, and what is gone.
set -f
set --
# shellcheck disable=SC2086 # patterns hold no blanks
for pattern in $named; do set -- "$@" --exclude "$pattern"; done
aws s3 sync public "s3://$bucket" --only-show-errors "$@" --cache-control "$pages"
aws s3 sync public "s3://$bucket" --only-show-errors --size-only --delete --exclude SHA256SUMS --exclude manifest.json
printf '%s' "$last" | LC_ALL=C sort | while IFS=$tab read -r file cache type; do
  aws s3 cp "public/$file" "s3://$bucket/$file" --only-show-errors --cache-control "$cache" --content-type "$type"
done
