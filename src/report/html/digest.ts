import type { FileResult } from "../../check/model/result.ts";
import { markup, type Html } from "./markup.ts";

/** The beginning of a file's SHA-256, all of it as its title; undefined if digests were not asked for. */
export function digest({ sha256 }: FileResult): Html | undefined {
  return sha256 === undefined
    ? undefined
    : markup`<code class="digest" title="sha256:${sha256}">${sha256.slice(0, 12)}</code>`;
}
