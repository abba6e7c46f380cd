import type { GoHost } from "./host.ts";
import { releaseLines } from "./release-line.ts";

/** What a host's package plugin puts around its errors (Go: src/plugin/plugin_dlopen.go). */
export interface OpenTexts {
  /** Go 1.8 and 1.9. */
  readonly isOld: boolean;
  /** @param name as given to plugin.Open. */
  readonly around: (name: string, text: string) => string;
  /** What is found after dlopen: by then the name has lost its ".so". */
  readonly afterDlopen: (name: string, text: string) => string;
}

const current: OpenTexts = {
  isOld: false,
  around: (name, text) => `plugin.Open("${name}"): ${text}`,
  afterDlopen: (name, text) => `plugin.Open("${withoutExtension(name)}"): ${text}`,
};

const old: OpenTexts = {
  isOld: true,
  around: (_, text) => `plugin.Open: ${text}`,
  afterDlopen: (_, text) => `plugin.Open: ${text}`,
};

/** The last release line with the old texts, the 9 of go1.9. */
const lastOld = 9;

/** A host whose release is unknown has today's texts: the module data would tell an old one. */
export function openTexts({ release }: Pick<GoHost, "release">): OpenTexts {
  const lines = release.known ? releaseLines(release.value) : undefined;
  return lines !== undefined && lines.to <= lastOld ? old : current;
}

/** What the runtime prints before it aborts the process (Go: src/runtime/panic.go, throw). */
export function thrown(text: string): string {
  return `fatal error: ${text}`;
}

/** Go cuts bytes: only a name of more than the three of ".so" is cut. */
function withoutExtension(name: string): string {
  return Buffer.byteLength(name) > 3 && name.endsWith(".so") ? name.slice(0, -3) : name;
}
