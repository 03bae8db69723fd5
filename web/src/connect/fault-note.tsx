import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import type { FlowFault } from "../../../shared/contracts/connect-flows";
import { ForeignText } from "../ui/foreign-text";
import { connect as connectWords } from "../words/connect";

const { titles, wayOut } = connectWords.signIn;

/** Why a sign-in came to nothing, and what to do. */
export const FaultNote = ({ fault, children }: { fault: FlowFault; children?: ReactNode }) => (
  <div
    role="alert"
    className="flex min-w-0 items-start gap-3 rounded-xl border border-danger/40 bg-danger-soft p-4"
  >
    <CircleAlert aria-hidden className="mt-0.5 size-5 shrink-0 text-danger" />
    <div className="flex min-w-0 flex-1 flex-col gap-1.5">
      <p className="font-semibold">{titles[fault.code]}</p>
      <p>
        <ForeignText>{fault.message}</ForeignText>
      </p>
      {wayOut[fault.code] ? <p>{wayOut[fault.code]}</p> : null}
      {children}
    </div>
  </div>
);
