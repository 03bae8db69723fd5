import { Fragment, type ReactNode } from "react";
import type { ControlProps } from "../../ui/field";
import { useReport } from "./form-context";

/** Says below a control why what stands in it is no value, and keeps the form from running. */
export function ControlFault({
  pointer,
  fault,
  control,
  children,
}: {
  pointer: string;
  fault: string | undefined;
  control: ControlProps;
  children: (control: ControlProps) => ReactNode;
}) {
  useReport(pointer, fault);
  const id = `${control.id}-fault`;
  const described = [id, control["aria-describedby"]].filter(Boolean).join(" ");
  const faulty = { ...control, "aria-invalid": true, "aria-describedby": described } as const;
  // One shape with and without a fault: a control that is made anew while somebody types loses the focus.
  return (
    <>
      <Fragment key="control">{children(fault === undefined ? control : faulty)}</Fragment>
      {fault === undefined ? null : (
        <p id={id} className="text-[0.8125rem] text-danger">
          {fault}
        </p>
      )}
    </>
  );
}
