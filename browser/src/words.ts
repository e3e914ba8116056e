import { filled, type Values } from "./filled";

/** The page's texts in the language of the page. */

let words: Record<string, string> | undefined;

/** An English text in the words of the page, which a page in another language brings; its places are filled. */
export function say(text: string, values?: Values): string {
  words ??= JSON.parse(document.querySelector("#words")?.textContent ?? "{}") as Record<string, string>;
  return filled(words[text] ?? text, values);
}
