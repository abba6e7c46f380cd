import { disk } from "../../../src/files/disk.ts";
import { predictDyld, type DyldSystem } from "../../../src/loader/dyld/predict.ts";
import { readDyldHost, type DyldHost } from "../../../src/loader/dyld/host.ts";
import type { Obstacle } from "../../../src/loader/obstacle.ts";
import type { Fails, Prediction, Unknown } from "../../../src/loader/prediction.ts";
import { openMacho } from "../../../src/object/macho/file.ts";
import { buildMacho, type MachoSpec } from "../../support/macho-builder.ts";
import { memorySource } from "../../support/macho-source.ts";

/** A program for macOS on arm64, or as the spec says. */
export function hostOf(spec: MachoSpec = {}, path?: string): DyldHost {
  const built = buildMacho({
    cpuType: 0x0100_000c,
    cpuSubtype: 0,
    fileType: 2,
    buildVersion: { platform: 1, minos: 0x000d_0000, sdk: 0x000e_0000 },
    ...spec,
  });
  return readDyldHost(openMacho(memorySource(built.bytes)), path);
}

export const armHost = hostOf();
export const intelHost = hostOf({ cpuType: 0x0100_0007, cpuSubtype: 3 });

/** Where the tests say that the plugin lies. */
export const path = "/opt/otelcol/plugins/plugin.dylib";

export function predict(bytes: Buffer, host: DyldHost, system?: Omit<DyldSystem, "files">): Prediction {
  return predictDyld({ source: memorySource(bytes), path }, host, { files: disk, ...system });
}

/** What dyld stumbles over first. */
export function firstOf(prediction: Prediction): Obstacle {
  return failureOf(prediction).first;
}

export function failureOf(prediction: Prediction): Fails {
  if (prediction.outcome === "loads" || prediction.outcome === "unknown") {
    throw new Error(`it ${JSON.stringify(prediction)}`);
  }
  return prediction;
}

/** dyld's words for what is wrong with the file itself. */
export function tried(reason: string): string {
  return `dlopen(${path}, 0x000A): tried: '${path}' (${reason})`;
}

export function unknownOf(prediction: Prediction): Unknown {
  if (prediction.outcome !== "unknown") throw new Error(`it ${JSON.stringify(prediction)}`);
  return prediction;
}
