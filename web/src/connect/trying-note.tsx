import { LoaderCircle } from "lucide-react";
import { connect as connectWords } from "../words/connect";

const say = connectWords.setup;

/** The hub tries a credential before it keeps it. */
export const TryingNote = ({ name }: { name: string }) => (
  <div role="status" className="flex items-start gap-2.5 rounded-xl bg-raised p-4">
    <LoaderCircle aria-hidden className="mt-0.5 size-4.5 shrink-0 animate-spin text-accent" />
    <div className="min-w-0">
      <p className="wrap-anywhere">{say.trying(name)} …</p>
      <p className="text-[0.8125rem] text-muted">{say.tryingHint}</p>
    </div>
  </div>
);
