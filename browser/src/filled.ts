/** The values of a text's places such as `{count}`. */
export type Values = Readonly<Record<string, string | number>>;

/** A text with its places filled. */
export function filled(text: string, values: Values = {}): string {
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(values[name] ?? place));
}
