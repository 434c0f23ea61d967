import { kindName } from '../../model/resource.ts';

/** The name of this kind. */
export const QDISC = kindName('qdisc');

/**
 * A queueing discipline that another program attached to a device of ours. The resource's name is `DEVICE PARENT`, such
 * as `tap619a5144-84 root`. None is ever desired or created.
 */
export interface QdiscSpec {
  /** `netem`, `tbf`, `clsact` and so on. */
  readonly kind: string;
}
