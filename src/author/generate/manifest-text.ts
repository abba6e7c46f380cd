import { sortedJson } from "../../manifest/sorted-json.ts";

/** A manifest, or an array of them, as text: two spaces, keys in one order, so that equal manifests are equal bytes. */
export function manifestText(value: object): string {
  return `${sortedJson(value, 2) ?? ""}\n`;
}
