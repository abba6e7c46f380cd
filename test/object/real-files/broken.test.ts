import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { disk } from "../../../src/files/disk.ts";
import { Image, Slice } from "../../../src/object/image.ts";
import { DamagedSource } from "../../support/oracle/damaged-source.ts";
import { askEverything } from "../../support/oracle/every-member.ts";
import { randomNumbers } from "../../support/oracle/sample.ts";
import { describeFile } from "../../support/oracle/tool.ts";
import { realElfFiles, realMachoFiles } from "../../support/real-files.ts";

/** Tries of each kind a file. */
const TRIES = 10;

/** Bytes changed in one try. */
const CHANGES = 8;

/** Headers and load commands lie in this many bytes at the start, and ELF's section headers in as many at the end. */
const HEADERS = 4096;

describe("real files that were cut off or damaged get a FormatError at worst", async () => {
  const files = [...(await realElfFiles()), ...(await realMachoFiles())];
  for (const [index, file] of files.entries()) {
    describeFile(file, [], () => {
      let image: Image;
      beforeAll(() => {
        image = Image.open(disk, file.path);
      });
      afterAll(() => {
        image.close();
      });

      test("whole, every question gets some answer", () => {
        expect(askEverything(image).answered).toBeGreaterThan(10);
      });

      test("cut off anywhere", () => {
        const next = randomNumbers(index);
        for (let tries = 0; tries < TRIES; tries++) {
          // Half of the cuts fall into the headers, where there is most to get wrong.
          const length = Math.floor(next() * (tries % 2 === 0 ? image.size : Math.min(image.size, HEADERS)));
          expect(() => askEverything(new Slice(image, 0, length)), `cut to ${length} bytes`).not.toThrow();
        }
      });

      test("with other bytes in its headers", () => {
        const next = randomNumbers(index + 1000);
        const span = Math.min(image.size, HEADERS);
        for (let tries = 0; tries < TRIES; tries++) {
          const start = tries % 2 === 0 ? 0 : image.size - span;
          const changes = new Map(
            Array.from(
              { length: CHANGES },
              () => [start + Math.floor(next() * span), Math.floor(next() * 256)] as const,
            ),
          );
          const told = [...changes].map(([at, value]) => `${at}: ${value}`).join(", ");
          expect(() => askEverything(new DamagedSource(image, changes)), told).not.toThrow();
        }
      });
    });
  }
});
