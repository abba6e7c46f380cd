/** What fixes a problem. */
export type Fix =
  /** A command to run as it is. */
  | {
      readonly kind: "command";
      readonly run: string;
      /** Whether the fix lasts, or what else to do. */
      readonly note?: string;
      /** What it changes, if the commands of several findings can be put together: combinedFixes. */
      readonly change?: Change;
    }
  /** What to do, in words. */
  | { readonly kind: "advice"; readonly text: string };

/** What a command changes. */
export type Change = DependencyChange | BuildChange;

/** One dependency of the plugin is set to what the host links. */
export interface DependencyChange {
  readonly kind: "dependency";
  /** The package manager: Go's modules or Cargo. */
  readonly manager: "go" | "cargo";
  readonly name: string;
  /** What the plugin links now; absent if it is unknown. */
  readonly from?: string;
  /** The host's version. */
  readonly version: string;
  /** What go.mod has to put in its place: `example.com/fork@v1.2.3`. */
  readonly replacement?: string;
  /** Whether go.mod has a replacement for it that has to go. */
  readonly dropsReplacement?: boolean;
}

/** The plugin is built again, after its dependencies have changed. */
export interface BuildChange {
  readonly kind: "build";
}

/** A command to run. @param note whether the fix lasts, or what else to do. */
export function run(command: string, note?: string, change?: Change): Fix {
  return {
    kind: "command",
    run: command,
    ...(note === undefined ? {} : { note }),
    ...(change === undefined ? {} : { change }),
  };
}

/** What to do, in whole sentences. */
export function advise(text: string): Fix {
  return { kind: "advice", text };
}
