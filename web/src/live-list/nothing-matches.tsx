import { FilterX } from "lucide-react";
import { Button } from "../ui/button";
import { EmptyState } from "../ui/states";
import { words } from "../words";

type NothingMatchesProps = { say: { title: string; description: string }; clear: () => void };

export const NothingMatches = ({ say, clear }: NothingMatchesProps) => (
  <EmptyState
    icon={<FilterX className="size-6" />}
    title={say.title}
    actions={<Button onClick={clear}>{words.activity.filters.clear}</Button>}
  >
    <p>{say.description}</p>
  </EmptyState>
);
