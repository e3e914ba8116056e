import * as math from "../math";

/** A triangle that points up, with its tip at the symbol's position. Length to width is 5 to 3, as in matplotlib. */
export const arrowHead = "M0,0L0.6,2L-0.6,2Z";

/** The `size` of the symbol for a head of `length` pixels: Vega scales a path by half the square root of its size. */
export function headArea(length: number): number {
  return length * length;
}

/**
 * The angle in degrees, clockwise from up, of a head that points in the direction (dx, dy), in pixels with y downwards.
 */
export function headAngle(dx: number, dy: number): number {
  return (math.atan2(dx, -dy) * 180) / Math.PI;
}
