import { deflateSync } from "node:zlib";
import { framed, infoHeader, sampleText, varint } from "../support/go-build-info-bytes.ts";
import { cacheFields } from "./content-fields.ts";
import { elfFields } from "./elf-fields.ts";
import { withOddBytes, withOddFields, type FieldsOf } from "./field.ts";
import { machoFields } from "./macho-fields.ts";
import { oddJson } from "./odd-json.ts";
import type { Random } from "./random.ts";
import {
  auditedFiles,
  auditedText,
  carriers,
  elfFiles,
  elfHosts,
  goFiles,
  goManifest,
  loadable,
  machoFiles,
  machoHosts,
  manifestScene,
  manifestText,
  places,
  pointerInfo,
  sceneOf,
  universalFiles,
  type Scene,
} from "./scene.ts";

/** Makes one input of a kind. */
type Make = (random: Random) => Scene;

/** One of the files with odd numbers, or one time in four with odd bytes. */
function damaged(files: readonly Buffer[], fieldsOf: FieldsOf, random: Random): Buffer {
  const file = random.pick(files);
  return random.oneIn(4)
    ? withOddBytes(file, random.pick(files), random)
    : withOddFields(file, fieldsOf, random);
}

/** A sound scene, one of whose files is damaged. */
function withDamaged(path: string, fieldsOf: FieldsOf): Make {
  return (random) => {
    const plugin = random.pick(loadable);
    const scene = sceneOf(plugin, random.pick(elfHosts));
    const whole = scene.files[path] ?? Buffer.alloc(0);
    return { ...scene, files: { ...scene.files, [path]: damaged([whole], fieldsOf, random) } };
  };
}

const oddLines = [
  "dep",
  "dep\t",
  "=>\ta\tv1\th1:",
  "mod\t\t\t",
  'build\t-ldflags="-X main.PluginManifest={}"',
  'build\t"\\xff"=`',
  "build\tvcs.time=2026-99-99T00:00:00Z",
  "build\tCGO_ENABLED",
  "path\t\u0000",
  "dep\texample.com/a\tv1.0.0\th1:x\textra",
  "x".repeat(70_000),
] as const;

/** Lines of module info that are left out, repeated, cut, or replaced. */
function oddModuleInfo(random: Random): Buffer {
  let lines: readonly string[] = sampleText.split("\n");
  for (let left = 1 + random.below(4); left > 0; left--) {
    const at = random.below(lines.length);
    const line = lines[at] ?? "";
    switch (random.below(5)) {
      case 0:
        lines = lines.toSpliced(at, 1);
        break;
      case 1:
        lines = [...lines, line];
        break;
      case 2:
        lines = lines.with(at, line.slice(0, random.below(line.length + 1)));
        break;
      default:
        lines = lines.toSpliced(at, 0, random.pick(oddLines));
    }
  }
  const text = framed(lines.join("\n"));
  return random.oneIn(4) ? text.subarray(random.below(20), text.length - random.below(20)) : text;
}

/** A length that is right, wrong, or written in a way that no reader should follow. */
function oddLength(length: number, random: Random): Buffer {
  switch (random.below(8)) {
    case 0:
      return varint(random.pick([0, 1, length - 1, length + 1, 2 ** 31, 2 ** 32 - 1]));
    case 1:
      return Buffer.alloc(random.pick([1, 9, 10, 11, 64]), 0xff);
    case 2:
      return Buffer.concat([Buffer.alloc(9, 0x80), Buffer.from([1])]);
    case 3:
      return Buffer.concat([Buffer.alloc(4, 0x80), varint(length)]);
    default:
      return varint(length);
  }
}

function oddBuildInfo(random: Random): Buffer {
  if (random.oneIn(5)) {
    const out = Buffer.from(pointerInfo);
    for (let left = 1 + random.below(3); left > 0; left--)
      out.writeUInt8(random.pick([0, 1, 4, 8, 0x10, 0x7f, 0xff]), random.below(Math.min(out.length, 48)));
    return out;
  }
  const versions = ["go1.22.3", "go1.26.8", "devel go1.27-abc", "", "go", "go1.99999999999", "x".repeat(300)];
  const version = Buffer.from(random.pick(versions));
  const info = oddModuleInfo(random);
  const header = infoHeader(random.pick([8, 8, 8, 4, 0, 255]), random.pick([2, 2, 2, 3, 0, 1, 255]));
  return Buffer.concat([
    header,
    oddLength(version.length, random),
    version,
    oddLength(info.length, random),
    info,
  ]);
}

/** A package list that is odd, or packed in an odd way. */
function oddAudited(random: Random): Buffer {
  const text = random.oneIn(3) ? Buffer.from(auditedText) : oddJson(auditedText, random);
  const packed = deflateSync(text);
  switch (random.below(8)) {
    case 0:
      return withOddBytes(packed, packed, random);
    case 1:
      return Buffer.concat([packed, random.pick([packed, Buffer.alloc(7), Buffer.from([1])])]);
    case 2:
      // A bomb: much more than it looks, once in a while only, since it takes long.
      return random.oneIn(20) ? deflateSync(Buffer.alloc(9 * 2 ** 20, 0x5b)) : packed.subarray(0, 2);
    case 3: {
      const cycle = [1, 2, 0].map((next) => ({
        name: "a",
        version: "1.0.0",
        source: "x",
        dependencies: [next],
      }));
      return deflateSync(JSON.stringify({ packages: cycle, format: random.below(9) }));
    }
    default:
      return packed;
  }
}

/** What is changed, by name: an input of each kind has one damaged file. */
export const kinds = {
  elf: (random) => sceneOf(damaged(elfFiles, elfFields, random), random.pick(elfHosts)),
  "mach-o": (random) =>
    sceneOf(damaged(machoFiles, machoFields, random), random.pick([...machoHosts, ...elfHosts])),
  universal: (random) => sceneOf(damaged(universalFiles, machoFields, random), random.pick(machoHosts)),
  "build-info": (random) => sceneOf(random.pick(goFiles)(oddBuildInfo(random)), random.pick(elfHosts)),
  audited: (random) => sceneOf(random.pick(auditedFiles)(oddAudited(random))),
  manifest: (random) =>
    sceneOf(
      random.pick(carriers)(oddJson(random.pick([manifestText, goManifest]), random)),
      random.pick(elfHosts),
    ),
  "host-manifest": (random) => {
    const text = random.pick([manifestText, `[${manifestText},${goManifest}]`]);
    return manifestScene(random.pick(elfFiles), oddJson(text, random));
  },
  "elf-host": (random) => sceneOf(random.pick(loadable), damaged(elfHosts, elfFields, random)),
  "mach-o-host": (random) =>
    sceneOf(
      random.pick([...machoFiles, ...universalFiles]),
      damaged([...machoHosts, ...universalFiles], machoFields, random),
    ),
  "c-library": withDamaged(places.libc, elfFields),
  loader: withDamaged(places.loader, elfFields),
  "needed-library": withDamaged(places.needed, elfFields),
  "library-cache": withDamaged(places.cache, cacheFields),
} as const satisfies Readonly<Record<string, Make>>;

export type Kind = keyof typeof kinds;
export const kindNames = Object.keys(kinds) as readonly Kind[];
