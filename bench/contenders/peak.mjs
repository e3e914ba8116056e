// what 128-bit SIMD can reach here: products and sums that wait for nothing but the arithmetic units
import asc from "assemblyscript/asc";
import { measure, serve } from "./serve.mjs";

const CHAINS = 12;
/** Short, so that the engine's optimised form takes over between two calls. */
const LOOPS = 1e5;
const CALLS = 2000;
const names = Array.from({ length: CHAINS }, (_, i) => `s${i}`);
const source = `
export function peak(loops: i32, x: f64): f64 {
  const a = f64x2.splat(x), b = f64x2.splat(1 - x);
  let ${names.map((name) => `${name} = f64x2.splat(${name.slice(1)}.0)`).join(", ")};
  for (; loops > 0; loops--) {
    ${names.map((name) => `${name} = f64x2.add(f64x2.mul(a, ${name}), b);`).join("\n    ")}
  }
  return ${names.map((name) => `f64x2.extract_lane(${name}, 0)`).join(" + ")};
}`;

serve({
  async peak() {
    const { binary } = await asc.compileString(source, {
      optimizeLevel: 3,
      runtime: "stub",
      enable: ["simd"],
      use: ["abort="],
    });
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(binary));
    let least = Infinity;
    for (let call = 0; call < CALLS; call++)
      least = Math.min(least, (await measure(() => exports.peak(LOOPS, 0.5))).seconds);
    return { gigaflops: (4 * CHAINS * LOOPS) / least / 1e9 };
  },
});
