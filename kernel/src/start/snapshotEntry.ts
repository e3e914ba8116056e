/**
 * Run by `node --build-snapshot`: loads the compiler and parses and binds the declaration files that every cell needs,
 * so that the kernel starts with them in memory. A snapshot's script is no module, hence no import here. It relies on
 * TypeScript being one file that needs only Node's own modules.
 *
 * From Node 22 on, a worker thread aborts the process if it loads a built-in module whose native parts were already
 * loaded here. So this file loads only what it needs: it refuses crypto to TypeScript, which works without it, and
 * buildSnapshot.ts gives this process no pipes, because a pipe loads parts of node:net.
 */
{
  const { readFileSync, writeFileSync } = require("node:fs") as typeof import("node:fs");
  const { dirname, join } = require("node:path") as typeof import("node:path");
  const { compileFunction } = require("node:vm") as typeof import("node:vm");
  type Compiler = typeof import("typescript");

  const {
    compiler: file,
    code,
    root,
    options,
    typesFile,
    list,
  } = JSON.parse(process.env.DLFS_KERNEL_SNAPSHOT!) as import("./buildSnapshot").EntryInput;
  const compiler = load(code, file) as Compiler;
  const { withoutDocumentation } = requireOwn("../compile/documentation") as typeof import("../compile/documentation");
  const { importKey } = requireOwn("../compile/project") as typeof import("../compile/project");
  const parsed = new Map<string, import("typescript").SourceFile>();
  const imports = new Map<string, import("typescript").ResolvedModuleWithFailedLookupLocations>();
  const program = compiler.createProgram({ rootNames: [root], options, host: hostOfOneCell() });
  compiler.getPreEmitDiagnostics(program, program.getSourceFile(root));
  program.emit(program.getSourceFile(root), () => {});
  for (const source of program.getSourceFiles()) {
    if (source.fileName !== root) parsed.set(source.fileName, source);
  }
  writeFileSync(list, JSON.stringify([file, ...parsed.keys()]));
  Object.assign(globalThis, {
    __dlfsKernelSnapshot: {
      compiler,
      known: { files: parsed, imports },
      options,
      Console: console.Console,
    },
  });

  /** Runs the text of the file `from` as the module `name`. */
  function load(from: string, name: string): unknown {
    const module = { exports: {} };
    const parameters = ["exports", "require", "module", "__filename", "__dirname"];
    const run = compileFunction(readFileSync(from, "utf8"), parameters, { filename: name });
    const requireFrom = (wanted: string) =>
      wanted.startsWith(".") ? requireOwn(wanted, dirname(name)) : requireWithoutCrypto(wanted);
    run(module.exports, requireFrom, module, name, dirname(name));
    return module.exports;
  }

  function requireOwn(name: string, folder = __dirname): unknown {
    const own = join(folder, `${name}.js`);
    return load(own, own);
  }

  function requireWithoutCrypto(name: string): unknown {
    if (name.endsWith("crypto")) throw new Error("crypto is not loaded while the startup snapshot is built");
    return require(name);
  }

  // A sample cell makes the compiler bind and check, so that every kernel starts with these results.
  function hostOfOneCell(): import("typescript").CompilerHost {
    const host = compiler.createCompilerHost(options, true);
    const text = "export {};\nconst doubled = [1, 2].map((x) => 2 * x);\nconsole.log(`${doubled}`, process.version);\n";
    host.getSourceFile = (name, version) =>
      name === root ? compiler.createSourceFile(name, text, version, true) : fileOf(name, version);
    // The places where a module was looked for in vain are left out, because nobody reads them.
    host.resolveModuleNameLiterals = (literals, from) =>
      literals.map(({ text: name }) => {
        const { resolvedModule } = compiler.resolveModuleName(name, from, options, host);
        const found = { resolvedModule, failedLookupLocations: [] };
        imports.set(importKey(name, from), found as import("typescript").ResolvedModuleWithFailedLookupLocations);
        return found;
      });
    host.resolveTypeReferenceDirectiveReferences = (references) =>
      references.map(() => ({
        resolvedTypeReferenceDirective: { primary: true, resolvedFileName: typesFile },
        failedLookupLocations: [],
      }));
    return host;
  }

  function fileOf(
    name: string,
    version: import("typescript").ScriptTarget | import("typescript").CreateSourceFileOptions,
  ) {
    const text = compiler.sys.readFile(name);
    const settings = typeof version === "object" ? version : { languageVersion: version };
    return text === undefined ? undefined : withoutDocumentation(compiler, name, text, settings);
  }
}
