import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";

/** How a mirror answers the request for a file whose right bytes are `file`. */
export type Behaviour = (file: Buffer, response: ServerResponse, request: IncomingMessage) => void;

/** The whole file, or the range that is asked for. */
export const good: Behaviour = (file, response, request) => {
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
  if (start >= file.length) response.writeHead(416).end();
  else if (start > 0)
    response
      .writeHead(206, {
        "content-range": `bytes ${start}-${file.length - 1}/${file.length}`,
        "content-length": file.length - start,
      })
      .end(file.subarray(start));
  else response.writeHead(200, { "content-length": file.length }).end(file);
};

/** Breaks off after half of what was asked for. */
export const drop: Behaviour = (file, response, request) => {
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? "")?.[1] ?? 0);
  const half = start + ((file.length - start) >> 1);
  const headers = start > 0 ? { "content-range": `bytes ${start}-${file.length - 1}/${file.length}` } : {};
  response.writeHead(start > 0 ? 206 : 200, { ...headers, "content-length": file.length - start });
  response.write(file.subarray(start, half), () => response.destroy());
};

/** What a proxy or a server says beside its refusal: long enough to be on its way still when the connection goes. */
const PAGE = Buffer.alloc(2 ** 20, "<p>This page is blocked.</p>");

const status =
  (code: number, headers = {}): Behaviour =>
  (_, response) => {
    response.writeHead(code, { "content-type": "text/plain", ...headers }).end(PAGE);
  };

/** Leads to another folder of the same mirror, or away. */
const to = (location: string | undefined): Behaviour => status(302, location === undefined ? {} : { location });

/** The ways of a bad mirror, and the reason that a run gives for passing it over. */
export const bad: Record<string, { behave: Behaviour; reason: RegExp }> = {
  page: { behave: status(200, { "content-type": "Text/HTML; charset=utf-8" }), reason: /it answers with a web page/ },
  shortPage: {
    behave: (_, response) => {
      response.writeHead(200, { "content-type": "text/html" }).end("<html>");
    },
    reason: /it answers with a web page/,
  },
  disguised: { behave: status(200), reason: /it sends no gzip file/ },
  shortDisguise: {
    behave: (_, response) => {
      response.end("<html>sign in</html>");
    },
    reason: /it sends no gzip file/,
  },
  truncated: {
    behave: (file, response) => {
      response.end(file.subarray(0, file.length >> 1));
    },
    reason: /unexpected end of file/,
  },
  wrong: {
    behave: (file, response) => {
      response.end(gzipSync(Buffer.alloc(file.length, 7)));
    },
    reason: /bytes of content: wanted|SHA-256/,
  },
  longer: {
    behave: (_, response) => {
      response.end(gzipSync(Buffer.alloc(2 ** 22)));
    },
    reason: /Cannot create a Buffer larger/,
  },
  endless: { behave: endless(200), reason: /it sends more than the file's \d+ bytes/ },
  huge: { behave: status(200, { "content-length": 10 ** 12 }), reason: /it sends more than the file's \d+ bytes/ },
  endlessRefusal: { behave: endless(404), reason: /status 404/ },
  otherRange: {
    behave: status(206, { "content-range": "bytes 5-9/10" }),
    reason: /it answers with the range bytes 5-9\/10/,
  },
  lessThanAsked: { behave: status(416), reason: /416, it has less/ },
  forbidden: { behave: status(403), reason: /status 403/ },
  missing: { behave: status(404), reason: /status 404/ },
  busy: { behave: status(503), reason: /status 503/ },
  toPage: {
    behave: to("/page/digits.gz"),
    reason: /it redirects to http:.*\/page\/digits\.gz: it answers with a web page/,
  },
  round: {
    behave: to("/round/digits.gz"),
    reason: /it redirects more than 20 times, the last time to http:.*\/round\//,
  },
  nowhere: { behave: to(undefined), reason: /302, it redirects to no address/ },
  otherProtocol: { behave: to("ftp://127.0.0.1/digits.gz"), reason: /302, it redirects to ftp:/ },
  silent: { behave: () => {}, reason: /silent for 1 s/ },
  stalled: {
    behave: (file, response) => {
      response.writeHead(200, { "content-length": file.length });
      response.write(file.subarray(0, 1000));
    },
    reason: /silent for 1 s/,
  },
  dropped: { behave: drop, reason: /UND_ERR_SOCKET|aborted|ECONNRESET/ },
};

function endless(code: number): Behaviour {
  return (file, response) => {
    const more = (): void => {
      while (response.write(file));
    };
    response.writeHead(code).on("drain", more);
    more();
  };
}

/** A server on loopback with a folder for each behaviour: /page/NAME, /good/NAME ... */
export class Mirror {
  /** The requests so far, in order: address and the Range header. */
  readonly requests: { url: string; range: string | undefined }[] = [];
  private readonly server: Server;
  private onRequest = (): void => {};

  /** @param behaviours - beside the bad ones and `good`; those given here come first */
  constructor(
    private readonly files: Record<string, Buffer>,
    private readonly behaviours: Record<string, Behaviour> = {},
  ) {
    this.server = createServer((request, response) => this.answer(request, response));
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    return this;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  folder(name: string): string {
    return `http://127.0.0.1:${this.port}/${name}`;
  }

  /** Resolves when the next request has come. */
  nextRequest(): Promise<void> {
    return new Promise((resolve) => {
      this.onRequest = resolve;
    });
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const [, folder, name] = (request.url ?? "").split("?")[0].split("/");
    // a client of another test whose server had this port a moment ago
    if (!(name in this.files)) return void response.writeHead(404).end();
    this.requests.push({ url: request.url ?? "", range: request.headers.range });
    this.onRequest();
    const behave = this.behaviours[folder] ?? bad[folder]?.behave ?? good;
    behave(this.files[name], response, request);
  }
}
