import { createContext, useContext, useEffect, type ComponentType } from "react";
import type { JsonObject } from "../../../../shared/json";
import type { Faults } from "../values/faults";
import type { Place } from "../values/place";
import type { ArgumentProps } from "./props";

export type FormContext = {
  /** The schema of all arguments, which references point into. */
  root: JsonObject;
  /** Sets the value at a place; `undefined` takes it out. */
  edit: (place: Place, value: unknown) => void;
  /** Says what is wrong with what stands in a control and is no value yet; `undefined`: nothing. */
  report: (pointer: string, fault: string | undefined) => void;
  /** Shows an argument; groups show their parts with it. */
  Argument: ComponentType<ArgumentProps>;
};

export const Form = createContext<FormContext | undefined>(undefined);
export const FormFaults = createContext<Faults>(new Map());

export function useForm(): FormContext {
  const form = useContext(Form);
  if (!form) throw new Error("A field stands in a form.");
  return form;
}

/** What is wrong at a place, in one text. */
export const useFault = (pointer: string): string | undefined =>
  useContext(FormFaults).get(pointer)?.join(" ");

/** Keeps the form from running while a control holds what is no value. */
export function useReport(pointer: string, fault: string | undefined): void {
  const { report } = useForm();
  useEffect(() => {
    report(pointer, fault);
    return () => report(pointer, undefined);
  }, [report, pointer, fault]);
}
