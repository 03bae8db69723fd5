import { LoaderCircle } from "lucide-react";
import { words } from "../words";
import { AuthPage } from "./auth-page";

/** While the link is being spent. */
export const LinkStep = () => (
  <AuthPage title={words.signIn.title}>
    <Working text={words.signIn.working} />
  </AuthPage>
);

export const Working = ({ text }: { text: string }) => (
  <p role="status" className="flex items-center gap-2.5 text-muted">
    <LoaderCircle aria-hidden className="size-4 animate-spin" />
    {text} …
  </p>
);
