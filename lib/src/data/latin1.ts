/** Bytes as text, a character a byte; a TextDecoder's "latin1" is windows-1252, which changes some. */
export function latin1Text(bytes: Uint8Array): string {
  let text = "";
  // in parts, since the arguments of one call go onto the stack
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return text;
}

/** Text as bytes, of characters up to U+00FF. */
export function latin1Bytes(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}
