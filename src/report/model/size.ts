/** A size as people read it, without losing what two files differ in: `48,200,312 bytes`. */
export function sizeText(bytes: number): string {
  return `${bytes.toLocaleString("en")} ${bytes === 1 ? "byte" : "bytes"}`;
}
