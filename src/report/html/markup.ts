import { visible } from "../model/visible.ts";

/** Text that is HTML already. Only `markup` makes it. */
export interface Html {
  readonly html: string;
}

type Inside = string | number | Html | readonly Inside[] | undefined;

/**
 * HTML whose values are safe in text and in quoted attributes (HTML, 13.1.2.3 and 13.1.4): strings are made visible
 * and escaped, HTML stays as it is, lists are joined, undefined is nothing.
 */
export function markup(parts: TemplateStringsArray, ...values: readonly Inside[]): Html {
  return { html: parts.map((part, at) => (at === 0 ? part : inserted(values[at - 1]) + part)).join("") };
}

/** Style or script of our own: it never contains anything from outside. */
export function ownText(text: string): Html {
  return { html: text };
}

function inserted(value: Inside): string {
  if (value === undefined) return "";
  if (typeof value === "string") return escaped(visible(value));
  if (typeof value === "number") return String(value);
  return "html" in value ? value.html : value.map(inserted).join("");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
}
