import { expect, test } from 'vitest';
import { planNetwork } from '../../../src/session/plan.ts';
import { testedMechanism } from '../../support/mechanism.ts';
import { testNodes } from '../../support/node.ts';
import { Ender, WAYS } from './end.ts';
import { momentsOf, momentText } from './moment.ts';
import { sampled } from './sample.ts';
import { SEEDS, stagesOf } from './seed.ts';
import { Stand } from './stand.ts';

const nodes = testNodes('ip', 'iptables', 'nft', 'dnsmasq', 'conntrack');
const mechanism = testedMechanism();

test.each(SEEDS[mechanism])(
  'an apply of $file that ends at any moment, in any way, is finished by the next one',
  { timeout: 7_200_000 },
  async (seed) => {
    const stages = stagesOf(seed, mechanism);
    const [nothing, whole] = stages;
    const stand = await Stand.open(nodes, stages, { ovs: mechanism === 'openvswitch' });
    const ender = new Ender(stand, whole.text ?? '');
    try {
      await ender.prepare();
      const bare = await stand.state();
      const turns = [];
      for (const [index, stage] of stages.entries()) {
        const to = stages[(index + 1) % stages.length] ?? nothing;
        const { plan } = await planNetwork(to.graph, stand.shells);
        await stand.reach(to.graph);
        const title = `${seed.file}, ${stage.name} → ${to.name}`;
        const moments = momentsOf(plan, { rootless: stand.rootless });
        const ends = WAYS.flatMap((way) =>
          sampled(`${title}, ${way}`, moments).map((moment) => ({ way, moment, title: momentText(plan, moment) })),
        );
        turns.push({ to, title, ends, wanted: await stand.state() });
      }
      expect(await stand.differs(bare)).toEqual([]);

      const wrong: Record<string, readonly string[]> = {};
      let count = 0;
      const rounds = Math.max(...turns.map(({ ends }) => ends.length));
      for (let round = 0; round < rounds; round += 1) {
        for (const { to, title, ends, wanted } of turns) {
          const end = ends[round];
          const found: string[] = [];
          try {
            if (end) await ender.end(end.way, to, end.moment);
            count += end ? 1 : 0;
            if (end && count % 100 === 0) process.stdout.write(`${String(count)} ends of ${seed.file}\n`);
            const { ok, diagnostics, final } = await stand.apply(to.graph);
            if (!ok || final.plan.changes.length > 0)
              found.push(...diagnostics.map(({ code, summary }) => `${code} ${summary}`), 'it does not settle');
            // An undisturbed apply only leads to the next state.
            if (end) found.push(...(await stand.differs(wanted)));
          } catch (error) {
            found.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
            await stand.goOn();
            await stand.reopen();
            await stand.apply(to.graph);
          }
          if (found.length === 0) continue;
          const which = `${title}: ${end?.way ?? 'nothing'} ended ${end?.title ?? ''}`;
          wrong[which] = found;
          // A run of all of them takes long.
          process.stdout.write(`${which}\n  ${found.join('\n  ')}\n`);
        }
      }
      process.stdout.write(`${seed.file} over ${mechanism}: ${String(count)} ends\n`);
      expect(wrong).toEqual({});
    } finally {
      ender.close();
    }
  },
);
