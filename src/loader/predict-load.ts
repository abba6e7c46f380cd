import { FormatError } from "../object/format-error.ts";
import { Image, NotAFileError } from "../object/image.ts";
import { openObject } from "../object/open.ts";
import type { PluginFile } from "./elf/plugin-file.ts";
import { predictDlopen } from "./dlopen/predict.ts";
import { predictDyld } from "./dyld/predict.ts";
import { classifyMismatch, type MismatchCause } from "./go/mismatch-cause.ts";
import type { GoHost } from "./go/host.ts";
import { predictPluginOpen } from "./go/plugin-open.ts";
import { readGoPlugin, type GoPlugin } from "./go/plugin.ts";
import type { LoadingHost } from "./loading-host.ts";
import type { Prediction } from "./prediction.ts";
import { realPathOf } from "./real-path.ts";

/** The predicted result of loading one plugin into one host. */
export interface PredictedLoad {
  readonly prediction: Prediction;
  /** What opens it: Go's package plugin, or the system's loader without it. */
  readonly opener: "plugin.Open" | "dlopen";
  /** The plugin as plugin.Open sees it; undefined if the host would not call plugin.Open, or the file is not an object file. */
  readonly plugin: GoPlugin | undefined;
  /** Why package hashes differ, in the order in which to fix it. */
  readonly causes: readonly MismatchCause[];
}

/**
 * What a plugin is written in, as far as known. A Go host opens Go plugins with plugin.Open, and everything else with dlopen; a file
 * that cannot be read counts as what the host loads.
 */
export type Language = "go" | "rust" | "unknown" | "unreadable";

/**
 * The loader's answer for a file that is the first one the host opens. None of its code is run.
 */
export function predictLoad(path: string, language: Language, host: LoadingHost): PredictedLoad {
  let image: Image | undefined;
  try {
    image = Image.open(path);
    return predictFile(path, image, language, host);
  } catch (error) {
    if (!isOfFile(error)) throw error;
    const failure = failureOf(error);
    return failure === undefined
      ? plainly({ outcome: "unknown", why: `The file cannot be read: ${error.message}.`, needs: [] })
      : byOpener(path, { error: failure, path: givenTo(path, language, host) }, undefined, language, host);
  } finally {
    image?.close();
  }
}

function predictFile(path: string, image: Image, language: Language, host: LoadingHost): PredictedLoad {
  const realPath = realPathOf(path) ?? path;
  return byOpener(
    path,
    { source: image, path: givenTo(path, language, host), realPath },
    image,
    language,
    host,
  );
}

/** plugin.Open passes on the real path; the loader would search the system's folders for a name without a slash. */
function givenTo(path: string, language: Language, host: LoadingHost): string {
  if (isForGo(language, host)) return realPathOf(path) ?? path;
  return path.includes("/") ? path : `./${path}`;
}

function byOpener(
  path: string,
  file: PluginFile,
  image: Image | undefined,
  language: Language,
  host: LoadingHost,
): PredictedLoad {
  const { go, system, arch } = host;
  const dlopen = systemAnswer(file, system);
  if (go === undefined || !isForGo(language, host)) return plainly(dlopen);
  const plugin = image && goPluginOf(image, arch);
  const realPath = realPathOf(path) ?? null;
  return {
    prediction: predictPluginOpen(plugin, go, { name: path, realPath, dlopen }),
    opener: "plugin.Open",
    plugin,
    causes: plugin === undefined ? [] : classifyMismatch(plugin, go),
  };
}

/** Whether the host would open a file of that language with plugin.Open. */
function isForGo(language: Language, { go }: LoadingHost): boolean {
  return go !== undefined && (language === "go" || (language === "unreadable" && loadsGo(go)));
}

function loadsGo({ ability: { pluginPackage } }: GoHost): boolean {
  return pluginPackage.known && pluginPackage.value === "linked";
}

function systemAnswer(file: PluginFile, system: LoadingHost["system"]): Prediction {
  switch (system.kind) {
    case "dlopen":
      return predictDlopen(file, system.host, system.target);
    case "dyld":
      if ("error" in file) return { outcome: "unknown", why: "The file cannot be read.", needs: [] };
      return predictDyld(
        { source: file.source, path: file.path },
        system.host,
        system.root === undefined ? {} : { root: system.root },
      );
    case "unknown":
      return { outcome: "unknown", why: system.why, needs: [] };
  }
}

/** The slice that the host's system takes; the first if none fits. Undefined if the file is not an object file that can be read. */
function goPluginOf(image: Image, arch: string): GoPlugin | undefined {
  try {
    const { slices } = openObject(image);
    const object = (slices.find((slice) => slice.object.arch === arch) ?? slices[0])?.object;
    return object && readGoPlugin(object);
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

function plainly(prediction: Prediction): PredictedLoad {
  return { prediction, opener: "dlopen", plugin: undefined, causes: [] };
}

/** Whether the error is the file's: its format, or what the system answers when it is opened. Anything else is a bug. */
function isOfFile(error: unknown): error is Error {
  return (
    error instanceof FormatError ||
    error instanceof NotAFileError ||
    (error instanceof Error && "syscall" in error)
  );
}

/** How the loader's own open(2) and read(2) would fail. */
function failureOf(error: unknown): "missing" | "folder" | "no-permission" | undefined {
  if (error instanceof NotAFileError) return error.kind === "a folder" ? "folder" : undefined;
  switch ((error as NodeJS.ErrnoException).code) {
    case "ENOENT":
    case "ENOTDIR":
      return "missing";
    case "EISDIR":
      return "folder";
    case "EACCES":
      return "no-permission";
    default:
      return undefined;
  }
}
