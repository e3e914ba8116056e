/** A triangle whose tip lies at the symbol's place and points up: five long and three wide, as matplotlib's arrows. */
export const arrowHead = "M0,0L0.6,2L-0.6,2Z";

/** The area at which the head is `length` pixels long: Vega scales a path by half the root of its area. */
export function headArea(length: number): number {
  return length * length;
}

/** The angle of such a head in degrees, clockwise from up, for a direction in pixels with y downwards. */
export function headAngle(dx: number, dy: number): number {
  return (Math.atan2(dx, -dy) * 180) / Math.PI;
}
