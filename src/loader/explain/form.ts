import type { MessageForm } from "../message-form.ts";
import type { MessageLoader } from "./loader-message.ts";

export interface CompiledForm extends MessageForm {
  readonly loader: MessageLoader;
  readonly pattern: RegExp;
  /** What comes right before the match; undefined if the form has no prefix. */
  readonly lead: RegExp | undefined;
}

/** Longest text that a prefix is looked for in, in UTF-16 units: a path (PATH_MAX) and some words. */
export const longestLead = 4096 + 128;

const word = String.raw`[^\s"'\u0060,;()]{1,1024}`;

/** A hole ends where a log's punctuation begins. All are bounded, so that no text makes the search slow. */
const holes: Readonly<Record<string, string>> = {
  path: String.raw`[^\n"')]{1,1024}`,
  definer: String.raw`[^\s"'()]{1,1024}`,
  version: String.raw`[^\s"'\u0060,()]{1,256}`,
  package: String.raw`[^\s"'\u0060,;()\\]{1,1024}`,
  library: String.raw`[^\s"',;()]{1,1024}`,
  // dyld ends a name with a line break, which a log may have turned into a space.
  installname: String.raw`[^\n]{1,1024}?(?=\s+Referenced from:|\s*\n|\s*$)`,
  architecture: String.raw`[^'\n]{0,120}`,
  platform: String.raw`[^'\n]{1,120}`,
  needed: String.raw`[^\n()]{1,120}?`,
  errno: String.raw`\d{1,5}`,
  // Go's names of types have spaces and brackets. A symbol that a colon follows ends there.
  relocated: String.raw`(?:(?!: )[^\n]){1,512}?`,
  system: String.raw`[A-Za-z]{1,24}(?: OS X| simulator)? \d[\d.]{0,16}`,
  told: String.raw`[^\n]{1,300}`,
  bytes: String.raw`0x[\dA-Fa-f]{2}(?: 0x[\dA-Fa-f]{2}){0,7}`,
  reason: String.raw`[A-Z][A-Za-z ]{1,60}[a-z]`,
};

/** The group that a hole is read as, if it has a different name than the hole. */
const groupNames: Readonly<Record<string, string>> = { relocated: "symbol", told: "reason", bytes: "reason" };

/** Holes that hold nothing of interest, or a part of it. */
const unread: Readonly<Record<string, string>> = {
  any: String.raw`[^\n]{0,600}?`,
  uuid: String.raw`[^<>\n]{0,64}`,
  image: String.raw`[\s\S]{0,600}?`,
  place: String.raw`(?:<[^<>\n]{0,64}>\s+)?(?<definer>${holes["definer"] ?? ""})`,
  why: String.raw`[^\n"]{0,1000}`,
};

/** A loader's table, to search a text with. */
export function compiled(
  loader: MessageLoader,
  table: Readonly<Record<string, MessageForm>>,
): readonly CompiledForm[] {
  return Object.values(table).map((form) => {
    const named = new Set<string>();
    const words = patternOf(form.words, named);
    const suffix = form.suffix === undefined ? "" : `(?:${patternOf(form.suffix, named)})?`;
    const lead = form.prefix === undefined ? undefined : new RegExp(`${patternOf(form.prefix, new Set())}$`);
    return { ...form, loader, pattern: new RegExp(words + suffix, "g"), lead };
  });
}

/** What recognizes some words by themselves, with holes: at the end of a text if `atEnd`. */
export function patternOfWords(words: string, atEnd = false): RegExp {
  return new RegExp(`${patternOf(words, new Set())}${atEnd ? "$" : ""}`);
}

/**
 * Spaces stand for any white space, since terminals and logs break lines there. Quotation marks may be missing.
 * @param named groups that the pattern has already: a name can be given only once.
 */
function patternOf(template: string, named: Set<string>): string {
  const parts = template.split(/(\{[a-z]+\}|\s+|["'`])/);
  const pieces = parts.map((piece, at) => {
    if (/^\s+$/.test(piece)) return String.raw`\s+`;
    if (/^["'`]$/.test(piece)) return String.raw`["'\u0060]?`;
    const hole = /^\{([a-z]+)\}$/.exec(piece)?.[1];
    const name = hole === "symbol" && parts[at + 1]?.startsWith(":") === true ? "relocated" : hole;
    if (name === undefined) return piece.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
    const plain = unread[name];
    if (plain !== undefined) return plain;
    const held = holes[name] ?? word;
    const group = groupNames[name] ?? name;
    if (named.has(group)) return held;
    named.add(group);
    return `(?<${group}>${held})`;
  });
  return pieces.join("");
}
