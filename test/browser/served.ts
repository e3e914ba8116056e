import { createReadStream, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join, normalize } from "node:path";
import type { Page } from "playwright-core";

const TYPES: Record<string, string> = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".json": "application/json",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

export interface Served {
  /** The address of the folder, with a slash at its end. */
  readonly address: string;
  /** What is served; another folder can be put in its place, as a release does. */
  folder: string;
  /** The files that were sent, each once. */
  readonly sent: Set<string>;
  stop(): Promise<void>;
}

/** The addresses that the page asks for from now on and that are not below `address`. */
export function requestsElsewhere(page: Page, address: string): string[] {
  const found: string[] = [];
  page.on("request", (request) => {
    if (!request.url().startsWith(address) && !/^(data|blob):/.test(request.url())) found.push(request.url());
  });
  return found;
}

/** Serves a folder below the root of a server that, as a plain host does, sends the content's type and length only. */
export async function serve(folder: string): Promise<Served> {
  const server: Server = createServer(({ url = "/" }, response) => {
    const path = decodeURIComponent(new URL(url, "http://localhost").pathname);
    const file = join(served.folder, normalize(path.replace(/^\/below\//, "/").replace(/\/$/, "/index.html")));
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) {
      response.writeHead(301, { location: url.replace(/(?=\?|$)/, "/") });
      return response.end();
    }
    const found = path.startsWith("/below/") ? statSync(file, { throwIfNoEntry: false }) : undefined;
    if (!found?.isFile()) {
      response.writeHead(404);
      return response.end();
    }
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type, "content-length": found.size });
    served.sent.add(file);
    createReadStream(file).pipe(response);
  });
  const served: Served = {
    address: "",
    folder,
    sent: new Set(),
    stop() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return Object.assign(served, { address: `http://127.0.0.1:${port}/below/` });
}
