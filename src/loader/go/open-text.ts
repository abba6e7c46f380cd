import type { GoHost } from "./host.ts";
import { releaseLines } from "./release-line.ts";

/** How a host's package plugin words its errors (Go: src/plugin/plugin_dlopen.go). */
export interface OpenTexts {
  /** Go 1.8 and 1.9: other prefixes, failures are not remembered, and what is "already loaded" since was thrown. */
  readonly isOld: boolean;
  /** @param name as it was given to plugin.Open. */
  readonly realpathFailed: (name: string) => string;
  readonly loaderSaid: (name: string, said: string) => string;
  /** What is found after dlopen: the name has lost its ".so" by then. */
  readonly refused: (name: string, text: string) => string;
  readonly previousFailure: (name: string, text: string) => string;
}

const current: OpenTexts = {
  isOld: false,
  realpathFailed: (name) => `plugin.Open("${name}"): realpath failed`,
  loaderSaid: (name, said) => `plugin.Open("${name}"): ${said}`,
  refused: (name, text) => `plugin.Open("${withoutExtension(name)}"): ${text}`,
  previousFailure: (name, text) => `plugin.Open("${name}"): ${text} (previous failure)`,
};

const old: OpenTexts = {
  isOld: true,
  realpathFailed: (name) => `plugin.Open(${name}): realpath failed`,
  loaderSaid: (_, said) => `plugin.Open: ${said}`,
  refused: (_, text) => `plugin.Open: ${text}`,
  previousFailure: (_, text) => `plugin.Open: ${text}`,
};

/** The last release line with the old texts, the 9 of go1.9. */
const lastOld = 9;

/** A host whose release is unknown has today's texts: of old ones the moduledata tells. */
export function openTexts({ release }: Pick<GoHost, "release">): OpenTexts {
  const lines = release.known ? releaseLines(release.value) : undefined;
  return lines !== undefined && lines.to <= lastOld ? old : current;
}

/** What the runtime prints before it ends the process (Go: src/runtime/panic.go, throw). */
export function thrown(text: string): string {
  return `fatal error: ${text}`;
}

/** Go cuts bytes: only a name of more than the three of ".so" is cut. */
function withoutExtension(name: string): string {
  return Buffer.byteLength(name) > 3 && name.endsWith(".so") ? name.slice(0, -3) : name;
}
