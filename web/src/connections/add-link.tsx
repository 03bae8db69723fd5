import { Plus } from "lucide-react";
import { ButtonLink } from "../ui/button";
import { words } from "../words";

/** The way to a new connection. */
export const AddLink = () => (
  <ButtonLink to="/connections/new" look="primary" icon={<Plus aria-hidden className="size-4" />}>
    {words.connections.add}
  </ButtonLink>
);
