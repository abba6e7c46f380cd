/** Longest text that is looked at, in UTF-16 units: a log's end says no more about the first message than this. */
export const longestLog = 1 << 20;

/** JSON in JSON in JSON: a container's log of a program's log of a quoted error. */
const mostQuotings = 4;

const escapes: Readonly<Record<string, string>> = { n: "\n", r: "\r", t: "\t", b: " ", f: " " };
const entities: Readonly<Record<string, string>> = {
  quot: '"',
  "#34": '"',
  apos: "'",
  "#39": "'",
  lt: "<",
  gt: ">",
  amp: "&",
};

/**
 * The text as the loader wrote it, as far as that can be undone: without terminal colors (ECMA-48 CSI), JSON and Go
 * string escapes (RFC 8259, 7; `%q`), HTML entities, and with straight quotation marks for typographic ones.
 */
export function unwrappedLog(text: string): string {
  let plain = text.slice(0, longestLog);
  for (let round = 0; round < mostQuotings && /\\["\\/]|\\u[\da-f]{4}/i.test(plain); round++) {
    plain = unescaped(plain);
  }
  return (
    unescapedBreaks(plain)
      // eslint-disable-next-line no-control-regex -- ESC is what begins the sequence
      .replace(/\u001b\[[\d;?]{0,16}[A-Za-z]/g, "")
      .replace(/&(quot|#34|apos|#39|lt|gt|amp);/g, (whole, name: string) => entities[name] ?? whole)
      .replace(/[‘’]/g, "'")
      .replace(/[“”„]/g, '"')
      .replace(/\r\n?/g, "\n")
  );
}

/** One level of escapes. */
function unescaped(text: string): string {
  return text.replace(/\\(?:u([\da-f]{4})|(.))/gi, (whole, code?: string, letter?: string) => {
    if (code !== undefined) return String.fromCharCode(parseInt(code, 16));
    if (letter === undefined) return whole;
    return /["\\/']/.test(letter) ? letter : (escapes[letter] ?? whole);
  });
}

/** Line breaks that remain as `\n` if nothing else was quoted. No path on Linux or macOS has a backslash. */
function unescapedBreaks(text: string): string {
  return text.replace(/\\([nrt])/g, (_, letter: string) => escapes[letter] ?? " ");
}
