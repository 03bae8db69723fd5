// What a hub would answer about jobs in every state, and about limits.
import type { Job, JobDetail, JobEvent } from "../../shared/contracts/jobs.ts";
import type { ExecutionEvent } from "../../shared/contracts/executions.ts";
import type { Limits, LimitSetting, LimitUse, LimitWindow } from "../../shared/contracts/limits.ts";
import { lowestIdAt } from "../../shared/ids.ts";
import { longName } from "./life-answers.ts";
import { pageOf } from "./team-answers.ts";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const now = Date.now();
const id = (prefix: string, last: string) => `${prefix}_01k5x8a1qv2h7c9d4e6f8g0h2${last}`;

const job = (age: number, change: Partial<Job> = {}): Job => {
  const createdAt = now - age;
  return {
    id: `${lowestIdAt("job", createdAt)}0000000000000000`,
    status: "succeeded",
    toolId: id("tool", "a"),
    name: "create_report",
    connectionId: id("con", "a"),
    connectionSlug: "finance",
    actor: { kind: "user", id: id("per", "a"), personId: id("per", "a") },
    requestId: id("req", "a"),
    context: {},
    createdAt,
    startedAt: createdAt + 400,
    finishedAt: createdAt + 42_400,
    nextAttemptAt: null,
    attempts: 1,
    executionId: id("exe", "a"),
    timeoutMs: 10 * minute,
    progress: null,
    estimate: null,
    error: null,
    cancelRequestedAt: null,
    callback: null,
    notify: false,
    resultUntil: now + 20 * hour,
    ...change,
  };
};
const goesOn = { finishedAt: null, resultUntil: null };
const longMessage =
  "Row 48211 of 120000 of the table customers_with_open_invoices_and_reminders_in_all_subsidiaries";

export const running = job(30 * second, {
  status: "running",
  progress: { progress: 42, total: 100, message: longMessage, at: now - second },
  estimate: { endsAt: now + 41 * second, basis: "progress" },
  ...goesOn,
});
export const failed = job(11 * minute, {
  status: "failed",
  name: "sync_customers",
  attempts: 5,
  finishedAt: now - 9 * minute,
  error: {
    code: "upstream_unreachable",
    message: "finance did not answer within 15 seconds. Look whether it runs, then try again.",
  },
  callback: {
    url: "https://hooks.example.com/plugboard",
    status: "failed",
    attempts: 8,
    lastStatus: 503,
    nextAt: null,
  },
});
const states: Job[] = [
  job(4 * second, { status: "queued", startedAt: null, attempts: 0, executionId: null, ...goesOn }),
  job(9 * second, {
    status: "queued",
    name: "sync_customers",
    attempts: 2,
    nextAttemptAt: now + 25 * second,
    ...goesOn,
  }),
  running,
  job(50 * second, {
    status: "running",
    name: "import_rows",
    actor: { kind: "apiKey", id: id("key", "a"), personId: id("per", "a") },
    estimate: { endsAt: now + 3 * minute, basis: "history" },
    ...goesOn,
  }),
  job(70 * second, {
    status: "running",
    name: "train_the_forecast_model_of_the_whole_company_with_every_subsidiary",
    connectionSlug: longName,
    cancelRequestedAt: now - second,
    progress: { progress: 7, at: now - 2 * second },
    ...goesOn,
  }),
  job(3 * minute),
  failed,
  job(20 * minute, {
    status: "timed_out",
    error: { code: "upstream_timeout", message: "finance did not answer in time." },
  }),
  job(25 * minute, { status: "cancelled" }),
  job(40 * minute, {
    status: "lost",
    error: { code: "execution_lost", message: "The hub was interrupted." },
  }),
];
export const jobs = pageOf(states);
export const many = pageOf(
  Array.from({ length: 500 }, (_, n) => job(n * 37 * second, { name: `report_${n}` })),
);

export const runningDetail: JobDetail = {
  ...running,
  notify: true,
  arguments: {
    json: { year: 2026, subsidiaries: ["Berlin", "Lyon"], contact: "[email]" },
    characters: 71,
    truncated: false,
    masked: true,
  },
  result: null,
};
export const failedDetail: JobDetail = {
  ...failed,
  context: { jobId: failed.id, client: "claude-code", traceId: "4bf92f3577b34da6a3ce929d0e0e4736" },
  arguments: { characters: 91_000, truncated: true, preview: '{"customers":["Acme Europe Ltd' },
  result: null,
};
export const succeededDetail: JobDetail = {
  ...job(3 * minute),
  arguments: { json: { year: 2026 }, characters: 13, truncated: false },
  result: { content: [{ type: "text", text: "The report of 2026 has 41 pages." }] },
};

const eventsOf = ({ id: jobId, createdAt }: Job) => {
  let seq = 100;
  return (after: number, type: JobEvent["type"], data: Record<string, unknown> = {}): JobEvent => ({
    seq: seq++,
    jobId,
    at: createdAt + after,
    type,
    data,
  });
};
const ofRunning = eventsOf(running);
const progressed: ExecutionEvent = {
  seq: 190,
  executionId: id("exe", "a"),
  at: now - second,
  type: "progress",
  data: { progress: 42, total: 100, message: longMessage },
};
export const runningEvents = pageOf<JobEvent | ExecutionEvent>([
  ofRunning(0, "queued"),
  ofRunning(400, "attempt_started", { attempt: 1, executionId: id("exe", "a") }),
  progressed,
]);
const ofFailed = eventsOf(failed);
const attempt = (number: number) => ({ attempt: number, executionId: id("exe", `${number}`) });
const broke = { status: "failed", code: "upstream_unreachable" };
export const failedEvents = pageOf<JobEvent | ExecutionEvent>([
  ofFailed(0, "queued"),
  ...[1, 2, 3, 4, 5].flatMap((number) => {
    const began = 800 + (2 ** number - 2) * 3 * second;
    const again = { at: failed.createdAt + began + 2 ** number * 3 * second };
    return [
      ofFailed(began, "attempt_started", attempt(number)),
      ofFailed(began + 1900, "attempt_ended", { ...attempt(number), ...broke }),
      ...(number < 5 ? [ofFailed(began + 1900, "retry_scheduled", again)] : []),
    ];
  }),
  ofFailed(93 * second, "finished", { status: "failed" }),
  ofFailed(95 * second, "callback_failed", { status: 503 }),
]);

const use = (
  window: LimitWindow,
  [used, limit]: [number, number],
  change: Partial<LimitUse>,
): LimitUse => ({
  scope: "person",
  subjectId: id("per", "a"),
  name: "Ada Lovelace",
  window,
  limit,
  used,
  remaining: limit - used,
  resetAt: now + (window === "minute" ? 41 * second : 5 * hour),
  from: "deployment",
  ...change,
});
const team = { scope: "team", subjectId: id("team", "a"), name: "Support", from: "plan" } as const;
export const limits: Limits = {
  plan: {
    name: "small",
    perMinute: 300,
    perDay: 10_000,
    jobsAtOnce: 10,
    inFlight: 200,
    keptDays: 30,
  },
  own: [
    use("minute", [12, 60], {}),
    use("day", [1730, 2000], { from: "team" }),
    use("budget", [500, 500], { from: "team" }),
    use("minute", [31, 300], team),
    use("day", [4210, 10_000], team),
  ],
  vendors: [
    {
      connectionId: id("con", "c"),
      name: "Code",
      limit: 5000,
      remaining: 4711,
      resetAt: now + 31 * minute,
      blockedUntil: null,
      heardAt: now - 20 * second,
    },
    {
      connectionId: id("con", "d"),
      name: "Chat",
      limit: null,
      remaining: 0,
      resetAt: now + 40 * second,
      blockedUntil: now + 40 * second,
      heardAt: now - 5 * second,
    },
  ],
  breakers: [
    {
      connectionId: id("con", "a"),
      name: "finance",
      state: "open",
      failures: 6,
      since: now - 3 * minute,
      retryAt: now + 25 * second,
    },
    {
      connectionId: id("con", "b"),
      name: longName,
      state: "half_open",
      failures: 5,
      since: now - 2 * minute,
      retryAt: now,
    },
  ],
  inFlight: { now: 7, most: 200 },
};
export const quietLimits: Limits = {
  ...limits,
  plan: { ...limits.plan, name: "unlimited", perMinute: null, perDay: null },
  own: [],
  vendors: [],
  breakers: [],
};
export const uses = pageOf<LimitUse>([
  use("budget", [500, 500], { from: "team" }),
  use("minute", [27, 30], {
    scope: "connection",
    subjectId: id("con", "a"),
    name: longName,
    from: "deployment",
  }),
  use("day", [1730, 2000], { from: "team" }),
  use("minute", [18, 60], { scope: "key", subjectId: id("key", "a"), name: "nightly import" }),
  use("day", [3, 100], {
    scope: "tool",
    subjectId: id("tool", "a"),
    name: "finance__create_report",
    from: "team",
  }),
]);
const setting = (change: Partial<LimitSetting>): LimitSetting => ({
  scope: "member",
  subjectId: id("team", "a"),
  name: "Support",
  perMinute: null,
  perDay: 2000,
  budgetPerDay: 500,
  updatedAt: now - hour,
  ...change,
});
export const settings = pageOf<LimitSetting>([
  setting({}),
  setting({
    scope: "connection",
    subjectId: id("con", "a"),
    name: longName,
    perMinute: 30,
    perDay: null,
    budgetPerDay: null,
  }),
  setting({ scope: "key", subjectId: id("key", "a"), name: "nightly import", perMinute: 0 }),
]);
