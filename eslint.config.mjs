import { defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";

export default defineConfig(
  {
    ignores: [
      "**/node_modules/",
      "**/dist/",
      "**/dist.*/",
      ".venv/",
      ".setup/",
      "out/",
      "site/",
      "site.new-*/",
      "**/.ipynb_checkpoints/",
      "lib/assembly/**/*.ts",
    ],
  },
  tseslint.configs.recommended,
  {
    files: ["**/*.ts"],
    ignores: ["**/*.d.ts"],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "no-restricted-syntax": [
        "error",
        {
          selector: "ExportDefaultDeclaration",
          message: "no default exports: a name that is spelled the same everywhere",
        },
      ],
      "prefer-const": "error",
      eqeqeq: "error",
      // the runner waits for its tests by itself
      "@typescript-eslint/no-floating-promises": [
        "error",
        { allowForKnownSafeCalls: [{ from: "package", name: ["test", "suite"], package: "node:test" }] },
      ],
      "@typescript-eslint/consistent-type-imports": [
        "error",
        { fixStyle: "inline-type-imports", disallowTypeAnnotations: false },
      ],
    },
  },
  {
    // the library and what compiles and runs cells know Node in one place, so that they can run elsewhere
    files: ["lib/src/**/*.ts", "kernel/src/compile/**/*.ts", "kernel/src/cells/**/*.ts"],
    ignores: ["lib/src/platform/{node,browser}.ts", "lib/src/platform/{node,browser}/**"],
    rules: {
      "no-restricted-globals": [
        "error",
        ...[
          "process",
          "Buffer",
          "global",
          "require",
          "module",
          "exports",
          "__dirname",
          "__filename",
          "setImmediate",
          "clearImmediate",
          "setTimeout",
          "clearTimeout",
          "setInterval",
          "clearInterval",
        ].map((name) => ({
          name,
          message: "take it from the host: lib/src/platform/host.ts, kernel/src/cells/host.ts",
        })),
      ],
    },
  },
  {
    // prettier wraps code, not comments
    files: ["kernel/src", "browser", "scripts", "bench", "test", "tools", "lib"].flatMap((folder) => [
      `${folder}/**/*.ts`,
      `${folder}/**/*.mjs`,
      `${folder}/**/*.cjs`,
    ]),
    rules: {
      "max-len": [
        "error",
        { code: 120, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true },
      ],
    },
  },
  {
    // @stdlib, tslab and vega are CommonJS, and some are loaded only when they are needed
    files: ["**/*.cjs", "lib/src/**/*.ts", "kernel/src/**/*.ts", "test/**/*.ts", "scripts/**/*.ts"],
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
);
