import { handleCallbacks, handleDeadLetters, handleJobs } from "./executions";

type Consumer = (batch: MessageBatch, env: Env) => Promise<void>;

/** By queue, as wrangler.toml has it: who takes its messages. */
const consumers: Record<string, Consumer> = {
  jobs: handleJobs,
  "job-callbacks": handleCallbacks,
  "dead-letters": handleDeadLetters,
};

export async function queue(batch: MessageBatch, env: Env): Promise<void> {
  await consumers[batch.queue]?.(batch, env);
}
