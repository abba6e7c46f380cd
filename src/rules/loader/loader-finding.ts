import type { LoaderCheck } from "../../loader/check.ts";
import type { Obstacle } from "../../loader/obstacle.ts";
import { causeOf, type Fails } from "../../loader/prediction.ts";
import type { MismatchCause } from "../../loader/go/mismatch-cause.ts";
import type { FindingDraft } from "../draft.ts";
import type { Fix } from "../../loader/fix.ts";

/** What the loader stumbles over first, why as far as it is known, and how much would follow. */
export function loaderFinding(fails: Fails, causes: readonly MismatchCause[]): FindingDraft {
  const { first, further } = fails;
  const { check, message, subject, plugin, host, outcome } = first;
  const cause = causeOf(fails);
  const words = message === null ? "" : `: ${message}`;
  return {
    message:
      outcome === "crash" ? `loading it ends the host's process${words}` : `the loader refuses it${words}`,
    ...(subject === undefined ? {} : { subject }),
    ...(plugin === undefined ? {} : { plugin }),
    ...(host === undefined ? {} : { host }),
    cause: [cause, ...afterwards(first, further), ...others(cause, causes)].join(" "),
    fix: fixes(check, first.ofHost === true),
  };
}

/** Reasons beside the one that the first obstacle tells itself. */
function others(cause: string, causes: readonly MismatchCause[]): readonly string[] {
  return causes.map(({ text }) => text).filter((text) => !cause.includes(text));
}

function afterwards({ check, ofHost }: Obstacle, further: readonly Obstacle[]): readonly string[] {
  if (further.length === 0 || ofHost === true) return [];
  const same = further.filter((each) => each.check === check).length;
  return same === further.length
    ? [`It is the first of ${same + 1} of its kind.`]
    : [`${further.length} more would follow.`];
}

const advice = {
  "not-implemented":
    "Build the host with CGO_ENABLED=1 and with package plugin: a Collector from ocb has neither by default (dist.cgo_enabled).",
  "no-loader": "Build the host dynamically linked: a static program has no loader.",
  "package-hash":
    "Build plugin and host with one Go release, one set of flags and one version of every shared module.",
  "no-module-data":
    "Build the plugin with -buildmode=plugin and with the very Go release that built the host.",
  "other-module-layout": "Build the plugin with the very Go release that built the host.",
  sanitizer:
    "Build host and plugins without AddressSanitizer, or set ASAN_OPTIONS as the cause has it for the host.",
  truncated: "Copy or rebuild the file: it is cut off.",
  "stray-address": "Copy or rebuild the file: it is damaged.",
  "missing-library": "Install the library where the loader looks for it, or link it statically.",
  "symbol-version":
    "Build on a system whose C library is no newer than the host's, or in its container image.",
  machine: "Build the plugin for the host's machine.",
  architecture: "Build the plugin for the host's machine.",
  "missing-slice": "Build the plugin for the host's machine, or as a universal file.",
  executable: 'Build it with -buildmode=plugin (Go) or crate-type = ["cdylib"] (Rust).',
  "file-type": 'Build it with -buildmode=plugin (Go) or crate-type = ["cdylib"] (Rust).',
  "executable-stack": "Link it with -z noexecstack.",
  unsigned: "Sign it after the last change: codesign --force --sign - FILE.",
  signature: "Sign it after the last change: codesign --force --sign - FILE.",
} as const satisfies Partial<Record<LoaderCheck, string>>;

/** Where it is the host that hears of no plugin, whichever it is. */
const deafHost =
  "Build the host dynamically linked, with CGO_ENABLED=1, with package plugin, and without -ldflags=-linkmode=internal.";

function fixes(check: LoaderCheck, ofHost: boolean): readonly Fix[] {
  const text =
    ofHost && check === "no-module-data" ? deafHost : (advice as Partial<Record<LoaderCheck, string>>)[check];
  return text === undefined ? [] : [{ kind: "advice", text }];
}
