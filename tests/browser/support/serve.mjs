// A web server for the built site as an operator's: under a path, compressed, with the headers that `_headers` tells it to
// send. It listens on this machine only, and ends with the suite.

import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";

const TYPES = {
  html: "text/html; charset=utf-8", css: "text/css; charset=utf-8", js: "text/javascript; charset=utf-8", svg: "image/svg+xml",
  png: "image/png", json: "application/json", txt: "text/plain; charset=utf-8", xml: "application/xml", atom: "application/atom+xml",
  asc: "application/pgp-keys", pem: "application/x-pem-file", csv: "text/csv; charset=utf-8", vcf: "text/vcard; charset=utf-8",
  ics: "text/calendar; charset=utf-8",
};

/**
 * The rules of a `_headers` file, as Netlify, Cloudflare and GitLab read them: a line with a path, in which `*` stands for
 * anything, and below it, indented, the headers that it has. All rules that fit apply.
 */
export function rules(text) {
  const found = [];
  for (const line of text.split("\n").filter((line) => line.trim() && !line.startsWith("#"))) {
    if (/^\s/.test(line)) {
      const [name, ...value] = line.split(":");
      found.at(-1).headers.push([name.trim().toLowerCase(), value.join(":").trim()]);
    } else {
      const fits = new RegExp(`^${line.trim().split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&")).join(".*")}$`);
      found.push({ fits, headers: [] });
    }
  }
  return found;
}

/**
 * Serves a folder, which may come later, under a path that begins and ends in a slash, with what its `_headers` tell. Returns
 * its address and the way to end it.
 */
export async function serve(folder, under) {
  let told;
  const server = http.createServer((request, response) => {
    const wanted = decodeURIComponent(new URL(request.url, "http://x").pathname);
    let file = path.join(folder, wanted.slice(under.length));
    if (wanted.endsWith("/")) file = path.join(file, "index.html");
    if (!wanted.startsWith(under) || !file.startsWith(folder) || !fs.existsSync(file) || fs.statSync(file).isDirectory()) {
      response.writeHead(404, { "content-type": "text/plain" }).end("There is no such file.");
      return;
    }
    told ??= rules(fs.readFileSync(path.join(folder, "_headers"), "utf8"));
    const sent = { "content-type": TYPES[path.extname(file).slice(1)] ?? "application/octet-stream", vary: "accept-encoding" };
    for (const { headers } of told.filter(({ fits }) => fits.test(`/${wanted.slice(under.length)}`))) {
      for (const [header, value] of headers) sent[header] = value;
    }
    const takes = `${request.headers["accept-encoding"]}`;
    let body = fs.readFileSync(file);
    if (takes.includes("br")) [body, sent["content-encoding"]] = [brotliCompressSync(body), "br"];
    else if (takes.includes("gzip")) [body, sent["content-encoding"]] = [gzipSync(body), "gzip"];
    response.writeHead(200, sent).end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return { origin, base: origin + under, close: () => { server.closeAllConnections(); server.close(); } };
}
