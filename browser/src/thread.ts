import type { Site } from "dlfs/dist/platform/browser/site";

declare const BUILD_ID: string;

// a thread of the library needs nothing of the site but the id that shows that both are of one build
Object.assign(globalThis, { [Symbol.for("dlfs.site")]: { buildId: BUILD_ID } as Site });
void import("dlfs/dist/wasm/worker");
