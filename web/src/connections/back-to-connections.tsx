import { Link } from "@tanstack/react-router";
import { ArrowLeft } from "lucide-react";
import { words } from "../words";

export const BackToConnections = () => (
  <Link
    to="/connections"
    className="inline-flex min-h-7 items-center gap-1.5 self-start text-sm text-muted hover:text-ink"
  >
    <ArrowLeft aria-hidden className="size-4" />
    {words.connections.title}
  </Link>
);
