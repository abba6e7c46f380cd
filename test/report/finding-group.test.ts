import { describe, expect, it } from "vitest";
import { findingBlocks } from "../../src/report/screen/block/finding-group.ts";
import { onScreen } from "../../src/report/screen/layout/screen.ts";
import type { Finding } from "../../src/rules/finding.ts";

const options = { width: null, color: 0, unicode: true } as const;

function differing(name: string, cause?: string): Finding {
  return {
    rule: "dependency-mismatch",
    severity: "error",
    message: `links a different ${name} than the host`,
    subject: name,
    plugin: { value: "v1.0.0", from: ".go.buildinfo" },
    host: { value: "v1.1.0", from: ".go.buildinfo" },
    ...(cause === undefined ? {} : { cause }),
    fix: [{ kind: "command", run: `go get ${name}@v1.1.0`, note: "survives go mod tidy" }],
  };
}

describe("findings with one cause", () => {
  it("stand together, the cause said once, and every command that fixes them", async () => {
    const cause = "example.com is released together.";
    const findings = [
      differing("example.com/a", cause),
      differing("other.com/x"),
      differing("example.com/b", cause),
    ];
    const text = await onScreen(options, (style) => findingBlocks(findings, 2, style).join("\n"));
    expect(text).toMatchInlineSnapshot(`
      "  ✗ error  dependency-mismatch  2 with the same cause
            example.com is released together.
                           PLUGIN  HOST
            example.com/a  v1.0.0  v1.1.0
            example.com/b  v1.0.0  v1.1.0
            from    .go.buildinfo
            fix     go get example.com/a@v1.1.0   # survives go mod tidy
            fix     go get example.com/b@v1.1.0   # survives go mod tidy
        ✗ error  dependency-mismatch
            links a different other.com/x than the host
            plugin  v1.0.0  .go.buildinfo
            host    v1.1.0  .go.buildinfo
            fix     go get other.com/x@v1.1.0   # survives go mod tidy
      "
    `);
  });
});
