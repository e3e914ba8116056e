/**
 * Bytes as text, one character for each byte. A TextDecoder for "latin1" decodes windows-1252, which changes some
 * bytes.
 */
export function latin1Text(bytes: Uint8Array): string {
  let text = "";
  // in parts, because the arguments of a call are put onto the stack, which is limited
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return text;
}

/** Text as bytes, one byte for each character; no character may be above U+00FF. */
export function latin1Bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
