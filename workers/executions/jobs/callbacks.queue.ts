import * as z from "zod";
import { describeError, log } from "../../platform/log";
import { deliverCallback } from "./deliver-callback";
import { AboutJob } from "./messages";
import { tellMaker } from "./tell-maker";

/** Who is to hear that a job has ended: the URL it was given, or whoever asked for it. */
const Message = AboutJob.extend({ what: z.enum(["callback", "notice"]) });

/** What is to be told stands in the ledger: a message that is lost or comes twice only means that it is looked at again. */
export async function handleCallbacks(batch: MessageBatch, env: Env): Promise<void> {
  await Promise.all(
    batch.messages.map(async (message) => {
      try {
        const { what, ...job } = Message.parse(message.body);
        await (what === "callback" ? deliverCallback(env, job) : tellMaker(env, job));
        message.ack();
      } catch (error) {
        log("error", "job_callback.failed", { messageId: message.id, error: describeError(error) });
        message.retry();
      }
    }),
  );
}
