import { anyPluginSetting } from "../../language/languages.ts";
import type { LoaderCheck } from "../../loader/check.ts";
import type { Obstacle } from "../../loader/obstacle.ts";
import { causeOf, type Fails } from "../../loader/prediction.ts";
import type { MismatchCause } from "../../loader/go/mismatch-cause.ts";
import type { Explanation, FindingDraft } from "../draft.ts";
import { combinedFixes } from "../../language/combined-fixes.ts";
import { advise, type Fix } from "../../language/fix.ts";
import { rebuildHost, rebuildLikeHost } from "../host/rebuild.ts";
import { sharedDependencyFixes } from "../host/dependency-fixes.ts";
import type { Pair } from "../rule.ts";

/** What a recipe can be read from. */
export type LoaderSides = Partial<Pick<Pair, "plugin" | "host">>;

/** What the loader fails on first, why as far as that is known, and how many failures would follow. */
export function loaderFinding(
  fails: Fails,
  causes: readonly MismatchCause[],
  sides: LoaderSides = {},
): FindingDraft {
  const { first, further } = fails;
  const { check, message, subject, plugin, host, outcome, ofHost } = first;
  const cause = causeOf(fails);
  const words = message === null ? "" : `: ${message}`;
  return {
    message:
      outcome === "crash"
        ? `loading it crashes the host process${words}`
        : `the loader will reject ${ofHost === true ? "every plugin in this host" : "it"}${words}`,
    ...(subject === undefined ? {} : { subject }),
    ...(plugin === undefined ? {} : { plugin }),
    ...(host === undefined ? {} : { host }),
    cause: [cause, ...afterwards(first, further), ...others(cause, causes)].join(" "),
    fix: first.fix === undefined ? fixes(check, ofHost === true, sides) : [advise(first.fix)],
    identity: [check, ...(named.has(check) ? [subject ?? ""] : []), first.fix ?? ""].join(" "),
    explainedBy: [...causes.flatMap(comparedBy), ...comparisonsOf(check), { rule: "plugin-unreadable" }],
  };
}

/** Checks of which two failures are the same problem only if they are about the same name. */
const named: ReadonlySet<LoaderCheck> = new Set([
  "missing-library",
  "missing-dylib",
  "missing-symbol",
  "symbol-version",
  "undefined-symbol",
]);

/** What compares the same thing before the loader does. */
function comparedBy({ kind, subject }: MismatchCause): readonly Explanation[] {
  switch (kind) {
    case "release":
      return [{ rule: "toolchain-mismatch" }];
    case "setting":
      return [{ rule: "build-flags-mismatch" }];
    case "module":
      return [{ rule: "dependency-mismatch", subject }];
    case "sources":
    case "directory":
    case "toolchain-build":
    case "unexplained":
      return [];
  }
}

function comparisonsOf(check: LoaderCheck): readonly Explanation[] {
  switch (check) {
    case "no-module-data":
    case "other-module-layout":
      return [{ rule: "toolchain-mismatch" }, { rule: "language-unsupported" }];
    case "class":
    case "byte-order":
    case "machine":
    case "os-abi":
    case "architecture":
    case "missing-slice":
    case "platform":
    case "magic":
    case "not-mach-o":
      return [{ rule: "target-mismatch" }];
    default:
      return [];
  }
}

/** Reasons other than the one that the first obstacle gives itself. */
function others(cause: string, causes: readonly MismatchCause[]): readonly string[] {
  return causes.map(({ text }) => text).filter((text) => !cause.includes(text));
}

function afterwards({ check, ofHost }: Obstacle, further: readonly Obstacle[]): readonly string[] {
  if (further.length === 0 || ofHost === true) return [];
  const same = further.filter((each) => each.check === check).length;
  return same === further.length
    ? [`First of ${same + 1} such failures.`]
    : [
        `${further.length === 1 ? "1 more problem is" : `${further.length} more problems are`} hidden behind it.`,
      ];
}

const advice = {
  "not-implemented":
    "Build the host with CGO_ENABLED=1 and with package plugin: a Collector built with ocb has neither by default (dist.cgo_enabled).",
  "no-loader": "Link the host dynamically; a static executable has no loader.",
  "package-hash":
    "Build plugin and host with the same Go release, the same flags and the same version of every shared module.",
  "no-module-data":
    "Build the plugin with -buildmode=plugin and with exactly the Go release the host was built with.",
  "other-module-layout": "Build the plugin with exactly the Go release the host was built with.",
  sanitizer:
    "Build host and plugins without AddressSanitizer, or set ASAN_OPTIONS for the host as described in the cause.",
  truncated: "Rebuild or re-copy the file; it is truncated.",
  "symbol-table": "Rebuild or re-copy the file; it is damaged.",
  "stray-address": "Rebuild or re-copy the file; it is damaged.",
  "missing-library": "Install the library where the loader looks for it, or link it statically.",
  "symbol-version":
    "Build on a system whose C library is no newer than the host's, or in its container image.",
  machine: "Build the plugin for the host's machine.",
  architecture: "Build the plugin for the host's machine.",
  "missing-slice": "Build the plugin for the host's machine, or as a universal file.",
  executable: `Build it with ${anyPluginSetting}.`,
  "file-type": `Build it with ${anyPluginSetting}.`,
  "executable-stack": "Link it with -z noexecstack.",
  unsigned: "Sign it after the last change: codesign --force --sign - FILE.",
  signature: "Sign it after the last change: codesign --force --sign - FILE.",
} as const satisfies Partial<Record<LoaderCheck, string>>;

/** If it is the host that never registers a plugin, whichever it is. */
const unregisteringHost =
  "Link the host dynamically, with CGO_ENABLED=1, with package plugin, and without -ldflags=-linkmode=internal.";

function fixes(check: LoaderCheck, ofHost: boolean, sides: LoaderSides): readonly Fix[] {
  const text =
    ofHost && check === "no-module-data"
      ? unregisteringHost
      : ((advice as Partial<Record<LoaderCheck, string>>)[check] ?? fallback[ofHost ? "host" : "plugin"]);
  return [advise(text), ...commands(check, ofHost, sides)];
}

/** Every failure has a next step, if only a look at what the files have. */
const fallback = {
  host: "Rebuild the host, or use the one that the plugins were built for.",
  plugin:
    "Rebuild the plugin with the host's toolchain, or copy it again: `plugins inspect` shows what the file has.",
} as const;

/** What is due to the way in which a side was built. */
const ofRecipe: ReadonlySet<LoaderCheck> = new Set<LoaderCheck>([
  "package-hash",
  "no-module-data",
  "other-module-layout",
  "sanitizer",
]);

function commands(check: LoaderCheck, ofHost: boolean, sides: LoaderSides): readonly Fix[] {
  if (ofHost) return check === "not-implemented" || check === "no-module-data" ? rebuildHost(sides) : [];
  if (!ofRecipe.has(check)) return [];
  const dependencies = check === "package-hash" ? sharedDependencyFixes(sides) : [];
  return combinedFixes([...dependencies, ...rebuildLikeHost(sides)]);
}
