import { readFileSync } from 'node:fs';
import { test } from 'vitest';
import { loadTopology } from '/work/main/src/topology/load.ts';
import { compileTopology } from '/work/main/src/compile/compile.ts';
test('x', () => {
  const t = loadTopology(readFileSync('/work/main/topologies/linuxbridge-flat.yaml','utf8'),'x.yaml');
  console.log(t.diagnostics);
  const {graph, diagnostics} = compileTopology(t.topology!);
  console.log(diagnostics);
  for (const [a,r] of graph!.resources) console.log(a, JSON.stringify(r.spec), r.after ?? '', r.origin.path);
});
test('perf', () => {
  const N=200;
  let y='name: perf\nphysical_networks: {ext: {}';
  for(let i=0;i<N;i++) y+=`, p${i}: {}`;
  y+='}\nnodes:\n  n1:\n    nics:\n      x0: {physical_network: ext}\n';
  for(let i=0;i<N;i++) y+=`      e${i}: {physical_network: p${i}}\n`;
  y+='networks:\n  ext: {physical_network: ext, external: true, subnets: {ext: {cidr: 172.16.0.0/12, enable_dhcp: false}}}\n';
  for(let i=0;i<N;i++) y+=`  n${i}: {physical_network: p${i}, subnets: {s${i}: {cidr: 10.${i}.0.0/24}}}\n`;
  y+='routers:\n';
  for(let i=0;i<N;i++) y+=`  r${i}: {node: n1, external_gateway: {network: ext}, interfaces: {s${i}: {}}}\n`;
  y+='instances:\n';
  for(let i=0;i<N;i++) for(let j=0;j<10;j++) y+=`  i${i}-${j}: {node: n1, ports: {eth0: {network: n${i}}}}\n`;
  y+='floating_ips:\n';
  for(let i=0;i<N;i++) for(let j=0;j<10;j++) y+=`  f${i}-${j}: {floating_network: ext, instance: i${i}-${j}}\n`;
  const t0=performance.now();
  const t = loadTopology(y,'x.yaml'); console.log('load', performance.now()-t0, t.diagnostics.slice(0,3));
  for(let k=0;k<6;k++){ const a=performance.now(); const c=compileTopology(t.topology!); console.log('compile', performance.now()-a, c.graph?.resources.size, c.diagnostics.slice(0,2)); }
});
