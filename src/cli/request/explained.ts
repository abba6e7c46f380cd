import type { DiagnosisRequest } from "../../check/explain/diagnosis.ts";
import { disk } from "../../files/disk.ts";
import { UsageError } from "../../check/model/usage-error.ts";
import type { Explanation } from "../../report/model/explain-document.ts";
import { loadSettings } from "../config/load.ts";
import { carrierNames, hostOf } from "../config/request.ts";
import { refuseArchives } from "./archive.ts";
import { messageText } from "./message-text.ts";
import { CorrectableError, unknownWord, type Correction } from "../suggestion.ts";
import { inCommand } from "./arguments.ts";
import { isPath, kindAt } from "./paths.ts";

type ExplainFlags = Parameters<typeof loadSettings>[0] & {
  readonly error: string | undefined;
  readonly host: readonly string[] | undefined;
  readonly "host-manifest": readonly string[] | undefined;
  readonly arch: string | undefined;
};

/**
 * What `plugins explain` was asked for.
 * @throws UsageError for an unknown rule, a text without a known message, and files that cannot be read.
 */
export async function explained(subject: string | undefined, flags: ExplainFlags): Promise<Explanation> {
  if (flags.error !== undefined) return explainedError(flags.error, subject, flags);
  const stray = (["host", "host-manifest", "arch"] as const).find((name) => flags[name] !== undefined);
  if (stray !== undefined) {
    throw new CorrectableError(
      `--${stray} can only be used with --error TEXT`,
      ["`plugins validate FILE --host HOST` checks a plugin."],
      subject !== undefined && isPath(subject) ? inCommand("validate") : () => undefined,
    );
  }
  const { explainRule, explainRules } = await import("../../check/explain/explain.ts");
  if (subject === undefined) return { topic: "rules", rules: explainRules() };
  const rule = explainRule(subject);
  if (rule !== undefined) return { topic: "rule", rule };
  throw noRule(
    subject,
    explainRules().map(({ id }) => id),
  );
}

/** People also give a plugin, or the message itself. */
function noRule(subject: string, known: readonly string[]): CorrectableError {
  const unknown = unknownWord(`unknown rule ${subject}`, subject, known, [
    "`plugins explain` lists all rules.",
  ]);
  if (unknown.corrected([subject]) !== undefined) return unknown;
  if (isPath(subject)) {
    const [instead, what] =
      kindAt(subject) === "folder"
        ? (["list", "lists the plugins in a folder"] as const)
        : (["inspect", "shows what is known about a plugin"] as const);
    const hint = `\`plugins ${instead}\` ${what}.`;
    return new CorrectableError(`${subject} is a path, not a rule`, [hint], inCommand(instead));
  }
  return subject.includes(" ") ? messageWithoutFlag(`unknown rule ${subject}`, subject) : unknown;
}

/** @param text the loader's message, given as an argument. */
export function messageWithoutFlag(problem: string, text: string): CorrectableError {
  const corrected: Correction = (argv) => {
    const at = argv.indexOf(text);
    return at < 0 ? ["explain", "--error", text] : argv.toSpliced(at, 0, "--error");
  };
  return new CorrectableError(problem, ["To explain a loader's message, use --error."], corrected);
}

async function requestFor(file: string, flags: ExplainFlags): Promise<DiagnosisRequest> {
  refuseArchives([file], "explain");
  const settings = await loadSettings(flags);
  return {
    fileSystem: disk,
    file,
    host: hostOf(settings),
    names: carrierNames(settings),
    arch: settings.arch,
  };
}

async function explainedError(
  given: string,
  file: string | undefined,
  flags: ExplainFlags,
): Promise<Explanation> {
  if (file === undefined && (flags.host ?? flags["host-manifest"]) !== undefined) {
    throw new UsageError("bad-usage", "--host was given without a plugin FILE", [
      "Add the plugin: plugins explain --error TEXT FILE --host HOST.",
    ]);
  }
  const { explainErrors, explainRule } = await import("../../check/explain/explain.ts");
  if (file !== undefined && explainRule(file) !== undefined) {
    throw new UsageError("bad-usage", `--error explains a message, and ${file} is a rule`, [
      `\`plugins explain ${file}\` explains the rule. A plugin of that name is ./${file}.`,
    ]);
  }
  const request = file === undefined ? undefined : await requestFor(file, flags);
  const text = await messageText(given);
  const [error, ...further] = await explainErrors(text, request);
  if (error !== undefined) return { topic: "error", error, further };
  throw new UsageError(
    "bad-usage",
    text.trim() === "" ? "the text of --error is empty" : "no known loader message found in this text",
    [
      "Supported: English messages from Go's plugin.Open and runtime and from the glibc, musl and macOS loaders, as they appear in a log: the line with `plugin.Open(`, `cannot open shared object file`, `undefined symbol`, `Library not loaded` or similar.",
      "`plugins validate FILE --host HOST` predicts the loader's answer without needing a message.",
    ],
  );
}
