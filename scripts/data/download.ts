import { SingleBar } from "cli-progress";
import { open, rm } from "node:fs/promises";
import { getProxyForUrl } from "proxy-from-env";
import { Agent, ProxyAgent, request, type Dispatcher } from "undici";
import type { FetchedFile } from "../../lib/src/data/digests";
import { partSize } from "./part";

/** Why an address did not give the file; `again` where asking it again may help. */
export class Refused extends Error {
  readonly again: boolean;
  constructor(message: string, { again }: { again: boolean }) {
    super(message);
    this.again = again;
  }
}

const once = (message: string): Refused => new Refused(message, { again: false });
const again = (message: string): Refused => new Refused(message, { again: true });

/** An error page or an endless stream is cut off here: no compressed file is that much longer than its content. */
const SLACK = 2 ** 20;

/**
 * Asks an address for what is missing of a part and appends it; says whether something was there before.
 * @throws Refused where the address does not give the whole of it.
 */
export async function download(address: string, part: string, file: FetchedFile, timeout: number): Promise<boolean> {
  const from = await partSize(part);
  const dispatcher = dispatcherFor(address, timeout);
  try {
    const headers = { "accept-encoding": "identity", ...(from > 0 ? { range: `bytes=${from}-` } : {}) };
    const response = await request(address, { dispatcher, headers });
    const start = await startOf(response, part, from);
    await store(response, part, start, file);
    return start > 0;
  } catch (error) {
    throw asRefused(error, timeout);
  } finally {
    // closing would wait for an answer that may never end
    await dispatcher.destroy();
  }
}

function dispatcherFor(address: string, timeout: number): Dispatcher {
  const limits = { connect: { timeout }, headersTimeout: timeout, bodyTimeout: timeout };
  const proxy = getProxyForUrl(address);
  return proxy === "" ? new Agent(limits) : new ProxyAgent({ uri: proxy, ...limits });
}

/** The position at which the answer's bytes begin: 0 where the server sends the whole file. */
async function startOf({ statusCode, headers }: Dispatcher.ResponseData, part: string, from: number): Promise<number> {
  if (statusCode >= 300 && statusCode < 400) throw once(`${statusCode}, it redirects to ${headers.location} (--mirror takes that address)`);
  if (statusCode === 416) {
    await rm(part, { force: true });
    throw again("416, it has less than what was resumed");
  }
  if (statusCode !== 200 && statusCode !== 206) throw new Refused(`status ${statusCode}`, { again: statusCode >= 500 || statusCode === 429 });
  if (String(headers["content-type"]).startsWith("text/html")) throw once("it answers with a web page");
  if (statusCode === 200) return 0;
  if (!String(headers["content-range"]).startsWith(`bytes ${from}-`)) throw once(`it answers with the range ${headers["content-range"]}, wanted ${from}-`);
  return from;
}

/** Each piece is on its way to the disk before the next is taken: what came before a server broke off is kept. */
async function store({ headers, body }: Dispatcher.ResponseData, part: string, start: number, file: FetchedFile): Promise<void> {
  const bar = progressBar(file.name, start, start + (Number(headers["content-length"]) || file.size));
  const handle = await open(part, start > 0 ? "a" : "w");
  try {
    let received = start;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      if (received === 0 && file.name.endsWith(".gz") && chunk[0] !== 0x1f) throw once("it sends no gzip file");
      received += chunk.length;
      if (received > file.size + SLACK) throw once(`it sends more than the file's ${file.size} bytes`);
      await handle.writeFile(chunk);
      bar.update(received);
    }
  } finally {
    bar.stop();
    await handle.close();
  }
}

/** Draws on a terminal only, and changes nothing of it that an interrupt would have to put back. */
function progressBar(name: string, start: number, total: number): SingleBar {
  const bar = new SingleBar({
    format: `${name} [{bar}] {value} of {total} MB`, barsize: 20, clearOnComplete: true,
    hideCursor: false, linewrap: true, gracefulExit: false,
    formatValue: (value, _, type) => (type === "value" || type === "total" ? (value / 1e6).toFixed(2) : String(value)),
  });
  bar.start(total, start);
  return bar;
}

/** Errors of this machine's own disk stop the run; everything else is the address's. */
const OWN_ERRORS = /^(ENOSPC|EDQUOT|EACCES|EPERM|EROFS|EIO|EMFILE|ENFILE|EISDIR)$/;

/** A name that is not known and a port that is closed stay so; these pass. */
const PASSING_ERRORS = /^(UND_ERR_|ECONNRESET|ECONNABORTED|EPIPE|EAI_AGAIN|ETIMEDOUT)/;

function asRefused(error: unknown, timeout: number): unknown {
  const { code = "", message } = error as NodeJS.ErrnoException;
  if (error instanceof Refused || OWN_ERRORS.test(code)) return error;
  if (/^UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT$/.test(code)) return again(`silent for ${timeout / 1000} s`);
  return new Refused(message.includes(code) ? message : `${message} (${code})`, { again: PASSING_ERRORS.test(code) });
}
