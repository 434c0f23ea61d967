import { beforeAll, describe, expect, test } from 'vitest';
import { kindOf } from '../../src/kinds/registry.ts';
import { addressOf, type Resource } from '../../src/model/resource.ts';
import { applyOn, carryOut, graphOf, inShort, observedAt, planOn, asDesired } from '../support/engine.ts';
import { whyNoOvs, testNodes, type TestNode } from '../support/node.ts';
import { settled, snapshot, type Snapshot } from '../support/snapshot.ts';
import type { KindCase } from './cases/case.ts';

/** Field names of a spec; those of a veth's tap one by one. */
function fieldsOf(spec: object): string[] {
  return Object.entries(spec).flatMap(([field, value]: [string, unknown]) =>
    field === 'tap' ? Object.keys(value as object).map((inner) => `tap.${inner}`) : [field],
  );
}

function named(field: string): RegExp {
  return new RegExp(`\\b${field.replace('.', '\\.')}\\b`);
}

/** Tests the life of each object on a node of its own: from nothing, through every change, and to nothing again. */
export function lifeTests(cases: readonly KindCase[]): void {
  const nodes = testNodes('ip', 'iptables', 'ipset', 'dnsmasq');

  describe.each(cases)('$title', (one: KindCase) => {
    const at = addressOf(one.object);
    const withObject = (object: Resource): ReturnType<typeof graphOf> => graphOf([...one.base, object]);
    let node: TestNode;
    let before: Snapshot;

    beforeAll(async () => {
      if (one.ovs === true && whyNoOvs() !== undefined) return;
      node = await nodes.open({ ovs: one.ovs === true });
      for (const [name, mac] of Object.entries(one.nics ?? {})) await node.nic(name, mac);
      if (one.setup !== undefined) await node.sh(one.setup);
      await applyOn(node, graphOf(one.base));
      before = await snapshot(node);
    });

    test('every field of its spec is changed below, or cannot be', () => {
      const told = new Set([...Object.keys(one.updates), ...Object.keys(one.damages), ...Object.keys(one.fixed)]);
      expect(fieldsOf(one.object.spec as object).filter((field) => !told.has(field))).toEqual([]);
    });

    test('create, update field by field, delete, and recreate it from the observed spec', async (context) => {
      const reason = one.ovs === true ? whyNoOvs() : undefined;
      context.skip(reason !== undefined, reason ?? '');
      context.skip(
        one.needsTun === true && (await node.try(': <>/dev/net/tun')).code !== 0,
        '/dev/net/tun is not open to us',
      );

      const created = await applyOn(node, withObject(one.object));
      expect(inShort(created.first.plan.changes.filter(({ address }) => address !== at))).toEqual([]);
      const borrowed = kindOf(one.object.kind).foreign === 'borrowed';
      expect(created.first.plan.changes.map(({ action }) => action)).toEqual([borrowed ? 'update' : 'create']);
      expect(kindOf(one.object.kind).compare(one.object.spec, observedAt(created.final, at)?.spec)).toEqual([]);

      const again = await applyOn(node, withObject(one.object));
      expect(again.batches).toEqual([]);
      const whole = await snapshot(node);

      let current = one.object;
      for (const [field, wanted] of Object.entries(one.updates)) {
        expect(addressOf(wanted)).toBe(at);
        const { first, final } = await applyOn(node, withObject(wanted));
        expect
          .soft(
            inShort(first.plan.changes).filter((line) => !line.includes(` ${at}`)),
            `${field}: others are left alone`,
          )
          .toEqual([]);
        expect.soft(inShort(first.plan.changes).join('\n'), field).toMatch(named(field));
        // What a second apply would do: the plan that was made after the first.
        expect.soft(final.plan.batches, `${field}: nothing to do`).toEqual([]);
        current = wanted;
      }
      if (current !== one.object) await applyOn(node, withObject(one.object));
      expect.soft(await settled(node, whole), 'as it was at first').toEqual(whole);

      for (const [field, script] of Object.entries(one.damages)) {
        await node.sh(script);
        const first = await planOn(node, withObject(one.object));
        expect.soft(first.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
        expect.soft(inShort(first.plan.changes).join('\n'), `${field} is seen`).toMatch(named(field));
        await carryOut(node, withObject(one.object), first);
        await node.sh(one.undo?.[field] ?? ':');
        expect.soft(await settled(node, whole), `${field} is mended`).toEqual(whole);
      }

      const seen = observedAt(await planOn(node, withObject(one.object)), at);
      expect(seen).toBeDefined();
      const removed = await applyOn(node, graphOf(one.base));
      if (one.stays) expect(removed.batches).toEqual([]);
      else expect.soft(await settled(node, before), 'gone without a trace').toEqual(before);

      await applyOn(node, withObject(asDesired(seen!)));
      expect.soft(await settled(node, whole), 'made again').toEqual(whole);
      const back = await applyOn(node, withObject(one.object));
      expect.soft(inShort(back.first.plan.changes), 'from what was observed alone').toEqual([]);
      expect(observedAt(back.final, at)?.spec).toEqual(seen?.spec);
    });
  });
}
