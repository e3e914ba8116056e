// Every npm command starts here: it makes what is missing in the checkout, then runs scripts/<command>.ts.
// It runs before any package is installed, so it imports nothing but Node and its own folder.
import { runCommand } from "./setup/command.mjs";
import { makeStateFolders, out, readOnly, root, state } from "./setup/environment.mjs";
import { fail, SetupError } from "./setup/errors.mjs";
import { helpOf } from "./setup/help.mjs";
import lifetime from "./setup/lifetime.cjs";
import { withLock } from "./setup/lock.mjs";
import { damageOf, forget, isCurrent, remember } from "./setup/records.mjs";
import { needsOf } from "./setup/needs.mjs";
import { steps } from "./setup/steps.mjs";

lifetime.install();
const [command = "start", ...words] = process.argv.slice(2);

try {
  const help = helpOf(command);
  if (words.some((word) => word === "--help" || word === "-h")) console.log(help);
  else if (command === "build") await build(words, help);
  else await setUpAndRun(command, words);
} catch (error) {
  fail(error);
}

async function setUpAndRun(name, args) {
  const needed = needsOf(name, args);
  await setUp((step) => needed.includes(step.name) && !isCurrent(step));
  makeState();
  if (readOnly)
    process.stderr.write(
      `this checkout can only be read: what is kept goes to ${state}, executed notebooks to ${out}\n`,
    );
  const code = await runCommand(name, args);
  process.exitCode = code;
  // A command with exit code 1 may have failed because of damaged files; one that was stopped has another code.
  if (code === 1) tellDamage();
}

function makeState() {
  try {
    makeStateFolders();
  } catch (error) {
    if (!readOnly) throw error;
    throw new SetupError(`${state} cannot be made (${error.code}): set XDG_STATE_HOME to a folder that you may write`);
  }
}

async function build(args, help) {
  const unknown = args.find((word) => word !== "--again");
  if (unknown !== undefined) throw new SetupError(`build: unknown option "${unknown}"\n\n${help}`);
  const again = args.includes("--again");
  await setUp((step) => again || step.isBuild || !isCurrent(step) || damageOf(step) !== undefined);
}

async function setUp(isWanted) {
  const [major] = process.versions.node.split(".").map(Number);
  if (major < 20) {
    throw new SetupError(
      `Node ${process.versions.node} is too old: Node 20 or newer is wanted; ` +
        "install it from nodejs.org, or run: nvm install 24",
    );
  }
  const first = steps.find(isWanted);
  if (first === undefined) return;
  if (readOnly) throw new SetupError(notSetUp(first));
  await withLock((usesTool) => runSteps(isWanted, usesTool));
}

async function runSteps(isWanted, usesTool) {
  let done = 0;
  const count = steps.filter(isWanted).length;
  for (const step of steps) {
    if (!isWanted(step)) continue;
    const started = Date.now();
    const title = `set-up ${++done}/${Math.max(count, done)}: ${step.title}`;
    process.stderr.write(`${title} ...\n`);
    forget(step);
    await step.run(usesTool);
    remember(step);
    process.stderr.write(`${title}, done in ${((Date.now() - started) / 1000).toFixed(0)} s\n`);
  }
}

function notSetUp({ title }) {
  return (
    `${root} can only be read by you, and this is missing in it or was made for another Node than ` +
    `${process.version}: ${title}; ` +
    "ask whoever owns it to run: npm run build (with the same Node), or clone it into a folder of your own"
  );
}

function tellDamage() {
  const damaged = steps.map((step) => ({ step, file: damageOf(step) })).filter(({ file }) => file !== undefined);
  if (damaged.length === 0) return;
  if (!readOnly) for (const { step } of damaged) forget(step);
  const mend = readOnly
    ? "ask whoever owns this folder to run: npm run build"
    : "run the command again, and the set-up makes it anew";
  process.stderr.write(
    `what the set-up made has been changed or damaged (${damaged.map(({ file }) => file).join(", ")}): ${mend}\n`,
  );
}
