/** How many bytes a base64 text stands for. */
export const base64Bytes = (base64: string): number =>
  Math.max(0, Math.floor((base64.replace(/=+$/, "").length * 3) / 4));

/** The bytes of a base64 text of either alphabet; undefined where it is none. */
export function fromBase64(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const text = atob(base64.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(text, (char) => char.charCodeAt(0));
  } catch {
    return undefined;
  }
}
