/**
 * What a terminal would act on instead of showing: controls (Cc: C0, DEL, C1), format characters (Cf: the bidi
 * marks U+202A–E, U+2066–9, U+200E/F, U+061C; zero-width joiners; tags), line and paragraph separators (Zl, Zp), and
 * surrogates without a partner (Cs). Unicode, chapter 23.
 */
const UNSHOWABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * The text with everything a terminal would act on spelled out: `\x1b`, `\u202e`, `\u{e0041}`. Every name and value
 * that comes from a file, a folder or the command line passes through here before a person sees it.
 */
export function visible(text: string): string {
  return text.replace(UNSHOWABLE, spelledOut);
}

/**
 * JSON text whose values are as they were, but which is safe to print on a terminal: JSON.stringify leaves DEL, C1
 * and the bidi marks as they are, and RFC 8259 (7) lets any character be written as `\uXXXX` instead.
 */
export function terminalSafeJson(json: string): string {
  return json.replace(UNSHOWABLE, (character) =>
    character === "\n" ? character : [...utf16(character)].map((unit) => `\\u${hex(unit, 4)}`).join(""),
  );
}

function spelledOut(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${hex(code, 2)}`;
  return code < 0x10000 ? `\\u${hex(code, 4)}` : `\\u{${hex(code, 1)}}`;
}

function* utf16(text: string): Generator<number> {
  for (let at = 0; at < text.length; at++) yield text.charCodeAt(at);
}

function hex(code: number, digits: number): string {
  return code.toString(16).padStart(digits, "0");
}
