import { Activity, FilterX } from "lucide-react";
import { Button, ButtonLink } from "../ui/button";
import { EmptyState } from "../ui/states";
import { words } from "../words";

const { empty, nothing, filters } = words.activity;

export const NoCalls = () => (
  <EmptyState
    icon={<Activity className="size-6" />}
    title={empty.title}
    actions={
      <>
        <ButtonLink to="/playground" look="primary">
          {empty.playground}
        </ButtonLink>
        <ButtonLink to="/clients">{empty.client}</ButtonLink>
      </>
    }
  >
    <p>{empty.description}</p>
  </EmptyState>
);

export const NothingMatches = ({ clear }: { clear: () => void }) => (
  <EmptyState
    icon={<FilterX className="size-6" />}
    title={nothing.title}
    actions={<Button onClick={clear}>{filters.clear}</Button>}
  >
    <p>{nothing.description}</p>
  </EmptyState>
);
