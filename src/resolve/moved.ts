/** A derived address that differs from the one that its port or floating IP has on the nodes. */
export interface Moved {
  /** The id of the port or floating IP. */
  readonly id: string;
  /** Its path in the file: `instances.web2.ports.eth0`. */
  readonly path: string;
  readonly from: string;
  readonly to: string;
  /** Why it cannot keep the address, as the rest of a sentence: `instances.db.ports.eth0 has it`. */
  readonly because: string;
}
