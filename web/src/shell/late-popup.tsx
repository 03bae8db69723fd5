import { lazy, Suspense, useState, type ComponentType, type ReactNode } from "react";

export type PopupFace = { label: string; className: string; face: ReactNode };

/** A button whose menu is loaded when somebody reaches for it. */
export function latePopup(load: () => Promise<ComponentType<PopupFace>>) {
  const Popup = lazy(async () => ({ default: await load() }));
  return function LatePopup(shown: PopupFace) {
    const [wanted, setWanted] = useState(false);
    const closed = (
      <button
        type="button"
        aria-label={shown.label}
        aria-haspopup="menu"
        aria-expanded={false}
        className={shown.className}
        onPointerEnter={() => void load()}
        onFocus={() => void load()}
        onClick={() => setWanted(true)}
      >
        {shown.face}
      </button>
    );
    return wanted ? (
      <Suspense fallback={closed}>
        <Popup {...shown} />
      </Suspense>
    ) : (
      closed
    );
  };
}
