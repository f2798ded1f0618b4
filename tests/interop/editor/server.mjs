// The YAML language server that VS Code, Neovim and others run, spoken to as they do.

import { spawn } from "node:child_process";
import path from "node:path";

/** What editors set: nothing is fetched, and files say themselves which schema they have. */
const SETTINGS = { yaml: { validate: true, hover: true, completion: true, schemaStore: { enable: false } }, http: {} };

/** A running server, whose packages are in a folder. */
export class Server {
  #child;
  #pending = new Map();
  #waiting = new Map();
  #number = 0;
  #rest = Buffer.alloc(0);

  constructor(modules) {
    const main = path.resolve(modules, "yaml-language-server/out/server/src/server.js");
    this.#child = spawn(process.execPath, [main, "--stdio"], { stdio: ["pipe", "pipe", "inherit"] });
    this.#child.stdout.on("data", (bytes) => this.#read(bytes));
  }

  async start() {
    const capabilities = {
      textDocument: {
        completion: { completionItem: { documentationFormat: ["markdown", "plaintext"], snippetSupport: true } },
        hover: { contentFormat: ["markdown"] },
        publishDiagnostics: {},
      },
      workspace: { configuration: true },
    };
    await this.ask("initialize", { processId: process.pid, rootUri: null, capabilities });
    this.#send({ method: "initialized", params: {} });
    this.#send({ method: "workspace/didChangeConfiguration", params: { settings: SETTINGS } });
  }

  /** Opens a text, and gives what the server finds wrong with it. */
  async open(uri, text) {
    const told = new Promise((resolve) => this.#waiting.set(uri, resolve));
    this.#send({ method: "textDocument/didOpen", params: { textDocument: { uri, languageId: "yaml", version: 1, text } } });
    return told;
  }

  /** Asks, and gives the answer. */
  ask(method, params) {
    this.#number += 1;
    const answer = new Promise((resolve, reject) => this.#pending.set(this.#number, { resolve, reject }));
    this.#send({ id: this.#number, method, params });
    return answer;
  }

  stop() {
    this.#child.kill();
  }

  #send(message) {
    const bytes = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
    this.#child.stdin.write(`Content-Length: ${bytes.length}\r\n\r\n`);
    this.#child.stdin.write(bytes);
  }

  #read(bytes) {
    this.#rest = Buffer.concat([this.#rest, bytes]);
    for (;;) {
      const end = this.#rest.indexOf("\r\n\r\n");
      const length = Number(/Content-Length: (\d+)/.exec(this.#rest.subarray(0, Math.max(end, 0)).toString())?.[1]);
      if (end < 0 || this.#rest.length < end + 4 + length) return;
      const message = JSON.parse(this.#rest.subarray(end + 4, end + 4 + length).toString());
      this.#rest = this.#rest.subarray(end + 4 + length);
      this.#take(message);
    }
  }

  #take({ id, method, params, result, error }) {
    if (method === "textDocument/publishDiagnostics") {
      this.#waiting.get(params.uri)?.(params.diagnostics);
    } else if (method === "workspace/configuration") {
      const section = (name) => name.split(".").reduce((settings, part) => settings?.[part], SETTINGS) ?? null;
      this.#send({ id, result: params.items.map((item) => section(item.section ?? "yaml")) });
    } else if (method !== undefined && id !== undefined) {
      this.#send({ id, result: null });
    } else if (id !== undefined) {
      const { resolve, reject } = this.#pending.get(id);
      this.#pending.delete(id);
      if (error) reject(new Error(error.message));
      else resolve(result);
    }
  }
}
