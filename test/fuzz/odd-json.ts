import type { Random } from "./random.ts";

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const oddTexts = [
  "",
  " ",
  "\0",
  "\u001b[31m",
  "\ud800",
  "\u202e",
  "\ufeff",
  "a".repeat(5000),
  "h1:",
  "h1:AAAA",
  "go1.999999999999999999999.1",
  "go",
  "devel go1.27-abcdef",
  "rustc 1.94.0 (abc 2026-01-01)",
  "v0.0.0-20260101000000-000000000000",
  "v1.2.3+incompatible",
  "x86_64-unknown-linux-gnu",
  "arm64e-apple-darwin",
  "2026-13-45T99:99:99Z",
  "1970-01-01T00:00:00Z",
  "__proto__",
  "constructor",
  "../../etc/passwd",
  "$(id)",
  "--",
] as const;

const oddNumbers = [0, -0, 1, -1, 2 ** 31, 2 ** 32, 2 ** 53, -(2 ** 53), 1e308, 0.1, 5e-324] as const;

/** Any value that a hostile writer puts where a text or a number belongs. */
function oddValue(random: Random): Json {
  switch (random.below(7)) {
    case 0:
      return random.pick([null, true, false]);
    case 1:
      return random.pick(oddNumbers);
    case 2:
      return [];
    case 3:
      return {};
    case 4:
      return Array.from({ length: random.pick([1, 2, 300]) }, () => random.pick(oddTexts));
    default:
      return random.pick(oddTexts);
  }
}

/** The same document with one value or key changed, removed, repeated or moved. */
function changed(value: Json, random: Random): Json {
  if (typeof value !== "object" || value === null || random.oneIn(6)) return oddValue(random);
  if (Array.isArray(value)) {
    const list = value as readonly Json[];
    if (list.length === 0) return [oddValue(random)];
    const at = random.below(list.length);
    switch (random.below(4)) {
      case 0:
        return list.toSpliced(at, 1);
      case 1:
        return [...list, list[at] ?? null];
      case 2:
        return list.toReversed();
      default:
        return list.with(at, changed(list[at] ?? null, random));
    }
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return { [random.pick(oddTexts)]: oddValue(random) };
  const at = random.below(entries.length);
  const [key, inner] = entries[at] ?? ["", null];
  switch (random.below(5)) {
    case 0:
      return Object.fromEntries(entries.toSpliced(at, 1));
    case 1:
      return Object.fromEntries(entries.with(at, [random.pick(oddTexts), inner]));
    case 2:
      return Object.fromEntries([...entries, [random.pick(oddTexts), oddValue(random)]]);
    default:
      return Object.fromEntries(entries.with(at, [key, changed(inner, random)]));
  }
}

/** A text that is JSON of an odd content, or almost JSON. @param text one that is. */
export function oddJson(text: string, random: Random): Buffer {
  let value = JSON.parse(text) as Json;
  for (let left = 1 + random.below(3); left > 0; left--) value = changed(value, random);
  const written = JSON.stringify(value);
  switch (random.below(12)) {
    case 0:
      return Buffer.from(written.slice(0, random.below(written.length)));
    case 1:
      return Buffer.from(`${written}${random.pick([written, " ", "}", ",", "\0\0", "//"])}`);
    case 2: {
      const depth = random.pick([10, 100, 5000]);
      return Buffer.from("[".repeat(depth) + written + (random.oneIn(2) ? "]".repeat(depth) : ""));
    }
    case 3:
      // The same key twice.
      return Buffer.from(written.replace(/^\{("[^"]*"):/, "{$1:null,$1:"));
    case 4:
      return Buffer.from(written.replace(/\d+/, random.pick(["1e999", "00", "-", "1".repeat(400), "NaN"])));
    case 5:
      return Buffer.concat([Buffer.from(written), random.bytes(4)]);
    case 6:
      return Buffer.from(`\ufeff${written}`, random.oneIn(2) ? "utf8" : "utf16le");
    case 7: {
      const bytes = Buffer.from(written);
      if (bytes.length > 0) bytes.writeUInt8(random.below(256), random.below(bytes.length));
      return bytes;
    }
    default:
      return Buffer.from(written);
  }
}
