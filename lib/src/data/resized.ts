/** A grey picture: a number for each pixel, row by row. */
export interface Gray {
  readonly width: number;
  readonly height: number;
  readonly data: Float64Array;
}

/**
 * A picture in another size. Each new pixel is a mean of the old ones around its place; the weights fall with the
 * distance in a straight line. Where the picture gets smaller, the mean is taken over so many pixels that none is left
 * out.
 *
 * @see Pillow's Image.resize with Resampling.BILINEAR
 */
export function resized({ width, height, data }: Gray, newWidth: number, newHeight: number): Gray {
  const [columns, rows] = [means(width, newWidth), means(height, newHeight)];
  const wide = new Float64Array(newWidth * height);
  for (let row = 0; row < height; row++)
    columns.forEach(({ start, weights }, column) => {
      wide[row * newWidth + column] = weights.reduce(
        (sum, weight, i) => sum + weight * data[row * width + start + i],
        0,
      );
    });
  const both = new Float64Array(newWidth * newHeight);
  rows.forEach(({ start, weights }, row) => {
    for (let column = 0; column < newWidth; column++)
      both[row * newWidth + column] = weights.reduce(
        (sum, weight, i) => sum + weight * wide[(start + i) * newWidth + column],
        0,
      );
  });
  return { width: newWidth, height: newHeight, data: both };
}

/** For each place of a line of `to` pixels: the weights of neighbours in a line of `from` pixels. Their sum is 1. */
function means(from: number, to: number): { start: number; weights: number[] }[] {
  const scale = from / to;
  const reach = Math.max(scale, 1);
  return Array.from({ length: to }, (_, place) => {
    const centre = (place + 0.5) * scale;
    const start = Math.max(0, Math.floor(centre - reach));
    const end = Math.min(from, Math.ceil(centre + reach));
    const raw = Array.from({ length: end - start }, (_, i) =>
      Math.max(0, 1 - Math.abs(start + i + 0.5 - centre) / reach),
    );
    const sum = raw.reduce((a, b) => a + b);
    return { start, weights: raw.map((weight) => weight / sum) };
  });
}
