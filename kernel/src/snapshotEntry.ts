/**
 * Run by `node --build-snapshot`: loads the compiler and parses and binds the declaration files that every cell needs,
 * so that the kernel starts with them in memory. A snapshot's script is no module, hence no import here.
 * It relies on TypeScript being one file that needs only Node's own modules.
 */
{
  const { readFileSync, writeFileSync } = require("node:fs") as typeof import("node:fs");
  const { dirname } = require("node:path") as typeof import("node:path");
  const { compileFunction } = require("node:vm") as typeof import("node:vm");
  type Compiler = typeof import("@tslab/typescript-for-tslab");

  const { compiler: file, root, options, list } = JSON.parse(process.env.DLFS_KERNEL_SNAPSHOT!) as import("./snapshot").EntryInput;
  const compiler = loadCompiler();
  const parsed = new Map<string, import("@tslab/typescript-for-tslab").SourceFile>();
  const program = compiler.createProgram({ rootNames: [root], options, host: hostOfOneCell() });
  compiler.getPreEmitDiagnostics(program, program.getSourceFile(root));
  program.emit(program.getSourceFile(root), () => {});
  for (const source of program.getSourceFiles()) {
    if (source.fileName !== root) parsed.set(source.fileName, source);
  }
  writeFileSync(list, JSON.stringify([file, ...parsed.keys()]));
  Object.assign(globalThis, { __dlfsKernelSnapshot: { compiler, parsed, Console: console.Console } });

  function loadCompiler(): Compiler {
    const module = { exports: {} };
    const parameters = ["exports", "require", "module", "__filename", "__dirname"];
    compileFunction(readFileSync(file, "utf8"), parameters, { filename: file })(module.exports, require, module, file, dirname(file));
    const loaded = module.exports as Compiler;
    loaded.sys.useCaseSensitiveFileNames = true; // as tslab sets it
    return loaded;
  }

  // A cell that makes the compiler bind and check: what it touches is warm in every kernel.
  function hostOfOneCell(): import("@tslab/typescript-for-tslab").CompilerHost {
    const host = compiler.createCompilerHost(options);
    const { getSourceFile } = host;
    const text = "export {};\nconst doubled = [1, 2].map((x) => 2 * x);\nconsole.log(`${doubled}`, process.version);\n";
    host.getSourceFile = (name, languageVersion, ...rest) =>
      name === root ? compiler.createSourceFile(name, text, languageVersion) : getSourceFile(name, languageVersion, ...rest);
    return host;
  }
}
