import * as z from "zod";
import { errors, type ErrorCode } from "../errors";

export const ErrorBody = z
  .object({
    error: z.object({
      code: z
        .enum(Object.keys(errors) as [ErrorCode, ...ErrorCode[]])
        .describe("Stable: branch on it"),
      message: z.string().describe("For people: what is wrong and what to do next"),
      requestId: z.string().describe("The same as in `X-Request-Id`"),
      details: z
        .record(z.string(), z.unknown())
        .optional()
        .describe(
          "What the code makes useful, such as `field`, `retryAfterSeconds` or `executionId`",
        ),
    }),
  })
  .meta({ id: "Error" });
export type ErrorBody = z.infer<typeof ErrorBody>;
