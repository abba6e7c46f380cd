import { readFileSync } from "node:fs";
import { validateXML } from "xmllint-wasm";

const junit = readFileSync(new URL("schemas/junit-10.xsd", import.meta.url), "utf8");

/** What libxml2 finds wrong with a JUnit report; nothing where it follows Jenkins' schema. */
export async function junitBreaches(xml: string): Promise<readonly string[]> {
  const { errors } = await validateXML({
    xml: { fileName: "report.xml", contents: xml },
    schema: { fileName: "junit-10.xsd", contents: junit },
  });
  return errors.map(({ rawMessage }) => rawMessage);
}

/** The value of an XPath expression as libxml2 reads it. */
export async function xpath(xml: string, expression: string): Promise<string> {
  const [value = ""] = await xpaths(xml, expression);
  return value;
}

/** The values of several, which are strings or numbers: libxml2 takes longer to start than to answer. */
export async function xpaths(xml: string, ...expressions: readonly string[]): Promise<readonly string[]> {
  const { normalized } = await validateXML({
    xml: { fileName: "report.xml", contents: xml },
    normalization: "format",
    modifyArguments: (args) => [
      "--xpath",
      // concat needs two of them.
      `concat('', ${expressions.join(`, '${separator}', `)})`,
      ...args.filter((arg) => arg !== "--format"),
    ],
  });
  return normalized.replace(/\n$/, "").split(separator);
}

/** In no report: nothing in these tests is for private use. */
const separator = "\u{10fffd}";
