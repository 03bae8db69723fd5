import * as z from "zod";

/** What a message of a queue names: a job, by the team it must belong to. What is to be done stands in the ledger. */
export const AboutJob = z.strictObject({
  teamId: z.string().regex(/^team_[0-9a-z]{26}$/),
  jobId: z.string().regex(/^job_[0-9a-z]{26}$/),
});
