import type { ReactNode } from "react";
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
  if (fault === undefined) return children(control);
  const id = `${control.id}-fault`;
  const described = [id, control["aria-describedby"]].filter(Boolean).join(" ");
  return (
    <>
      {children({ ...control, "aria-invalid": true, "aria-describedby": described })}
      <p id={id} className="text-[0.8125rem] text-danger">
        {fault}
      </p>
    </>
  );
}
