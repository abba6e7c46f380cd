import { spawnSync } from "node:child_process";

/** A node of the document as cmark reads it. */
export interface MarkdownNode {
  readonly kind: string;
  /** All text in it. */
  readonly text: string;
}

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', amp: "&" };

/** The nodes that hold text, in their order: text, code, code_block, html_inline, html_block. */
export function markdownNodes(markdown: string): readonly MarkdownNode[] {
  const { stdout } = spawnSync(
    "cmark-gfm",
    ["-e", "table", "-e", "autolink", "-e", "strikethrough", "-e", "tasklist", "-t", "xml"],
    { input: markdown, encoding: "utf8" },
  );
  return [...stdout.matchAll(/<(\w+)(?: [^>]*)?>([^<]*)<\/\1>/g)].map(([, kind = "", text = ""]) => ({
    kind,
    text: text.replace(/&(lt|gt|quot|amp);/g, (_, name: string) => entities[name] ?? ""),
  }));
}

/** What kinds of nodes there are, such as `link` or `emph`. */
export function markdownKinds(markdown: string): ReadonlySet<string> {
  const { stdout } = spawnSync(
    "cmark-gfm",
    ["-e", "table", "-e", "autolink", "-e", "strikethrough", "-t", "xml"],
    { input: markdown, encoding: "utf8" },
  );
  return new Set([...stdout.matchAll(/<([a-z_]+)[ >]/g)].map(([, kind = ""]) => kind));
}
