import { connect as connectWords } from "../words/connect";
import { ProgressSteps } from "./progress-steps";

const say = connectWords.signIn.working;

/** The vendor has answered: the hub fetches the access and tries it, and tells the end of it only. */
export const WorkingNote = ({ name }: { name: string }) => (
  <div role="status" className="rounded-xl bg-raised p-4">
    <ProgressSteps
      label={say.label}
      steps={[
        { state: "done", label: say.signedIn(name) },
        { state: "now", label: `${say.access}; ${say.trying.toLowerCase()}` },
      ]}
    />
  </div>
);
