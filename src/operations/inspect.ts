import { readAnatomy, type Anatomy } from "../artifact/anatomy.ts";
import type { CarrierNames } from "../manifest/carrier-names.ts";
import { judgeManifests } from "../rules/registry.ts";
import { pluginResult } from "./file-result.ts";
import type { InspectResult, SliceDetails } from "./result.ts";

/** One plugin with everything known about it. A file that cannot be read is a result too. */
export function inspect(path: string, names: CarrierNames): Promise<InspectResult> {
  const { file, anatomy } = readAnatomy(path, names);
  const findings = file.kind === "unreadable" ? [] : judgeManifests({ role: "plugin", ...file });
  return Promise.resolve({ ...pluginResult(file), findings, details: anatomy.map(sliceDetails) });
}

function sliceDetails({ exportedSymbols, sections, ...rest }: Anatomy): SliceDetails {
  return {
    ...rest,
    exportedSymbols: exportedSymbols.map(({ name, type, size, address }) => ({
      name,
      type,
      size: size === undefined ? null : Number(size),
      address: `0x${address.toString(16)}`,
    })),
    sections: sections.map(({ name, segment, address, offset, size }) => ({
      name: segment === undefined ? name : `${segment},${name}`,
      address: `0x${address.toString(16)}`,
      offset: Number(offset),
      size: Number(size),
    })),
  };
}
