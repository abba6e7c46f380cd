import type { AnyObject } from "../../object/any-object.ts";
import { known, unknown, type Fact } from "../fact.ts";
import type { GoBuildInfo } from "./build-info.ts";
import { readString, wordSizeOf } from "./memory.ts";
import {
  hasModuledataSection,
  moduledataLayouts,
  readModuledataSize,
  type ModuledataLayout,
} from "./moduledata.ts";
import { linkerPrefix } from "./package-hash.ts";
import type { GoPluginTable } from "./plugin-table.ts";
import { guarded } from "../guarded.ts";
import { symbolName } from "../../object/symbol-name.ts";

/** Which Go made a file: its version as it tells it itself, or the release lines it can be of, the first and the last. */
export type GoRelease = { readonly exact: string } | { readonly from: string; readonly to: string };

/**
 * The release by the build info, else by the variable runtime.buildVersion, else by the shape of moduledata, which is the same in runs of
 * releases. A shape that no known release has is unknown.
 */
export function readGoRelease(
  object: AnyObject,
  buildInfo: Fact<GoBuildInfo>,
  pluginTable: () => Fact<GoPluginTable>,
): Fact<GoRelease> {
  if (buildInfo.known) return known({ exact: buildInfo.value.goVersion }, buildInfo.from);
  const version = readBuildVersion(object);
  if (version.known) return known({ exact: version.value }, version.from);
  return guarded(() => releaseByLayout(object, pluginTable()));
}

const longestVersion = 256;

/** runtime.buildVersion, which is there if the program asks for it (Go: src/runtime/extern.go, Version). */
function readBuildVersion(object: AnyObject): Fact<string> {
  return guarded(() => {
    const name = "runtime.buildVersion";
    const symbol = object.findDynamicSymbol(symbolName(object, name));
    if (symbol === undefined) return unknown(`no dynamic symbol ${name}`);
    const text = readString(object, symbol.address, longestVersion);
    if (!text.known) return text;
    const version = text.value.toString("utf8");
    const isVersion = /^(go\d|devel )/.test(version);
    return isVersion ? known(version, `dynamic symbol ${name}`) : unknown(`${name} is not a version`);
  });
}

function releaseByLayout(object: AnyObject, table: Fact<GoPluginTable>): Fact<GoRelease> {
  const size = readModuledataSize(object);
  if (!size.known && !table.known) return size;
  const prefix = linkerPrefix(object);
  const inSection = hasModuledataSection(object);
  const fits = moduledataLayouts.filter(
    (layout) =>
      (!size.known || size.value === layout.size * wordSizeOf(object)) &&
      (!table.known || table.value.packageHashesAt === layout.packageHashes) &&
      (prefix === undefined || prefix === layout.prefix) &&
      (layout.section || !inSection),
  );
  const shape = [
    ...(size.known ? [`moduledata of ${size.value} bytes`] : []),
    ...(inSection ? ["in a section of its own"] : []),
    ...(table.known ? [`pkghashes at its word ${table.value.packageHashesAt}`] : []),
  ].join(", ");
  const [first] = fits;
  const last = fits.at(-1);
  if (first === undefined || last === undefined) return unknown(`${shape}: of no Go release that is known`);
  if (!areConsecutive(fits)) return unknown(`${shape}: of ${fits.map(rangeOf).join(" or ")}`);
  return known({ from: first.from, to: last.to }, shape);
}

function areConsecutive(layouts: readonly ModuledataLayout[]): boolean {
  return layouts.every(
    (layout, index) =>
      index === 0 || moduledataLayouts[moduledataLayouts.indexOf(layout) - 1] === layouts[index - 1],
  );
}

function rangeOf({ from, to }: ModuledataLayout): string {
  return from === to ? from : `${from} to ${to}`;
}
