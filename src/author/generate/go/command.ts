import { UsageError } from "../../../check/model/usage-error.ts";
import { runTool, type Started, type Tool } from "../tool.ts";

const go: Tool = {
  program: "go",
  how: "Install Go (https://go.dev/dl), and put its folder bin on the PATH.",
};

/** The go command of one folder. */
export interface GoCommand {
  /** Runs it. @returns its stdout. @throws UsageError if it fails. */
  readonly run: (...args: readonly string[]) => Promise<string>;
}

/**
 * The go command that `go build` is in a folder: go.mod's toolchain line may ask for another one than the one on the PATH. It is used if it
 * is at hand, but is not downloaded for a manifest: the first command has no module proxy, unless GOTOOLCHAIN says what is wanted.
 * @throws UsageError if there is no go command, or not the one that is asked for.
 */
export async function goCommandIn(folder: string, started: Started): Promise<GoCommand> {
  const isChosen = (process.env["GOTOOLCHAIN"] ?? "") !== "";
  const environment: Record<string, string> = isChosen ? {} : { GOPROXY: "off" };
  try {
    await runTool(go, { args: ["version"], folder, environment }, started);
  } catch (error) {
    if (!(error instanceof UsageError) || error.code !== "program-failed" || isChosen) throw error;
    throw new UsageError(error.code, error.message, [
      `The toolchain that go.mod asks for is not installed, and is not downloaded for a manifest. Run \`go version\` in ${folder} to download it, or set GOTOOLCHAIN=local to use the installed one.`,
    ]);
  }
  return {
    run: async (...args) => (await runTool(go, { args, folder }, started)).stdout,
  };
}
