import { HeaderFields } from "../connections/header-fields";
import { CodeBlock } from "../ui/code-block";
import { Field, Input } from "../ui/field";
import { connect as connectWords } from "../words/connect";
import { ChoiceCards } from "./choice-cards";
import { ways, type McpDraft, type McpFaults } from "./mcp-draft";
import { notTheirs, SecretInput } from "./secret-input";

const say = connectWords.mcp;

type McpAccessProps = {
  draft: McpDraft;
  faults: McpFaults;
  checked: boolean;
  /** The server is known: there is nothing to find out. */
  again: boolean;
  /** It has refused a client it does not know. */
  wantsClient: boolean;
  onChange: (draft: McpDraft) => void;
};

/** How the server knows who asks. */
export function McpAccess(props: McpAccessProps) {
  const { draft, again, onChange } = props;
  return (
    <>
      <ChoiceCards
        legend={say.way}
        columns
        value={draft.way}
        onChange={(way) => onChange({ ...draft, way })}
        cards={ways
          .filter((way) => !again || way !== "auto")
          .map((way) => ({ value: way, label: say.ways[way], hint: say.waysWhy[way] }))}
      />
      <OfWay {...props} />
    </>
  );
}

function OfWay({ draft, faults, checked, wantsClient, onChange }: McpAccessProps) {
  switch (draft.way) {
    case "auto":
      return null;
    case "headers":
      return (
        <HeaderFields
          rows={draft.headers}
          faults={faults.headers}
          tooMany={faults.tooManyHeaders}
          checked={checked}
          onChange={(headers) => onChange({ ...draft, headers })}
        />
      );
    case "basic":
      return (
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={say.user} required error={checked ? faults.user : undefined}>
            {(control) => (
              <Input
                {...control}
                name="user"
                autoComplete="off"
                autoCapitalize="off"
                spellCheck={false}
                value={draft.user}
                onChange={({ target }) => onChange({ ...draft, user: target.value })}
              />
            )}
          </Field>
          <Field label={say.password} required error={checked ? faults.password : undefined}>
            {(control) => (
              <SecretInput
                {...control}
                name="password"
                label={say.password}
                value={draft.password}
                onChange={(password) => onChange({ ...draft, password })}
              />
            )}
          </Field>
        </div>
      );
    case "oauth":
      return <KnownClient draft={draft} open={wantsClient} onChange={onChange} />;
  }
}

/** For a server that takes no clients it does not know. */
function KnownClient({
  draft,
  open,
  onChange,
}: Pick<McpAccessProps, "draft" | "onChange"> & { open: boolean }) {
  return (
    <details open={open || draft.clientId !== "" || undefined}>
      <summary className="min-h-7 w-fit text-sm font-medium">{say.client}</summary>
      <div className="flex flex-col gap-4 pt-2">
        <p className="text-[0.8125rem] text-muted">{say.clientHint}</p>
        <CodeBlock
          code={`${location.origin}/oauth/callback`}
          label={connectWords.app.redirectUri}
        />
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={connectWords.app.clientId}>
            {(control) => (
              <Input
                {...control}
                name="clientId"
                autoComplete="off"
                spellCheck={false}
                maxLength={500}
                value={draft.clientId}
                onChange={({ target }) => onChange({ ...draft, clientId: target.value })}
              />
            )}
          </Field>
          <Field label={connectWords.app.clientSecret}>
            {(control) => (
              <Input
                {...control}
                {...notTheirs}
                name="clientSecret"
                type="password"
                maxLength={4000}
                value={draft.clientSecret}
                onChange={({ target }) => onChange({ ...draft, clientSecret: target.value })}
              />
            )}
          </Field>
        </div>
      </div>
    </details>
  );
}
