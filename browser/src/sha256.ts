/** The SHA-256 digest in hexadecimal digits. Browsers compute it only on https and on this machine's own address. */
export async function sha256(content: BufferSource): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
