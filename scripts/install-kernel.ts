import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "../tools/root";

const help = `
npm run install-kernel -- --user | --prefix DIR [--remove | --replace]

Makes the TypeScript kernel of this checkout known to a Jupyter of your own, as the kernelspec "tslab". The notebooks then open
there with this kernel, and find dlfs from any folder. The checkout must stay where it is.

  --user        every Jupyter of this user
  --prefix DIR  the Jupyter of the Python environment in DIR
  --replace     in place of another kernel that has this name
  --remove      takes it away again
  --help        this text
`;

const options = process.argv.slice(2);
if (options.includes("--help")) console.log(help.trim());
else {
  // the compiled file, because the kernelspec names the file beside it
  const command = join(root, "kernel", "dist", "start", "install.js");
  process.exitCode = spawnSync(process.execPath, [command, ...options], { stdio: "inherit" }).status ?? 1;
}
