import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { unquotePrefix } from "../../../src/evidence/go/quoted.ts";
import { lackOf, testWith } from "../../support/need.ts";

test.each([
  ["`a\\n`", "a\\n"],
  ["`a\r\nb`", "a\nb"],
  ['"a\\a\\b\\f\\n\\r\\t\\v\\\\\\""', 'a\x07\b\f\n\r\t\v\\"'],
  ['"\\101\\x42\\u00e9\\U0001f600"', "ABé😀"],
  ['"\\xc3\\xa9"', "é"],
  ['"\\xff"', "\ufffd"],
  ['""', ""],
])("%s is unquoted", (text, value) => {
  expect(unquotePrefix(text)).toEqual({ value, rest: "" });
});

test("what follows the quoted beginning is given back", () => {
  expect(unquotePrefix('"a"=`b`')).toEqual({ value: "a", rest: "=`b`" });
});

test.each([
  "",
  "a",
  "'a'",
  '"a',
  "`a",
  '"a\nb"',
  '"\\q"',
  '"\\\'"',
  '"\\400"',
  '"\\x4"',
  '"\\ud800"',
  '"\\U00110000"',
])("%j is refused", (text) => {
  expect(unquotePrefix(text)).toBeUndefined();
});

const go = lackOf("go");

/** Prints strconv.Quote, strconv.QuoteToASCII and, where it can, backquotes around each line of hexadecimal bytes. */
const program = `package main

import (
	"bufio"
	"encoding/hex"
	"fmt"
	"os"
	"strconv"
)

func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		bytes, err := hex.DecodeString(lines.Text())
		if err != nil {
			panic(err)
		}
		text := string(bytes)
		raw := strconv.Quote(text)
		if strconv.CanBackquote(text) {
			raw = "\`" + text + "\`"
		}
		fmt.Printf("%x %x %x\\n", strconv.Quote(text), strconv.QuoteToASCII(text), raw)
	}
}
`;

testWith(go, "what Go quotes is unquoted", () => {
  const samples = fc.sample(fc.string({ unit: "binary", maxLength: 40 }), { numRuns: 2000, seed: 1 });
  // Text alone: a lone surrogate has no bytes.
  const texts = samples.filter((text) => Buffer.from(text).toString() === text);
  const folder = mkdtempSync(join(tmpdir(), "go-quoted-"));
  try {
    writeFileSync(join(folder, "main.go"), program);
    const printed = execFileSync("go", ["run", "main.go"], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, GO111MODULE: "off", CGO_ENABLED: "0" },
      input: texts.map((text) => `${Buffer.from(text).toString("hex")}\n`).join(""),
    });
    const quoted = printed
      .trimEnd()
      .split("\n")
      .map((line) => line.split(" ").map((word) => Buffer.from(word, "hex").toString()));
    expect(quoted.map((three) => three.map((one) => unquotePrefix(one)?.value))).toEqual(
      texts.map((text) => [text, text, text]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
