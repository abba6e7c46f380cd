import { readAnatomy, type Anatomy } from "../artifact/anatomy.ts";
import type { ArtifactSlice } from "../artifact/artifact.ts";
import type { Files } from "../files/files.ts";
import { defaultCarrierNames, type CarrierNames } from "../manifest/carrier/carrier-names.ts";
import { mapped } from "../object/listing.ts";
import { judgeManifests } from "../rules/evaluation.ts";
import { pluginResult } from "./judge/file-result.ts";
import type { InspectResult, SliceDetails } from "./model/result.ts";

/**
 * One plugin with everything known about it. A file that cannot be read is a result too.
 * @param names what embedded manifests are called.
 */
export function inspect(
  files: Files,
  path: string,
  names: CarrierNames = defaultCarrierNames,
): Promise<InspectResult> {
  const { file, extra = [] } = readAnatomy(files, path, names);
  const slices = file.kind === "unreadable" ? [] : file.slices;
  const findings = file.kind === "unreadable" ? [] : judgeManifests(file);
  return Promise.resolve({
    ...pluginResult(file),
    findings,
    details: extra.map((anatomy, at) => sliceDetails(anatomy, slices[at])),
  });
}

function sliceDetails(
  { exportedSymbols, sections, ...rest }: Anatomy,
  slice: ArtifactSlice | undefined,
): SliceDetails {
  const dependencies = slice?.proof.dependencies;
  return {
    ...rest,
    dependencies: (dependencies?.known === true ? dependencies.value : [])
      .filter(({ isMain }) => !isMain)
      .map(({ name, version = null, sum = null, replacedBy = null }) => ({ name, version, sum, replacedBy })),
    exportedSymbols: mapped(exportedSymbols, ({ name, type, size, address }) => ({
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
