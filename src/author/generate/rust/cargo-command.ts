import { UsageError } from "../../../check/model/usage-error.ts";
import { runTool, type Started, type Tool } from "../tool.ts";

const how = "Install Rust (https://rustup.rs), and put its folder bin on the PATH.";
const cargo: Tool = { program: "cargo", how };

/** What one `cargo build` would do, as Cargo itself says. */
export interface CargoPlan {
  /** The text of its unit graph. */
  readonly graph: string;
  /** What it logged about its calls of rustc. */
  readonly log: string;
}

/** Cargo and rustc in the folder of a package, where rustup and rust-toolchain.toml choose them. */
export interface CargoCommand {
  /** What `cargo build` with these arguments would do. */
  readonly plan: (args: readonly string[]) => Promise<CargoPlan>;
  /** The Cargo.toml of the workspace, or of the package if it is in none. */
  readonly workspace: () => Promise<string>;
  /** `rustc -vV`. @param program the rustc that Cargo uses. */
  readonly version: (program: string) => Promise<string>;
}

/**
 * `cargo build --unit-graph` prints each call of rustc that the build would make, with the profile and features that it would have, and
 * compiles nothing. It is unstable, and a stable Cargo takes it with RUSTC_BOOTSTRAP=1 only; its format has a version, which is checked. The
 * log is the one place in which Cargo says the flags that it found in RUSTFLAGS and its configuration files; with cached answers it would
 * not ask rustc, and not log it.
 */
const planning = {
  RUSTC_BOOTSTRAP: "1",
  CARGO_LOG: "cargo::util::rustc=debug",
  CARGO_CACHE_RUSTC_INFO: "0",
  CARGO_TERM_COLOR: "never",
  CARGO_TERM_QUIET: undefined,
} as const;

export function cargoCommandIn(folder: string, started: Started): CargoCommand {
  return {
    plan: async (args) => {
      const whole = ["build", ...args, "--unit-graph", "-Zunstable-options"];
      try {
        const run = { args: whole, folder, environment: planning };
        const { stdout, stderr } = await runTool(cargo, run, started);
        return { graph: stdout, log: stderr };
      } catch (error) {
        if (error instanceof UsageError && error.code === "program-failed") throw withoutLog(error);
        throw error;
      }
    },
    workspace: async () => {
      const args = ["locate-project", "--workspace", "--message-format", "plain"];
      return (await runTool(cargo, { args, folder }, started)).stdout.trim();
    },
    version: async (program) => (await runTool({ program, how }, { args: ["-vV"], folder }, started)).stdout,
  };
}

/** What Cargo says itself, without the log that it was asked for. */
function withoutLog({ code, message, hints }: UsageError): UsageError {
  const lines = message.split("\n").filter((line) => !/\bDEBUG\b.*cargo::util::rustc/.test(line));
  // The first line is the command, which has that flag in it.
  const isLock = lines.slice(1).some((line) => line.includes("lock file") && line.includes("--locked"));
  return new UsageError(
    code,
    lines.join("\n"),
    isLock ? ["cargo generate-lockfile, or cargo update --workspace, brings Cargo.lock up to date."] : hints,
  );
}
