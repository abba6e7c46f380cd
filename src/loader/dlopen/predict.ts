import { FormatError } from "../../object/format-error.ts";
import { filled } from "../message-form.ts";
import { predictionOf, type Prediction } from "../prediction.ts";
import { need, obstacle, unknownFromHere, type Step } from "../step.ts";
import { glibcSearches } from "../glibc/process.ts";
import { checkRelrMarker } from "../glibc/version-needs.ts";
import { glibcUnreadable, openGlibcPlugin, otherProcessor, walkGlibc } from "../glibc/walk.ts";
import { staticGlibcOf, type DlopenHost } from "../elf/host.ts";
import { glibcOfProgram, type Release } from "../elf/libc-release.ts";
import { MissingPageError } from "../elf/mapped-file.ts";
import { MUSL } from "../musl/messages.ts";
import { muslUnreadable, openMuslPlugin, walkMusl } from "../musl/walk.ts";
import { hostTooNew, listNeeds } from "./needs.ts";
import { onEveryProcessor } from "./processors.ts";
import type { PluginFile, ReadablePlugin } from "../elf/plugin-file.ts";
import { notUtf8 } from "../elf/search-path.ts";
import { System } from "../elf/system.ts";

/** What is known of the target: all its files, or only what it was said to be. Nothing if it is undefined. */
export type Target = System | KnownTarget;

export interface KnownTarget {
  readonly glibc?: Release | undefined;
  /** What its processor has (GNU_PROPERTY_X86_ISA_1). */
  readonly isaLevels?: number | undefined;
}

/**
 * Predicts dlopen(path, RTLD_NOW | RTLD_GLOBAL) in the host's process, as Go's plugin package and most Rust hosts call it:
 * symbols that RTLD_LAZY would look up later count as missing here. The host is assumed to have opened nothing before. What the
 * file's own code does when it is loaded, and what the kernel forbids (SELinux, a noexec mount), is not predicted.
 */
export function predictDlopen(plugin: PluginFile, host: DlopenHost, target: Target | undefined): Prediction {
  if (target instanceof System && host.libc === "gnu" && !("error" in plugin) && opensFiles(host))
    return predictInSystem(plugin, host, target);
  return predictionOf(guarded(stepsFor(plugin, host, target)));
}

/** On the processor of the target; on each that it may have, if that is not known and decides which copies of libraries are opened. */
function predictInSystem(plugin: ReadablePlugin, host: DlopenHost, system: System): Prediction {
  const graded = new Set<string>();
  const predictions: Prediction[] = [];
  for (const shared of glibcSearches(host, system)) {
    const own = shared.copy();
    predictions.push(predictionOf(guarded(walkGlibc(plugin, host, system, { shared, own }))));
    for (const each of [...shared.graded, ...own.graded]) graded.add(each);
    if (graded.size === 0) break;
  }
  const [first, ...others] = predictions;
  if (first === undefined) throw new Error("no processor");
  return onEveryProcessor(first, others, [...graded]);
}

/** A file that breaks its format, in a way that its loader does not check, leaves the rest unknown. */
function* guarded(steps: Iterable<Step>): Generator<Step, void, undefined> {
  try {
    yield* steps;
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    yield unknownFromHere(
      error instanceof MissingPageError
        ? `The file is truncated: ${error.message}.`
        : `The file is malformed, and what the loader does with it is unknown: ${error.message}.`,
    );
  }
}

function* stepsFor(
  plugin: PluginFile,
  host: DlopenHost,
  target: Target | undefined,
): Generator<Step, void, undefined> {
  const own = ownRefusal(host);
  if (own !== undefined) {
    yield own;
    return;
  }
  if (host.libc !== "gnu" && host.libc !== "musl") {
    yield unknownFromHere(
      `The host's C library is ${host.libc ?? "unknown"}, and only the loaders of glibc and musl can be predicted.`,
    );
    return;
  }
  const gnu = host.libc === "gnu";
  const unopenable = "error" in plugin && plugin.error === "missing" ? notUtf8(plugin.path) : undefined;
  if (unopenable !== undefined) yield unopenable;
  else if ("error" in plugin) yield obstacle(gnu ? glibcUnreadable(plugin) : muslUnreadable(plugin));
  else if (target instanceof System) yield* walkMusl(plugin, host, target);
  else yield* withoutSystem(plugin, host, target ?? {});
}

/** Whether it looks at a file at all. */
function opensFiles(host: DlopenHost): boolean {
  return ownRefusal(host) === undefined;
}

/** What a static program answers for every file, or why that is unknown; undefined if it looks at the file. */
function ownRefusal({ ownDlopen }: DlopenHost): Step | undefined {
  if (ownDlopen === undefined) return undefined;
  if (!ownDlopen.known) {
    return unknownFromHere(
      `The host is linked statically, and whether it contains dlopen is unknown: ${ownDlopen.why}.`,
    );
  }
  const refused = { outcome: "refused", check: "no-loader", ofHost: true } as const;
  switch (ownDlopen.value.kind) {
    case "gnu":
      return undefined;
    case "musl":
      return obstacle({
        ...refused,
        message: filled(MUSL.noLoader, {}),
        cause: "The host is linked statically with musl, whose dlopen then refuses every file.",
      });
    case "absent":
      return obstacle({
        ...refused,
        message: null,
        cause: "The host is linked statically, without dlopen: it has no loader that could open a library.",
      });
  }
}

/** The file is judged by itself; what it needs from the target is listed. */
function* withoutSystem(
  plugin: ReadablePlugin,
  host: DlopenHost,
  { glibc: release, isaLevels }: KnownTarget,
): Generator<Step, void, undefined> {
  const origin = { path: "", here: true };
  if (host.libc === "musl") {
    const mapped = yield* openMuslPlugin(plugin, host, origin);
    if (mapped === undefined) return;
    yield* listNeeds(mapped.library, host, undefined);
    if (mapped.library.hasRelr) yield need("musl >= 1.2.4 (DT_RELR)", "sysroot");
    if (mapped.library.unapplied !== undefined) yield mapped.library.unapplied;
    return;
  }
  if (release !== undefined) yield* hostTooNew(host, release);
  const inProgram = staticGlibcOf(host);
  const loader = inProgram === undefined ? { release, machineFirst: undefined } : glibcOfProgram(inProgram);
  const mapped = yield* openGlibcPlugin(plugin, host, loader, origin);
  if (mapped?.library === undefined) return;
  const { library } = mapped;
  if (isaLevels !== undefined && (library.isa & ~isaLevels) !== 0)
    yield otherProcessor(library.object, library.isa, isaLevels, release);
  // What is settled is not listed.
  yield* listNeeds(isaLevels === undefined ? library : { ...library, isa: 0 }, host, release);
  if (library.hasRelr) yield* checkRelrMarker({ object: library.object, library }, loader.release);
  if (library.unapplied !== undefined) yield library.unapplied;
}
