import { FormatError } from "../../src/object/format-error.ts";
import { Slice, type ByteSource } from "../../src/object/image.ts";
import { isMacho, openMacho, type MachoFile } from "../../src/object/macho/file.ts";
import { isUniversal, readUniversal } from "../../src/object/macho/universal.ts";

/**
 * Calls every member of every image in a file, whatever it is made of.
 * @returns how many answered; the others threw a FormatError.
 * @throws anything that is no FormatError.
 */
export function exercise(source: ByteSource): number {
  const start = tried(() => source.read(0, 8, "magic")) ?? Buffer.alloc(8);
  if (!isUniversal(start)) return isMacho(start) ? exerciseImage(source) : 0;
  const slices = tried(() => readUniversal(source))?.slices ?? [];
  return slices.reduce(
    (sum, { offset, size }) => sum + exerciseImage(new Slice(source, offset, size)),
    slices.length,
  );
}

function exerciseImage(source: ByteSource): number {
  const file = tried(() => openMacho(source));
  if (file === undefined) return 0;
  const addresses = [...file.segments, ...file.sections].flatMap(({ address }) => [
    address,
    address + 8n,
    address + 0x1000n,
  ]);
  const calls = [
    () => [
      file.uuid,
      file.buildVersion,
      file.installName,
      file.rpaths,
      file.neededLibraries,
      file.codeSignature,
    ],
    () => file.exports,
    () => file.imports,
    () => file.dynamicSymbols,
    () => file.staticSymbols,
    () => file.dynamicStringsContain("manifest"),
    () => file.dynamicStringsContain("not there"),
    () => file.staticStringsContain("not there"),
    () => file.findDynamicSymbol("_otel_plugin_manifest"),
    () => file.findDynamicSymbol(""),
    ...file.sections.map((section) => () => file.readSection(section, 1_000_000)),
    ...addresses.map((address) => () => [file.locate(address), file.readAddress(address, 16, "bytes")]),
    ...[...addresses, ...symbolAddresses(file)].map((address) => () => file.pointerAt(address)),
  ];
  return calls.filter((call) => tried(() => [call()]) !== undefined).length;
}

function symbolAddresses(file: MachoFile): readonly bigint[] {
  return (tried(() => file.exports) ?? [])
    .flatMap((one) => ("address" in one ? [one.address] : []))
    .slice(0, 100);
}

function tried<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
