import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./environment.mjs";
import { SetupError } from "./errors.mjs";

const build = `
npm run build [-- OPTION]

Builds the library and the kernel, and sets up what is missing or damaged.

  --again   makes everything anew: node_modules, .venv, the build, the kernel
  --help    this text
`;

/**
 * The help of a command. It is read from the text of the source, so that --help works before the set-up has downloaded
 * anything.
 * @throws SetupError when there is no such command
 */
export function helpOf(command) {
  if (command === "build") return build.trim();
  const script = join(root, "scripts", `${command}.ts`);
  const text = /^[a-z-]+$/.test(command) && existsSync(script) ? readFileSync(script, "utf8") : "";
  const help = /^const help = `([^`]*)`;$/m.exec(text)?.[1];
  if (help === undefined) throw new SetupError(`no command is called "${command}"; npm run lists them`);
  return help.trim();
}
