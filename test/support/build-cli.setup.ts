import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** For vitest's globalSetup: builds the command line where its sources are newer, so that tests run what they test. */
export function setup(): void {
  const script = fileURLToPath(new URL("../../scripts/setup.js", import.meta.url));
  execFileSync(process.execPath, [script], { stdio: "inherit" });
}
