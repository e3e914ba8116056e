/** Markers of a JPEG file, and the tag of EXIF that is read here. */
const START = 0xffd8;
const APP1 = 0xffe1;
const SCAN = 0xffda;
const ORIENTATION = 0x0112;

/**
 * How a JPEG picture is to be turned or mirrored to be upright: the tag Orientation of its EXIF part, 1 to 8. It is 1
 * (not at all) for a file without this tag, and for a file of another format. Cameras store a picture as the sensor
 * sees it, and set this tag.
 *
 * @see CIPA DC-008, Exif 2.32, section 4.6.4
 */
export function exifOrientation(file: Uint8Array): number {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  try {
    return orientationIn(view);
  } catch (error) {
    if (error instanceof RangeError) return 1; // the file ends before it should
    throw error;
  }
}

function orientationIn(view: DataView): number {
  if (view.getUint16(0) !== START) return 1;
  for (let at = 2; ; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint16(at);
    if (marker < 0xff00 || marker === SCAN) return 1;
    if (marker === APP1 && view.getUint32(at + 4) === 0x45786966) return orientationOf(view, at + 10); // "Exif"
  }
}

/** The orientation in the first directory of a TIFF structure, which begins at `start`. */
function orientationOf(view: DataView, start: number): number {
  const little = view.getUint16(start) === 0x4949; // "II", Intel's order of bytes
  const directory = start + view.getUint32(start + 4, little);
  const entries = view.getUint16(directory, little);
  for (let i = 0; i < entries; i++) {
    const entry = directory + 2 + 12 * i;
    if (view.getUint16(entry, little) !== ORIENTATION) continue;
    const value = view.getUint16(entry + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}
