import { startUpstreams, hubTargets, directTarget, forwarderTarget } from "/work/main/bench/gateways.ts";
import { measure } from "/work/main/bench/load.ts"; import { atEnd, end } from "/work/main/bench/ending.ts"; import { treeOf } from "/work/main/bench/processes.ts";
const [which, cs, rounds, ...variants] = process.argv.slice(2) as string[]; const c = Number(cs);
const up = await startUpstreams(); const ts: any[] = [];
for (const v of variants) { process.chdir(`/tmp/abl/${v}`); const m = await import(`/tmp/abl/${v}/suites/hub-process.ts`); const g = await import(`/tmp/abl/${v}/bench/gateways.ts`); const hub = await m.startHubProcess({ env: { PLUGBOARD_USER_PER_MINUTE: "100000000", PLUGBOARD_CONNECTION_PER_MINUTE: "100000000" } }); atEnd(async () => { await hub.stop(); hub.clear(); }); const all = await g.hubTargets(hub, up, treeOf(hub.child.pid)); ts.push({ ...all.find((x: any) => x.name === which), name: v }); }
process.chdir("/work/main"); ts.push({ ...(await forwarderTarget(up, "net")), name: "forwarder" });
for (const t of ts) await measure(t, { concurrency: 16, seconds: 3 });
const r = new Map<string, any[]>();
for (let i = 0; i < Number(rounds); i++) for (const t of ts) { const s = await measure(t, { concurrency: c, seconds: 1.5 }); r.set(t.name, [...(r.get(t.name) ?? []), s]); }
for (const [n, ss] of r) { const cpu = ss.map(s => s.cpuPerCall).sort((a, b) => a - b); console.log(n.padEnd(12), "cpu min", cpu[0].toFixed(0), "med", cpu[cpu.length >> 1].toFixed(0), "max/s", Math.round(Math.max(...ss.map(s => s.callsPerSecond))), "p50min", Math.min(...ss.map(s => s.p50)).toFixed(2), "p99med", ss.map(s=>s.p99).sort((a,b)=>a-b)[ss.length>>1].toFixed(1), "others", ss.map(s => s.others.toFixed(1)).join(" "), ss.find(s => s.firstError)?.firstError ?? ""); }
await end(0);
