import { isMap, isScalar, Lexer, LineCounter, parseDocument, Parser, type Document } from "yaml";

/** A configuration file's value, and where in its text each part is. */
export interface ConfigDocument {
  readonly value: unknown;
  /** The place of the value that a JSON pointer points to, or of a key in it. */
  readonly placeOf: (pointer: string, key?: string) => TextPlace;
}

/** Both count from 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** Why a text is not a configuration. */
export interface TextProblem extends TextPlace {
  readonly message: string;
}

/** A key or value that a configuration must not have. */
export interface ConfigBreach {
  readonly pointer: string;
  /** The key itself is wrong, not its value. */
  readonly key?: string;
  readonly message: string;
  readonly hints: readonly string[];
}

/**
 * Reads YAML 1.2, or JSON, which is also YAML. No tag creates anything but plain data, and aliases are followed only so often that
 * a small file cannot become a large value.
 */
export function parseConfig(text: string, isJson: boolean): ConfigDocument | TextProblem {
  const lines = new LineCounter();
  const placeAt = (offset: number): TextPlace => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  if (isNestedTooDeep(text)) return { line: 1, column: 1, message: `is nested more than ${depthLimit} deep` };
  try {
    const document = parseDocument(text.replace(/^\uFEFF/, ""), {
      lineCounter: lines,
      prettyErrors: false,
      stringKeys: true,
    });
    const [problem] = [...document.errors, ...document.warnings];
    if (problem !== undefined)
      return { ...placeAt(problem.pos[0]), message: sentence(withoutContent(problem.message)) };
    if (isJson && !isStrictJson(text)) return { line: 1, column: 1, message: "is YAML, not JSON" };
    const value: unknown = document.toJS();
    return { value: value ?? {}, placeOf: (pointer, key) => placeAt(offsetOf(document, pointer, key)) };
  } catch (error) {
    // yaml throws this for aliases that multiply or point to nothing.
    if (!(error instanceof ReferenceError)) throw error;
    return { line: 1, column: 1, message: sentence(withoutContent(error.message)) };
  }
}

/** A configuration needs 4 levels, and yaml's parser uses several for each. */
const depthLimit = 64;

/** yaml composes by recursion, and a very deep document crashes the process. Its lexer and parser do not recurse. */
function isNestedTooDeep(text: string): boolean {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    // A generator: it reads the lexeme only while its values are consumed.
    Array.from(parser.next(lexeme));
    if (parser.stack.length > depthLimit) return true;
  }
  return false;
}

function isStrictJson(text: string): boolean {
  try {
    JSON.parse(text.replace(/^\uFEFF/, ""));
    return true;
  } catch {
    return text.trim() === "";
  }
}

function offsetOf(document: Document, pointer: string, key: string | undefined): number {
  const path = pointer
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
  const at = path.length === 0 ? document.contents : document.getIn(path, true);
  if (key !== undefined && isMap(at)) {
    const pair = at.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
    if (isScalar(pair?.key)) return pair.key.range?.[0] ?? 0;
  }
  const { range } = (at ?? {}) as { readonly range?: readonly number[] | null };
  return range?.[0] ?? 0;
}

/** The file may be none of ours, and hold secrets: no message quotes what is in it. */
function withoutContent(message: string): string {
  return message.replace(/: .*$|\s*["'`].*$|(?<=\b(?:directive|version)) .*$/s, "");
}

function sentence(message: string): string {
  return message.charAt(0).toLowerCase() + message.slice(1).replace(/\s+/g, " ");
}
