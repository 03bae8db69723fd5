import * as z from "zod";

export const JobStatus = z
  .enum(["queued", "running", "succeeded", "failed", "cancelled", "timed_out", "lost"])
  .meta({
    description:
      "`lost`: the hub was interrupted in the middle of it, and its tool is not known to be safe to run again",
  });
export type JobStatus = z.infer<typeof JobStatus>;
