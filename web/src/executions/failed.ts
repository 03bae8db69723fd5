import type { Execution, ExecutionStatus } from "../../../shared/contracts/executions";

const statuses: readonly ExecutionStatus[] = ["failed", "timed_out", "lost"];

/** The statuses of calls that went wrong, as the list and its address take them. */
export const failedStatuses = statuses.join(",");

export const hasFailed = ({ status }: Execution): boolean => statuses.includes(status);
