// What the details of a call say, and its answer in the Playground; lists do without.
export const activityMore = {
  context: {
    job: "Job",
    seeJob: "See the job",
    attempt: (count: number) => `Attempt ${count} of a job`,
    replayOf: "Repeats",
    resumes: "Takes up",
    earlier: "an earlier call",
    client: "AI client",
    batchId: "Batch",
    chatId: "Chat",
    workflowRunId: "Workflow run",
    scheduleId: "Schedule",
    traceId: "Trace",
  },
  stop: {
    button: "Stop",
    asked: "The server is asked to stop. What the tool had done by then stays done.",
    title: (name: string) => `Stop ${name}?`,
    confirm: "Stop the call",
    done: "The call is being stopped",
  },
  resume: {
    button: "Resume",
    title: (name: string) => `Take up ${name} again?`,
    why: "It is called once more with the arguments it had, as a job. What it did before it broke off may be done twice: look at the server first.",
    confirm: "Resume it",
    done: "It was taken up again",
  },
  logs: {
    title: "Log",
    label: "What the server wrote while it ran",
  },
  kept: {
    fresh: "A kept answer",
    stale: "A kept answer, out of date",
    from: "From",
    freshWhy: "The server was not asked: the same call was answered not long ago.",
    staleWhy: "The server is down: this is what it answered before.",
  },
  toLimits: "Open Limits",
  wayOn: {
    circuit_open:
      "The server failed again and again, so it is let rest. Limits says when the next call is let through.",
    overloaded: "Too much was under way at once. Run it as a job: it waits for its turn.",
    rate_limited: "Limits says what is left, and when there is more.",
  } as Partial<Record<string, string>>,
};
