import { createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { root, venvPython } from "../../tools/root";
import { courseNotebooks, joined, readNotebook, type Notebook, type Output } from "../../tools/notebook";
import { notebookText } from "../src/notebookText";
import { EDITION_LATER } from "./htmlPage";
import { siteLanguages, type SiteLanguage } from "./languages";
import { LIBRARY_PAGE } from "./library";

/** JupyterLite as a folder of static files, with the notebooks and the kernel in it. */

const EXTENSION = "dlfs-kernel-extension";
/** What the file browser shows beside the notebooks, as in the checkout. */
const FILES = ["data/README.md", "data/digit.svg", "lib/README.md"];
/** JupyterLite's own service worker mixes files of two editions; the site has one for all its pages. */
const SERVICE_WORKER = "@jupyterlite/application-extension:service-worker-manager";

/** Builds JupyterLite into the folder `lite`. @throws Error with the output of `jupyter lite build` if it fails */
export function buildJupyterLite(lite: string, scratch: string): void {
  const contents = join(scratch, "contents");
  const contentsPages = siteLanguages().map((language) => notebookPath(language, "README.md"));
  for (const file of [...notebooks(), ...contentsPages, ...FILES]) {
    mkdirSync(dirname(join(contents, file)), { recursive: true });
    if (file.endsWith(".ipynb")) writeJson(join(contents, file), withWholeTexts(readNotebook(join(root, file))));
    else cpSync(join(root, file), join(contents, file));
  }
  const options = [
    "--contents",
    contents,
    "--output-dir",
    lite,
    "--lite-dir",
    scratch,
    "--ignore-sys-prefix",
    "federated_extensions",
  ];
  const { status, stdout, stderr } = spawnSync(venvPython, ["-m", "jupyterlite_core", "build", ...options], {
    encoding: "utf8",
    cwd: scratch,
  });
  if (status !== 0) throw new Error(`jupyter lite build: exit code ${status}: wanted a site\n${stdout}\n${stderr}`);
  dropSourceMaps(lite);
  dropServiceWorker(lite);
  addIcons(lite);
}

const notebookPath = (language: SiteLanguage, name: string): string => `notebooks/${language.path(name)}`;

/** The paths of all notebooks in all languages. */
const notebooks = (): string[] =>
  siteLanguages().flatMap((language) => courseNotebooks().map((name) => notebookPath(language, name)));

/** The icons that JupyterLab's tabs show: they belong to Jupyter's server, which JupyterLite does not have. */
function addIcons(lite: string): void {
  const where = "from jupyter_server import DEFAULT_STATIC_FILES_PATH as folder; print(folder, end='')";
  const { stdout } = spawnSync(venvPython, ["-c", where], { encoding: "utf8" });
  cpSync(join(stdout, "favicons"), join(lite, "static", "favicons"), { recursive: true });
}

/**
 * The same notebook, each text as one string. nbformat allows lists of lines, which JupyterLab's server joins;
 * JupyterLite has none, and would show commas between the lines of an output.
 */
function withWholeTexts(notebook: Notebook): Notebook {
  const outputs = (given: Output[]): Output[] =>
    given.map((output) => ({
      ...output,
      ...(output.text !== undefined && { text: joined(output.text) }),
      ...(output.data !== undefined && { data: wholeTextsOf(output.data) }),
    }));
  const cells = notebook.cells.map((cell) => ({
    ...cell,
    source: joined(cell.source),
    ...(cell.outputs !== undefined && { outputs: outputs(cell.outputs) }),
  }));
  return { ...notebook, cells };
}

/** A bundle's texts; what is JSON, as a chart's specification, stays as it is. */
function wholeTextsOf(data: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(data).map(([type, value]) => [
    type,
    /[/+]json$/.test(type) ? value : joined(value as string | string[]),
  ]);
  return Object.fromEntries(entries) as Record<string, unknown>;
}

/** @throws Error if this JupyterLite calls the plugin otherwise, because then it could not be disabled */
function dropServiceWorker(lite: string): void {
  const scripts = readdirSync(join(lite, "build")).filter((name) => name.endsWith(".js"));
  if (!scripts.some((name) => readFileSync(join(lite, "build", name), "utf8").includes(`"${SERVICE_WORKER}"`))) {
    throw new Error(`JupyterLite: no plugin ${SERVICE_WORKER}: wanted the one that registers its service worker`);
  }
  rmSync(join(lite, "service-worker.js"));
}

/** Source maps are half of the files, and only developers of JupyterLite need them. */
function dropSourceMaps(lite: string): void {
  for (const name of readdirSync(join(lite, "build"), { recursive: true, encoding: "utf8" })) {
    if (name.endsWith(".map")) rmSync(join(lite, "build", name));
  }
}

/** Adds the extension that offers the kernel, whose files are in the folder beside `lite`. */
export async function addExtension(lite: string, buildId: string): Promise<void> {
  const folder = join(lite, "extensions", EXTENSION);
  await build({
    entryPoints: [join(root, "browser", "src", "extension.ts")],
    outfile: join(folder, "static", "remoteEntry.js"),
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    define: {
      BUILD_ID: JSON.stringify(buildId),
      EDITION: JSON.stringify(EDITION_LATER),
      ORIGINALS: JSON.stringify(originals()),
      PAGES: JSON.stringify(pages()),
      LANGUAGES: JSON.stringify(Object.fromEntries(siteLanguages().map(({ folder = "", tag }) => [folder, tag]))),
    },
    logLevel: "warning",
  });
  const load = { load: "static/remoteEntry.js", extension: "./extension" };
  writeJson(join(folder, "package.json"), {
    name: EXTENSION,
    version: "0.1.0",
    license: "MIT",
    jupyterlab: { extension: true, _build: load },
    jupyterlite: { liteExtension: true },
  });
  cpSync(join(root, "kernel", "logos", "logo-svg.svg"), join(folder, "static", "logo.svg"));
  changeJson(join(lite, "jupyter-lite.json"), (settings) => {
    const config = settings["jupyter-config-data"] as Record<string, unknown>;
    config.federated_extensions = [{ name: EXTENSION, ...load }];
    config.disabledExtensions = [SERVICE_WORKER];
    config.defaultKernelName = "tslab";
    config.settingsOverrides = { "@jupyterlab/apputils-extension:themes": { "adaptive-theme": true } };
    config.appName = "Deep Learning from Scratch in TypeScript";
    config.exposeAppInBrowser = true; // as window.jupyterapp, for tests
  });
}

/** The digest of each notebook's text by its path, from which the extension knows whether a reader's copy is older. */
function originals(): Record<string, string> {
  const digestOf = (path: string): string =>
    createHash("sha256")
      .update(notebookText(readNotebook(join(root, path))))
      .digest("hex");
  return Object.fromEntries(notebooks().map((path) => [path, digestOf(path)]));
}

/** The pages of the site that stand for Markdown files, by the paths of these. */
function pages(): Record<string, string> {
  const contentsPages = siteLanguages().map((language) => [
    notebookPath(language, "README.md"),
    language.path("index.html"),
  ]);
  return {
    ...(Object.fromEntries(contentsPages) as Record<string, string>),
    "data/README.md": "about.html#data",
    "lib/README.md": LIBRARY_PAGE,
  };
}

function changeJson(file: string, change: (content: Record<string, unknown>) => void): void {
  const content = JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>;
  change(content);
  writeJson(file, content);
}

function writeJson(file: string, content: object): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(content, null, 1)}\n`);
}
