// The transpiler that tsconfig.json names for ts-node. It calls TypeScript's own transpileModule, as ts-node does, and
// keeps each result in the state folder: without that, each test file compiles all of lib/src again, for seconds.
const { createHash } = require("node:crypto");
const { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const { threadId } = require("node:worker_threads");
const ts = require("typescript");

const state = process.env.DLFS_STATE ?? join(__dirname, "..", ".setup");
const folder = join(state, "transpiled");
const hash = (...texts) => createHash("sha256").update(JSON.stringify(texts)).digest("hex");

exports.create = ({ service }) => {
  const compilerOptions = service.config.options;
  const compiler = [ts.version, compilerOptions];
  return {
    transpile(text, { fileName }) {
      const file = join(folder, `${hash(fileName).slice(0, 32)}.json`);
      const key = hash(...compiler, fileName, text);
      return (
        kept(file, key) ??
        keep(file, key, ts.transpileModule(text, { fileName, compilerOptions, reportDiagnostics: true }))
      );
    },
  };
};

function kept(file, key) {
  try {
    const entry = JSON.parse(readFileSync(file, "utf8"));
    return entry.key === key ? entry : undefined;
  } catch {
    return undefined; // it is missing or damaged
  }
}

function keep(file, key, { outputText, sourceMapText, diagnostics }) {
  if (diagnostics.length > 0) return { outputText, sourceMapText, diagnostics };
  const written = `${file}.${process.pid}.${threadId}`;
  try {
    if (!existsSync(folder)) mkdirSync(folder);
    writeFileSync(written, JSON.stringify({ key, outputText, sourceMapText }));
    renameSync(written, file);
  } catch {
    // the state folder is missing or only readable: the next process compiles again
  }
  return { outputText, sourceMapText };
}
