import { StringDecoder } from "node:string_decoder";
import type { Output, StreamName } from "../cells";

/** stdout and stderr of the process, as cells find them, write to the output. It relies on nothing of tslab. */
export function installStreams(output: Output): void {
  process.stdout.write = writer("stdout", output);
  process.stderr.write = writer("stderr", output);
}

function writer(name: StreamName, output: Output): typeof process.stdout.write {
  const decoder = new StringDecoder("utf8");
  return (chunk: string | Uint8Array, encoding?: unknown, callback?: unknown): boolean => {
    output.write(name, typeof chunk === "string" ? chunk : decoder.write(Buffer.from(chunk)));
    const done = typeof encoding === "function" ? encoding : callback;
    if (typeof done === "function") process.nextTick(done as () => void);
    return true;
  };
}
