import fc from "fast-check";
import type { PluginResult } from "../../src/check/model/result.ts";
import type { Finding } from "../../src/rules/finding.ts";
import { anyCharacter } from "./any-character.ts";
import { hostileText, manifest, plugin } from "./example-results.ts";

/** Names that break out of a format, take over a terminal or a page, or cannot be encoded. */
export const hostileNames: readonly string[] = [
  hostileText,
  `"quoted" 'twice' <b>&amp;</b>`,
  "line\nbreak\r\nand\ttab",
  "]]>",
  "100%25 %0A::error::%",
  "\u001b[31mred\u001b[0m",
  "\u202Egnp.so\u2066\u200f",
  `<script>alert(1)</script><img src=x onerror=alert(1)>`,
  `"><svg onload=alert(1)>`,
  "--><!--",
  "</style></script></title>",
  "javascript:alert(1)",
  "`code` ``two`` ```three```",
  "| cell | ![i](http://example.com/a) [a](javascript:b) \\| ",
  "_a_ *b* ~~c~~ $d$ @user #1 www.example.com https://example.com",
  "{0} {{1}} {a} [link](1)",
  "\ud800 half \udc00",
  "\u0000\u0001\ufffe\uffff",
  "a:b,c;d=e",
  "日本語-é-👩🏽‍🚀",
  "  two  spaces  ",
  " ",
  "../../etc/passwd",
  "a b?c#d%e",
];

/** Any text, letters that formats give a meaning among it. */
export const anyName = fc
  .array(
    fc.oneof(
      fc.constantFrom(...Array.from("<>&\"'`|\\[](){}*_~$@#%:,;=\n\r\t\u001b\u0000\u202e\u2028\ud800 /.-a1")),
      anyCharacter,
    ),
    { minLength: 1, maxLength: 24 },
  )
  .map((letters) => letters.join(""))
  // No file has these names.
  .filter((name) => name !== "." && name !== "..");

/** A plugin all of whose texts are this one. */
export function pluginNamed(text: string): PluginResult {
  const finding: Finding = {
    rule: "toolchain-mismatch",
    severity: "error",
    message: text,
    subject: text,
    plugin: { value: text, from: text },
    host: { value: "host", from: text },
    cause: text,
    fix: [
      { kind: "command", run: text },
      { kind: "advice", text },
    ],
  };
  return plugin(`plugins/${text}`, {
    manifest: manifest(
      {
        language: "go",
        toolchain_version: text,
        target: text,
        name: text,
        dependency_hashes: { [text]: text },
      },
      { location: text },
    ),
    verdict: "incompatible",
    unknowns: [],
    checks: [
      {
        rule: "target-mismatch",
        status: "unknown",
        decisive: true,
        plugin: { value: text, from: text },
        reason: text,
      },
    ],
    loader: {
      outcome: "refused",
      opener: "plugin.Open",
      message: text,
      reason: text,
      check: "package-hash",
      further: [],
      needs: [text],
    },
    findings: [finding, { ...finding, severity: "warning", suppressed: { reason: text, expires: null } }],
  });
}
