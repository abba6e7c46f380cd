import { visible } from "./visible.ts";

/** What one value may take, in columns or characters: anybody may have written it, and it can have megabytes. JSON has it whole. */
export const longestValue = 200;

/** No sentence of ours is longer, in columns or characters: it quotes something that is. */
export const longestText = 2000;

const tooLong = new RegExp(`\\S{${longestValue + 1},}`, "g");

/** A text from outside as a person is to see it: safe to show, with its words and the whole cut where no honest one is so long. */
export function shown(text: string): string {
  // Spelled out a character takes up to nine, and only the start is needed.
  const start = text.length > longestText * 2 ? text.slice(0, longestText * 2) : text;
  return shortText(visible(start));
}

/** A value as it is, cut where no honest one is so long: for a field that a program reads. */
export function shortValue(text: string): string {
  return cut(text, longestValue);
}

/** The same for a text of several words. */
export function shortText(text: string): string {
  return cut(
    text.replace(tooLong, (word) => cut(word, longestValue)),
    longestText,
  );
}

function cut(text: string, most: number): string {
  // Half of a surrogate pair would not be text.
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, "")}…`;
}
