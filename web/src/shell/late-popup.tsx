import { lazy, Suspense, useState, type ComponentType, type ReactNode } from "react";

/** What the button shows is its name. */
export type PopupFace = { className: string; face: ReactNode };

/** A button whose menu is loaded when somebody reaches for it. */
export function latePopup(load: () => Promise<ComponentType<PopupFace>>) {
  const Popup = lazy(async () => ({ default: await load() }));
  return function LatePopup(shown: PopupFace) {
    const [wanted, setWanted] = useState(false);
    const closed = (
      <button
        type="button"
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
