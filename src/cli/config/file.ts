import configSchema from "../../../schemas/config.schema.json" with { type: "json" };
import { dirname, isAbsolute, relative, resolve } from "node:path";
import { unreadable } from "../../artifact/unreadable.ts";
import { disk } from "../../files/disk.ts";
import { Image } from "../../object/image.ts";
import { validateConfig } from "../../check/model/generated/config-validator.ts";
import { schemaBreaches } from "../../check/model/json-schema.ts";
import { UsageError } from "../../check/model/usage-error.ts";
import { didYouMean } from "../suggestion.ts";
import { parseConfig, type ConfigBreach, type ConfigDocument, type TextPlace } from "./document.ts";
import { shown } from "./place.ts";
import { ruleBreaches } from "./rule-names.ts";
import { settingNames, settingOf } from "./setting-table.ts";
import type { Layer, SomeSettings } from "./settings.ts";

/** In bytes. A larger configuration is rejected without reading it. */
const configLimit = 256 * 1024;

/** How many problems in one file are reported. */
const reportedAtOnce = 10;

/**
 * The settings in a configuration file. Nothing in it is executed.
 * @throws UsageError with file, line and column of what cannot be read, is unknown, or violates schemas/config.schema.json.
 */
export function fileLayer(path: string): Layer {
  const document = parseConfig(textOf(path), path.endsWith(".json"));
  if ("message" in document) throw invalid(path, [{ ...document, hints: [] }]);
  if (isOtherFile(document.value)) {
    const message = "is not a configuration of plugins: it has none of the known keys";
    throw invalid(path, [{ line: 1, column: 1, message, hints: [] }]);
  }
  const breaches = breachesOf(document.value);
  if (breaches.length > 0) {
    const { placeOf } = document;
    throw invalid(
      path,
      breaches.map((each) => ({ ...each, ...placeOf(each.pointer, each.key) })),
    );
  }
  const folder = dirname(resolve(path));
  return {
    values: fromFolder(document.value as SomeSettings, folder),
    originOf: (name, key) => {
      const { line } = key === undefined ? document.placeOf("", name) : document.placeOf(`/${name}`, key);
      return { kind: "file", path: shown(path), line };
    },
  };
}

/** Whether not even a misspelled key is one of ours: the file may hold secrets, and its keys are not quoted. */
function isOtherFile(value: unknown): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const known = Object.keys(configSchema.properties);
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => !known.includes(key) && didYouMean(key, known).length === 0);
}

function textOf(path: string): string {
  let image: Image | undefined;
  try {
    image = Image.open(disk, path);
    if (image.size > configLimit) {
      throw new UsageError(
        "config-invalid",
        `${shown(path)}: the configuration is ${image.size} bytes, more than the limit of ${configLimit}`,
      );
    }
    return image.read(0, image.size, "configuration").toString("utf8");
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { reason } = unreadable(path, null, error);
    throw new UsageError("config-not-found", `${shown(path)}: the configuration cannot be read: ${reason}`);
  } finally {
    image?.close();
  }
}

function breachesOf(value: ConfigDocument["value"]): readonly ConfigBreach[] {
  const breaches = schemaBreaches(validateConfig, value).map(
    ({ pointer, message, unknownKey }): ConfigBreach => ({
      pointer,
      message: unknownKey === undefined && pointer !== "" ? `${pointer.slice(1)} ${message}` : message,
      ...(unknownKey === undefined ? {} : { key: unknownKey.key }),
      hints: unknownKey === undefined ? [] : didYouMean(unknownKey.key, unknownKey.known),
    }),
  );
  return breaches.length > 0 ? breaches : ruleBreaches(value as SomeSettings);
}

/** A relative path in a configuration is relative to its folder; the result is relative to the working folder. */
function fromFolder(values: SomeSettings, folder: string): SomeSettings {
  const moved = (path: string): string =>
    isAbsolute(path) ? path : relative(process.cwd(), resolve(folder, path)) || ".";
  const given = settingNames.filter((name) => values[name] !== undefined);
  return Object.fromEntries(
    given.map((name): [string, unknown] => {
      const { form } = settingOf(name);
      const value: unknown = values[name];
      if (form === "paths" || form === "texts") {
        const all = (Array.isArray(value) ? value : [value]) as readonly string[];
        return [name, form === "paths" ? all.map(moved) : all];
      }
      return [name, form === "path" ? moved(value as string) : value];
    }),
  );
}

function invalid(
  path: string,
  problems: readonly (TextPlace & Pick<ConfigBreach, "message" | "hints">)[],
): UsageError {
  const lines = problems
    .slice(0, reportedAtOnce)
    .map(({ line, column, message }) => `${shown(path)}:${line}:${column}: ${message}`);
  const [first = shown(path), ...others] = lines;
  const hints = problems[0]?.hints ?? [];
  const more = problems.length - lines.length;
  return new UsageError("config-invalid", first, [
    ...hints,
    ...others.map((line, at) => [line, ...(problems[at + 1]?.hints ?? [])].join(". ")),
    ...(more > 0 ? [`${more} more`] : []),
    "`plugins config` shows the effective settings; docs/configuration.md lists the allowed keys.",
  ]);
}
