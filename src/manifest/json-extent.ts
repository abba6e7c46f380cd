/** Where one JSON value ends, found by its brackets and strings alone: the text need not be valid inside. */
export interface JsonExtent {
  /** Index of the value's first byte: leading NULs and white space are passed over. */
  readonly start: number;
  /** Index after the value's last byte; the text's length where the value does not end in it. */
  readonly end: number;
  /** Whether the value ends within the text. */
  readonly complete: boolean;
  /** The deepest nesting of objects and arrays. */
  readonly depth: number;
  /** Members of all its objects together, counted by their colons. */
  readonly members: number;
}

const quote = 0x22;
const backslash = 0x5c;
const colon = 0x3a;

/** One pass over `text` from `from`, in constant memory. */
export function scanJson(text: Uint8Array, from = 0): JsonExtent {
  const start = skipPadding(text, from);
  let depth = 0;
  let deepest = 0;
  let members = 0;
  let isUnended = false;
  for (let at = start; at < text.length; at += 1) {
    const byte = text[at] ?? 0;
    if (byte === quote) {
      at = endOfString(text, at + 1);
      isUnended = at === text.length;
    } else if (byte === colon) members += 1;
    else if (isOpener(byte)) deepest = Math.max(deepest, (depth += 1));
    else if (isCloser(byte)) {
      depth -= 1;
      if (depth <= 0) return { start, end: at + 1, complete: true, depth: deepest, members };
    } else if (byte === 0 && depth === 0) {
      return { start, end: at, complete: at > start, depth: 0, members };
    }
  }
  const complete = depth === 0 && !isUnended && text.length > start;
  return { start, end: text.length, complete, depth: deepest, members };
}

/** Index of the quote that ends the string whose characters begin at `from`; the text's length where there is none. */
function endOfString(text: Uint8Array, from: number): number {
  for (let at = from; ; at += 1) {
    // Buffer has a method of its own, which takes longer for so little.
    at = Uint8Array.prototype.indexOf.call(text, quote, at);
    if (at === -1) return text.length;
    let first = at;
    while (first > from && text[first - 1] === backslash) first -= 1;
    if ((at - first) % 2 === 0) return at;
  }
}

/** `{` or `[`. */
export function isOpener(byte: number): boolean {
  return byte === 0x7b || byte === 0x5b;
}

/** `}` or `]`. */
function isCloser(byte: number): boolean {
  return byte === 0x7d || byte === 0x5d;
}

/** Index of the first byte from `from` on that is neither NUL nor JSON white space. */
export function skipPadding(text: Uint8Array, from: number): number {
  let at = from;
  while (at < text.length && isPadding(text[at] ?? 1)) at += 1;
  return at;
}

function isPadding(byte: number): boolean {
  return byte === 0 || isWhiteSpace(byte);
}

/** RFC 8259, section 2. */
export function isWhiteSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}
