import { Activity } from "lucide-react";
import { ButtonLink } from "../ui/button";
import { EmptyState } from "../ui/states";
import { words } from "../words";

const { empty } = words.activity;

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
