import { expect, it } from "vitest";
import { validate } from "../../src/check/validate.ts";
import { disk } from "../../src/files/disk.ts";
import { builtFixtures } from "../support/built-fixtures.ts";
import { describeWith } from "../support/need.ts";

const built = builtFixtures();
const { fixtures } = built;
const hosts = ["otelcol", "otelcol-go-only", "otelcol-no-cgo"].map((name) => `compat/${name}`);
const lacking = hosts.find((id) => !fixtures.some((each) => each.id === id));

describeWith(
  lacking === undefined ? undefined : built.missing(lacking),
  "every error has a next step",
  () => {
    it.each(hosts)(
      "of every fixture beside %s",
      async (id) => {
        const host = fixtures.find((each) => each.id === id);
        const { plugins } = await validate({
          fileSystem: disk,
          files: fixtures.filter((each) => each !== host).map(({ file }) => file),
          host: { kind: "binary", path: host?.file ?? id },
        });
        const errors = plugins.flatMap(({ findings }) =>
          findings.filter(({ severity }) => severity === "error"),
        );
        const without = errors.filter(({ fix }) => fix.length === 0);
        expect(errors.length).toBeGreaterThan(50);
        expect([...new Set(without.map(({ rule, message }) => `${rule}: ${message}`))]).toEqual([]);
      },
      300_000,
    );
  },
);
