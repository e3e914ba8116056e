import { readArguments } from "./arguments";
import { runTests, testFiles } from "./tests";

const help = `
npm run watch [-- PART ...]

Runs tests, and again those that a saved file touches, until Ctrl+C. A PART is a piece of a test file's path, as np or
kernel/errors. The library's tests run from its sources; after a change in lib/assembly or kernel/src, start it again.
`;

async function main(): Promise<void> {
  const { positionals: parts } = readArguments(help, {});
  process.exitCode = await runTests(testFiles(parts), ["--test-reporter=spec", "--watch"]);
}

void main();
