import { existsSync, readFileSync } from "node:fs";
import { SourceMap as NodeSourceMap } from "node:module";
import path from "node:path";
import type { SourceMap, SourceMaps } from "../cells";

/** Source maps, read by Node. */

/** The source maps beside installed files, by path; undefined for a file without one. */
const beside = new Map<string, SourceMap | undefined>();

export const sourceMaps: SourceMaps = {
  decode: (base64) => mapOf(JSON.parse(Buffer.from(base64, "base64").toString()), "."),
  beside(file) {
    if (!path.isAbsolute(file)) return undefined;
    if (!beside.has(file)) beside.set(file, readMap(file));
    return beside.get(file);
  },
};

type Payload = ConstructorParameters<typeof NodeSourceMap>[0];

function mapOf(payload: Payload, folder: string): SourceMap {
  const map = new NodeSourceMap(payload);
  return {
    find(line, column) {
      const entry = map.findEntry(line, column);
      if (!("originalLine" in entry)) return undefined;
      const { originalSource, originalLine, originalColumn } = entry;
      return { file: path.resolve(folder, originalSource), line: originalLine, column: originalColumn };
    },
  };
}

// A map whose source files are missing, as in most installed packages, is ignored.
function readMap(file: string): SourceMap | undefined {
  const folder = path.dirname(file);
  try {
    const payload = JSON.parse(readFileSync(`${file}.map`, "utf8")) as Payload;
    return payload.sources.every((source) => existsSync(path.resolve(folder, source)))
      ? mapOf(payload, folder)
      : undefined;
  } catch {
    return undefined;
  }
}
