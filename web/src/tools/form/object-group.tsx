import type { FieldProps } from "./props";
import { GroupFrame } from "./group-frame";
import { ObjectFields } from "./object-fields";

export function ObjectGroup(props: FieldProps<"object">) {
  const { field, place, value, depth } = props;
  return (
    <GroupFrame {...props}>
      {() => <ObjectFields field={field} place={place} value={value} depth={depth + 1} />}
    </GroupFrame>
  );
}
