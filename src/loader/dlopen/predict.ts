import { FormatError } from "../../object/format-error.ts";
import type { Obstacle, Prediction } from "../prediction.ts";
import { glibcUnreadable, openGlibcPlugin, walkGlibc } from "../glibc/walk.ts";
import { staticGlibcOf, type DlopenHost } from "../elf/host.ts";
import { glibcOfProgram, type Release } from "../elf/libc-release.ts";
import { MissingPageError } from "../elf/mapped-file.ts";
import { MUSL } from "../musl/messages.ts";
import { muslUnreadable, openMuslPlugin, walkMusl } from "../musl/walk.ts";
import { listNeeds } from "./needs.ts";
import type { PluginFile, ReadablePlugin } from "../elf/plugin-file.ts";
import { isDoubt, type Step } from "../elf/step.ts";
import { System } from "../elf/system.ts";

/** What is known of the target: all its files, or only which glibc it has. Nothing, where it is undefined. */
export type Target = System | KnownGlibc;

export interface KnownGlibc {
  readonly glibc: Release;
}

/** No more obstacles are listed. */
const MOST_OBSTACLES = 4096;

/**
 * Predicts dlopen(path, RTLD_NOW | RTLD_GLOBAL) in the host's process, as Go's plugin package and most Rust hosts call it:
 * symbols that RTLD_LAZY would leave for later count as missing here. The host is taken to have opened nothing before. What
 * the file's own code does when it is loaded, and what the kernel forbids (SELinux, a noexec mount), is not predicted.
 */
export function predictDlopen(plugin: PluginFile, host: DlopenHost, target: Target | undefined): Prediction {
  const needs = new Set<string>();
  const steps = stepsOf(plugin, host, target, needs);
  const found: Obstacle[] = [];
  let doubt: string | undefined;
  try {
    for (const step of steps) {
      if (isDoubt(step)) {
        doubt = step.doubt;
        break;
      }
      if (found.push(step) >= MOST_OBSTACLES) break;
    }
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    doubt =
      error instanceof MissingPageError
        ? `the file is cut off: ${error.message}`
        : `the file breaks its format, and what the loader makes of that is not known: ${error.message}`;
  }
  const [first, ...further] = found;
  if (first !== undefined) return { outcome: first.outcome, first, further, needs: [...needs] };
  return doubt === undefined
    ? { outcome: "loads", needs: [...needs] }
    : { outcome: "unknown", reason: doubt, needs: [...needs] };
}

function* stepsOf(
  plugin: PluginFile,
  host: DlopenHost,
  target: Target | undefined,
  needs: Set<string>,
): Generator<Step, void, undefined> {
  const own = ownRefusal(host);
  if (own !== undefined) {
    yield own;
    return;
  }
  if (host.libc !== "gnu" && host.libc !== "musl") {
    yield {
      doubt: `the host's C library is ${host.libc ?? "not known"}, and only the loaders of glibc and musl are`,
    };
    return;
  }
  const gnu = host.libc === "gnu";
  if ("error" in plugin) yield gnu ? glibcUnreadable(plugin) : muslUnreadable(plugin);
  else if (target instanceof System)
    yield* gnu ? walkGlibc(plugin, host, target, needs) : walkMusl(plugin, host, target);
  else yield* withoutSystem(plugin, host, target?.glibc, needs);
}

/** What a static program says to every file, or why that is not known; undefined where it looks at the file. */
function ownRefusal({ ownDlopen }: DlopenHost): Step | undefined {
  if (ownDlopen === undefined) return undefined;
  if (!ownDlopen.known) {
    return {
      doubt: `the host is linked statically, and what it has of dlopen is not known: ${ownDlopen.why}`,
    };
  }
  const refused = { outcome: "refused", check: "no-loader", ofHost: true } as const;
  switch (ownDlopen.value.kind) {
    case "gnu":
      return undefined;
    case "musl":
      return {
        ...refused,
        message: MUSL.noLoader,
        cause: "the host is linked statically to musl, whose dlopen then refuses every file",
      };
    case "absent":
      return {
        ...refused,
        message: null,
        cause:
          "the host is linked statically, without dlopen: it has no loader that could open a library for it",
      };
  }
}

/** The file by itself is judged; what it wants of the target is listed. */
function* withoutSystem(
  plugin: ReadablePlugin,
  host: DlopenHost,
  release: Release | undefined,
  needs: Set<string>,
): Generator<Step, void, undefined> {
  const origin = { path: "", here: true };
  if (host.libc === "musl") {
    const mapped = yield* openMuslPlugin(plugin, host, origin);
    if (mapped !== undefined) yield* listNeeds(mapped.library, host, undefined, needs);
    return;
  }
  const inProgram = staticGlibcOf(host);
  const loader = inProgram === undefined ? { release, machineFirst: undefined } : glibcOfProgram(inProgram);
  const mapped = yield* openGlibcPlugin(plugin, host, loader, origin);
  if (mapped?.library === undefined) return;
  for (const need of mapped.needs) needs.add(need);
  yield* listNeeds(mapped.library, host, release, needs, mapped.isa);
}
