import { StringDecoder } from "node:string_decoder";
import type { Output, StreamName } from "../cells";

/** Makes process.stdout and process.stderr write to the output. */
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
