import { describe, expect, it, test } from "vitest";
import { openMacho } from "../../../src/object/macho/file.ts";
import { readDyldHost, type DyldHost } from "../../../src/loader/dyld/host.ts";
import { buildMacho, type MachoSpec } from "../../support/macho-builder.ts";
import { memorySource } from "../../support/macho-source.ts";
import { armHost, failureOf, firstOf, intelHost, path, predict, tried, unknownOf } from "./open-host.ts";
import {
  armLibrary,
  blob,
  intelLibrary,
  signatureOffset,
  signedMacho,
  unnamed,
  type SigningOptions,
} from "./signed-macho.ts";

const uuid = "00112233-4455-6677-8899-AABBCCDDEEFF";
const unsigned = `code signature in <${uuid}> '${path}' not valid for use in process: mapped file has no cdhash, completely unsigned? Code has to be at least ad-hoc signed.`;
const otherTeam = `code signature in <${uuid}> '${path}' not valid for use in process: mapping process and mapped file (non-platform) have different Team IDs`;

const runtime = 0x10000;

/** A host with a signature of its own. */
function signedHost(options: SigningOptions, spec: MachoSpec = armLibrary): DyldHost {
  return readDyldHost(openMacho(memorySource(signedMacho({ ...unnamed(spec), fileType: 2 }, options))));
}

const entitled = (value: string) => [
  {
    slot: 5,
    bytes: blob(
      0xfade7171,
      `<plist><dict>\n<key>com.apple.security.cs.disable-library-validation</key>\n<${value}/></dict></plist>`,
    ),
  },
];

/** One byte of code changed after signing. */
function changedAfterwards(spec: MachoSpec, options: SigningOptions = {}): Buffer {
  const bytes = signedMacho(spec, options);
  bytes.writeUInt8(bytes.readUInt8(0x3456) ^ 1, 0x3456);
  return bytes;
}

describe("an unsigned library", () => {
  it("is refused on Apple silicon, with its UUID", () => {
    expect(firstOf(predict(buildMacho(armLibrary).bytes, armHost))).toMatchObject({
      check: "unsigned",
      message: tried(unsigned),
    });
  });

  it("is refused on Apple silicon without a UUID", () => {
    const spec = { ...armLibrary, buildVersion: { platform: 1, minos: 0x000b0000, sdk: 0x000b0000 } };
    const { uuid: none, ...plain } = spec;
    expect(none).toHaveLength(16);
    expect(firstOf(predict(buildMacho(plain).bytes, armHost)).message).toBe(
      tried(unsigned.replace(uuid, "no uuid")),
    );
  });

  it("is refused where the signature is an empty one", () => {
    const { bytes, commandAt } = buildMacho({ ...armLibrary, codeSignature: Buffer.alloc(16) });
    bytes.writeUInt32LE(0, commandAt(0x1d) + 12);
    expect(firstOf(predict(bytes, armHost)).check).toBe("unsigned");
  });

  it("is refused on Intel by a host with library validation", () => {
    const host = signedHost({ flags: runtime, teamId: "ABCDE12345" }, intelLibrary);
    expect(firstOf(predict(buildMacho(intelLibrary).bytes, host)).message).toBe(tried(unsigned));
  });

  it("is taken on Intel by a host without", () => {
    const host = signedHost({ flags: runtime, teamId: "ABCDE12345", blobs: entitled("true") }, intelLibrary);
    expect(predict(buildMacho(intelLibrary).bytes, host).outcome).toBe("loads");
  });
});

describe("a library changed after it was signed", () => {
  it("has the host killed on Apple silicon", () => {
    const { outcome, first } = failureOf(predict(changedAfterwards(armLibrary), armHost));
    expect(outcome).toBe("crash");
    expect(first).toMatchObject({
      outcome: "crash",
      check: "signature",
      message: null,
      plugin: { value: "changed pages at 0x3000", from: "LC_CODE_SIGNATURE" },
    });
  });

  it("may run on Intel, where the host does not ask for more", () => {
    expect(unknownOf(predict(changedAfterwards(intelLibrary), intelHost)).why).toMatch(
      /^1 of \d+ signed pages were changed after the file was signed \(0x3000\)/,
    );
  });

  test.each([
    ["the hardened runtime", runtime],
    ["killing", 0x200],
  ])("has an Intel host killed that asks for %s", (_, flags) => {
    const host = signedHost({ flags, blobs: entitled("true") }, intelLibrary);
    expect(predict(changedAfterwards(intelLibrary), host).outcome).toBe("crash");
  });
});

describe("a signature that is broken", () => {
  test.each([
    ["on Apple silicon", armLibrary, armHost],
    ["on Intel too", intelLibrary, intelHost],
  ])("is refused %s, with a number that only a Mac knows", (_, spec, host) => {
    const bytes = signedMacho(spec);
    bytes.writeUInt32BE(0xdeadbeef, signatureOffset(spec));
    expect(firstOf(predict(bytes, host))).toMatchObject({
      outcome: "refused",
      check: "signature",
      message: null,
    });
  });

  it("is refused where it leaves the file", () => {
    const { bytes, commandAt } = buildMacho({ ...armLibrary, codeSignature: Buffer.alloc(16) });
    bytes.writeUInt32LE(0x7fffffff, commandAt(0x1d) + 12);
    expect(firstOf(predict(bytes, armHost))).toMatchObject({ check: "signature", message: null });
  });

  it("is refused where it does not cover all before it", () => {
    const at = signatureOffset(armLibrary);
    const [signed, expected] = [at - 0x100, at].map(
      (one) => `0x${one.toString(16).toUpperCase().padStart(8, "0")}`,
    );
    expect(firstOf(predict(signedMacho(armLibrary, { unsignedTail: 0x100 }), armHost))).toMatchObject({
      check: "signature",
      message: tried(
        `code signature does not cover entire file up to signature in <${uuid}> '${path}' (signed ${signed}, expected ${expected}) for '${path}'`,
      ),
    });
  });
});

describe("library validation", () => {
  const host = signedHost({ flags: runtime, teamId: "ABCDE12345" });

  test.each<[string, SigningOptions]>([
    ["of another team", { teamId: "OTHER67890", flags: 0 }],
    ["signed ad hoc", {}],
  ])("refuses a library %s", (_, options) => {
    expect(firstOf(predict(signedMacho(armLibrary, options), host))).toMatchObject({
      check: "library-validation",
      message: tried(otherTeam),
      plugin: { value: options.teamId ?? "no team" },
      host: { value: "ABCDE12345" },
    });
  });

  it("takes a library of the same team", () => {
    const blobs = [{ slot: 0x10000, bytes: blob(0xfade0b01, "certificate") }];
    const prediction = predict(signedMacho(armLibrary, { teamId: "ABCDE12345", flags: 0, blobs }), host);
    expect(prediction.outcome).toBe("loads");
    expect(prediction.needs).toContain("a certificate of team ABCDE12345 that is valid and not revoked");
  });

  test.each([
    ["asked for by itself", 0x2000, [], true],
    ["of the hardened runtime", runtime, [], true],
    ["that an entitlement takes back", runtime, entitled("true"), false],
    ["that an entitlement would take back, were it true", runtime, entitled("false"), true],
    ["that nobody asked for", 0x2, [], false],
  ])("%s", (_, flags, blobs, expected) => {
    const { signature } = signedHost({ flags, blobs, teamId: "ABCDE12345" });
    expect(signature).toMatchObject({ kind: "signed", libraryValidation: expected });
  });

  it("by a host without a team is a question for a Mac", () => {
    expect(unknownOf(predict(signedMacho(armLibrary), signedHost({ flags: runtime }))).why).toContain(
      "library validation",
    );
  });
});

it("a host whose signature cannot be read leaves the answer open", () => {
  const bytes = signedMacho({ ...unnamed(armLibrary), fileType: 2 });
  bytes.writeUInt32BE(0, signatureOffset({ ...unnamed(armLibrary), fileType: 2 }));
  const host = readDyldHost(openMacho(memorySource(bytes)));
  expect(host.signature.kind).toBe("unreadable");
  expect(unknownOf(predict(signedMacho(armLibrary), host)).why).toContain("signature cannot be read");
});
