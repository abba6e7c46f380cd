import { execFileSync, spawnSync } from "node:child_process";
import { describe, it } from "vitest";

/** A tool, and arguments that make it answer with success if it is there. */
export interface Tool {
  readonly command: string;
  readonly probe: readonly string[];
}

export const tools = {
  clang: { command: "clang-19", probe: ["--version"] },
  lld: { command: "ld64.lld-19", probe: ["--version"] },
  nm: { command: "llvm-nm-19", probe: ["--version"] },
  objdump: { command: "llvm-objdump-19", probe: ["--version"] },
  readobj: { command: "llvm-readobj-19", probe: ["--version"] },
  lipo: { command: "llvm-lipo-19", probe: ["--version"] },
  strip: { command: "llvm-strip-19", probe: ["--version"] },
  go: { command: "go", probe: ["version"] },
} as const satisfies Record<string, Tool>;

/**
 * A `describe` whose tests need these tools: skipped under a name that says which one is missing, but failing where
 * CI=true promises that all are there.
 */
export function describeWith(needed: readonly Tool[], name: string, body: () => void): void {
  const missing = needed.filter(({ command, probe }) => spawnSync(command, probe).status !== 0);
  if (missing.length === 0) {
    describe(name, body);
    return;
  }
  const why = `${name} (needs ${missing.map(({ command }) => command).join(", ")})`;
  if (process.env["CI"] === "true") {
    it(why, () => {
      throw new Error(`not installed: ${missing.map(({ command }) => command).join(", ")}`);
    });
  } else {
    describe.skip(why, body);
  }
}

/** Runs a tool and returns what it prints. */
export function run(
  { command }: Tool,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): string {
  return execFileSync(command, args, {
    encoding: "utf8",
    env: { ...process.env, ...environment },
    maxBuffer: 256 * 1024 * 1024,
    stdio: ["ignore", "pipe", "pipe"],
  });
}
