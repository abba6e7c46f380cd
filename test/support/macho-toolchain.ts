import { execFileSync } from "node:child_process";
import { describeWith as describeIfHas, lackOf } from "./need.ts";

export interface Tool {
  readonly command: string;
}

export const tools = {
  clang: { command: "clang-19" },
  lld: { command: "ld64.lld-19" },
  nm: { command: "llvm-nm-19" },
  objdump: { command: "llvm-objdump-19" },
  readobj: { command: "llvm-readobj-19" },
  lipo: { command: "llvm-lipo-19" },
  strip: { command: "llvm-strip-19" },
  objcopy: { command: "llvm-objcopy-19" },
  go: { command: "go" },
} as const satisfies Record<string, Tool>;

/** A `describe` whose tests need these tools. */
export function describeWith(needed: readonly Tool[], name: string, body: () => void): void {
  describeIfHas(lackOf(...needed.map(({ command }) => command)), name, body);
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
