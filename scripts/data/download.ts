import { SingleBar } from "cli-progress";
import { open, rm } from "node:fs/promises";
import type { FetchedFile } from "../../lib/src/data/digests";
import { ask, type Answer } from "./ask";
import { partSize } from "./part";
import { asRefused, Refused } from "./refused";

/**
 * A longer answer is cut off, because it may be endless: a compressed file is never so much longer than its content.
 */
const SLACK = 2 ** 20;

/**
 * Requests the missing bytes of a part from an address and appends them. Returns whether the part had bytes before.
 * @throws Refused if the address does not give all of them.
 */
export async function download(address: string, part: string, file: FetchedFile, timeout: number): Promise<boolean> {
  const from = await partSize(part);
  try {
    const headers = { "accept-encoding": "identity", ...(from > 0 ? { range: `bytes=${from}-` } : {}) };
    const answer = await ask(address, headers, timeout);
    try {
      const start = startOf(answer, from, file);
      await store(answer, part, start, file);
      return start > 0;
    } catch (error) {
      throw answer.address === address ? error : elsewhere(error, answer.address);
    } finally {
      await answer.close();
    }
  } catch (error) {
    const refused = asRefused(error, timeout);
    // a useless or empty part is not kept for the next run
    if ((refused instanceof Refused && refused.spoilt) || (await partSize(part)) === 0) await rm(part, { force: true });
    throw refused;
  }
}

/** The error with the address of the redirection, if it came from another address than the requested one. */
function elsewhere(error: unknown, address: string): unknown {
  if (!(error instanceof Refused)) return error;
  return new Refused(`it redirects to ${address}: ${error.message}`, error);
}

/** The position in the file of the answer's first byte: 0 if the server sends the whole file. */
function startOf({ statusCode, headers }: Answer, from: number, file: FetchedFile): number {
  if (statusCode === 416) throw new Refused("416, it has less than what was resumed", { again: true, spoilt: true });
  if (statusCode !== 200 && statusCode !== 206) {
    throw new Refused(`status ${statusCode}`, { again: statusCode >= 500 || statusCode === 429 });
  }
  if (/^text\/html\b/i.test(String(headers["content-type"]))) throw new Refused("it answers with a web page");
  const start = statusCode === 200 ? 0 : from;
  if (statusCode === 206 && !String(headers["content-range"]).startsWith(`bytes ${from}-`)) {
    throw new Refused(`it answers with the range ${headers["content-range"]}: wanted ${from}-`);
  }
  if (start + Number(headers["content-length"] ?? 0) > file.size + SLACK) throw tooLong(file, start > 0);
  return start;
}

const tooLong = (file: FetchedFile, spoilt: boolean): Refused =>
  new Refused(`it sends more than the file's ${file.size} bytes`, { spoilt });

/** Writes each piece before it reads the next, so that the bytes before a broken connection are kept. */
async function store({ headers, body }: Answer, part: string, start: number, file: FetchedFile): Promise<void> {
  const bar = progressBar(file.name, start, start + (Number(headers["content-length"]) || file.size));
  const handle = await open(part, start > 0 ? "a" : "w");
  try {
    let received = start;
    for await (const chunk of body as AsyncIterable<Buffer>) {
      const begin = received;
      received += chunk.length;
      if (begin === 0 && file.name.endsWith(".gz") && chunk[0] !== 0x1f) throw new Refused("it sends no gzip file");
      if (received > file.size + SLACK) throw tooLong(file, true);
      await handle.writeFile(chunk);
      bar.update(received);
    }
  } finally {
    bar.stop();
    await handle.close();
  }
}

/**
 * A bar that is drawn only on a terminal. It changes no setting of the terminal that an interrupt would have to
 * restore.
 */
function progressBar(name: string, start: number, total: number): SingleBar {
  const bar = new SingleBar({
    format: `${name} [{bar}] {value} of {total} MB`,
    barsize: 20,
    clearOnComplete: true,
    hideCursor: false,
    linewrap: true,
    gracefulExit: false,
    formatValue: (value, _, type) => (type === "value" || type === "total" ? (value / 1e6).toFixed(2) : String(value)),
  });
  bar.start(total, start);
  return bar;
}
