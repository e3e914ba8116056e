/** What was executed in this session, for history requests. */

interface Entry {
  line: number;
  input: string;
  output: string | undefined;
}

/** The content of a history_request; which fields count depends on `hist_access_type`. */
export interface HistoryRequest {
  hist_access_type?: "tail" | "range" | "search";
  output?: boolean;
  session?: number;
  start?: number;
  stop?: number;
  n?: number;
  pattern?: string;
  unique?: boolean;
}

/** `[session, line, input]`, or with output `[session, line, [input, output]]`. */
export type HistoryItem = [number, number, string | [string, string | null]];

const SESSION = 1;
const LONGEST = 10_000; // entries

export class History {
  private entries: Entry[] = [];

  add(line: number, input: string, output: string | undefined): void {
    this.entries.push({ line, input, output });
    if (this.entries.length > LONGEST) this.entries.shift();
  }

  /** The requested entries, oldest first. */
  find(request: HistoryRequest): HistoryItem[] {
    return this.select(request).map(({ line, input, output }) => [
      SESSION,
      line,
      request.output ? [input, output ?? null] : input,
    ]);
  }

  private select({ hist_access_type, ...request }: HistoryRequest): Entry[] {
    if (hist_access_type === "range") return this.range(request);
    const matching = hist_access_type === "search" ? this.search(request) : this.entries;
    return request.n === undefined || request.n === null
      ? matching
      : matching.slice(Math.max(0, matching.length - request.n));
  }

  // Session 0 means the current session; this kernel knows no other.
  private range({ session = 0, start = 0, stop }: HistoryRequest): Entry[] {
    if (session !== 0 && session !== SESSION) return [];
    return this.entries.filter(({ line }) => line >= start && line < (stop ?? Infinity));
  }

  private search({ pattern = "*", unique = false }: HistoryRequest): Entry[] {
    const expression = globExpression(pattern);
    const matching = this.entries.filter(({ input }) => expression.test(input));
    if (!unique) return matching;
    return [...new Map(matching.map((entry) => [entry.input, entry])).values()].sort((a, b) => a.line - b.line);
  }
}

const NOTHING = /(?!)/;

// Follows SQLite's GLOB, which IPython uses: *, ? and [...], matched against the whole text. A pattern with an unclosed
// [ matches nothing.
function globExpression(pattern: string): RegExp {
  const parts: string[] = pattern.match(/\[\^?\]?[^\]]*\]|[^]/g) ?? [];
  if (parts.includes("[")) return NOTHING;
  return new RegExp(`^${parts.map(globPart).join("")}$`, "s");
}

function globPart(part: string): string {
  if (part === "*") return ".*";
  if (part === "?") return ".";
  if (part.length > 1)
    return `[${part
      .slice(1, -1)
      .replace(/[\\\][]|(?!^)\^/g, "\\$&")
      .replace(/([^-])-([^-])/g, rangeOrNothing)}]`;
  return part.replace(/[\\^$.|+(){}\]/]/g, "\\$&");
}

// A reversed range such as z-a matches nothing; in JavaScript it would be a syntax error.
function rangeOrNothing(range: string, from: string, to: string): string {
  return from <= to ? range : "";
}
