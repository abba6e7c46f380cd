/** What is to be put into an image. */
export interface EmbedRequest {
  /** Of the section, at most 16 bytes: `__otel_manifest`. */
  readonly name: string;
  readonly payload: Buffer;
  /** Whether a code signature is dropped, in place of being renewed or standing in the way. */
  readonly removeSignature: boolean;
}
