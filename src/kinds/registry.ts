import type { Kind } from '../model/kind.ts';
import { kindWord, type KindName } from '../model/resource.ts';
import { addressKind } from './address/index.ts';
import { antiSpoofKind } from './anti-spoof/index.ts';
import { bridgeKind } from './bridge/index.ts';
import { chainKind } from './chain/index.ts';
import { debtsKind } from './debts/index.ts';
import { fileKind } from './file/index.ts';
import { foreignKind } from './foreign/index.ts';
import { foreignTableKind } from './foreign-table/index.ts';
import { ipsetKind } from './ipset/index.ts';
import { netnsKind } from './netns/index.ts';
import { nicKind } from './nic/index.ts';
import { nftTableKind } from './nft-table/index.ts';
import { ovsBridgeKind } from './ovs-bridge/index.ts';
import { ovsInternalKind } from './ovs-internal/index.ts';
import { ovsPatchKind } from './ovs-patch/index.ts';
import { ovsPlugKind } from './ovs-plug/index.ts';
import { policyKind } from './policy/index.ts';
import { processKind } from './process/index.ts';
import { qdiscKind } from './qdisc/index.ts';
import { routeKind } from './route/index.ts';
import { sysctlKind } from './sysctl/index.ts';
import { tapKind } from './tap/index.ts';
import { vethKind } from './veth/index.ts';
import { vethLinkKind } from './veth-link/index.ts';

/** A kind whose spec's shape only the kind itself knows. The engine passes specs on and never reads them. */
export type AnyKind = Kind;

/** Every kind of kernel object. */
export const KINDS: readonly AnyKind[] = [
  addressKind,
  antiSpoofKind,
  bridgeKind,
  chainKind,
  debtsKind,
  fileKind,
  foreignKind,
  foreignTableKind,
  ipsetKind,
  netnsKind,
  nicKind,
  nftTableKind,
  ovsBridgeKind,
  ovsInternalKind,
  ovsPatchKind,
  ovsPlugKind,
  policyKind,
  processKind,
  qdiscKind,
  routeKind,
  sysctlKind,
  tapKind,
  vethKind,
  vethLinkKind,
] as readonly unknown[] as readonly AnyKind[];

const BY_NAME = new Map(KINDS.map((kind) => [kind.name, kind]));

/** Returns the name of the kind that a file calls so; `undefined` if none is. */
export function kindNamed(word: string): KindName | undefined {
  return KINDS.find(({ name }) => kindWord(name) === word)?.name;
}

/** Returns the kind of this name. Throws for one that is not registered, which is a mistake of a feature. */
export function kindOf(name: KindName): AnyKind {
  const kind = BY_NAME.get(name);
  if (!kind) throw new Error(`no kind named ${kindWord(name)} is registered in kinds/registry.ts`);
  return kind;
}
