/** The quoted beginning of a text, unquoted, and what follows it. */
export interface Quoted {
  readonly value: string;
  readonly rest: string;
}

/** Escapes of one letter (Go specification, "Rune literals"); \' is none in a string. */
const letters: Readonly<Record<string, number>> = {
  a: 0x07,
  b: 0x08,
  f: 0x0c,
  n: 0x0a,
  r: 0x0d,
  t: 0x09,
  v: 0x0b,
  "\\": 0x5c,
  '"': 0x22,
};

/** One piece of an interpreted string: plain text, or an escape. Each alternative ends where the next piece begins. */
const piece =
  /([^"\\\n]+)|\\(?:([abfnrtv\\"])|([0-7]{3})|x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/y;

/**
 * The Go string literal that a text begins with, as strconv.QuotedPrefix and strconv.Unquote read it (Go: src/strconv/quote.go);
 * undefined if it begins with none or with a broken one.
 */
export function unquotePrefix(text: string): Quoted | undefined {
  if (text.startsWith("`")) return unquoteRaw(text);
  return text.startsWith('"') ? unquoteInterpreted(text) : undefined;
}

function unquoteRaw(text: string): Quoted | undefined {
  const end = text.indexOf("`", 1);
  if (end === -1) return undefined;
  return { value: text.slice(1, end).replaceAll("\r", ""), rest: text.slice(end + 1) };
}

/** \x and octal escapes stand for bytes, which need not be UTF-8: so the value is put together from bytes. */
function unquoteInterpreted(text: string): Quoted | undefined {
  const parts: Buffer[] = [];
  let at = 1;
  while (text[at] !== '"') {
    piece.lastIndex = at;
    const match = piece.exec(text);
    const bytes = match === null ? undefined : bytesOf(match);
    if (bytes === undefined) return undefined;
    parts.push(bytes);
    at = piece.lastIndex;
  }
  return { value: Buffer.concat(parts).toString("utf8"), rest: text.slice(at + 1) };
}

function bytesOf([, plain, letter, octal, byte, short, long]: RegExpExecArray): Buffer | undefined {
  if (plain !== undefined) return Buffer.from(plain, "utf8");
  if (letter !== undefined) return Buffer.from([letters[letter] ?? 0]);
  if (byte !== undefined) return Buffer.from([Number.parseInt(byte, 16)]);
  if (octal !== undefined) {
    const value = Number.parseInt(octal, 8);
    return value > 0xff ? undefined : Buffer.from([value]);
  }
  const rune = Number.parseInt(short ?? long ?? "", 16);
  const isSurrogate = rune >= 0xd800 && rune <= 0xdfff;
  return rune > 0x10ffff || isSurrogate ? undefined : Buffer.from(String.fromCodePoint(rune), "utf8");
}
