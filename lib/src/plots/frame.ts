import type { Range } from "./range";

/** With a longer range on one axis, equal scales would make a picture too flat to read. */
const FLATTEST = 3;

/** The width and height of a picture, in pixels. */
export interface Frame {
  readonly width: number;
  readonly height: number;
}

/**
 * A picture whose longer side has `size` pixels. The scales are equal, so a circle is a circle and a right angle a
 * right angle; if one range is more than three times as long as the other, the picture is a square with other scales.
 *
 * @param equal - true: equal scales for any ranges; false: a square
 */
export function frameOf(x: Range, y: Range, size: number, equal?: boolean): Frame {
  const [across, up] = [x[1] - x[0], y[1] - y[0]];
  const longer = Math.max(across, up);
  if (!(equal ?? longer <= FLATTEST * Math.min(across, up))) return { width: size, height: size };
  const pixels = (length: number): number => Math.max(1, Math.round((size * length) / longer));
  return { width: pixels(across), height: pixels(up) };
}
