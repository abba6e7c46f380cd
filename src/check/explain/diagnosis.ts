import { fileErrorCode, type Files } from "../../files/files.ts";
import type { MessageCheck } from "../../loader/check.ts";
import type { LoaderMessage } from "../../loader/explain/loader-message.ts";
import { isStandardPackage } from "../../loader/explain/package-origin.ts";
import { parseLoaderMessage } from "../../loader/explain/parse.ts";
import type { CarrierNames } from "../../manifest/carrier/carrier-names.ts";
import type { Finding, RuleId } from "../../rules/finding.ts";
import type { HostRequest } from "../model/request.ts";
import type { LoaderResult, PluginResult, Verdict } from "../model/result.ts";
import { UsageError } from "../model/usage-error.ts";
import { unreadableText } from "../../artifact/unreadable.ts";
import { validate } from "../validate.ts";

/** The files that a message may be about. */
export interface DiagnosisRequest {
  /** Everything is read through it. */
  readonly fileSystem: Files;
  readonly file: string;
  readonly host: HostRequest;
  /** What embedded manifests are called; `defaultCarrierNames` if absent. */
  readonly names?: CarrierNames | undefined;
  readonly arch?: string | undefined;
}

/** How a pasted message compares with what is predicted for the given files. */
export type Agreement =
  /** The loader is predicted to give exactly the same error. */
  | "same"
  /** It is predicted to fail at the same check, over something else. */
  | "same-check"
  /** It is predicted to fail differently. */
  | "other"
  /** It is predicted to load the plugin. */
  | "loads"
  /** Its answer is unknown. */
  | "unknown";

/** What the check of the given files says about a pasted message. */
export interface Diagnosis {
  readonly path: string;
  readonly host: string;
  readonly verdict: Verdict;
  /** Why the plugin could not be read; null if it could. */
  readonly unreadable: string | null;
  /** null if no loader's answer is predicted: the host is only a manifest, or the file is unreadable. */
  readonly loader: LoaderResult | null;
  readonly agreement: Agreement;
  /** What follows, in one or two sentences. */
  readonly conclusion: string;
  /** The findings that would explain the message, most likely first. */
  readonly findings: readonly Finding[];
  /** What `plugins validate` finds besides. */
  readonly others: readonly Finding[];
}

/**
 * Checks the files, and compares the loader's predicted answer with the message.
 * @throws UsageError when there is no such file, or the host cannot be read.
 */
export async function diagnose(message: LoaderMessage, request: DiagnosisRequest): Promise<Diagnosis> {
  const { fileSystem, file, host, names, arch } = request;
  if (!exists(fileSystem, file)) throw new UsageError("file-not-found", `${file}: no such file`);
  const result = await validate({ fileSystem, files: [file], host, names, arch });
  const [plugin] = result.plugins;
  if (plugin === undefined) throw new Error("a check without its plugin");
  const all = [...plugin.findings, ...result.findings];
  const findings = suspected(all, message);
  const agreement = agreementOf(message, plugin.loader);
  return {
    path: file,
    host: host.path,
    verdict: plugin.verdict ?? "unknown",
    unreadable: plugin.unreadable?.reason ?? null,
    loader: plugin.loader ?? null,
    agreement,
    conclusion: conclusionOf(agreement, plugin, findings),
    findings,
    others: all.filter((finding) => !findings.includes(finding)),
  };
}

function exists(files: Files, path: string): boolean {
  try {
    files.stat(path);
    return true;
  } catch (error) {
    if (fileErrorCode(error) === undefined) throw error;
    return false;
  }
}

/** Both texts are parsed in the same way, so that file names and what logs add make no difference. */
function agreementOf(message: LoaderMessage, loader: LoaderResult | undefined): Agreement {
  if (loader === undefined || loader.outcome === "unknown") return "unknown";
  if (loader.outcome === "loads") return "loads";
  const predicted = loader.message === null ? undefined : parseLoaderMessage(loader.message);
  // If a signal kills the process, there is no message from the loader, and what the shell or Go's runtime says about it varies.
  if (predicted === undefined) {
    const bothDie = loader.outcome === "crash" && message.outcome === "crash";
    return loader.check === message.check || bothDie ? "same-check" : "other";
  }
  if (predicted.check !== message.check) return "other";
  return predicted.subject?.name === message.subject?.name ? "same" : "same-check";
}

function conclusionOf(
  agreement: Agreement,
  { unreadable, loader }: PluginResult,
  findings: readonly Finding[],
): string {
  const words = loader?.message === undefined || loader.message === null ? "" : `: ${loader.message}`;
  switch (agreement) {
    case "same":
      return "These files reproduce the message: the loader is predicted to give the same error.";
    case "same-check":
      return `The loader is predicted to fail at the same check${words}. The message may come from a different build of one of the two files.`;
    case "other":
      return `The loader is predicted to fail differently${words}. The message comes from a different build of one of the two files, or the problem has been fixed since.`;
    case "loads":
      return "The loader is predicted to load this plugin into this host. The message comes from a different build of one of the two files, from different libraries on the system, or from a plugin that was loaded before this one.";
    case "unknown":
      if (unreadable !== null) return `The loader's answer is unknown: ${unreadableText(unreadable)}.`;
      return findings.length > 0
        ? "The loader's answer is unknown, but these findings explain the message:"
        : "The loader's answer is unknown, and nothing was found that would explain the message.";
  }
}

/** What the whole build depends on, to be looked at before anything else. */
const build: readonly RuleId[] = ["toolchain-mismatch", "build-flags-mismatch"];
const loaders: readonly RuleId[] = ["host-cannot-load-plugins", "loader-crashes", "loader-refuses"];
const forOther: readonly RuleId[] = ["target-mismatch", ...loaders];

/** Rules whose findings a message comes from, most likely first; the loader's own rules for all others. */
const suspects: Readonly<Partial<Record<MessageCheck, readonly RuleId[]>>> = {
  "package-hash": [...build, "dependency-mismatch", "loader-refuses"],
  "no-module-data": ["host-cannot-load-plugins", "toolchain-mismatch", "claim-language", "loader-crashes"],
  "other-module-layout": ["toolchain-mismatch", "loader-crashes"],
  "no-plugin-path": ["toolchain-mismatch", "claim-language", "loader-crashes"],
  "symbol-table": ["toolchain-mismatch", "loader-crashes"],
  "module-overlap": ["toolchain-mismatch", "loader-crashes"],
  "segmentation-fault": [...build, "loader-crashes", "dependency-mismatch"],
  "already-loaded": ["duplicate-plugin-path", "loader-refuses"],
  "missing-file": forOther,
  machine: forOther,
  magic: forOther,
  class: forOther,
  "byte-order": forOther,
  "missing-library": forOther,
  "missing-dylib": forOther,
  architecture: forOther,
  "missing-slice": forOther,
  platform: forOther,
  "not-mach-o": forOther,
  "undefined-symbol": forOther,
  "static-tls": forOther,
};

function suspected(findings: readonly Finding[], message: LoaderMessage): readonly Finding[] {
  const order = suspects[message.check] ?? loaders;
  const name = message.check === "package-hash" ? message.subject?.name : undefined;
  return findings
    .filter(({ rule }) => order.includes(rule))
    .filter((finding) => name === undefined || finding.rule !== "dependency-mismatch" || owns(finding, name))
    .sort((one, other) => rank(one, order, name) - rank(other, order, name));
}

/** The module that contains the named package goes first. */
function rank(finding: Finding, order: readonly RuleId[], name: string | undefined): number {
  const isOwner = name !== undefined && finding.rule === "dependency-mismatch" && owns(finding, name);
  return isOwner ? -1 : order.indexOf(finding.rule);
}

/** Whether the module that a finding is about contains a package. Go's own packages belong to no module. */
function owns({ subject = "" }: Finding, importPath: string): boolean {
  if (isStandardPackage(importPath)) return false;
  return importPath === subject || importPath.startsWith(`${subject}/`);
}
