import { UsageError } from "../../../check/model/usage-error.ts";

/** What Cargo's log says of the rustc that it would build with. */
export interface RustcCalls {
  /** Path of rustc. */
  readonly program: string;
  /** The flags of RUSTFLAGS or of Cargo's configuration, whichever Cargo takes for the target. */
  readonly flags: readonly string[];
}

/**
 * Cargo asks rustc about each target with the flags that it will compile with (Cargo: src/cargo/core/compiler/build_context/target_info.rs,
 * TargetInfo::new), more than once if the answer decides about flags: the last question has the flags of the build.
 * @param log with lines that end with: running `rustc - --crate-name ___ --print=file-names FLAGS --crate-type bin …`
 * @param platform the triple that is built for; undefined for the host's.
 * @throws UsageError if the log has no such line.
 */
export function rustcCalls(log: string, platform: string | undefined): RustcCalls {
  const calls = [...log.matchAll(/cargo::util::rustc: running `([^\n]*)`$/gm)].map(([, text = ""]) =>
    words(text),
  );
  const version = calls.find((call) => call.at(-1) === "-vV");
  const program = version?.at(-2);
  const flags = calls.flatMap((call) => {
    const [from, to] = [call.indexOf("--print=file-names"), call.indexOf("--crate-type")];
    if (from < 0 || to < from) return [];
    const between = call.slice(from + 1, to);
    const isForTarget = between.at(-2) === "--target" || between.at(-1)?.startsWith("--target=") === true;
    if (isForTarget !== (platform !== undefined)) return [];
    return [isForTarget ? between.slice(0, between.at(-2) === "--target" ? -2 : -1) : between];
  });
  const last = flags.at(-1);
  if (program === undefined || last === undefined) {
    throw new UsageError("program-failed", "cargo does not say which flags it gives to rustc", [
      "Please report it, with what `cargo --version` prints.",
    ]);
  }
  return { program, flags: last };
}

/** The words of a command line as Cargo writes it: in single quotes where a shell would need it (Rust: crate shell-escape). */
function words(text: string): readonly string[] {
  return (text.match(/(?:'[^']*'|\\.|[^\s'\\])+/g) ?? []).map((word) =>
    word.replace(
      /'([^']*)'|\\(.)/g,
      (_, quoted: string | undefined, escaped: string | undefined) => quoted ?? escaped ?? "",
    ),
  );
}
