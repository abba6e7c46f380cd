import { readFileSync } from "node:fs";
import { describe, expect } from "vitest";
import { disk } from "../../../../src/files/disk.ts";
import { Image, Slice, type ByteSource } from "../../../../src/object/image.ts";
import { openMacho } from "../../../../src/object/macho/file.ts";
import { isUniversal, readUniversal } from "../../../../src/object/macho/universal.ts";
import { answerFor, linkFacts, manifestIn, manifestOf, written } from "../../../support/macho-embed.ts";
import { memorySource } from "../../../support/macho-source.ts";
import { testWith } from "../../../support/need.ts";
import { realGoFiles, realMachoFiles } from "../../../support/real-files.ts";
import { armHost, intelHost, predict } from "../../../loader/dyld/open-host.ts";

const all = [...(await realMachoFiles()), ...(await realGoFiles())].filter(
  ({ label }, index, files) =>
    label.includes("darwin") && files.findIndex((one) => one.label === label) === index,
);

function slicesOf(source: ByteSource): readonly ByteSource[] {
  if (!isUniversal(source.read(0, 8, "magic"))) return [source];
  return readUniversal(source).slices.map(({ offset, size }) => new Slice(source, offset, size));
}

describe("published files for macOS", () => {
  for (const { label, path, missing } of all) {
    testWith(missing, `${label}: get a manifest, or a refusal for lack of room`, () => {
      const bytes = readFileSync(path);
      const image = Image.open(disk, path);
      for (const length of [300, 30_000]) {
        const answer = answerFor(image, manifestOf(length));
        if (answer.kind === "refused") {
          expect(answer.reason).toMatch(
            /it has \d+ free bytes behind its load commands, and \d+ are needed$/,
          );
          continue;
        }
        const after = written(bytes, answer.parts);
        const [was, now] = [slicesOf(memorySource(bytes)), slicesOf(memorySource(after))];
        expect(now).toHaveLength(was.length);
        for (const [index, slice] of now.entries()) {
          const file = openMacho(slice);
          const old = openMacho(was[index] ?? slice);
          expect(manifestIn(file)).toBe(manifestOf(length).toString());
          expect(linkFacts(file)).toEqual(linkFacts(old));
          expect(file.checkPages()?.changed).toBe(old.checkPages()?.changed);
        }
        for (const host of [armHost, intelHost]) {
          expect(predict(after, host)).toEqual(predict(bytes, host));
        }
      }
      image.close();
    });
  }
});
