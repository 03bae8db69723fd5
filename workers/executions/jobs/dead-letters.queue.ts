import * as z from "zod";
import { notify } from "../../notifications";
import { describeError, log } from "../../platform/log";
import { deadLetter } from "./matters";
import { AboutJob } from "./messages";
import { toldBySystem } from "./tell-maker";

/** As much of a message as says whose it is. */
const Whose = z.object({
  teamId: AboutJob.shape.teamId,
  jobId: z.string().max(100).optional(),
  what: z.string().max(100).optional(),
});

/** What failed each time it was tried: it is logged, and whoever runs the team is told. */
export async function handleDeadLetters(batch: MessageBatch, env: Env): Promise<void> {
  for (const message of batch.messages) {
    const { data: whose } = Whose.safeParse(message.body);
    const queue = whose?.what === undefined ? "jobs" : "job-callbacks";
    log("error", "queue.dead_letter", {
      messageId: message.id,
      ...(whose ? { queue, ...whose } : { body: typeof message.body }),
    });
    try {
      if (whose) await notify(toldBySystem(env, whose.teamId), deadLetter(queue, Date.now()));
      message.ack();
    } catch (error) {
      log("error", "dead_letter.not_told", {
        messageId: message.id,
        error: describeError(error),
      });
      message.retry();
    }
  }
}
