import type { LiveMessage } from "../../../shared/contracts/live";

/** The one thing a viewer watches: a job and its attempts, or one execution. */
export type Only = { jobId: string } | { executionId: string };

/** What a viewer may see. Those who may see the same are told the same. */
export type Sight = {
  /** Connections that do not exist for them. */
  hidden: ReadonlySet<string>;
  only: Only | null;
};

/** What a message is about. */
export type Subject = {
  /** Empty where nobody knows whose connection it is, undefined where it is about none. */
  connectionId?: string | undefined;
  executionId?: string | undefined;
  jobId?: string | undefined;
};

export function subjectOf(message: LiveMessage): Subject {
  switch (message.type) {
    case "event": {
      const { event, execution } = message;
      return {
        connectionId: execution?.connectionId ?? "",
        executionId: event.executionId,
        jobId: execution?.context.jobId,
      };
    }
    case "job":
      return { connectionId: message.job?.connectionId ?? "", jobId: message.event.jobId };
    case "connection":
      return { connectionId: message.connectionId };
    case "hello":
    case "reset":
    case "client":
    case "limits":
    case "notices":
      return {};
  }
}

export function sees({ hidden, only }: Sight, subject: Subject): boolean {
  const { connectionId, executionId, jobId } = subject;
  if (only !== null) {
    const meant = "jobId" in only ? jobId === only.jobId : executionId === only.executionId;
    if (!meant) return false;
  }
  if (connectionId === undefined || hidden.size === 0) return true;
  return connectionId !== "" && !hidden.has(connectionId);
}
