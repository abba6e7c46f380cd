/** An XML element, with elements or with text in it. */
export interface Xml {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string | number>>;
  readonly elements?: readonly Xml[];
  /** Keeps its line breaks. */
  readonly text?: string;
}

/** The document (XML 1.0) in UTF-8, one element per line. */
export function xmlDocument(root: Xml): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${lines(root, "").join("\n")}\n`;
}

function lines({ name, attributes = {}, elements = [], text }: Xml, indent: string): readonly string[] {
  const list = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeValue(String(value))}"`);
  const start = `${indent}<${name}${list.join("")}`;
  if (text !== undefined) return [`${start}>${escapeText(text)}</${name}>`];
  if (elements.length === 0) return [`${start}/>`];
  return [`${start}>`, ...elements.flatMap((each) => lines(each, `${indent}  `)), `${indent}</${name}>`];
}

const entities: Readonly<Record<string, string>> = { "&": "amp", "<": "lt", ">": "gt", '"': "quot" };

function escapeText(text: string): string {
  return text
    .replace(/[&<>"]/g, (sign) => `&${entities[sign] ?? ""};`)
    .replaceAll("\r", "&#13;")
    .replace(unwritable, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** White space in a value would become spaces (3.3.3). */
function escapeValue(text: string): string {
  return escapeText(text).replaceAll("\n", "&#10;").replaceAll("\t", "&#9;");
}

/** What no XML document may contain, not even escaped (2.2, Char). */
// eslint-disable-next-line no-control-regex -- the standard's own list
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Cs}/gu;
