import { createHash } from "node:crypto";
import { renderPng } from "../../lib/src/plots/render";
import { cases } from "./cases";

/**
 * One with a legend, one with clipped layers, one with pictures in it, one with bare text and one with rotated heads.
 */
export const drawn = ["accuracy", "descentPath", "digits", "network", "gradientField"];

/** The digest of each case's static picture, drawn in the order given. */
export async function pictureDigests(names: readonly string[]): Promise<Record<string, string>> {
  const digests: Record<string, string> = {};
  for (const name of names) {
    const { png } = await renderPng(cases[name]().spec);
    digests[name] = createHash("sha256").update(png).digest("hex");
  }
  return digests;
}

if (require.main === module) void pictureDigests(drawn).then((digests) => console.log(JSON.stringify(digests)));
