"""Holds what was published in a bucket against the files of the site.   bucket.py FOLDER ENDPOINT BUCKET"""

import os
import sys

import boto3

folder, endpoint, bucket = sys.argv[1:]
s3 = boto3.client("s3", endpoint_url=endpoint)
found = {}
for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
    for entry in page.get("Contents", []):
        found[entry["Key"]] = s3.get_object(Bucket=bucket, Key=entry["Key"])
files = {os.path.relpath(os.path.join(at, name), folder) for at, _, names in os.walk(folder) for name in names}
if found.keys() != files:
    sys.exit(f"missing: {files - found.keys()}, too many: {found.keys() - files}")
for path, got in found.items():
    if got["Body"].read() != open(os.path.join(folder, path), "rb").read():
        sys.exit(f"{path} has other bytes")
PAGE, DATA, EVER = "no-cache", "public, max-age=300", "public, max-age=31536000, immutable"
style = next(path for path in files if path.startswith("assets/style.") and path.endswith(".css"))
for path, kind, cache in [
    ("index.html", "text/html; charset=utf-8", PAGE),
    ("teams/example-csirt.html", "text/html; charset=utf-8", PAGE),
    ("teams/example-csirt.svg", "image/svg+xml", DATA),
    ("organisations/index", "application/json", DATA),
    ("trusted-introducer/directory/downloads/json/teams/index.html", "application/json", DATA),
    ("changes.atom", "application/atom+xml; charset=utf-8", DATA),
    ("teams.csv", "text/csv; charset=utf-8; header=present", DATA),
    ("SHA256SUMS", "text/plain; charset=utf-8", DATA),
    ("robots.txt", "text/plain", PAGE),
    (style, "text/css", EVER),
]:
    said = found[path]
    if (said["ContentType"], said.get("CacheControl")) != (kind, cache):
        sys.exit(f"{path}: {said['ContentType']}, {said.get('CacheControl')}")
print(f"S3 has the {len(files)} files of the site, with their types, and no other")
