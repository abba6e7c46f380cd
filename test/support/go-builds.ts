import type { GoBuild } from "./go-program.ts";
import { fetchModules } from "./go-program.ts";
import { goToolchains, type GoToolchain } from "./go-releases.ts";
import { describeFile, llvmTool, tool } from "./oracle/tool.ts";

/** Builds that more than one test looks at. */
export const builds = {
  plugin: { flags: ["-buildmode=plugin"] },
  library: { flags: ["-buildmode=c-shared"] },
  program: {},
  staticProgram: { environment: { CGO_ENABLED: "0" } },
  host: { package: "./host" },
} as const satisfies Record<string, GoBuild>;

export const llvmStrip = llvmTool("llvm-strip");

const moduleMissing = await fetchModules();

export interface ReleaseOptions {
  /** In place of all releases. */
  readonly only?: readonly GoToolchain[];
  /** Releases that are used beside the one under test. */
  readonly needed?: readonly GoToolchain[];
}

/** One group of tests a release: skipped with the reason where the release or a tool is missing, failing where CI=true. */
export function describeReleases(
  name: string,
  tests: (toolchain: GoToolchain) => void,
  { only = goToolchains(), needed = [] }: ReleaseOptions = {},
): void {
  for (const toolchain of only) {
    const missing =
      [toolchain, ...needed].map((one) => one.missing).find((why) => why !== undefined) ?? moduleMissing;
    const file = { label: `${name} Go ${toolchain.version}`, path: "", missing, isPinned: true };
    describeFile(file, [tool("nm"), tool("readelf"), tool("strip"), llvmStrip], () => {
      tests(toolchain);
    });
  }
}
