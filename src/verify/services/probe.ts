import type { Netns } from '../../model/resource.ts';

/** What a probe finds out about a service. A floating IP is a service of its router. */
export interface ServiceName {
  readonly node: string;
  readonly type: 'router' | 'dhcp' | 'instance' | 'floating-ip';
  readonly name: string;
}

/** A namespace of ours that sends requests. */
export interface Sender {
  readonly node: string;
  readonly netns: Netns;
  /** For people: `router router1`. */
  readonly words: string;
}

/** What an answer to a request must be; the words of each type are in `ask.pl`. */
export type Ask =
  | {
      readonly type: 'ping';
      readonly address: string;
      readonly device: string;
      /** The sender's own address if the target is on-link; `null`: it is behind a router. */
      readonly source: string | null;
      /** The MAC that must answer; `null`: not known, or that of a router. */
      readonly mac: string | null;
      /** `mayFilter`: ARP suffices; `mayBeOff`: so does silence. */
      readonly target: 'mustAnswer' | 'mayFilter' | 'mayBeOff';
    }
  | {
      readonly type: 'dhcp';
      readonly server: string;
      readonly relay: string;
      readonly mac: string;
      readonly address: string;
    }
  | { readonly type: 'dns'; readonly server: string; readonly name: string }
  | { readonly type: 'http'; readonly address: string; readonly port: number; readonly mark: number }
  | {
      readonly type: 'syn';
      readonly device: string;
      readonly source: string;
      readonly address: string;
      readonly port: number;
      readonly mac: string;
    }
  | { readonly type: 'translated'; readonly address: string; readonly fixedAddress: string };

/** One request to a service. */
export interface ServiceProbe {
  readonly service: ServiceName;
  readonly from: Sender;
  /** For people: what is asked, such as `ping 10.0.0.1 (gateway)`. */
  readonly words: string;
  readonly ask: Ask;
  /** This probe says nothing unless that one got an answer: both have the same target. */
  readonly after?: ServiceProbe;
  /** Asked if the target is silent: a guest may filter, but the router must have translated the request. */
  readonly otherwise?: { readonly from: Sender; readonly ask: Ask };
}

/** `no-answer`: the target may be off or filter requests. `not-asked`: nothing could be found out. */
export type Verdict = 'ok' | 'failed' | 'no-answer' | 'not-asked';

/** The result of one request. */
export interface ServiceOutcome {
  readonly probe: ServiceProbe;
  readonly verdict: Verdict;
  /** From the request to its answer; `undefined`: no answer, or a node whose Perl measures only seconds. */
  readonly milliseconds: number | undefined;
  /** For people: what was observed. */
  readonly detail: string;
}
