import type { Ask, ServiceOutcome, Verdict } from './probe.ts';

type Fields = ReadonlyMap<string, string>;

/** What `ask.pl` prints about one request: fields by name. `undefined`: nothing, since it could not run. */
export type Answer = Fields | undefined;

/** What an answer means. */
type Judgement = Omit<ServiceOutcome, 'probe'>;

/** Returns what an answer to a request means. */
export function judge(ask: Ask, answer: Answer): Judgement {
  if (!answer) return found('failed', 'its namespace is missing, or the node has no Perl');
  switch (ask.type) {
    case 'ping':
      return judgePing(ask, answer);
    case 'dhcp':
      return judgeDhcp(ask, answer);
    case 'dns':
      return judgeDns(answer);
    case 'http':
      return judgeHttp(answer);
    case 'syn':
      return judgeSyn(ask, answer);
    case 'translated':
      return judgeTranslated(ask, answer);
  }
}

function found(verdict: Verdict, detail: string, answer?: Answer): Judgement {
  const ms = answer?.get('ms');
  return { verdict, milliseconds: ms === undefined ? undefined : Number(ms), detail };
}

function judgePing({ target, mac, source, device }: Ask & { readonly type: 'ping' }, answer: Fields): Judgement {
  const from = answer.get('from') ?? answer.get('arp');
  const error = answer.get('error');
  if (mac !== null && from !== undefined && from !== mac) return found('failed', `${from} answers, not ${mac}`);
  if (answer.has('delivered')) {
    if (!answer.has('left') && device !== 'lo') return found('failed', `is not asked by ${device}: another answers`);
    if (source !== null && target === 'mustAnswer' && !answer.has('arp')) return found('failed', 'does not answer ARP');
    return found('ok', 'answers', answer);
  }
  if (answer.has('arrived')) return found('failed', `the answer arrives at ${device} and is dropped`);
  if (error !== undefined && !answer.has('left')) return found('failed', `cannot be sent: ${error}`);
  const arp = answer.get('arp');
  const to = answer.get('to');
  if (source !== null && to !== undefined && mac !== null && to !== mac)
    return found('failed', `the request goes to ${to}, not to ${mac}`);
  if (arp !== undefined) {
    if (!answer.has('left')) return found('failed', 'answers ARP, but the request does not leave');
    if (to !== arp) return found('failed', `the request goes to ${String(to)}, but ${arp} has the address`);
    return target === 'mustAnswer'
      ? found('failed', 'answers ARP, but no ping')
      : found('ok', 'answers ARP, no ping', answer);
  }
  if (!answer.has('left') && !answer.has('resolving') && device !== 'lo')
    return found('failed', `the request does not leave by ${device}`);
  return found(target === 'mayBeOff' ? 'no-answer' : 'failed', 'no answer');
}

function judgeDhcp({ address }: Ask & { readonly type: 'dhcp' }, answer: Fields): Judgement {
  const [offered, error] = [answer.get('offered'), answer.get('error')];
  if (offered === address) return found('ok', `offers ${offered}`, answer);
  if (offered !== undefined) return found('failed', `offers ${offered}, not ${address}`);
  // On a router in the node's own namespace another program can be a DHCP server.
  if (error?.includes('in use') === true) return found('not-asked', `the port of relays is taken: ${error}`);
  return found('failed', error === undefined ? 'no answer' : `cannot be sent: ${error}`);
}

function judgeDns(answer: Fields): Judgement {
  const [code, answers, error] = ['code', 'answers', 'error'].map((field) => answer.get(field));
  if (code === '0' && Number(answers) > 0) return found('ok', 'answers', answer);
  if (code !== undefined) return found('failed', `does not know the name (code ${code})`);
  return found('failed', error ?? 'no answer');
}

function judgeHttp(answer: Fields): Judgement {
  const status = answer.get('status');
  if (status !== undefined) return found('ok', `answers (${status})`, answer);
  return found('failed', answer.get('error') ?? 'no answer');
}

function judgeSyn({ port }: Ask & { readonly type: 'syn' }, answer: Fields): Judgement {
  const tcp = answer.get('tcp');
  if (tcp === 'open') return found('ok', 'answers', answer);
  if (tcp === 'refused') return found('failed', `port ${String(port)} is refused`);
  return found('failed', answer.get('error') ?? 'no answer');
}

function judgeTranslated({ fixedAddress }: Ask & { readonly type: 'translated' }, answer: Fields): Judgement {
  const [error, tracked, translated] = ['error', 'tracked', 'translated'].map((field) => answer.get(field));
  if (error !== undefined) return found('not-asked', error);
  if (Number(translated) > 0) return found('no-answer', `is translated to ${fixedAddress}, which does not answer`);
  return found('failed', Number(tracked) > 0 ? `is not translated to ${fixedAddress}` : 'the router tracks no request');
}
