import * as math from "../../lib/src/math";

/** The same points on every machine: a linear congruential generator, scaled in four ways. */
export function points(count: number): Float64Array {
  let state = 12345;
  const uniform = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  return Float64Array.from({ length: count }, (_, i) => {
    const x = (uniform() + uniform() / 2 ** 32) * 2 - 1;
    return [x, x * 10, x * 750, x * 2 ** Math.floor(uniform() * 80 - 40)][i % 4];
  });
}

const COUNT = 200_000;

/** 32 bits of the values' bits (FNV-1a of their words), as eight digits. */
function digest(values: Float64Array): string {
  let hash = 0x811c9dc5;
  for (const word of new Uint32Array(values.buffer)) hash = Math.imul(hash ^ word, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, "0");
}

/** A digest of what each function gives for all points. It uses nothing of Node, so that browsers can compute it. */
export function digests(): Record<string, string> {
  const x = points(COUNT),
    positive = x.map(Math.abs);
  const of = (f: (x: number) => number, values = x): string => digest(values.map((value) => f(value)));
  const ofTwo = (f: (a: number, b: number) => number, values = x): string =>
    digest(values.map((a, i) => f(a, x[(i * 7) % COUNT])));
  return {
    exp: of(math.exp),
    log: of(math.log, positive),
    tanh: of(math.tanh),
    expm1: of(math.expm1),
    log1p: of(math.log1p, positive),
    log2: of(math.log2, positive),
    log10: of(math.log10, positive),
    sin: of(math.sin),
    cos: of(math.cos),
    atan2: ofTwo(math.atan2),
    hypot: ofTwo(math.hypot),
    pow: ofTwo((a, b) => math.pow(a, b % 20), positive),
  };
}

/** What digests() gives on every engine. */
export const DIGESTS: Record<string, string> = {
  exp: "2580c739",
  log: "229fbcf3",
  tanh: "2a4cb6da",
  expm1: "dd0f8822",
  log1p: "f0991306",
  log2: "3e080470",
  log10: "470d9b8b",
  sin: "185ad615",
  cos: "a7e1a85f",
  atan2: "4988066c",
  hypot: "d82027ca",
  pow: "5658f94b",
};
