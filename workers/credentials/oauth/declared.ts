import * as z from "zod";
import { catalogue } from "../../../shared/catalogue/all";
import { Param } from "../../../shared/catalogue/manifest";

const known = new Map<string, readonly Param[]>();

/** The parameters a connector of the catalogue has when one signs in that way; none of a connector it does not know. */
export function declaredParams(connector: string, methodId: string): readonly Param[] {
  let params = known.get(connector);
  if (!params) {
    const data = catalogue.find(({ id }) => id === connector)?.params ?? [];
    known.set(connector, (params = z.array(Param).parse(data)));
  }
  return ofMethod(params, methodId);
}

export const ofMethod = (params: readonly Param[], methodId: string): readonly Param[] =>
  params.filter(({ methods }) => methods === undefined || methods.includes(methodId));
